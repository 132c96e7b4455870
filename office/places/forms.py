"""What people type about units, rooms and the people of the units."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileField
from wtforms import EmailField, HiddenField, SelectField, StringField, TelField

from kernel.access import Scope
from kernel.forms import ActionForm, AtMost, Form, Required
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from office.people.access import ROLE_NAMES, Role
from office.people.forms import NewPasswordForm
from office.places import queries
from office.places.models import Building, Unit
from office.places.words import KIND_NAMES


def _id_or_none(value: Any) -> int | None:  # noqa: ANN401 - WTForms passes anything
    return int(value) if str(value).isdecimal() else None


class UnitForm(ActionForm):
    """A unit: what it is called and where it lies."""

    code = StringField(_l("Code"), [Required(), AtMost(20)])
    kind = SelectField(_l("Kind"))
    name_th = StringField(_l("Name in Thai"), [Required(), AtMost(200)])
    name_en = StringField(_l("Name in English"), [AtMost(200)])
    parent_id = SelectField(_l("Lies under"), coerce=_id_or_none)
    size = StringField(_l("Size of the school"), [AtMost(20)])
    phone = TelField(_l("Telephone"), [AtMost(40)])

    def offer(self, scope: Scope, *, is_root: bool, above: Unit | None = None) -> None:
        """Offer the units this one may lie under, and its kinds; the office lies under none.

        ``above`` is where it lies now: it may stay there, also outside the scope.
        """
        units = [("", _("none"))] if is_root else queries.choices(scope)
        if above is not None and not scope.covers(above.id):
            units = [(str(above.id), above.name), *units]
        self.parent_id.choices = units
        kinds = {"office"} if is_root else {"group", "school", self.kind.object_data}
        self.kind.choices = [(kind, name) for kind, name in KIND_NAMES.items() if kind in kinds]


class RoomForm(ActionForm):
    """A room of a unit."""

    name = StringField(_l("Room"), [Required(), AtMost(120)])
    building_id = SelectField(_l("Building"), coerce=_id_or_none)
    floor = StringField(_l("Floor"), [AtMost(20)])

    def offer(self, buildings: list[Building]) -> None:
        """Offer the buildings of the unit."""
        named = [(str(building.id), building.name) for building in buildings]
        self.building_id.choices = [("", _("not known")), *named]


class BuildingForm(ActionForm):
    """A building of a unit."""

    name = StringField(_l("Building"), [Required(), AtMost(120)])


class ListForm(Form):
    """A list to take in."""

    file = FileField(_l("CSV or XLSX file"), [Required()])


class TakeInForm(ActionForm):
    """A list that was looked at and shall be taken in."""

    stored = HiddenField()


class PersonForm(ActionForm):
    """A person as the administrator knows them."""

    name_th = StringField(_l("Name in Thai"), [Required(), AtMost(200)])
    name_en = StringField(_l("Name in English"), [AtMost(200)])
    position = StringField(_l("Position"), [AtMost(200)])
    unit_id = SelectField(_l("Unit"), [Required()], coerce=_id_or_none)
    phone = TelField(_l("Telephone"), [AtMost(40)])
    email = EmailField(_l("E-mail address"), [AtMost(254)])
    username = StringField(_l("User name"), [AtMost(60)])
    card_code = StringField(_l("Number on the card"), [AtMost(20)])

    def offer(self, scope: Scope) -> None:
        """Offer the units the person may belong to."""
        self.unit_id.choices = queries.choices(scope)

    def fields(self) -> dict[str, Any]:
        """Return what was typed, by column."""
        names = ("name_th", "name_en", "position", "unit_id", "phone", "email", "username")
        return {name: self[name].data for name in names} | {"card_code": self.card_code.data or ""}


class GrantForm(Form):
    """A role and how far it reaches."""

    role = SelectField(
        _l("Role"),
        choices=[
            (role.value, label) for role, label in ROLE_NAMES.items() if role != Role.REQUESTER
        ],
    )
    unit_id = SelectField(_l("For"), coerce=_id_or_none)

    def offer(self, scope: Scope) -> None:
        """Offer the reaches the viewer may hand out."""
        whole = [("", _("the whole office"))] if scope.units is None else []
        self.unit_id.choices = [*whole, *queries.choices(scope)]


class FirstStartForm(NewPasswordForm):
    """The office and its first administrator."""

    office_th = StringField(_l("Name of the office in Thai"), [Required(), AtMost(200)])
    office_en = StringField(_l("Name of the office in English"), [AtMost(200)])
    name_th = StringField(_l("Your name in Thai"), [Required(), AtMost(200)])
    name_en = StringField(_l("Your name in English"), [AtMost(200)])
    username = StringField(_l("User name"), [Required(), AtMost(60)])
    email = EmailField(_l("E-mail address"), [AtMost(254)])
