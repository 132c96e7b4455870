"""The words of the catalogue: kinds of extra fields, and who may borrow things of a class."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp


class FieldKind(StrEnum):
    """What people type into an extra field."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


class Borrowers(StrEnum):
    """Who may borrow things of a class."""

    EVERYONE = "everyone"
    OWN_UNIT = "own_unit"


FIELD_KINDS = {
    FieldKind.TEXT: _lp("kind of field", "Text"),
    FieldKind.NUMBER: _lp("kind of field", "Number"),
    FieldKind.DATE: _lp("kind of field", "Date"),
    FieldKind.CHOICE: _lp("kind of field", "Choice from a list"),
}
BORROWERS = {
    Borrowers.EVERYONE: _l("Everybody in the office and its schools"),
    Borrowers.OWN_UNIT: _l("Only people of the unit that has the thing"),
}
