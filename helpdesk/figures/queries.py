"""Counting figures from the rows of tickets, in the same few questions however many there are."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    String,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from assets.catalogue.models import AssetClass, Symptom
from helpdesk.figures import access
from helpdesk.figures.models import FigureCursor, TicketFigure, TicketFigureSymptom
from helpdesk.figures.periods import Period
from helpdesk.figures.spread import Spread, together
from helpdesk.tickets.categories import queries as categories
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import KINDS, PRIORITIES, Kind, Priority
from kernel import clock
from kernel.access import Viewer
from kernel.db import db, thai_order
from kernel.i18n import gettext as _
from kernel.i18n import language
from office.people.models import Person
from office.places.models import Unit

AGES = (1, 3, 7, 14, 30)


class By(StrEnum):
    """What figures are told apart by."""

    SCHOOL = "school"
    TECHNICIAN = "technician"
    CLASS = "class"
    SYMPTOM = "symptom"
    CATEGORY = "category"
    PRIORITY = "priority"
    KIND = "kind"


COLUMNS: Mapping[By, Any] = {
    By.SCHOOL: TicketFigure.unit_id,
    By.TECHNICIAN: TicketFigure.assignee_id,
    By.CLASS: TicketFigure.class_id,
    By.SYMPTOM: TicketFigureSymptom.symptom_id,
    By.CATEGORY: TicketFigure.category,
    By.PRIORITY: TicketFigure.priority,
    By.KIND: TicketFigure.kind,
}
BY_ID = (By.SCHOOL, By.TECHNICIAN, By.CLASS, By.SYMPTOM)
ENDED, CAME, OPEN = "ended", "came", "open"


@dataclass(frozen=True)
class Asked:
    """What figures are asked for: a period, and a unit or a kind where it is only that."""

    period: Period
    unit_id: int | None = None
    kind: Kind | None = None


@dataclass
class Line:
    """The figures of one month, one school or one technician.

    ``came`` and ``ended`` are tickets of the period; ``still_open`` are those open at its end, or
    now. ``cost`` is in baht, of what ended in the period.
    """

    key: Any = None
    label: str = ""
    came: int = 0
    ended: int = 0
    still_open: int = 0
    response: Spread = field(default_factory=Spread)
    resolution: Spread = field(default_factory=Spread)
    response_met: int = 0
    response_of: int = 0
    resolution_met: int = 0
    resolution_of: int = 0
    ratings: Spread = field(default_factory=Spread)
    cost: Decimal = Decimal(0)

    @property
    def response_share(self) -> int | None:
        """Of a hundred first answers, how many were in time."""
        return _share(self.response_met, self.response_of)

    @property
    def resolution_share(self) -> int | None:
        """Of a hundred resolved, how many were in time."""
        return _share(self.resolution_met, self.resolution_of)


def _share(met: int, of: int) -> int | None:
    """Return a percentage; it is 100 only where every one was in time, and 0 only where none."""
    if not of:
        return None
    if met in (0, of):
        return 100 * met // of
    return min(max(round(100 * met / of), 1), 99)


def by_month(viewer: Viewer, asked: Asked) -> list[Line]:
    """Return one line for each month of the period; what is still open is of its last day.

    Months that have not begun are left out, unless all of the period is still to come.
    """
    months = asked.period.months
    begun = [one for one in months if one <= _this_month()] or months
    lines = {month: Line(key=month) for month in begun}
    _count_came(lines, viewer, asked)
    _count_ended(lines, viewer, asked)
    first = asked.period.first
    still_open = db.session.scalar(
        select(func.count())
        .select_from(TicketFigure)
        .where(
            TicketFigure.opened_month < first,
            or_(TicketFigure.ended_month.is_(None), TicketFigure.ended_month >= first),
            *_terms(viewer, asked),
        )
    )
    balance = still_open or 0
    for line in lines.values():
        balance += line.came - line.ended
        line.still_open = balance
    return list(lines.values())


def _this_month() -> int:
    today = clock.today()
    return today.year * 100 + today.month


def by(viewer: Viewer, asked: Asked, what: By) -> list[Line]:
    """Return one line for each school, technician … with anything in the period, most work first.

    What is still open is of now. A ticket with several symptoms counts for each of them.
    """
    return by_each(viewer, asked, (what,))[what]


def by_each(viewer: Viewer, asked: Asked, whats: Sequence[By]) -> dict[By, list[Line]]:
    """Return the lines of several kinds as ``by`` does, counted in one question."""
    found: dict[By, dict[Any, Line]] = {what: {} for what in whats}
    for what, phase, key, minutes, met, rating, count, cost in db.session.execute(
        _counted(viewer, asked, whats)
    ):
        line = _line(found[By(what)], _key_of(By(what), key))
        if phase == ENDED:
            _add_ended(line, minutes, met, rating, count, cost)
        elif phase == CAME:
            _add_came(line, minutes, met, count)
        else:
            line.still_open = count
    for what, lines in found.items():
        names = _names(what, [key for key in lines if key is not None])
        for line in lines.values():
            line.label = names.get(line.key) or _nobody(what)
    return {
        what: sorted(lines.values(), key=lambda one: (-one.came, -one.ended, one.label))
        for what, lines in found.items()
    }


def _key_of(what: By, key: str | None) -> Any:  # noqa: ANN401 - an id or a code
    return int(key) if key is not None and what in BY_ID else key


def _counted(viewer: Viewer, asked: Asked, whats: Sequence[By]) -> CompoundSelect[Any]:
    """Return the counts of what ended, what came and what is open, each told apart by ``whats``.

    What ended comes first: it has a value in every column, and so names the types of all of them.
    """
    terms = _terms(viewer, asked)
    between = (asked.period.first, asked.period.last)
    ended, came, still_open = [], [], []
    for what in whats:
        key = cast(COLUMNS[what], String)
        head = (literal(str(what)).label("what"),)
        measured = (TicketFigure.resolution_minutes, TicketFigure.resolution_met)
        grouped = (COLUMNS[what], *measured, TicketFigure.rating)
        sums = (func.count(), func.sum(TicketFigure.cost))
        query = select(*head, literal(ENDED), key, *measured, TicketFigure.rating, *sums)
        month = TicketFigure.ended_month
        ended.append(_from(query, what).where(month.between(*between), *terms).group_by(*grouped))
        answered = (TicketFigure.response_minutes, TicketFigure.response_met)
        query = select(*head, literal(CAME), key, *answered, null(), func.count(), null())
        month = TicketFigure.opened_month
        came.append(
            _from(query, what)
            .where(month.between(*between), *terms)
            .group_by(COLUMNS[what], *answered)
        )
        query = select(*head, literal(OPEN), key, null(), null(), null(), func.count(), null())
        month = TicketFigure.ended_month
        still_open.append(_from(query, what).where(month.is_(None), *terms).group_by(COLUMNS[what]))
    return union_all(*ended, *came, *still_open)


def total(lines: Sequence[Line]) -> Line:
    """Return all lines as one; what is still open is that of the last line."""
    return Line(
        label=_("All together"),
        came=sum(one.came for one in lines),
        ended=sum(one.ended for one in lines),
        still_open=lines[-1].still_open if lines else 0,
        response=together(one.response for one in lines),
        resolution=together(one.resolution for one in lines),
        response_met=sum(one.response_met for one in lines),
        response_of=sum(one.response_of for one in lines),
        resolution_met=sum(one.resolution_met for one in lines),
        resolution_of=sum(one.resolution_of for one in lines),
        ratings=together(one.ratings for one in lines),
        cost=sum((one.cost for one in lines), Decimal(0)),
    )


def _count_came(lines: dict[Any, Line], viewer: Viewer, asked: Asked) -> None:
    month = TicketFigure.opened_month
    grouped = (month, TicketFigure.response_minutes, TicketFigure.response_met)
    rows = db.session.execute(
        select(*grouped, func.count())
        .where(
            month.between(asked.period.first, asked.period.last),
            *_terms(viewer, asked),
        )
        .group_by(*grouped)
    )
    for key, minutes, met, count in rows:
        _add_came(_line(lines, key), minutes, met, count)


def _count_ended(lines: dict[Any, Line], viewer: Viewer, asked: Asked) -> None:
    month = TicketFigure.ended_month
    grouped = (
        month,
        TicketFigure.resolution_minutes,
        TicketFigure.resolution_met,
        TicketFigure.rating,
    )
    rows = db.session.execute(
        select(*grouped, func.count(), func.sum(TicketFigure.cost))
        .where(
            month.between(asked.period.first, asked.period.last),
            *_terms(viewer, asked),
        )
        .group_by(*grouped)
    )
    for key, minutes, met, rating, count, cost in rows:
        _add_ended(_line(lines, key), minutes, met, rating, count, cost)


def _add_came(line: Line, minutes: int | None, met: bool | None, count: int) -> None:  # noqa: FBT001 - a column
    line.came += count
    line.response.add(minutes, count)
    if met is not None:
        line.response_of += count
        line.response_met += count if met else 0


def _add_ended(
    line: Line,
    minutes: int | None,
    met: bool | None,  # noqa: FBT001 - a column
    rating: int | None,
    count: int,
    cost: Decimal | None,
) -> None:
    line.ended += count
    line.resolution.add(minutes, count)
    line.ratings.add(rating, count)
    line.cost += cost or Decimal(0)
    if met is not None:
        line.resolution_of += count
        line.resolution_met += count if met else 0


def _line(lines: dict[Any, Line], key: Any) -> Line:  # noqa: ANN401 - an id or a code
    return lines.setdefault(key, Line(key=key))


def _from(query: Select[*tuple[Any, ...]], what: By) -> Select[*tuple[Any, ...]]:
    query = query.select_from(TicketFigure)
    if what == By.SYMPTOM:
        joined = TicketFigureSymptom.ticket_id == TicketFigure.ticket_id
        query = query.join(TicketFigureSymptom, joined)
    return query


def _terms(viewer: Viewer, asked: Asked) -> list[ColumnElement[bool]]:
    terms = [viewer.scope(access.SEE).clause(TicketFigure.unit_id)]
    if asked.unit_id:
        terms.append(TicketFigure.unit_id == asked.unit_id)
    if asked.kind:
        terms.append(TicketFigure.kind == asked.kind)
    return terms


def _nobody(what: By) -> str:
    return {
        By.TECHNICIAN: _("nobody yet"),
        By.CLASS: _("without an item"),
    }.get(what, _("not said"))


def _names(what: By, keys: Sequence[Any]) -> dict[Any, str]:
    """Return what the keys are called, in the language spoken now."""
    if what == By.PRIORITY:
        return {str(one): str(PRIORITIES[one].label) for one in Priority}
    if what == By.KIND:
        return {str(one): str(label) for one, label in KINDS.items()}
    if what == By.CATEGORY:
        return dict(categories.names())
    if what == By.SYMPTOM:
        return _symptoms(keys)
    table: Any = {
        By.SCHOOL: (Unit.id, Unit.name_th, Unit.name_en),
        By.TECHNICIAN: (Person.id, Person.name_th, Person.name_en),
        By.CLASS: (AssetClass.id, AssetClass.name_th, AssetClass.name_en),
    }[what]
    english = language() == "en"
    rows = db.session.execute(select(*table).where(table[0].in_(keys)))
    return {key: (en if english and en else th) for key, th, en in rows}


def _symptoms(keys: Sequence[int]) -> dict[int, str]:
    """Return what symptoms are called; the class tells those of the same words apart."""
    rows = db.session.execute(
        select(Symptom.id, Symptom.text_th, Symptom.text_en, AssetClass.name_th, AssetClass.name_en)
        .outerjoin(AssetClass, AssetClass.id == Symptom.class_id)
        .where(Symptom.id.in_(keys))
    )
    english = language() == "en"
    found = {}
    for key, text_th, text_en, class_th, class_en in rows:
        text = text_en if english and text_en else text_th
        of = class_en if english and class_en else class_th
        found[key] = f"{text} ({of})" if of else text
    return found


def backlog(viewer: Viewer, asked: Asked) -> list[int]:
    """Return how many tickets are open now by their age: up to 1, 3, 7, 14, 30 days, older."""
    now = clock.now()
    edges = [now - timedelta(days=days) for days in AGES]
    older = [func.sum(case((Ticket.opened_at < edge, 1), else_=0)) for edge in edges]
    scope = viewer.scope(access.SEE).clause(Ticket.unit_id)
    terms = [Ticket.next_due_at.is_not(None), scope]
    if asked.unit_id:
        terms.append(Ticket.unit_id == asked.unit_id)
    if asked.kind:
        terms.append(Ticket.kind == asked.kind)
    row = db.session.execute(select(func.count(), *older).where(*terms)).one()
    beyond = [int(row[0]), *(int(value or 0) for value in row[1:]), 0]
    return [before - after for before, after in itertools.pairwise(beyond)]


def gathered() -> tuple[datetime | None, bool]:
    """Return the moment from which nothing is missing, and whether a first walk is under way."""
    row = db.session.execute(select(FigureCursor.as_of, FigureCursor.walk_ends)).first()
    return (row.as_of, row.walk_ends is not None) if row else (None, True)


def units_of(viewer: Viewer) -> Sequence[Any]:
    """Return the units a viewer may narrow figures to."""
    return db.session.execute(
        select(Unit.id, Unit.name_th, Unit.name_en)
        .where(viewer.scope(access.SEE).clause(Unit.id))
        .order_by(thai_order(Unit.name_th))
    ).all()
