"""What people may type about a class, an extra field, a model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from wtforms import (
    BooleanField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from assets.catalogue.models import AssetClass
from assets.catalogue.states import BORROWERS, FIELD_KINDS, FieldKind
from kernel.forms import ActionForm, AtMost, MoneyField, Required, WholeField
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l

LONGEST_LIFE = 100
LONGEST_LOAN = 366
MOST_MONTHS = 120
MOST_LINES = 30
LONGEST_LINE = 80
HUNDRED = 100
ICONS = {
    "box": _l("Box"),
    "cpu": _l("Computer"),
    "pc-display": _l("Desktop computer"),
    "laptop": _l("Notebook"),
    "tablet": _l("Tablet"),
    "display": _l("Screen"),
    "keyboard": _l("Keyboard"),
    "printer": _l("Printer"),
    "upc-scan": _l("Scanner"),
    "device-hdd": _l("Disk"),
    "database": _l("Server"),
    "router": _l("Router"),
    "wifi": _l("Wireless network"),
    "shield-check": _l("Security"),
    "battery-half": _l("Battery"),
    "lightning-charge": _l("Electricity"),
    "thermometer-half": _l("Air conditioning"),
    "projector": _l("Projector"),
    "tv": _l("Television"),
    "camera": _l("Camera"),
    "webcam": _l("Webcam"),
    "volume-up": _l("Sound"),
    "broadcast": _l("Radio"),
    "telephone": _l("Telephone"),
    "table": _l("Furniture"),
    "archive": _l("Cabinet"),
    "house": _l("Home"),
    "building": _l("Building"),
    "truck": _l("Vehicle"),
    "tools": _l("Tools"),
}
_BAR = re.compile(r"\s*[|｜]\s*")


def pairs_of(text: str | None) -> list[tuple[str, str]]:
    """Return the lines of ``ไทย | English`` as pairs; the English may be left out."""
    lines = [line.strip() for line in (text or "").splitlines() if line.strip()]
    parted = [_BAR.split(f"{line}|", maxsplit=2)[:2] for line in lines]
    return [(thai, english) for thai, english in parted if thai]


def lines_of(pairs: Sequence[tuple[str, str]]) -> str:
    """Return pairs as lines that ``pairs_of`` reads back."""
    return "\n".join(f"{thai} | {english}" if english else thai for thai, english in pairs)


def _check_lines(field: TextAreaField) -> None:
    pairs = pairs_of(field.data or "")
    if len(pairs) > MOST_LINES:
        raise ValidationError(_("At most %(most)s lines.", most=MOST_LINES))
    if any(len(word) > LONGEST_LINE for pair in pairs for word in pair):
        raise ValidationError(_("A line may have %(most)s characters.", most=LONGEST_LINE))


def _between(field: WholeField, least: int, most: int) -> None:
    if field.data is not None and not least <= field.data <= most:
        raise ValidationError(_("Between %(least)s and %(most)s.", least=least, most=most))


class ClassForm(ActionForm):
    """A class of items with all that holds for it."""

    code = StringField(_l("Supply-class code"), [Required(), AtMost(40)])
    name_th = StringField(_l("Name in Thai"), [Required(), AtMost(200)])
    name_en = StringField(_l("Name in English"), [AtMost(200)])
    parent_id = SelectField(_l("Stands under"), coerce=int)
    icon = SelectField(_l("Icon"))
    useful_life_years = WholeField(_l("Useful life (years)"))
    dep_rate = MoneyField(
        _l("Depreciation per year (%)"),
        description=_l("As printed on the card; book values are counted from the useful life."),
    )
    lendable = BooleanField(_l("Things of this class may be lent"), default=True)
    loan_days = WholeField(_l("Days of a loan"), [Required()], default=7)
    turnaround_days = WholeField(
        _l("Days kept free between two loans"),
        default=0,
        description=_l("For checking, charging and packing."),
    )
    borrowers = SelectField(
        _l("Who may borrow"), choices=[(k.value, v) for k, v in BORROWERS.items()]
    )
    service_months = WholeField(_l("Months between services"))
    service_checklist = TextAreaField(
        _l("What a service checks"), [AtMost(4000)], description=_l("One step on each line.")
    )
    symptoms = TextAreaField(
        _l("Faults offered when reporting"),
        description=_l(
            "One on each line, Thai | English, the most frequent first. "
            "Delete a line to offer it no more."
        ),
    )

    def offer(self, classes: Sequence[AssetClass], own: AssetClass | None) -> None:
        """Fill the choices of the tree and of the icons."""
        wider = [one for one in classes if own is None or one.id != own.id]
        self.parent_id.choices = [
            (0, _("– (at the top)")),
            *((one.id, f"{one.code} {one.name}") for one in wider),
        ]
        icons = dict(ICONS)
        if own is not None:
            icons.setdefault(own.icon, own.icon)
        self.icon.choices = list(icons.items())

    def validate_useful_life_years(self, field: WholeField) -> None:
        """Refuse a life that no rule knows."""
        _between(field, 1, LONGEST_LIFE)

    def validate_dep_rate(self, field: MoneyField) -> None:
        """Refuse a rate that is none."""
        if field.data is not None and not 0 <= field.data <= HUNDRED:
            raise ValidationError(_("Between 0 and 100 per cent."))

    def validate_loan_days(self, field: WholeField) -> None:
        """Refuse a loan of no day or of years."""
        _between(field, 1, LONGEST_LOAN)

    def validate_turnaround_days(self, field: WholeField) -> None:
        """Refuse days that lie before the return."""
        _between(field, 0, LONGEST_LOAN)

    def validate_service_months(self, field: WholeField) -> None:
        """Refuse a service every day or in a lifetime."""
        _between(field, 1, MOST_MONTHS)

    def validate_symptoms(self, field: TextAreaField) -> None:
        """Refuse more symptoms, or longer ones, than a page can show."""
        _check_lines(field)

    def changes(self) -> dict[str, Any]:
        """Return the columns as typed; symptoms are rows of their own."""
        apart = {"csrf_token", "version", "key", "symptoms", "parent_id", "turnaround_days"}
        values = {name: field.data for name, field in self._fields.items() if name not in apart}
        return {
            **values,
            "parent_id": self.parent_id.data or None,
            "turnaround_days": self.turnaround_days.data or 0,
        }


class FieldForm(ActionForm):
    """An extra field of a class."""

    name_th = StringField(_l("Name in Thai"), [Required(), AtMost(120)])
    name_en = StringField(_l("Name in English"), [AtMost(120)])
    kind = SelectField(
        _l("What is written in it"), choices=[(k.value, v) for k, v in FIELD_KINDS.items()]
    )
    unit_th = StringField(_l("Counted in (Thai)"), [AtMost(30)])
    unit_en = StringField(_l("Counted in (English)"), [AtMost(30)])
    choices = TextAreaField(
        _l("Choices"), description=_l("For a choice from a list: one on each line, Thai | English.")
    )
    required = BooleanField(_l("Must be filled in"))
    searched = BooleanField(_l("Items are found by it"))
    position = WholeField(_l("Place in the order"))

    def validate_choices(self, field: TextAreaField) -> None:
        """Refuse more choices, or longer ones, than a list can show."""
        _check_lines(field)

    def validate_position(self, field: WholeField) -> None:
        """Refuse a place that is none."""
        _between(field, 1, HUNDRED)

    def changes(self) -> dict[str, Any]:
        """Return the columns as typed, without the kind, which never changes, and the choices."""
        names = ("name_th", "name_en", "unit_th", "unit_en", "required", "searched")
        values = {name: self._fields[name].data for name in names}
        return values | ({"position": self.position.data} if self.position.data else {})

    def wanted_choices(self) -> list[tuple[str, str]]:
        """Return the choices as typed; only a choice has some."""
        return pairs_of(self.choices.data or "") if self.kind.data == FieldKind.CHOICE else []


class ProductForm(ActionForm):
    """The record of a brand and model."""

    brand = StringField(_l("Brand"), [AtMost(120)])
    name = StringField(_l("Model"), [Required(), AtMost(120)])
    class_id = SelectField(_l("Class"), coerce=int)
    specification = TextAreaField(_l("Specification"), [AtMost(8000)])
    note = TextAreaField(_l("Note"), [AtMost(2000)])

    def offer(self, classes: Sequence[AssetClass]) -> None:
        """Fill the choices of the class."""
        self.class_id.choices = [(0, "–"), *((c.id, f"{c.code} {c.name}") for c in classes)]

    def changes(self) -> dict[str, Any]:
        """Return the columns as typed."""
        names = ("brand", "name", "specification", "note")
        values = {name: self._fields[name].data or "" for name in names}
        return {**values, "class_id": self.class_id.data or None}


class SymptomForm(ActionForm):
    """The words of a symptom; ``was`` is what the page showed, so that nobody renames blindly."""

    text_th = StringField(_l("In Thai"), [Required(), AtMost(LONGEST_LINE)])
    text_en = StringField(_l("In English"), [AtMost(LONGEST_LINE)])
    was = HiddenField()
