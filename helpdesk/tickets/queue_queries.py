"""Reading the queue: its views with counts, its filters, the next job of a technician."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, func, literal_column, select
from sqlalchemy.orm import aliased

from assets.register.models import Asset
from helpdesk.tickets import access
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import RUNNING, WAITING
from kernel import clock, search
from kernel.access import Scope, Viewer
from kernel.db import db, fixed, thai_order
from kernel.pages import MOST_COUNTED
from office.people.models import Person
from office.places.models import Room, Unit

KEPT_STATEMENTS = 256


@dataclass(frozen=True)
class Filters:
    """What the address of the queue asks for; empty means all."""

    view: str = "open"
    unit_id: int | None = None
    category: str = ""
    priority: str = ""
    text: str = ""


COUNTED = ("open", "mine", "unassigned", "late", "waiting")
VIEWS = (*COUNTED, "resolved", "closed", "cancelled")
LISTED = (
    Ticket.id,
    Ticket.number,
    Ticket.subject,
    Ticket.subject_en,
    Ticket.state,
    Ticket.priority,
    Ticket.category,
    Ticket.next_due_at,
    Ticket.opened_at,
    Ticket.assignee_id,
    Ticket.place_text,
    Ticket.version,
)


def queue(viewer: Viewer, filters: Filters, number: int, size: int) -> Sequence[Any]:
    """Return up to ``size + 1`` rows: open ones by what is due next, others newest first."""
    query = _queue(filters.view, viewer.scope(access.SEE))
    if filters.unit_id:
        query = query.where(Ticket.unit_id == filters.unit_id)
    if filters.category:
        query = query.where(Ticket.category == filters.category)
    if filters.priority:
        query = query.where(Ticket.priority == filters.priority)
    if filters.view in COUNTED:
        # Few tickets are open, however many there are: reading them beats the search index.
        for word in search.words(filters.text):
            query = query.where(Ticket.search_key.contains(word, autoescape=True))
    else:
        query = query.where(search.contains(Ticket.search_key, filters.text))
    part = {"most": size + 1, "skipped": (number - 1) * size}
    return db.session.execute(query, {**_asked_by(viewer), **part}).all()


# Building these statements costs more than running them, so each is built once for a reach.
@lru_cache(KEPT_STATEMENTS)
def _queue(view: str, reach: Scope) -> Select[*tuple[Any, ...]]:
    assignee = aliased(Person)
    return (
        select(
            *LISTED,
            Asset.name.label("asset_name"),
            Asset.asset_no,
            Unit.name_th.label("unit_th"),
            Unit.name_en.label("unit_en"),
            Room.name.label("room_name"),
            assignee.name_th.label("assignee_th"),
            assignee.name_en.label("assignee_en"),
        )
        .join(Unit, Unit.id == Ticket.unit_id)
        .outerjoin(Asset, Asset.id == Ticket.asset_id)
        .outerjoin(Room, Room.id == Ticket.room_id)
        .outerjoin(assignee, assignee.id == Ticket.assignee_id)
        .where(*_view(view), reach.clause(Ticket.unit_id))
        .order_by(*((Ticket.next_due_at, Ticket.id) if view in COUNTED else (Ticket.id.desc(),)))
        .limit(bindparam("most", type_=Integer, literal_execute=True))
        .offset(bindparam("skipped", type_=Integer, literal_execute=True))
    )


def _view(name: str) -> list[ColumnElement[bool]]:
    """Return the WHERE terms of a view; ``me`` and ``now`` are given when it is asked."""
    if name not in COUNTED:
        return [Ticket.state == name]
    narrower = {
        "mine": Ticket.assignee_id == bindparam("me"),
        "unassigned": Ticket.assignee_id.is_(None),
        "late": Ticket.next_due_at < bindparam("now"),
        "waiting": Ticket.state.in_(WAITING),
    }
    return [Ticket.next_due_at.is_not(None), *([narrower[name]] if name in narrower else [])]


def _asked_by(viewer: Viewer) -> dict[str, Any]:
    return {"me": viewer.id, "now": clock.now()}


def view_counts(viewer: Viewer) -> dict[str, int]:
    """Return how many open tickets each view of the queue holds, in one query.

    Counting stops at ``MOST_COUNTED`` + 1, so that it takes no longer however many are open.
    """
    row = db.session.execute(_counts(viewer.scope(access.SEE)), _asked_by(viewer)).one()
    return {name: int(value) for name, value in row._asdict().items()}


@lru_cache(KEPT_STATEMENTS)
def _counts(reach: Scope) -> Select[*tuple[Any, ...]]:
    def counted(name: str) -> ColumnElement[int]:
        found: Select[Any] = select(literal_column("1")).select_from(Ticket)
        # A waiting ticket is an open one; said by its state alone, the index of states serves.
        terms = [Ticket.state.in_(WAITING)] if name == "waiting" else _view(name)
        found = found.where(*terms, reach.clause(Ticket.unit_id)).limit(fixed(MOST_COUNTED + 1))
        return select(func.count()).select_from(found.subquery()).scalar_subquery().label(name)

    return select(*(counted(name) for name in COUNTED))


def waiting_for(viewer: Viewer) -> int:
    """Return how many running tickets wait for this technician."""
    return int(
        db.session.scalar(
            select(func.count()).where(
                Ticket.assignee_id == viewer.id,
                Ticket.next_due_at.is_not(None),
                Ticket.state.in_(RUNNING),
            )
        )
        or 0
    )


def next_job(viewer: Viewer) -> Ticket | None:
    """Return the running ticket of this technician that is due first."""
    return db.session.scalar(
        select(Ticket)
        .where(
            Ticket.assignee_id == viewer.id,
            Ticket.next_due_at.is_not(None),
            Ticket.state.in_(RUNNING),
        )
        .order_by(Ticket.next_due_at, Ticket.id)
        .limit(fixed(1))
    )


def units_of_queue(viewer: Viewer) -> Sequence[Any]:
    """Return the units a viewer may filter the queue by."""
    return db.session.execute(_units(viewer.scope(access.SEE))).all()


@lru_cache(KEPT_STATEMENTS)
def _units(reach: Scope) -> Select[*tuple[Any, ...]]:
    return (
        select(Unit.id, Unit.name_th, Unit.name_en)
        .where(reach.clause(Unit.id), Unit.closed_on.is_(None))
        .order_by(thai_order(Unit.name_th))
    )
