"""What people may change of many items at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wtforms import (
    BooleanField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)

from assets.register.states import CONDITIONS, FUND_TYPES
from kernel.forms import ActionForm, AtMost, DateField
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l

CHANGES = (
    ("class_id", _l("Class")),
    ("condition", _l("Condition")),
    ("room_id", _l("Room")),
    ("custodian", _l("Person in charge")),
    ("warranty_until", _l("Warranty until")),
    ("next_service_on", _l("Next service on")),
    ("lendable", _l("May be lent")),
    ("fund_type", _l("Paid from")),
    ("note", _l("Add to the note")),
)


class BulkForm(ActionForm):
    """The fields to change, each ticked, and their new values."""

    fields = SelectMultipleField(choices=[(name, label) for name, label in CHANGES])
    class_id = SelectField(_l("Class"), coerce=int)
    condition = SelectField(
        _l("Condition"), choices=[(str(c), face.label) for c, face in CONDITIONS.items()]
    )
    room_id = SelectField(_l("Room"), coerce=int)
    custodian = StringField(_l("Person in charge"), [AtMost(200)])
    warranty_until = DateField(_l("Warranty until"))
    next_service_on = DateField(_l("Next service on"))
    lendable = BooleanField(_l("May be lent"))
    fund_type = SelectField(_l("Paid from"), choices=[("", "–"), *FUND_TYPES.items()])
    note = TextAreaField(_l("Add to the note"), [AtMost(1000)])

    def offer(self, classes: Sequence[Any], rooms: Sequence[Any]) -> None:
        """Fill the choices: classes, and the rooms where all items are of one unit."""
        self.class_id.choices = [(0, "–"), *((c.id, f"{c.code} {c.name}") for c in classes)]
        self.room_id.choices = [(0, "–"), *((room.id, room.name) for room in rooms)]

    def validate_fields(self, field: SelectMultipleField) -> None:
        """Refuse to change nothing."""
        if not field.data:
            raise ValidationError(_("Tick at least one field to change."))

    def wanted(self) -> dict[str, Any]:
        """Return the ticked fields with their values; the person in charge is still a name."""
        values = {name: self._fields[name].data for name in self.fields.data or ()}
        for name in ("class_id", "room_id"):
            if name in values:
                values[name] = values[name] or None
        if not values.get("note", "text"):
            del values["note"]
        return values
