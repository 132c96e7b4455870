"""What people may type on a register card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import (
    BooleanField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from assets.catalogue import extra_values
from assets.catalogue.models import ExtraField
from assets.catalogue.states import FieldKind
from assets.register.numbering import Pattern
from assets.register.states import ACQUIRE_METHODS, CONDITIONS, FUND_TYPES, STANDINGS
from kernel import clock
from kernel.errors import Refusal
from kernel.forms import ActionForm, AtMost, DateField, MoneyField, Required, WholeField
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l

MOST_PIECES = 100_000
LONGEST_LIFE = 100
LONGEST_ID = 12
LONGEST_QUERY = 200


def has_come(_form: Any, field: DateField) -> None:  # noqa: ANN401 - WTForms' signature
    """Refuse a day that lies ahead: a year typed wrongly, as an import refuses it too."""
    if field.data is not None and field.data > clock.today():
        raise ValidationError(_("This day has not come yet."))


class OwnField(StringField):
    """A field that the class of the item has; what it takes is decided by the catalogue."""

    def __init__(self, *args: Any, row: ExtraField, **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **more)
        self.row = row

    def pre_validate(self, _form: Any) -> None:  # noqa: ANN401 - WTForms' signature
        """Refuse what cannot be a value of the field."""
        try:
            extra_values.read(self.row, self.data)
        except Refusal as refusal:
            raise ValidationError(refusal.message) from None


class OwnChoice(SelectField):
    """A choice that the class of the item has; a choice taken out stays for who has it."""

    def __init__(self, *args: Any, row: ExtraField, **more: Any) -> None:  # noqa: ANN401
        kept = str(more.pop("kept", "") or "")
        offered = [one for one in row.choices if not one["retired"] or one["key"] == kept]
        choices = [(one["key"], extra_values.show(row, one["key"])) for one in offered]
        super().__init__(*args, **{**more, "choices": [("", "–"), *choices]})
        self.row = row

    def pre_validate(self, form: Any) -> None:  # noqa: ANN401 - WTForms' signature
        """Refuse a choice that is not offered, and a blank where one is required."""
        super().pre_validate(form)
        if self.row.required and not self.data:
            raise ValidationError(_("Please fill this in."))


class ItemForm(ActionForm):
    """The register card, as far as people write it by hand."""

    own: tuple[ExtraField, ...] = ()

    name = StringField(_l("Name of the item"), [Required(), AtMost(500)])
    asset_no = StringField(
        _l("Asset number"), [AtMost(60)], description=_l("Leave blank while there is none yet.")
    )
    earlier_numbers = StringField(
        _l("Earlier numbers"),
        [AtMost(400)],
        description=_l("Separate them by commas; the item is found by them too."),
    )
    serial_no = StringField(_l("Serial number"), [AtMost(120)])
    class_id = SelectField(_l("Class"), coerce=int)
    model_id = SelectField(
        _l("Brand and model from the catalogue"),
        coerce=int,
        default=0,
        description=_l("Brand and model below may stay blank; they are filled in from it."),
    )
    brand = StringField(_l("Brand"), [AtMost(120)])
    model = StringField(_l("Model"), [AtMost(120)])
    description = TextAreaField(_l("Characteristics"), [AtMost(5000)])
    unit_id = SelectField(_l("Unit"), coerce=int)
    room = StringField(_l("Room"), [AtMost(120)])
    custodian_text = StringField(_l("Person in charge"), [AtMost(200)])
    condition = SelectField(
        _l("Condition"), choices=[(str(c), face.label) for c, face in CONDITIONS.items()]
    )
    quantity = WholeField(_l("Quantity"), [Required()], default=1)
    unit_word = StringField(_l("Counted in"), [AtMost(40)])
    acquired_on = DateField(_l("Acquired on"), [has_come])
    price = MoneyField(_l("Price of one (baht)"))
    fund_type = SelectField(_l("Paid from"), choices=[("", "–"), *FUND_TYPES.items()])
    acquire_method = SelectField(_l("How acquired"), choices=[("", "–"), *ACQUIRE_METHODS.items()])
    vendor_name = StringField(_l("Vendor or donor"), [AtMost(200)])
    vendor_phone = StringField(_l("Vendor's telephone"), [AtMost(60)])
    doc_ref = StringField(_l("Document"), [AtMost(120)])
    warranty_until = DateField(_l("Warranty until"))
    next_service_on = DateField(_l("Next service on"))
    useful_life_years = WholeField(_l("Useful life (years)"))
    lendable = BooleanField(_l("May be lent"), default=True)
    accessories = StringField(
        _l("Accessories that go with it"),
        [AtMost(400)],
        description=_l("Separate them by commas; the lending desk ticks them off."),
    )
    note = TextAreaField(_l("Note"), [AtMost(5000)])

    def offer(
        self,
        classes: Sequence[Any],
        units: Sequence[Any],
        names: Any,  # noqa: ANN401
        products: Sequence[Any] = (),
    ) -> None:
        """Fill the choices: classes, units that the person may write for, models."""
        self.class_id.choices = [(0, "–"), *((c.id, f"{c.code} {c.name}") for c in classes)]
        self.unit_id.choices = [(unit.id, names(unit)) for unit in units]
        self.model_id.choices = [(0, "–"), *((one.id, one.full_name) for one in products)]

    def validate_quantity(self, field: WholeField) -> None:
        """Refuse nothing, less than nothing, and numbers that are a slip of the hand."""
        if field.data is not None and not 0 < field.data <= MOST_PIECES:
            raise ValidationError(_("Between 1 and %(most)s.", most=f"{MOST_PIECES:,}"))

    def validate_price(self, field: MoneyField) -> None:
        """Refuse a negative price."""
        if field.data is not None and field.data < 0:
            raise ValidationError(_("A price cannot be negative."))

    def validate_useful_life_years(self, field: WholeField) -> None:
        """Refuse a life that no rule knows."""
        if field.data is not None and not 0 < field.data <= LONGEST_LIFE:
            raise ValidationError(_("Between 1 and %(most)s.", most=LONGEST_LIFE))

    def changes(self) -> dict[str, Any]:
        """Return the columns as typed, without unit and room, which are places."""
        apart = {"csrf_token", "version", "key", "unit_id", "room", "class_id", "condition"}
        apart |= {"model_id", "earlier_numbers", *(row.key for row in self.own)}
        values = {name: field.data for name, field in self._fields.items() if name not in apart}
        return {
            **values,
            "class_id": self.class_id.data or None,
            "model_id": self.model_id.data or None,
        }

    def own_values(self, kept: Mapping[str, Any]) -> dict[str, Any]:
        """Return ``Asset.extra`` with what was typed; values of other classes stay in it."""
        typed = {row.key: self._fields[row.key].data for row in self.own}
        read = extra_values.read_all(self.own, typed)
        return {key: value for key, value in {**kept, **read}.items() if value is not None}

    def earlier(self) -> list[str]:
        """Return the earlier numbers as typed."""
        parted = (self.earlier_numbers.data or "").split(",")
        return [number.strip() for number in parted if number.strip()]


def card_form(fields: Sequence[ExtraField], kept: Mapping[str, Any]) -> type[ItemForm]:
    """Return the form of a card with the fields that its class has.

    Args:
        fields: the fields of the class, in their order.
        kept: what stands in them on the card.
    """
    own: dict[str, Any] = {"own": tuple(fields)}
    for row in fields:
        label = f"{row.name} ({row.unit_word})" if row.unit_word else row.name
        value = kept.get(row.key)
        if row.kind == FieldKind.CHOICE:
            own[row.key] = OwnChoice(label, row=row, kept=value, default=str(value or ""))
        else:
            own[row.key] = OwnField(label, row=row, default=extra_values.typed_form(row, value))
    return type("CardForm", (ItemForm,), own)


class PatternForm(ActionForm):
    """How the numbers of a unit's books are made."""

    template = StringField(_l("Pattern"), [Required(), AtMost(80)])
    prefix = StringField(
        _l("Letters for {prefix}"),
        [AtMost(20)],
        description=_l("Letters of the office or the province."),
    )
    per_class = BooleanField(_l("The running number begins anew for each class"), default=True)
    per_year = BooleanField(_l("The running number begins anew each fiscal year"))

    def pattern(self) -> Pattern:
        """Return the pattern as typed."""
        return Pattern(
            (self.template.data or "").replace(" ", ""),
            self.prefix.data or "",
            bool(self.per_class.data),
            bool(self.per_year.data),
        )


class ReserveForm(ActionForm):
    """Items that are expected."""

    name = StringField(_l("Name of the item"), [Required(), AtMost(500)])
    unit_id = SelectField(_l("In the books of"), coerce=int)
    class_id = SelectField(_l("Class"), coerce=int)
    model_id = SelectField(_l("Brand and model from the catalogue"), coerce=int)
    pieces = WholeField(_l("How many"), [Required()], default=1)
    numbered = BooleanField(_l("Reserve asset numbers"), default=True)
    doc_ref = StringField(_l("Document"), [AtMost(120)])
    note = StringField(_l("Note"), [AtMost(400)])


class ReceiveForm(ActionForm):
    """What expected items have in common when they arrive; serial numbers stand beside each."""

    acquired_on = DateField(_l("Acquired on"), [Required(), has_come])
    total = MoneyField(
        _l("Price of all (baht)"),
        description=_l("Shared equally; satang that are left over go to the first item."),
    )
    room = StringField(_l("Room"), [AtMost(120)])
    fund_type = SelectField(_l("Paid from"), choices=[("", "–"), *FUND_TYPES.items()])
    acquire_method = SelectField(_l("How acquired"), choices=[("", "–"), *ACQUIRE_METHODS.items()])
    vendor_name = StringField(_l("Vendor or donor"), [AtMost(200)])
    doc_ref = StringField(_l("Document"), [AtMost(120)])
    warranty_until = DateField(_l("Warranty until"))

    def validate_total(self, field: MoneyField) -> None:
        """Refuse a negative price."""
        if field.data is not None and field.data < 0:
            raise ValidationError(_("A price cannot be negative."))

    def changes(self) -> dict[str, Any]:
        """Return the columns as typed; what was left blank stays as it was reserved."""
        names = ("acquired_on", "fund_type", "acquire_method", "vendor_name", "doc_ref")
        values = {name: self._fields[name].data for name in (*names, "warranty_until")}
        return {name: value for name, value in values.items() if value}


class CancelForm(ActionForm):
    """Why an expected item will not come."""

    why = StringField(_l("Reason"), [Required(), AtMost(300)])


class PartForm(ActionForm):
    """An item to put into a set."""

    part = StringField(_l("Asset number or serial number of the part"), [Required(), AtMost(120)])
    along = BooleanField(_l("Moves with the set"), default=True)


class SplitForm(ActionForm):
    """Pieces to take out of a lot."""

    pieces = WholeField(_l("How many pieces"), [Required()], default=1)
    asset_no = StringField(
        _l("Asset number"), [AtMost(60)], description=_l("Leave blank while there is none yet.")
    )


class StandingForm(ActionForm):
    """Where an item is kept whatever the threshold says."""

    standing = SelectField(
        _l("Keep it with"),
        choices=[
            ("", _l("as the threshold says")),
            *((one.value, face.label) for one, face in STANDINGS.items()),
        ],
    )
    reason = StringField(_l("Reason"), [AtMost(300)])
