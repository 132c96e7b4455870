"""The year in six figures on the first page of those who answer for the office.

Each stands beside that of the year before, opens its list, and is at most a minute old. They are
read by themselves, not taken from the page of the year, so that the first page costs a few short
questions however large the office is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from assets.counts import access as counts_access
from assets.counts.models import Round, RoundRoom
from assets.counts.states import RoundState
from assets.loans import access as loans_access
from assets.loans.models import LoanLine
from assets.register.models import Asset
from helpdesk.desk import access, year_processes
from helpdesk.desk.queries import Target
from helpdesk.figures import access as figures_access
from helpdesk.figures import month_queries
from helpdesk.figures import queries as figures
from helpdesk.figures.periods import Period, this_year
from helpdesk.figures.queries import Line
from helpdesk.programmes import access as programmes_access
from helpdesk.programmes.models import Programme
from helpdesk.programmes.states import State as Run
from helpdesk.purchases import access as purchases_access
from kernel.access import Permission, Viewer
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.kept import kept

ROOM = "six"


@dataclass(frozen=True)
class Six:
    """What one year comes to; shares in percent, None where there is nothing to share.

    ``inspected`` is of the rounds that began in the year, which check the year before (R-I6).
    """

    runs: int
    closed: int
    spent_share: int | None
    tickets: Line
    lent: int
    inspected: int | None


@dataclass(frozen=True)
class Tile:
    """One of the six: its name, what it says of both years, and where it comes from."""

    label: str
    value: str
    was: str | None
    note: str
    target: Target


def six_for(viewer: Viewer) -> list[Tile]:
    """Return the six figures of the present fiscal year; none for those who may not see the year.

    Args:
        viewer: whose first page it is; counts only what the viewer's rights reach.
    """
    if not viewer.may(access.YEAR):
        return []
    now = this_year()
    before = Period(now.year - 1)
    key = (now.year, tuple(sorted(viewer.grants.items(), key=lambda one: one[0])))
    years = kept(ROOM, key, lambda: _read(viewer, now, before))
    return _told(years[now], years[before], now, viewer)


def _read(viewer: Viewer, *periods: Period) -> dict[Period, Six]:
    months = month_queries.months(viewer, *periods)
    runs, counted = _runs(viewer, periods), _inspected(viewer, periods)
    return {
        one: Six(
            runs=sum(runs.get((one.year, str(state)), 0) for state in Run),
            closed=runs.get((one.year, str(Run.CLOSED)), 0),
            spent_share=_spent(viewer, one),
            tickets=figures.total(months[one]),
            lent=_lent(viewer, one),
            inspected=counted.get(one.year - 1),
        )
        for one in periods
    }


def _runs(viewer: Viewer, periods: tuple[Period, ...]) -> dict[tuple[int, str], int]:
    rows = db.session.execute(
        select(Programme.fiscal_year, Programme.state, func.count())
        .where(
            Programme.fiscal_year.in_([one.year for one in periods]),
            programmes_access.visible(viewer),
        )
        .group_by(Programme.fiscal_year, Programme.state)
    )
    return {(year, str(state)): count for year, state, count in rows}


def _spent(viewer: Viewer, period: Period) -> int | None:
    money = year_processes.money(viewer, period)
    if money is None or not money.amount:
        return None
    return int(100 * money.spent / money.amount)


def _lent(viewer: Viewer, period: Period) -> int:
    begin, end = period.moments
    query = select(func.count(LoanLine.id)).where(LoanLine.out_at >= begin, LoanLine.out_at < end)
    if viewer.scope(loans_access.SEE).units is not None:
        query = query.join(Asset, Asset.id == LoanLine.asset_id)
        query = query.where(loans_access.reached(viewer, loans_access.SEE))
    return db.session.scalar(query) or 0


def _inspected(viewer: Viewer, periods: tuple[Period, ...]) -> dict[int, int]:
    rows = db.session.execute(
        select(Round.fiscal_year, func.sum(RoundRoom.counted), func.sum(RoundRoom.expected_total))
        .join(Round, Round.id == RoundRoom.round_id)
        .where(
            Round.fiscal_year.in_([one.year - 1 for one in periods]),
            Round.state != RoundState.CANCELLED,
            counts_access.reached(viewer, counts_access.SEE),
        )
        .group_by(Round.fiscal_year)
    )
    return {
        year: 100 * int(counted or 0) // expected for year, counted, expected in rows if expected
    }


def _told(now: Six, was: Six, period: Period, viewer: Viewer) -> list[Tile]:
    def to(right: Permission, endpoint: str, **values: int | str) -> Target:
        return Target(endpoint, values) if viewer.may(right) else Target("year.overview")

    whole, closed = "programmes.programme_list", str(Run.CLOSED)
    programmes = to(programmes_access.READ, whole, year=period.year, state=closed)
    budgets = to(purchases_access.BUDGETS, "purchases.budgets", year=period.year)
    desk = to(figures_access.SEE, "figures.overview", year=period.year)
    loans = to(loans_access.SEE, "year.lent", year=period.year)
    rounds = to(counts_access.SEE, "counts.rounds")
    in_time, n = now.tickets.resolution_share, now.tickets.ratings.n
    of_all = _("of %(count)s", count=f"{now.runs:,}")
    soon = "" if in_time is None else _("%(share)s %% in time", share=in_time)
    rated = ngettext("%(num)s rating", "%(num)s ratings", n, num=n)
    told: list[tuple[str, Callable[[Any], str], Callable[[Six], Any], str, Target]] = [
        (_("Programmes reported and closed"), _count, lambda one: one.closed, of_all, programmes),
        (_("Share of the budget spent"), _share, lambda one: one.spent_share, "", budgets),
        (_("Repairs and advice that came in"), _count, lambda one: one.tickets.came, soon, desk),
        (_("Items lent"), _count, lambda one: one.lent, "", loans),
        (_("Share of items inspected"), _share, lambda one: one.inspected, "", rounds),
        (_("Satisfaction (of 5)"), _mean, lambda one: one.tickets.ratings.mean, rated, desk),
    ]
    return [
        Tile(label, shown(of(now)), shown(of(was)), note, target)
        for label, shown, of, note, target in told
    ]


def _count(value: int) -> str:
    return f"{value:,}"


def _share(value: int | None) -> str:
    return "–" if value is None else f"{value} %"


def _mean(value: Decimal | None) -> str:
    return "–" if value is None else f"{value}"
