"""Reading the board and the tour: open work by state, and by school, building and room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, select, union_all
from sqlalchemy.orm import aliased

from helpdesk.tickets import access
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.queue_filters import Filters, narrowed
from helpdesk.tickets.queue_queries import LISTED, with_places
from helpdesk.tickets.queue_views import VIEWS, asked_by
from helpdesk.tickets.states import WAITING, State
from kernel.access import Scope, Viewer
from kernel.db import db, fixed, fixed_word, thai_order
from office.people.models import Person
from office.places.models import Building, Room, Unit

LANE, MOST_STOPS = 30, 400
# The columns of the board: open states by their order, and what waits for a last look.
LANES: dict[str, tuple[State, ...]] = {
    "new": (State.NEW,),
    "accepted": (State.ACCEPTED,),
    "in_progress": (State.IN_PROGRESS,),
    "waiting": WAITING,
    "resolved": (State.RESOLVED,),
}
Reporter = aliased(Person, name="reporter")


def board(viewer: Viewer, filters: Filters) -> dict[str, Sequence[Any]]:
    """Return up to ``LANE`` + 1 cards of each column of the board, in one query.

    Args:
        viewer: who looks; what they may not see is left out.
        filters: the view and what it is narrowed to; the last column holds what is resolved.
    """
    reach = viewer.scope(access.SEE)
    terms = narrowed(filters)
    lanes = [_lane(name, filters.view, reach, terms).subquery() for name in LANES]
    cards = union_all(*(select(lane) for lane in lanes)).subquery()
    query = (
        with_places(select(cards.c.lane, *LISTED))
        .join(cards, cards.c.id == Ticket.id)
        .order_by(Ticket.next_due_at, Ticket.id)
    )
    found: dict[str, list[Any]] = {name: [] for name in LANES}
    for row in db.session.execute(query, asked_by(viewer)):
        found[row.lane].append(row)
    return dict(found)


def _lane(
    name: str, view: str, reach: Scope, terms: Sequence[ColumnElement[bool]]
) -> Select[str, int]:
    """Return the first cards of a column: of every state its first ones, then those of all."""
    parts = [_of_state(name, one, view, reach).where(*terms).subquery() for one in LANES[name]]
    if len(parts) == 1:
        return select(parts[0].c.lane, parts[0].c.id)
    every = union_all(*(select(part) for part in parts)).subquery()
    first = select(every.c.lane, every.c.id).order_by(every.c.next_due_at, every.c.id)
    return first.limit(fixed(LANE + 1))


@lru_cache(256)
def _of_state(lane: str, state: State, view: str, reach: Scope) -> Select[*tuple[Any, ...]]:
    is_open = lane != "resolved"
    name = fixed_word(lane).label("lane")
    query = select(name, Ticket.id, Ticket.next_due_at).where(
        Ticket.state == fixed_word(state),
        # Said for the index of open tickets by state, even where the state says it already.
        *((Ticket.next_due_at.is_not(None), *VIEWS[view].terms()) if is_open else ()),
        reach.clause(Ticket.unit_id),
    )
    order = (Ticket.next_due_at, Ticket.id) if is_open else (Ticket.id.desc(),)
    return query.order_by(*order).limit(fixed(LANE + 1))


@dataclass
class Spot:
    """One room or place of a stop, with its jobs by what is due next."""

    building: str
    room: str
    jobs: list[Any] = field(default_factory=list)


@dataclass
class Stop:
    """One school of a tour."""

    unit_id: int
    name_th: str
    name_en: str
    phone: str
    first_due: datetime
    jobs: int = 0
    spots: dict[tuple[str, str], Spot] = field(default_factory=dict)


def tour(viewer: Viewer, filters: Filters) -> list[Stop]:
    """Return open work by school, building and room: at most 400 jobs, the most urgent ones.

    Schools stand in the order of what is due first, rooms in the order of a walk.
    """
    first = (
        select(Ticket.id)
        .where(
            *VIEWS[filters.view].terms(),
            viewer.scope(access.SEE).clause(Ticket.unit_id),
            *narrowed(filters),
        )
        .order_by(Ticket.next_due_at, Ticket.id)
        .limit(fixed(MOST_STOPS))
        .subquery()
    )
    query = (
        with_places(select(*LISTED, *PLACES), first)
        .outerjoin(Building, Building.id == Room.building_id)
        .outerjoin(Reporter, Reporter.id == Ticket.reporter_id)
        .order_by(thai_order(Building.name), thai_order(Room.name), Ticket.next_due_at, Ticket.id)
    )
    stops: dict[int, Stop] = {}
    for row in db.session.execute(query, asked_by(viewer)):
        stop = stops.get(row.unit_id)
        if stop is None:
            names = (row.unit_th, row.unit_en, row.unit_phone)
            stop = stops[row.unit_id] = Stop(row.unit_id, *names, row.next_due_at)
        stop.first_due = min(stop.first_due, row.next_due_at)
        stop.jobs += 1
        place = (row.building_name or "", row.room_name or row.place_text)
        stop.spots.setdefault(place, Spot(*place)).jobs.append(row)
    return sorted(stops.values(), key=lambda stop: (stop.first_due, stop.unit_id))


PLACES = (
    Unit.phone.label("unit_phone"),
    Building.name.label("building_name"),
    Reporter.phone.label("reporter_phone"),
    Ticket.reporter_contact,
    Ticket.detail,
)
