"""Places on the item page that rooms above the register fill: the timeline and a few notices.

The register knows nothing of loans or tickets. ``helpdesk.app`` puts their fillers in once; the
item page asks every filler and shows what comes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from markupsafe import Markup
from sqlalchemy import ColumnElement

from assets.register.models import Asset
from kernel.access import Viewer
from kernel.i18n import lazy_gettext as _l


class Kind(StrEnum):
    """What a line of the timeline is about; people narrow the timeline to one."""

    CARD = "card"
    MOVE = "move"
    LOAN = "loan"
    REPAIR = "repair"
    SERVICE = "service"
    COUNT = "count"
    LABEL = "label"
    FILE = "file"
    VALUE = "value"


KINDS = {
    Kind.CARD: _l("Register"),
    Kind.MOVE: _l("Movements"),
    Kind.LOAN: _l("Loans"),
    Kind.REPAIR: _l("Repairs"),
    Kind.SERVICE: _l("Service"),
    Kind.COUNT: _l("Counts"),
    Kind.LABEL: _l("Labels"),
    Kind.FILE: _l("Photos and documents"),
    Kind.VALUE: _l("Value"),
}

FILES = "attachments"
# What the rooms tell of, by the names under which they fill in.
KIND_OF = {
    "transfers": Kind.MOVE,
    "loans": Kind.LOAN,
    "tickets": Kind.REPAIR,
    "maintenance": Kind.SERVICE,
    "counts": Kind.COUNT,
    "labels": Kind.LABEL,
    FILES: Kind.FILE,
}


@dataclass(frozen=True)
class Entry:
    """One line of an item's timeline.

    Attributes:
        at: when.
        text: what.
        who: who did it, in Thai or as it was written down.
        body: more of it.
        icon, tone: as the timeline component shows them.
        href: leads to the loan or ticket it tells of.
        kind: what it is about.
        who_id: the person who did it, so that an English page can say the English name.
        cost: what it cost, in baht; ``of_money`` entries are for those who may see values.
        of_money: the entry tells of money and of nothing else.
        day_only: the hour is not known.
    """

    at: datetime
    text: str
    who: str = ""
    body: str = ""
    icon: str = "dot"
    tone: str = "neutral"
    href: str | None = None
    kind: Kind = Kind.CARD
    who_id: int | None = None
    cost: Decimal | None = None
    of_money: bool = False
    day_only: bool = False


@dataclass(frozen=True)
class Repair:
    """One finished repair of an item: a line of its maintenance history (R-R1).

    Attributes:
        on: the day it was done.
        number: of its ticket.
        work: what was done.
        cost: in baht; None where nobody wrote it down.
        note: how it ended.
    """

    on: date
    number: str
    work: str
    cost: Decimal | None
    note: str = ""


@dataclass(frozen=True)
class Act:
    """Something a person may do with the item from its page.

    ``primary`` is what most come for; with the ``near`` ones it stands in the head of the page,
    the rest in the menu beside it.
    """

    label: Any
    href: str
    icon: str
    primary: bool = False
    near: bool = False


Repairs = Callable[[Sequence[int]], Mapping[int, Sequence[Repair]]]


class Pictured(Protocol):
    """Hears of a photo that was put on a card."""

    def __call__(self, asset: Asset, photo_key: str, thumbnail_key: str, *, by: Viewer) -> None:
        """Take the photo in."""


@dataclass(frozen=True)
class Shown:
    """What the page of an item shows of its photos and documents, and what its timeline tells."""

    panel: dict[str, Any]
    entries: Sequence[Entry]


Present = ColumnElement[bool]


class Files(Protocol):
    """Says what the page of an item shows of its photos and documents."""

    def __call__(self, asset: Asset, viewer: Viewer, *, there_are: bool) -> Shown:
        """Return it; nothing is asked of the database where there are none."""


Printing = Callable[[Viewer], bool]
Timeline = Callable[[Asset, Viewer], Iterable[Entry]]
Acts = Callable[[Asset, Viewer], Sequence[Act]]
TickedActs = Callable[[Viewer], Sequence[Act]]
Panel = Callable[[Asset, Viewer], str]

_timelines: dict[str, Timeline] = {}
_acts: dict[str, Acts] = {}
_panels: dict[str, Panel] = {}
_repairs: dict[str, Repairs] = {}
_printing: list[Printing] = []
_ticked: dict[str, TickedActs] = {}
_present: dict[str, Present] = {}
_files: list[Files] = []
_pictured: list[Pictured] = []


def fill(
    name: str,
    *,
    timeline: Timeline | None = None,
    present: Present | None = None,
    acts: Acts | None = None,
    repairs: Repairs | None = None,
    panel: Panel | None = None,
) -> None:
    """Let a room tell of an item; a second call under the same name replaces the first.

    Args:
        name: of the room.
        timeline: what it tells.
        present: SQL about ``Asset``: the room has something to tell. The page asks it together
            with the item, and asks nothing more of rooms that have nothing.
        acts: what may be done with the item there.
        repairs: the finished repairs of items.
        panel: draws finished markup for the item's page; empty where there is nothing to say.
    """
    if panel is not None:
        _panels[name] = panel
    if present is not None:
        _present[name] = present
    if repairs is not None:
        _repairs[name] = repairs
    if timeline is not None:
        _timelines[name] = timeline
    if acts is not None:
        _acts[name] = acts


def fill_printing(may: Printing) -> None:
    """Let the room of labels say who may print them from the list; a second call replaces it."""
    _printing[:] = [may]


def may_print(viewer: Viewer) -> bool:
    """Tell whether the list of items offers labels to a viewer."""
    return any(may(viewer) for may in _printing)


def fill_ticked(name: str, acts: TickedActs) -> None:
    """Let a room say what may be done there with the ticked items of a list.

    The address of an act takes the ids as ``item``, once for each. A second call under the same
    name replaces the first.
    """
    _ticked[name] = acts


def ticked_acts(viewer: Viewer) -> list[Act]:
    """Return what the viewer may do in the other rooms with the ticked items of a list."""
    return [act for filler in _ticked.values() for act in filler(viewer)]


def fill_files(files: Files, pictured: Pictured, *, present: Present) -> None:
    """Let the room of photos and documents show them, and hear of photos put on cards.

    A second call replaces the first; ``present`` is as in ``fill``.
    """
    _files[:], _pictured[:] = [files], [pictured]
    _present[FILES] = present


def files_of(asset: Asset, viewer: Viewer, telling: Collection[str]) -> Shown:
    """Return what the item's page shows of photos and documents; empty where no room does."""
    return _files[0](asset, viewer, there_are=FILES in telling) if _files else Shown({}, ())


def present() -> Mapping[str, Present]:
    """Return by room the SQL that tells whether it has something to tell of an item."""
    return _present


def pictured(asset: Asset, photo_key: str, thumbnail_key: str, *, by: Viewer) -> None:
    """Tell that a photo was put on a card."""
    for hear in _pictured:
        hear(asset, photo_key, thumbnail_key, by=by)


def timeline_of(asset: Asset, viewer: Viewer, telling: Collection[str]) -> list[Entry]:
    """Return what the other rooms tell of an item; what says no kind is of its room's kind.

    Args:
        asset: the item.
        viewer: who looks.
        telling: the rooms that have something to tell, of those that say so beforehand.
    """
    return [
        replace(entry, kind=KIND_OF.get(name, entry.kind)) if entry.kind == Kind.CARD else entry
        for name, filler in _timelines.items()
        if name in telling or name not in _present
        for entry in filler(asset, viewer)
    ]


def panels_of(asset: Asset, viewer: Viewer, telling: Collection[str]) -> list[str]:
    """Return what the other rooms draw on an item's page; rooms with nothing to tell are not asked.

    Args:
        asset: the item.
        viewer: who looks.
        telling: as in ``timeline_of``.
    """
    drawn = [
        panel(asset, viewer)
        for name, panel in _panels.items()
        if name in telling or name not in _present
    ]
    return [Markup(one) for one in drawn if one]  # noqa: S704 - templates of the rooms


def repairs_of(ids: Sequence[int]) -> dict[int, list[Repair]]:
    """Return the finished repairs of items, the oldest first, by the ids of the items."""
    found: dict[int, list[Repair]] = {}
    for filler in _repairs.values():
        for asset_id, repairs in filler(ids).items():
            found.setdefault(asset_id, []).extend(repairs)
    return {one: sorted(repairs, key=lambda each: each.on) for one, repairs in found.items()}


def acts_for(asset: Asset, viewer: Viewer) -> list[Act]:
    """Return what the viewer may do with an item in the other rooms."""
    return [act for filler in _acts.values() for act in filler(asset, viewer)]
