"""Reading the rooms of a round: a page of those to walk, how many stand where, all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from assets.counts import access
from assets.counts.models import Round, RoundRoom
from kernel import thai
from kernel.access import Viewer
from kernel.db import db
from office.places.models import Room, Unit

PAGE = 50
# More rooms than any office has; a phone is offered all of them.
MOST = 5000
LONGEST_QUERY, LONGEST_ID = 100, 12
LEFT, BEGUN, DONE = "left", "begun", "done"
# The rooms are asked for every few seconds, always the same ones.
_key = lru_cache(16_384)(thai.sort_key)


@dataclass(frozen=True)
class Wanted:
    """Which rooms of a round are shown; an empty field narrows nothing.

    ``state`` is ``left`` (nothing counted yet), ``begun`` or ``done`` (walked, or complete).
    """

    words: str = ""
    unit_id: int | None = None
    state: str = ""

    @property
    def narrows(self) -> bool:
        """Some rooms are left out."""
        return self != Wanted()


def wanted_from(args: Mapping[str, str]) -> Wanted:
    """Read from an address which rooms are shown; nonsense narrows nothing."""
    unit, state = args.get("unit", ""), args.get("state", "")
    return Wanted(
        words=args.get("q", "").strip()[:LONGEST_QUERY],
        unit_id=int(unit) if unit.isdecimal() and len(unit) < LONGEST_ID else None,
        state=state if state in (LEFT, BEGUN, DONE) else "",
    )


def page_of(viewer: Viewer, one: Round, wanted: Wanted, page: int) -> Sequence[RoundRoom]:
    """Return one page of the rooms the viewer may look at and one more, by unit, building, name."""
    places = db.session.execute(_places(viewer, one).where(*_terms(wanted))).all()
    first = (page - 1) * PAGE
    ids = [place.id for place in sorted(places, key=_order)[first : first + PAGE + 1]]
    return _of_ids(ids)


def every(viewer: Viewer, one: Round) -> Sequence[RoundRoom]:
    """Return all rooms of a round that the viewer may look at, in the order of the pages."""
    places = db.session.execute(_places(viewer, one).limit(MOST)).all()
    rooms = select(RoundRoom).where(*_seen(viewer, one)).options(joinedload(RoundRoom.unit))
    by_id = {room.id: room for room in db.session.scalars(rooms)}
    return [by_id[place.id] for place in sorted(places, key=_order) if place.id in by_id]


def counts(viewer: Viewer, one: Round) -> dict[str, int]:
    """Return how many rooms there are (``""``), and how many of them stand in each state."""
    state = case((_is_done(), DONE), (RoundRoom.counted > 0, BEGUN), else_=LEFT)
    told = state.label("state")
    rows = select(told, func.count().label("rooms")).where(*_seen(viewer, one)).group_by(told)
    found = {LEFT: 0, BEGUN: 0, DONE: 0}
    found |= {row.state: row.rooms for row in db.session.execute(rows)}
    return found | {"": sum(found.values())}


def _seen(viewer: Viewer, one: Round) -> tuple[ColumnElement[bool], ...]:
    return RoundRoom.round_id == one.id, access.lines_seen(viewer, one, RoundRoom.unit_id)


def _places(viewer: Viewer, one: Round) -> Select[*tuple[Any, ...]]:
    told = (Unit.path, RoundRoom.room_id, RoundRoom.building, RoundRoom.name)
    return (
        select(RoundRoom.id, *told)
        .join(Unit, Unit.id == RoundRoom.unit_id)
        .outerjoin(Room, Room.id == RoundRoom.room_id)
        .where(*_seen(viewer, one))
    )


def _order(place: Any) -> tuple[Any, ...]:  # noqa: ANN401 - a row of ``_places``
    """Return the key of a room: room 9 comes before room 10, which engines do not agree on."""
    named = (not place.building, _key(place.building), _key(place.name))
    return (place.path, place.room_id is None, *named, place.id)


def _of_ids(ids: Sequence[int]) -> list[RoundRoom]:
    query = select(RoundRoom).where(RoundRoom.id.in_(ids)).options(joinedload(RoundRoom.unit))
    by_id = {room.id: room for room in db.session.scalars(query)}
    return [by_id[one] for one in ids if one in by_id]


def _terms(wanted: Wanted) -> list[ColumnElement[bool]]:
    terms: list[ColumnElement[bool]] = []
    if wanted.unit_id:
        terms.append(RoundRoom.unit_id == wanted.unit_id)
    if wanted.state == DONE:
        terms.append(_is_done())
    elif wanted.state:
        terms += [~_is_done(), RoundRoom.counted > 0 if wanted.state == BEGUN else _is_untouched()]
    phrase = thai.search_key(wanted.words)
    if phrase:
        # Put together, so that the number of a building is not looked for in those of rooms.
        place = RoundRoom.building + " " + RoundRoom.name
        known = RoundRoom.building + " " + func.coalesce(Room.name_key, "")
        named = (place, known, Unit.name_th, Unit.name_en)
        terms.append(or_(*(one.icontains(phrase, autoescape=True) for one in named)))
    return terms


def _is_untouched() -> ColumnElement[bool]:
    return RoundRoom.counted == 0


def _is_done() -> ColumnElement[bool]:
    full = and_(RoundRoom.expected_total > 0, RoundRoom.counted == RoundRoom.expected_total)
    return or_(RoundRoom.walked_at.is_not(None), full)
