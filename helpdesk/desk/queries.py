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
from office.approvals import queries as approvals

MOST = 12


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


@dataclass(frozen=True)
class Hit:
    """Something that the typed text may mean; ``exact`` where a code or number is the same."""

    kind: str
    icon: str
    title: str
    number: str
    target: Target
    exact: bool = False


def figures_for(viewer: Viewer) -> list[Figure]:
    """Return what waits for the person and what is late, by the rights that they hold."""
    figures: list[Figure] = []
    if viewer.may(tickets_access.WORK):
        figures += _queue(viewer)
    elif viewer.may(tickets_access.SEE):
        open_now = show_count(tickets.view_counts(viewer)["open"])
        figures.append(Figure(_("Open repairs and questions"), open_now, Target("tickets.queue")))
    if viewer.may(loans_access.SEE):
        figures += _loans(viewer)
    return _to_approve(viewer) + figures + _requests(viewer) + _own(viewer)


def _to_approve(viewer: Viewer) -> list[Figure]:
    """Return what waits for the viewer's signature; nothing where nothing does."""
    waiting = approvals.waiting_count(viewer)
    if not waiting:
        return []
    return [Figure(_("Waiting for my approval"), waiting, Target("approvals.waiting"), "warn")]


def _requests(viewer: Viewer) -> list[Figure]:
    """Return the own requests that are open, and those to carry out, where there are any."""
    own, waiting = requests.figures(viewer)
    found = []
    if waiting and viewer.may(requests_access.CARRY_OUT):
        found.append(Figure(_("Requests to carry out"), waiting, Target("requests.to_do"), "warn"))
    if own:
        found.append(Figure(_("My open requests"), own, Target("requests.mine", {"state": "open"})))
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
        )
        for view, label, tone in wanted
    ]


def _loans(viewer: Viewer) -> list[Figure]:
    today = clock.today()
    counted = select(
        func.count(),
        func.count().filter(LoanLine.due_on == today),
        func.count().filter(LoanLine.due_on < today),
    ).where(LoanLine.state == LineState.OUT)
    if viewer.scope(loans_access.SEE).units is not None:
        counted = counted.join(Asset, Asset.id == LoanLine.asset_id)
        counted = counted.where(loans_access.reached(viewer, loans_access.SEE))
    out, due, late = db.session.execute(counted).one()
    return [
        Figure(_("Out on loan"), out, Target("loans.out_now")),
        Figure(_("Due back today"), due, Target("loans.due_today"), "warn" if due else "neutral"),
        Figure(_("Overdue"), late, Target("loans.overdue"), "danger" if late else "neutral"),
    ]


def _own(viewer: Viewer) -> list[Figure]:
    reports, borrowed = db.session.execute(
        select(
            select(func.count())
            .where(Ticket.reporter_id == viewer.id, Ticket.next_due_at.is_not(None))
            .scalar_subquery(),
            select(func.count())
            .select_from(LoanLine)
            .join(Loan, Loan.id == LoanLine.loan_id)
            .where(
                Loan.borrower_id == viewer.id,
                LoanLine.out_at.is_not(None),
                LoanLine.returned_at.is_(None),
            )
            .scalar_subquery(),
        )
    ).one()
    return [
        Figure(_("My open reports"), reports, Target("tickets.mine")),
        Figure(_("What I have borrowed"), borrowed, Target("loans.mine")),
    ]
