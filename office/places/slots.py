"""Places on the pages of units, rooms and people that rooms of the service above fill in.

Places know nothing of items or labels. ``helpdesk.app`` puts the fillers in once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kernel.access import Viewer
from office.people.models import Person
from office.places.models import Unit


@dataclass(frozen=True)
class Way:
    """Where a viewer may go on to from a page of places."""

    label: Any
    href: str
    icon: str


RoomPage = Callable[[int], str]
OfUnit = Callable[[Unit, Viewer], Sequence[Way]]
OfPerson = Callable[[Person, Viewer], Sequence[Way]]

_of_unit: dict[str, OfUnit] = {}
_of_person: dict[str, OfPerson] = {}
_room_page: list[tuple[RoomPage, Callable[[Viewer, Unit], bool]]] = []


def fill(name: str, *, unit: OfUnit | None = None, person: OfPerson | None = None) -> None:
    """Let a room above add ways; a second call under the same name replaces the first."""
    if unit is not None:
        _of_unit[name] = unit
    if person is not None:
        _of_person[name] = person


def fill_room_page(page: RoomPage, may: Callable[[Viewer, Unit], bool]) -> None:
    """Say where the page of a room is and who may see it; a second call replaces the first."""
    _room_page[:] = [(page, may)]


def room_page(viewer: Viewer, unit: Unit) -> RoomPage | None:
    """Return what makes the address of a room's page, None where the viewer may not see it."""
    return next((page for page, may in _room_page if may(viewer, unit)), None)


def ways_of_unit(unit: Unit, viewer: Viewer) -> list[Way]:
    """Return where a viewer may go on to from the page of a unit."""
    return [way for filler in _of_unit.values() for way in filler(unit, viewer)]


def ways_of_person(person: Person, viewer: Viewer) -> list[Way]:
    """Return where a viewer may go on to from the page of a person."""
    return [way for filler in _of_person.values() for way in filler(person, viewer)]
