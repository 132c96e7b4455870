"""The kinds of what is coming, with the words and icons they are shown by."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_pgettext as _lp
from kernel.states import Face


class Kind(StrEnum):
    """What a line is about."""

    WARRANTY = "warranty"
    LICENCE = "licence"
    RIGHT = "right"
    CARD = "card"
    COUNT = "count"
    DISPOSAL = "disposal"
    STOCK = "stock"
    TICKET = "ticket"
    RESERVATION = "reservation"
    OUTSIDE = "outside"
    VISIT = "visit"
    BACKUP = "backup"


KINDS = {
    Kind.WARRANTY: Face(_lp("coming", "Warranty ends"), "neutral", "shield-check"),
    Kind.LICENCE: Face(_lp("coming", "Licence or contract ends"), "neutral", "award"),
    Kind.RIGHT: Face(_lp("coming", "Access right ends"), "neutral", "key"),
    Kind.CARD: Face(_lp("coming", "User card ends"), "neutral", "person-vcard"),
    Kind.COUNT: Face(_lp("coming", "Inspection report due"), "neutral", "clipboard-check"),
    Kind.DISPOSAL: Face(_lp("coming", "Disposal deadline"), "neutral", "recycle"),
    Kind.STOCK: Face(_lp("coming", "Stock below minimum"), "neutral", "boxes"),
    Kind.TICKET: Face(_lp("coming", "Deadline of a report"), "neutral", "clock"),
    Kind.RESERVATION: Face(_lp("coming", "Reservation not fetched"), "neutral", "calendar-plus"),
    Kind.OUTSIDE: Face(_lp("coming", "Due back from a vendor"), "neutral", "truck"),
    Kind.VISIT: Face(_lp("coming", "Maintenance visit"), "neutral", "wrench-adjustable"),
    Kind.BACKUP: Face(_lp("coming", "Backup due"), "neutral", "archive"),
}
# How far ahead the page looks, in days.
HORIZONS = (7, 30, 90, 365)
USUAL_HORIZON = 30
