"""Everything that is coming, in the order of its days; a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import select, union_all
from sqlalchemy.orm import joinedload

from assets.disposals import access as disposals
from assets.disposals.models import Disposal
from assets.disposals.states import State as DisposalState
from helpdesk.backups import queries as backups
from helpdesk.coming.sources import SOURCES
from helpdesk.coming.states import USUAL_HORIZON, Kind
from helpdesk.tickets import access as tickets
from helpdesk.tickets.models import Ticket
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import language
from office.bookkeeping.access import TIMETABLE
from office.places.models import Unit

PAGE = 50
# The page is for acting on; whoever has more than this before them narrows the list down.
MOST = 5000
WITH_DEADLINE = (
    DisposalState.INVESTIGATING,
    DisposalState.ORDERED,
    DisposalState.CARRIED_OUT,
    DisposalState.STRUCK_OFF,
)


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to: a kind, a unit, and how many days ahead it looks."""

    kind: str = ""
    unit_id: int | None = None
    days: int = USUAL_HORIZON


@dataclass(frozen=True)
class Line:
    """One thing with a last day.

    ``ref`` is the id that its page is found by; ``number`` how many things it stands for.
    """

    kind: Kind
    day: date
    ref: int
    number: int
    title: str
    unit_id: int | None
    unit_name: str


def coming(viewer: Viewer, wanted: Filter, *, backup_days: int) -> list[Line]:
    """Return what is coming, the most urgent first, as far as the viewer may see it.

    Args:
        viewer: who looks.
        wanted: what it is narrowed to.
        backup_days: how old the newest backup may be; 0: nobody watches.
    """
    today = clock.today()
    until = today + timedelta(days=wanted.days)
    parts: dict[Kind, Iterable[Line]] = {
        Kind.DISPOSAL: _disposals(viewer, wanted, until),
        Kind.TICKET: _tickets(viewer, wanted, until),
        Kind.BACKUP: _backup(viewer, wanted, until, backup_days),
    }
    found = list(_dated(viewer, wanted, today, until))
    for kind, lines in parts.items():
        if wanted.kind in ("", kind):
            found.extend(lines)
    return sorted(found, key=lambda line: (line.day, line.kind, line.ref))


def _dated(viewer: Viewer, wanted: Filter, today: date, until: date) -> Iterator[Line]:
    chosen = [one for kind, one in SOURCES.items() if wanted.kind in ("", kind)]
    if not chosen:
        return
    every = union_all(*(one(viewer, today, until) for one in chosen)).subquery()
    query = (
        select(every, Unit.name_th, Unit.name_en)
        .outerjoin(Unit, Unit.id == every.c.unit_id)
        .order_by(every.c.day, every.c.kind, every.c.ref)
        .limit(MOST)
    )
    if wanted.unit_id is not None:
        query = query.where(every.c.unit_id == wanted.unit_id)
    for kind, day, ref, number, th, en, unit_id, unit_th, unit_en in db.session.execute(query):
        yield Line(
            Kind(kind), day, ref, number, _said(th, en), unit_id, _said(unit_th or "", unit_en)
        )


def _said(th: str, en: str | None) -> str:
    return en if en and language() == "en" else th


def _disposals(viewer: Viewer, wanted: Filter, until: date) -> Iterator[Line]:
    """Yield the deadlines of disposals, which a function of their days works out."""
    query = (
        select(Disposal)
        .options(joinedload(Disposal.unit))
        .where(Disposal.state.in_(WITH_DEADLINE), disposals.visible(viewer))
        .order_by(Disposal.id)
        .limit(MOST)
    )
    if wanted.unit_id is not None:
        query = query.where(Disposal.unit_id == wanted.unit_id)
    for one in db.session.scalars(query):
        found = one.deadline
        if found is not None and found.due_on <= until:
            name = one.unit.name
            yield Line(Kind.DISPOSAL, found.due_on, one.id, 1, one.number, one.unit_id, name)


def _tickets(viewer: Viewer, wanted: Filter, until: date) -> Iterator[Line]:
    """Yield the open tickets by their next deadline, a moment of which the day is shown."""
    query = (
        select(Ticket.id, Ticket.number, Ticket.subject, Ticket.next_due_at, Unit)
        .join(Unit, Unit.id == Ticket.unit_id)
        .where(
            Ticket.next_due_at < clock.at(until + timedelta(days=1), time()),
            tickets.visible(viewer),
        )
        .order_by(Ticket.next_due_at)
        .limit(MOST)
    )
    if wanted.unit_id is not None:
        query = query.where(Ticket.unit_id == wanted.unit_id)
    for ref, number, subject, due_at, unit in db.session.execute(query):
        if due_at is None:  # never so: the comparison above leaves closed tickets out
            continue
        day = clock.local(due_at).date()
        yield Line(Kind.TICKET, day, ref, 1, f"{number} · {subject}", unit.id, unit.name)


def _backup(viewer: Viewer, wanted: Filter, until: date, days: int) -> Iterator[Line]:
    if wanted.unit_id is not None or not viewer.may(TIMETABLE):
        return
    due = backups.due_at(days)
    if due is not None and clock.local(due).date() <= until:
        yield Line(Kind.BACKUP, clock.local(due).date(), 0, 1, "", None, "")
