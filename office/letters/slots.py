"""Places that rooms above fill: the kinds of matters that a letter may belong to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kernel.access import Viewer


@dataclass(frozen=True)
class Matter:
    """A thing of a room above: its row, what it is called, the address of its page."""

    kind: str
    id: int
    title: str
    address: str


@dataclass(frozen=True)
class MatterKind:
    """A kind of matter.

    ``find`` returns what a typed number or name stands for, ``show`` the matter of a row; both
    return None where there is none or the viewer may not see it.
    """

    name: str
    label: Any
    find: Callable[[str, Viewer], Matter | None]
    show: Callable[[int, Viewer], Matter | None]


_kinds: dict[str, MatterKind] = {}


def fill(kind: MatterKind) -> None:
    """Make a kind known; a second time takes the place of the first."""
    _kinds[kind.name] = kind


def kinds() -> dict[str, MatterKind]:
    """Return the kinds by name, in the order in which they were made known."""
    return dict(_kinds)


def shown(kind: str, matter_id: int, viewer: Viewer) -> Matter | None:
    """Return a matter as the viewer may see it; None where not, or where its room is gone."""
    known = _kinds.get(kind)
    return known.show(matter_id, viewer) if known else None
