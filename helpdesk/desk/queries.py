"""What the first page shows, and what the one search box understands.

Addresses are named by endpoint and values; the template makes links of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from assets.labels.codes import read_code
from assets.labels.models import Tag
from assets.loans import access as loans_access
from assets.loans.models import Loan, LoanLine
from assets.loans.states import LineState
from assets.register import access as register_access
from assets.register import queries as register
from assets.register.models import Asset
from helpdesk.requests import access as requests_access
from helpdesk.requests import queries as requests
from helpdesk.tickets import access as tickets_access
from helpdesk.tickets import queue_queries as tickets
from helpdesk.tickets.models import Ticket
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.keyboard import spellings
from kernel.pages import show_count
from kernel.search import contains, first
from office.approvals import queries as approvals
from office.people import access as people_access
from office.people.models import Person

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


def find(typed: str, viewer: Viewer) -> list[Hit]:
    """Return what a scanned code or typed words may mean to this viewer.

    A code or number that is the same comes alone; without one, words are looked for in items,
    tickets and people, as far as the viewer may see them.
    """
    exact = _tagged(typed)
    for spelling in spellings(typed):
        exact = exact or _numbered(spelling, viewer)
    return exact or [*_items(typed, viewer), *_tickets(typed, viewer), *_people(typed, viewer)]


def _tagged(typed: str) -> list[Hit]:
    code = read_code(typed)
    found = code and db.session.scalar(select(Tag.code).where(Tag.code == code))
    if not found:
        return []
    return [
        Hit("tag", "qr-code", found, found, Target("scan.landing", {"code": found}), exact=True)
    ]


def _numbered(typed: str, viewer: Viewer) -> list[Hit]:
    number = thai.arabic_digits(thai.normalize(typed)).replace(" ", "")
    ticket = db.session.scalar(
        select(Ticket).where(Ticket.number == number, tickets_access.visible(viewer))
    )
    loan = db.session.scalar(
        select(Loan).where(Loan.number == number, loans_access.visible(viewer))
    )
    hits = [_ticket_hit(ticket, exact=True)] if ticket else []
    if loan:
        target = Target("loans.loan", {"loan_id": loan.id})
        hits.append(
            Hit("loan", "box-arrow-up-right", loan.purpose, loan.number, target, exact=True)
        )
    items = register.by_code(typed, register_access.visible(viewer))
    return hits + [_item_hit(item, exact=True) for item in items]


def _items(typed: str, viewer: Viewer) -> list[Hit]:
    if not viewer.may(register_access.SEE):
        return []
    seen = select(Asset.id, Asset.name, Asset.asset_no).where(register_access.visible(viewer))
    found = db.session.execute(first(seen, Asset.search_key, typed).limit(MOST))
    return [_item_hit(item) for item in found]


def _tickets(typed: str, viewer: Viewer) -> list[Hit]:
    if not viewer.may(tickets_access.SEE):
        return []
    seen = select(Ticket.id, Ticket.number, Ticket.subject).where(tickets_access.visible(viewer))
    found = db.session.execute(first(seen, Ticket.search_key, typed, newest=True).limit(MOST))
    return [_ticket_hit(ticket) for ticket in found]


def _people(typed: str, viewer: Viewer) -> list[Hit]:
    if not viewer.may(people_access.EDIT):
        return []
    found = db.session.scalars(
        select(Person)
        .where(
            contains(Person.search_key, typed),
            viewer.scope(people_access.EDIT).clause(Person.unit_id),
        )
        .order_by(Person.id)
        .limit(MOST)
    )
    return [
        Hit("person", "person", p.name, p.username, Target("staff.person", {"person_id": p.id}))
        for p in found
    ]


def _item_hit(item: Any, *, exact: bool = False) -> Hit:  # noqa: ANN401 - an item or its row
    target = Target("register.item", {"asset_id": item.id})
    return Hit("item", "box-seam", item.name, item.asset_no or "", target, exact=exact)


def _ticket_hit(ticket: Any, *, exact: bool = False) -> Hit:  # noqa: ANN401 - or its row
    target = Target("tickets.show", {"ticket_id": ticket.id})
    return Hit("ticket", "tools", ticket.subject, ticket.number, target, exact=exact)
