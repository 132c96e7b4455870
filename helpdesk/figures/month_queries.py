"""Months of a year from their sums: a few rows to read, however many tickets they are made of."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import func, select

from helpdesk.figures import access
from helpdesk.figures.models import TicketMonth
from helpdesk.figures.periods import Period
from helpdesk.figures.queries import Line
from helpdesk.tickets.rating_models import BEST, WORST
from kernel import clock
from kernel.access import Viewer
from kernel.db import db


def months(viewer: Viewer, *periods: Period) -> dict[Period, list[Line]]:
    """Return one line for each month of fiscal years, as ``queries.by_month`` does, without times.

    Months that have not begun are left out, unless all of the year is still to come.
    """
    columns = [one for one in TicketMonth.__table__.c if one.name not in ("month", "unit_id")]
    rows = (
        db.session.execute(
            select(TicketMonth.month, *(func.sum(one).label(one.name) for one in columns))
            .where(
                TicketMonth.month <= max(period.last for period in periods),
                viewer.scope(access.SEE).clause(TicketMonth.unit_id),
            )
            .group_by(TicketMonth.month)
            .order_by(TicketMonth.month)
        )
        .mappings()
        .all()
    )
    found: dict[int, Line] = defaultdict(Line)
    balance = 0
    for row in rows:
        balance += row["came"] - row["ended"]
        line = found[row["month"]] = Line(key=row["month"], came=row["came"], ended=row["ended"])
        line.resolution_of, line.resolution_met = row["resolution_of"], row["resolution_met"]
        line.still_open, line.cost = balance, row["cost"]
        for level in range(WORST, BEST + 1):
            if row[f"rated_{level}"]:
                line.ratings.add(level, row[f"rated_{level}"])
    return {period: _of(period, found) for period in periods}


def _of(period: Period, found: dict[int, Line]) -> list[Line]:
    today = clock.today()
    present = today.year * 100 + today.month
    begun = [one for one in period.months if one <= present] or period.months
    lines = []
    for month in begun:
        earlier = max((one for one in found if one < month), default=0)
        still_open = found[earlier].still_open if earlier else 0
        lines.append(found.get(month) or Line(key=month, still_open=still_open))
    return lines
