"""Everything that is coming, in the order of its days; a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, Subquery, func, select, union_all
from sqlalchemy.orm import joinedload

from assets.disposals import access as disposals
from assets.disposals.models import Disposal
from assets.disposals.states import State as DisposalState
from helpdesk.backups import queries as backups
from helpdesk.coming.sources import SOURCES, Source
from helpdesk.coming.states import USUAL_HORIZON, Kind
from helpdesk.tickets import access as tickets
from helpdesk.tickets.models import Ticket
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import language
from kernel.pages import MOST_COUNTED
from office.bookkeeping.access import TIMETABLE
from office.places.models import Unit

PAGE = 50
# The page is for acting on; whoever has more than this before them narrows the list down.
MOST = 5000
# A store has many lines of one day; their titles tell them apart.
ORDER = ("day", "kind", "ref", "title_th")
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

    ``ref`` is the id that its page is found by; ``number`` how many things it stands for; ``at``
    the moment within its day, where there is one.
    """

    kind: Kind
    day: date
    ref: int
    number: int
    title: str
    unit_id: int | None
    unit_name: str
    at: datetime | None = None


@dataclass(frozen=True)
class Coming:
    """The first lines of what is coming, and how many of all are past their day.

    ``late`` stops counting soon after MOST_COUNTED.
    """

    lines: list[Line]
    late: int


def coming(viewer: Viewer, wanted: Filter, *, backup_days: int, most: int = MOST) -> Coming:
    """Return what is coming, the most urgent first, as far as the viewer may see it.

    Every source gives its own first lines, so that a page costs what the page holds.

    Args:
        viewer: who looks.
        wanted: what it is narrowed to.
        backup_days: how old the newest backup may be; 0: nobody watches.
        most: how many lines at most.
    """
    today = clock.today()
    until = today + timedelta(days=wanted.days)
    most = min(most, MOST)
    found: list[Line] = []
    if _asked(wanted, Kind.DISPOSAL):
        found.extend(_disposals(viewer, wanted, until))
    if _asked(wanted, Kind.BACKUP):
        found.extend(_backup(viewer, wanted, until, backup_days))
    late = sum(line.day < today for line in found)
    if _asked(wanted, Kind.TICKET):
        found.extend(_tickets(viewer, wanted, until, most))
    found.extend(_dated(viewer, wanted, today, until, most))
    found.sort(key=_urgency)
    return Coming(found[:most], late + _late(viewer, wanted, today))


def _asked(wanted: Filter, kind: Kind) -> bool:
    return wanted.kind in ("", kind)


def _urgency(line: Line) -> tuple[date, str, float, int]:
    return line.day, line.kind, line.at.timestamp() if line.at else 0.0, line.ref


def _late(viewer: Viewer, wanted: Filter, today: date) -> int:
    """Count what is past its day, of what the database can tell."""
    yesterday = today - timedelta(days=1)
    parts = []
    for one in _sources(wanted):
        every = one(viewer, today, yesterday).subquery()
        parts.append(_of_unit(select(every).where(every.c.day < today), every, wanted))
    if _asked(wanted, Kind.TICKET):
        parts.append(_tickets_due(viewer, wanted, yesterday))
    first = [part.limit(MOST_COUNTED + 1).subquery() for part in parts]
    counts = [select(func.count()).select_from(one).scalar_subquery() for one in first]
    return sum(db.session.execute(select(*counts)).one()) if counts else 0


def _sources(wanted: Filter) -> list[Source]:
    return [one for kind, one in SOURCES.items() if _asked(wanted, kind)]


def _of_unit(query: Select[Any], every: Subquery, wanted: Filter) -> Select[Any]:
    return query if wanted.unit_id is None else query.where(every.c.unit_id == wanted.unit_id)


def _dated(viewer: Viewer, wanted: Filter, today: date, until: date, most: int) -> Iterator[Line]:
    parts = []
    for one in _sources(wanted):
        of_one = one(viewer, today, until).subquery()
        part = _of_unit(select(of_one), of_one, wanted)
        first = part.order_by(*(of_one.c[name] for name in ORDER)).limit(most)
        parts.append(select(first.subquery()))
    if not parts:
        return
    every = union_all(*parts).subquery()
    query = (
        select(every, Unit.name_th, Unit.name_en)
        .outerjoin(Unit, Unit.id == every.c.unit_id)
        .order_by(*(every.c[name] for name in ORDER))
        .limit(most)
    )
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


def _tickets(viewer: Viewer, wanted: Filter, until: date, most: int) -> Iterator[Line]:
    """Yield the open tickets by their next deadline, a moment of which the day is shown."""
    due = _tickets_due(viewer, wanted, until).join(Unit, Unit.id == Ticket.unit_id)
    columns = due.add_columns(
        Ticket.number,
        Ticket.subject,
        Ticket.subject_en,
        Ticket.next_due_at,
        Unit.id,
        Unit.name_th,
        Unit.name_en,
    )
    first = columns.order_by(Ticket.next_due_at, Ticket.id).limit(most)
    for row in db.session.execute(first):
        ref, number, subject, subject_en, due_at, unit_id, th, en = row
        title = f"{number} · {_said(subject, subject_en)}"
        day = clock.local(due_at).date()
        yield Line(Kind.TICKET, day, ref, 1, title, unit_id, _said(th, en), due_at)


def _tickets_due(viewer: Viewer, wanted: Filter, until: date) -> Select[Any]:
    query = select(Ticket.id).where(
        Ticket.next_due_at < clock.at(until + timedelta(days=1), time()),
        tickets.visible(viewer),
    )
    return query if wanted.unit_id is None else query.where(Ticket.unit_id == wanted.unit_id)


def _backup(viewer: Viewer, wanted: Filter, until: date, days: int) -> Iterator[Line]:
    if wanted.unit_id is not None or not viewer.may(TIMETABLE):
        return
    due = backups.due_at(days)
    if due is not None and clock.local(due).date() <= until:
        yield Line(Kind.BACKUP, clock.local(due).date(), 0, 1, "", None, "")
