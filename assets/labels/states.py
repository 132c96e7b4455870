"""The words of labels that are stored: what a label shows, why one ended, what was printed."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _p


class Line(StrEnum):
    """What a label may show beside its symbol, in the order in which it stands there."""

    OFFICE = "office"
    CLASS = "class"
    NAME = "name"
    NUMBER = "number"
    ROOM = "room"
    CODE = "code"


LINES = {
    Line.OFFICE: _l("Name of the office"),
    Line.CLASS: _l("Class"),
    Line.NAME: _l("Name of the item"),
    Line.NUMBER: _l("Asset number"),
    Line.ROOM: _l("Room and unit"),
    Line.CODE: _l("Code of the label in letters"),
}


class Kind(StrEnum):
    """What a printer takes: sheets of many labels, or a tape of single ones."""

    SHEET = "sheet"
    TAPE = "tape"


KINDS = {
    Kind.SHEET: _p("paper", "Sheets of labels"),
    Kind.TAPE: _p("paper", "Tape or single labels"),
}


class Reason(StrEnum):
    """Why a label is not in use any more."""

    LOST = "lost"
    UNREADABLE = "unreadable"
    REPLACED = "replaced"
    WRONG_ITEM = "wrong_item"
    OTHER = "other"


REASONS = {
    Reason.LOST: _p("label", "Torn off or lost"),
    Reason.UNREADABLE: _p("label", "Cannot be read any more"),
    Reason.REPLACED: _p("label", "Replaced by a newer one"),
    Reason.WRONG_ITEM: _p("label", "Was on the wrong item"),
    Reason.OTHER: _p("label", "Another reason"),
}


class RunKind(StrEnum):
    """What a print run holds."""

    ITEMS = "items"
    BLANKS = "blanks"
    ROOMS = "rooms"


RUN_KINDS = {
    RunKind.ITEMS: _p("labels", "Labels of items"),
    RunKind.BLANKS: _p("labels", "Blank labels"),
    RunKind.ROOMS: _p("labels", "Labels of rooms"),
}
