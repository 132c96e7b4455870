"""What people may type on a register card."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from wtforms import (
    BooleanField,
    MultipleFileField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from assets.register.queries import AVAILABLE, Filters
from assets.register.states import (
    ACQUIRE_METHODS,
    CONDITIONS,
    FUND_TYPES,
    Obstacle,
)
from kernel.forms import ActionForm, AtMost, DateField, Form, MoneyField, Required, WholeField
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l

MOST_PIECES = 100_000
LONGEST_LIFE = 100
LONGEST_ID = 12
LONGEST_QUERY = 200


class ItemForm(ActionForm):
    """The register card, as far as people write it by hand."""

    name = StringField(_l("Name of the item"), [Required(), AtMost(500)])
    asset_no = StringField(
        _l("Asset number"), [AtMost(60)], description=_l("Leave blank while there is none yet.")
    )
    serial_no = StringField(_l("Serial number"), [AtMost(120)])
    class_id = SelectField(_l("Class"), coerce=int)
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
    acquired_on = DateField(_l("Acquired on"))
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

    def offer(self, classes: Sequence[Any], units: Sequence[Any], names: Any) -> None:  # noqa: ANN401
        """Fill the choices: classes, and the units that the person may write for."""
        self.class_id.choices = [(0, "–"), *((c.id, f"{c.code} {c.name}") for c in classes)]
        self.unit_id.choices = [(unit.id, names(unit)) for unit in units]

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
        values = {name: field.data for name, field in self._fields.items() if name not in apart}
        return {**values, "class_id": self.class_id.data or None}


class PhotoForm(Form):
    """Photos to add to an item."""

    photos = MultipleFileField(_l("Photo"))


def filters_from(args: Mapping[str, str]) -> Filters:
    """Read what a list of items is narrowed to from an address; nonsense narrows nothing."""

    def whole(name: str) -> int | None:
        raw = args.get(name, "")
        return int(raw) if raw.isdecimal() and len(raw) < LONGEST_ID else None

    def choice(name: str, known: Collection[str]) -> str:
        raw = args.get(name, "")
        return raw if raw in known else ""

    return Filters(
        words=args.get("q", "").strip()[:LONGEST_QUERY],
        unit_id=whole("unit"),
        room_id=whole("room"),
        class_id=whole("class"),
        condition=choice("condition", {str(c) for c in CONDITIONS}),
        availability=choice("available", {AVAILABLE, *(str(o) for o in Obstacle)}),
        newest=args.get("sort") == "newest",
        import_id=whole("import"),
    )
