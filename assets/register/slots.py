"""Places on the item page that rooms above the register fill: the timeline and a few notices.

The register knows nothing of loans or tickets. ``helpdesk.app`` puts their fillers in once; the
item page asks every filler and shows what comes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assets.register.models import Asset
from kernel.access import Viewer


@dataclass(frozen=True)
class Entry:
    """One line of an item's timeline; ``href`` leads to the loan or ticket it tells of."""

    at: datetime
    text: str
    who: str = ""
    body: str = ""
    icon: str = "dot"
    tone: str = "neutral"
    href: str | None = None


@dataclass(frozen=True)
class Act:
    """Something a person may do with the item from its page."""

    label: Any
    href: str
    icon: str
    primary: bool = False


Printing = Callable[[Viewer], bool]
Timeline = Callable[[Asset, Viewer], Iterable[Entry]]
Acts = Callable[[Asset, Viewer], Sequence[Act]]

_timelines: dict[str, Timeline] = {}
_acts: dict[str, Acts] = {}
_printing: list[Printing] = []


def fill(name: str, *, timeline: Timeline | None = None, acts: Acts | None = None) -> None:
    """Let a room tell of an item; a second call under the same name replaces the first."""
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


def timeline_of(asset: Asset, viewer: Viewer) -> list[Entry]:
    """Return what the other rooms tell of an item."""
    return [entry for filler in _timelines.values() for entry in filler(asset, viewer)]


def acts_for(asset: Asset, viewer: Viewer) -> list[Act]:
    """Return what the viewer may do with an item in the other rooms."""
    return [act for filler in _acts.values() for act in filler(asset, viewer)]
