"""The figures of the first page, and what every page of the desk is put together from.

Addresses are named by endpoint and values; the template makes links of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from assets.loans import access as loans_access
from assets.loans.models import Loan, LoanLine
from assets.loans.states import LineState
from assets.register.models import Asset
from helpdesk.requests import access as requests_access
from helpdesk.requests import queries as requests
from helpdesk.tickets import access as tickets_access
from helpdesk.tickets import queue_queries as tickets
from helpdesk.tickets.models import Ticket
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.pages import show_count

MOST = 12
# Under which heading of the first page a figure stands.
WAITING, LATE, OWN = "waiting", "late", "own"


@dataclass(frozen=True)
class Target:
    """A page: its endpoint and the values of its address."""

    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Figure:
    """A number on the first page that opens its list."""

    label: str
    value: int | str
    target: Target
    tone: str = "neutral"
    group: str = WAITING


@dataclass(frozen=True)
class Hit:
    """Something that the typed text may mean; ``exact`` where a code or number is the same."""

    kind: str
    icon: str
    title: str
    number: str
    target: Target
    exact: bool = False


@dataclass(frozen=True)
class Counts:
    """What the first page counts: the own things, requests to carry out, and what is out on loan.

    ``lent`` holds items that are out, due today and overdue, for those who see loans.
    """

    reports: int
    borrowed: int
    requests: int
    to_carry_out: int
    lent: tuple[int, int, int] | None


def figures_for(viewer: Viewer, to_sign: int) -> list[Figure]:
    """Return what waits for the person and what is late, by the rights that they hold.

    Args:
        viewer: whose page it is.
        to_sign: how many approvals wait for the person.
    """
    figures: list[Figure] = []
    if to_sign:
        label, target = _("Waiting for my approval"), Target("approvals.waiting")
        figures.append(Figure(label, to_sign, target, "warn"))
    if viewer.may(tickets_access.WORK):
        figures += _queue(viewer)
    elif viewer.may(tickets_access.SEE):
        open_now = show_count(tickets.view_counts(viewer)["open"])
        label, target = _("Open repairs and questions"), Target("tickets.queue")
        figures.append(Figure(label, open_now, target, group=LATE))
    counts = _counted(viewer)
    if counts.lent is not None:
        figures += _loans(*counts.lent)
    return figures + _requests(counts, viewer) + _own(counts)


def _counted(viewer: Viewer) -> Counts:
    """Count everything in one question."""
    reports = select(func.count()).where(
        Ticket.reporter_id == viewer.id, Ticket.next_due_at.is_not(None)
    )
    borrowed = (
        select(func.count())
        .select_from(LoanLine)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .where(
            Loan.borrower_id == viewer.id,
            LoanLine.out_at.is_not(None),
            LoanLine.returned_at.is_(None),
        )
    )
    own, to_do = requests.figures(viewer)
    asked = select(reports.scalar_subquery(), borrowed.scalar_subquery(), own, to_do)
    if not viewer.may(loans_access.SEE):
        return _counts(db.session.execute(asked).one(), None)
    lent = _lent(viewer).subquery()
    row = db.session.execute(asked.add_columns(*lent.c).select_from(lent)).one()
    return _counts(row, (row[4], row[5], row[6]))


def _counts(row: Any, lent: tuple[int, int, int] | None) -> Counts:  # noqa: ANN401 - a row
    return Counts(reports=row[0], borrowed=row[1], requests=row[2], to_carry_out=row[3], lent=lent)


def _lent(viewer: Viewer) -> Any:  # noqa: ANN401 - a SELECT of three counts
    today = clock.today()
    counted = select(
        func.count().label("out"),
        func.count().filter(LoanLine.due_on == today).label("due"),
        func.count().filter(LoanLine.due_on < today).label("late"),
    ).where(LoanLine.state == LineState.OUT)
    if viewer.scope(loans_access.SEE).units is not None:
        counted = counted.join(Asset, Asset.id == LoanLine.asset_id)
        counted = counted.where(loans_access.reached(viewer, loans_access.SEE))
    return counted


def _requests(counts: Counts, viewer: Viewer) -> list[Figure]:
    """Return the own requests that are open, and those to carry out, where there are any."""
    found, waiting = [], counts.to_carry_out
    if waiting and viewer.may(requests_access.CARRY_OUT):
        found.append(Figure(_("Requests to carry out"), waiting, Target("requests.to_do"), "warn"))
    if counts.requests:
        target = Target("requests.mine", {"state": "open"})
        found.append(Figure(_("My open requests"), counts.requests, target, group=OWN))
    return found


def _queue(viewer: Viewer) -> list[Figure]:
    counts = tickets.view_counts(viewer)
    wanted = (
        ("mine", _("My jobs"), "neutral"),
        ("unassigned", _("Nobody's yet"), "neutral"),
        ("late", _("Past the deadline"), "danger"),
    )
    return [
        Figure(
            label,
            show_count(counts[view]),
            Target("tickets.queue", {"show": view}),
            tone if counts[view] else "neutral",
            LATE if view == "late" else WAITING,
        )
        for view, label, tone in wanted
    ]


def _loans(out: int, due: int, late: int) -> list[Figure]:
    warn, danger = "warn" if due else "neutral", "danger" if late else "neutral"
    return [
        Figure(_("Out on loan"), out, Target("loans.out_now"), group=LATE),
        Figure(_("Due back today"), due, Target("loans.due_today"), warn, LATE),
        Figure(_("Overdue"), late, Target("loans.overdue"), danger, LATE),
    ]


def _own(counts: Counts) -> list[Figure]:
    open_ones = Target("tickets.mine", {"show": "open"})
    return [
        Figure(_("My open reports"), counts.reports, open_ones, group=OWN),
        Figure(_("What I have borrowed"), counts.borrowed, Target("loans.mine"), group=OWN),
    ]
