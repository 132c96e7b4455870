"""Finding tables, risks, components and follow-ups; the map of five by five."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from helpdesk.programmes import sources
from helpdesk.programmes.sources import Period
from helpdesk.risks.access import visible
from helpdesk.risks.models import Risk, RiskComponent, RiskFollowUp, RiskTable
from helpdesk.risks.states import SERIOUS, Level
from kernel import search, thai
from kernel.access import Viewer
from kernel.db import db

PAGE = 50


@dataclass(frozen=True)
class Line:
    """A table with how many risks it has and how many of them are serious and not done."""

    table: RiskTable
    risks: int
    serious: int


def tables(
    viewer: Viewer, number: int, *, year: int | None = None, words: str = ""
) -> Sequence[RiskTable]:
    """Return up to a page and one of the tables that a viewer sees, the newest year first."""
    terms: list[ColumnElement[bool]] = [visible(viewer)]
    if year is not None:
        terms.append(RiskTable.fiscal_year == year)
    if words:
        held = select(Risk.table_id).where(search.contains(Risk.search_key, words))
        terms.append(RiskTable.id.in_(held))
    return db.session.scalars(
        select(RiskTable)
        .options(joinedload(RiskTable.unit))
        .where(*terms)
        .order_by(RiskTable.fiscal_year.desc(), RiskTable.unit_id, RiskTable.id)
        .limit(PAGE + 1)
        .offset((number - 1) * PAGE)
    ).all()


def counted(shown: Sequence[RiskTable]) -> list[Line]:
    """Return tables with the numbers of their risks, counted in one question."""
    weights = db.session.execute(
        select(Risk.table_id, Risk.likelihood * Risk.impact, Risk.done_on).where(
            Risk.table_id.in_([one.id for one in shown])
        )
    )
    total: dict[int, int] = defaultdict(int)
    serious: dict[int, int] = defaultdict(int)
    for table_id, score, done_on in weights:
        total[table_id] += 1
        serious[table_id] += score > 9 and done_on is None
    return [Line(one, total[one.id], serious[one.id]) for one in shown]


def risks_of(table: RiskTable) -> Sequence[Risk]:
    """Return the risks of a table in the order of their places."""
    return db.session.scalars(
        select(Risk)
        .options(joinedload(Risk.responsible))
        .where(Risk.table_id == table.id)
        .order_by(Risk.place)
    ).all()


def components_of(table: RiskTable) -> Sequence[RiskComponent]:
    """Return the five components of a table."""
    return db.session.scalars(
        select(RiskComponent)
        .where(RiskComponent.table_id == table.id)
        .order_by(RiskComponent.number)
    ).all()


def follow_ups_of(risk: Risk) -> Sequence[RiskFollowUp]:
    """Return the follow-ups of a risk by quarter."""
    return db.session.scalars(
        select(RiskFollowUp).where(RiskFollowUp.risk_id == risk.id).order_by(RiskFollowUp.quarter)
    ).all()


def newest_follow_ups(table: RiskTable) -> Mapping[int, RiskFollowUp]:
    """Return the follow-up of the latest quarter of each risk, by the risk's id."""
    rows = db.session.scalars(
        select(RiskFollowUp)
        .join(Risk, Risk.id == RiskFollowUp.risk_id)
        .where(Risk.table_id == table.id)
        .order_by(RiskFollowUp.quarter)
    )
    return {one.risk_id: one for one in rows}


Map = Mapping[tuple[int, int], Sequence[Risk]]


def heat_map(risks: Sequence[Risk], newest: Mapping[int, RiskFollowUp], *, after: bool) -> Map:
    """Return risks by (likelihood, impact): as first weighed, or after the latest follow-up."""
    cells: dict[tuple[int, int], list[Risk]] = defaultdict(list)
    for one in risks:
        weighed = newest.get(one.id) if after else None
        cells[(weighed or one).likelihood, (weighed or one).impact].append(one)
    return cells


def by_level(risks: Sequence[Risk]) -> Mapping[Level, int]:
    """Return how many risks stand on each level."""
    return {level: sum(one.level == level for one in risks) for level in Level}


def is_serious(risk: Risk) -> bool:
    """Tell whether a risk has to be treated."""
    return risk.level in SERIOUS


def year_before(table: RiskTable) -> RiskTable | None:
    """Return the table of the same unit of the newest year before."""
    return db.session.scalar(
        select(RiskTable)
        .where(RiskTable.unit_id == table.unit_id, RiskTable.fiscal_year < table.fiscal_year)
        .order_by(RiskTable.fiscal_year.desc())
        .limit(1)
    )


def period_of(table: RiskTable) -> Period:
    """Return the days of the table's fiscal year; the office's own table tells of all units."""
    year = table.fiscal_year - thai.BUDDHIST_OFFSET
    units = None if table.unit.parent_id is None else frozenset({table.unit_id})
    return Period(date(year - 1, 10, 1), date(year, 9, 30), units)


def evidence_of(table: RiskTable, keys: Sequence[str]) -> Mapping[str, int]:
    """Return the figures that the service counts as evidence, by their keys."""
    return sources.counted([key for key in keys if key], period_of(table))


def due_ids(today: date, ahead: timedelta) -> list[int]:
    """Return the risks whose improvement is due by then and not done."""
    return list(
        db.session.scalars(
            select(Risk.id)
            .where(Risk.due_on <= today + ahead, Risk.done_on.is_(None))
            .order_by(Risk.due_on, Risk.id)
        )
    )


def years(viewer: Viewer, newest: int) -> Iterator[int]:
    """Yield the years that tables may be asked of, the newest first."""
    first = db.session.scalar(select(func.min(RiskTable.fiscal_year)).where(visible(viewer)))
    yield from range(newest + 1, max(first or newest, newest - 10) - 1, -1)
