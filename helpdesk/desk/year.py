"""The numbers of a fiscal year over all floors: repairs, lending, care, inspection, processes.

They are counted anew at most once a minute for each reach and year, so that the page costs the
same however large the office is. Each number is counted inside the reach of the right to see it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import case, func, select

from assets.counts import access as counts_access
from assets.counts.models import Round, RoundRoom
from assets.counts.states import RoundState
from assets.loans import access as loans_access
from assets.loans.models import LoanLine
from assets.loans.states import LineState
from assets.maintenance import access as maintenance_access
from assets.maintenance.models import Occurrence, PlanItem
from assets.maintenance.states import OPEN
from assets.register.models import Asset
from helpdesk.desk import access, year_processes
from helpdesk.desk.year_processes import Processes
from helpdesk.figures import access as figures_access
from helpdesk.figures import month_queries
from helpdesk.figures import queries as figures
from helpdesk.figures.periods import Period
from helpdesk.figures.queries import Line
from helpdesk.requests.models import ServiceRequest
from helpdesk.tickets.models import Ticket
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.kept import kept
from office.approvals.models import Approval
from office.approvals.states import State as ApprovalState

ROOM = "year"


@dataclass(frozen=True)
class Month:
    """One month: what came to the service desk, what was ended, and what was lent."""

    number: int
    repairs: Line
    lent: int


@dataclass(frozen=True)
class Inspection:
    """The rounds of annual inspection that began in the year, all together."""

    rounds: int
    closed: int
    counted: int
    expected: int


@dataclass(frozen=True)
class Numbers:
    """Everything that the year at a glance tells; money in baht.

    ``occurrences``, ``approvals`` and ``requests`` are counts by state; ``late_care`` is planned
    maintenance whose day has passed. ``items`` counts by lifecycle and condition, as of now, as
    ``out`` and ``overdue`` are.
    """

    months: Sequence[Month]
    total: Line
    late_repairs: int
    out: int
    overdue: int
    approvals: Mapping[str, int]
    amount: Decimal
    requests: Mapping[str, int]
    occurrences: Mapping[str, int]
    late_care: int
    care_cost: Decimal
    inspection: Inspection
    items: Mapping[tuple[str, str], int]
    processes: Processes
    read_at: datetime


def numbers_of(viewer: Viewer, period: Period) -> Numbers:
    """Return the numbers of a year as they were at most a minute ago.

    Args:
        viewer: who reads; counts only what the viewer's rights reach.
        period: a whole fiscal year.
    """
    key = (period.year, tuple(sorted(viewer.grants.items(), key=lambda one: one[0])))
    return kept(ROOM, key, lambda: _count(viewer, period))


def _count(viewer: Viewer, period: Period) -> Numbers:
    begin, end = period.moments
    lines = month_queries.months(viewer, period)[period]
    lent = _lent(viewer, period)
    out, overdue = db.session.execute(_out(viewer)).one()
    approvals, amount = _approvals(viewer, begin, end)
    occurrences, late_care, cost = _care(viewer, period)
    return Numbers(
        months=[Month(line.key, line, lent.get(line.key, 0)) for line in lines],
        total=figures.total(lines),
        late_repairs=_late_repairs(viewer),
        out=out,
        overdue=overdue,
        approvals=approvals,
        amount=amount,
        requests=_requests(viewer, begin, end),
        occurrences=occurrences,
        late_care=late_care,
        care_cost=cost,
        inspection=_inspection(viewer, period),
        items=_items(viewer),
        processes=year_processes.count(viewer, period),
        read_at=clock.now(),
    )


def _late_repairs(viewer: Viewer) -> int:
    reach = viewer.scope(figures_access.SEE).clause(Ticket.unit_id)
    late = select(func.count()).where(Ticket.next_due_at < clock.now(), reach)
    return db.session.scalar(late) or 0


def _reached(viewer: Viewer, query: Any) -> Any:  # noqa: ANN401 - a SELECT of lines
    """Narrow a query of lines of loans to the items that a viewer sees the loans of."""
    if viewer.scope(loans_access.SEE).units is None:
        return query
    return query.join(Asset, Asset.id == LoanLine.asset_id).where(
        loans_access.reached(viewer, loans_access.SEE)
    )


def _lent(viewer: Viewer, period: Period) -> dict[int, int]:
    """Return how many items were handed out in each month."""
    months = period.months
    edges = [Period(period.year, month % 100).moments for month in months]
    sums = [
        func.sum(case(((LoanLine.out_at >= begin) & (LoanLine.out_at < end), 1), else_=0))
        for begin, end in edges
    ]
    query = select(*sums).where(LoanLine.out_at >= edges[0][0], LoanLine.out_at < edges[-1][1])
    row = db.session.execute(_reached(viewer, query)).one()
    return {month: int(count or 0) for month, count in zip(months, row, strict=True)}


def _out(viewer: Viewer) -> Any:  # noqa: ANN401 - a SELECT of two counts
    late = func.count().filter(LoanLine.due_on < clock.today())
    return _reached(viewer, select(func.count(), late).where(LoanLine.state == LineState.OUT))


def _approvals(viewer: Viewer, begin: datetime, end: datetime) -> tuple[dict[str, int], Decimal]:
    """Return the approvals asked for in a year by state, and the amount of the approved ones."""
    rows = db.session.execute(
        select(Approval.state, func.count(), func.sum(Approval.amount))
        .where(
            Approval.submitted_at >= begin,
            Approval.submitted_at < end,
            viewer.scope(access.YEAR).clause(Approval.unit_id),
        )
        .group_by(Approval.state)
    ).all()
    approved = [row[2] for row in rows if row[0] == ApprovalState.APPROVED and row[2]]
    return {str(row[0]): row[1] for row in rows}, sum(approved, Decimal(0))


def _requests(viewer: Viewer, begin: datetime, end: datetime) -> dict[str, int]:
    rows = db.session.execute(
        select(ServiceRequest.state, func.count())
        .where(
            ServiceRequest.sent_at >= begin,
            ServiceRequest.sent_at < end,
            viewer.scope(access.YEAR).clause(
                ServiceRequest.unit_id, ServiceRequest.handling_unit_id
            ),
        )
        .group_by(ServiceRequest.state)
    )
    return {str(state): count for state, count in rows}


def _care(viewer: Viewer, period: Period) -> tuple[dict[str, int], int, Decimal]:
    """Return planned maintenance of a year by state, what is late of it, and what it cost."""
    late = case((Occurrence.state.in_(OPEN) & (Occurrence.planned_on < clock.today()), 1), else_=0)
    query = (
        select(Occurrence.state, func.count(), func.sum(late), func.sum(Occurrence.cost))
        .where(Occurrence.planned_on.between(period.first_day, period.last_day))
        .group_by(Occurrence.state)
    )
    if viewer.scope(maintenance_access.SEE).units is not None:
        query = query.join(PlanItem, PlanItem.id == Occurrence.item_id)
        query = query.join(Asset, Asset.id == PlanItem.asset_id)
        query = query.where(maintenance_access.seen_items(viewer))
    rows = db.session.execute(query).all()
    cost = sum((row[3] for row in rows if row[3]), Decimal(0))
    return {str(row[0]): row[1] for row in rows}, sum(int(row[2]) for row in rows), cost


def _inspection(viewer: Viewer, period: Period) -> Inspection:
    """Return how far the rounds are that began in a year; they check the year before (R-I6)."""
    of_year = (
        Round.fiscal_year == period.year - 1,
        Round.state != RoundState.CANCELLED,
        counts_access.reached(viewer, counts_access.SEE),
    )
    rounds = select(func.count(), func.count().filter(Round.state == RoundState.CLOSED))
    begun, closed = db.session.execute(rounds.select_from(Round).where(*of_year)).one()
    rooms = select(func.sum(RoundRoom.counted), func.sum(RoundRoom.expected_total))
    joined = rooms.join(Round, Round.id == RoundRoom.round_id).where(*of_year)
    counted, expected = db.session.execute(joined).one()
    return Inspection(begun, closed, int(counted or 0), int(expected or 0))


def _items(viewer: Viewer) -> dict[tuple[str, str], int]:
    rows = db.session.execute(
        select(Asset.lifecycle, Asset.condition, func.count())
        .where(viewer.scope(access.YEAR).clause(Asset.owner_unit_id, Asset.holding_unit_id))
        .group_by(Asset.lifecycle, Asset.condition)
    )
    return {(str(lifecycle), str(condition)): count for lifecycle, condition, count in rows}
