"""The short lists of those who work: the next jobs, meetings to set up, what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from assets.loans import access as loans_access
from assets.loans import setups
from assets.loans.models import Loan, LoanLine
from assets.loans.request_models import LoanSetup
from assets.loans.rules.reserving import starts_setting_up
from assets.loans.states import REQUESTS, LineState, RequestState
from assets.register.models import Asset
from helpdesk.desk.queries import Target
from helpdesk.tickets import access as tickets_access
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import TICKET
from kernel import clock
from kernel.access import Viewer
from kernel.db import db, fixed
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.pages import show_date, show_time
from kernel.states import Face
from office.people.models import Person

SHOWN = 5


@dataclass(frozen=True)
class Line:
    """One thing in a short list: what it is, what it belongs to, when it is due.

    ``kind`` is set where lines of several lists stand together, ``at`` where something happened.
    """

    title: str
    detail: str
    target: Target
    due: date | datetime | None = None
    late: bool = False
    face: Face | None = None
    kind: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Block:
    """A short list with its heading, and where the whole list is.

    ``kind`` says of a line what it is, where the heading does not.
    """

    title: str
    lines: list[Line]
    target: Target
    empty: str
    kind: str = ""


def blocks_for(viewer: Viewer) -> list[Block]:
    """Return the short lists of a person's work, by the rights that the person holds."""
    blocks = []
    if viewer.may(tickets_access.WORK):
        blocks.append(_jobs(viewer))
        if not viewer.may(loans_access.TAKE_BACK):
            blocks += _meetings(viewer)
    if viewer.may(loans_access.TAKE_BACK):
        blocks.append(_coming_back(viewer))
    return blocks


def _jobs(viewer: Viewer) -> Block:
    rows = _tickets(
        Ticket.assignee_id == viewer.id, Ticket.next_due_at.is_not(None), order=Ticket.next_due_at
    )
    return Block(_("My next jobs"), rows, Target("tickets.queue", {"show": "mine"}), "")


def _meetings(viewer: Viewer) -> list[Block]:
    """Return the next meetings to set up, nothing where there is none."""
    if not viewer.may(loans_access.SET_OPERATOR):
        return []
    lines = [
        Line(
            setup.title,
            _setup_detail(setup),
            Target("loans.show_request", {"request_id": setup.request_id}),
            face=REQUESTS.faces[RequestState(setup.request.state)],
        )
        for setup in setups.setups(viewer, setups.COMING, 1, SHOWN - 1)
    ]
    if not lines:
        return []
    return [Block(_("Meetings to set up"), lines, Target("loans.coming_setups"), "")]


def _setup_detail(setup: LoanSetup) -> str:
    begins = starts_setting_up(setup)
    when = f"{show_date(begins, 'weekday')} {show_time(begins)}"
    who = setup.operator.name if setup.operator else _("nobody sets it up yet")
    return f"{when} · {setup.place} · {who}"


def reported(viewer: Viewer) -> Block:
    """Return what the person has reported that is still open."""
    rows = _tickets(
        Ticket.reporter_id == viewer.id,
        Ticket.next_due_at.is_not(None),
        order=Ticket.id.desc(),
        own=True,
    )
    return Block(
        _("What I have reported"),
        rows,
        Target("tickets.mine", {"show": "open"}),
        _("Nothing that you reported is open."),
    )


def _tickets(*terms: Any, order: Any, own: bool = False) -> list[Line]:  # noqa: ANN401 - SQL terms
    found = db.session.execute(
        select(
            Ticket.id,
            Ticket.token,
            Ticket.number,
            Ticket.subject,
            Ticket.subject_en,
            Ticket.state,
            Ticket.next_due_at,
        )
        .where(*terms)
        .order_by(order)
        .limit(fixed(SHOWN))
    )
    now, english = clock.now(), language() == "en"
    return [
        Line(
            row.subject_en if english and row.subject_en else row.subject,
            row.number,
            Target("tickets.track", {"token": row.token})
            if own
            else Target("tickets.show", {"ticket_id": row.id}),
            None if own else row.next_due_at,
            not own and row.next_due_at is not None and row.next_due_at < now,
            TICKET.faces[row.state],
        )
        for row in found
    ]


def _coming_back(viewer: Viewer) -> Block:
    today, english = clock.today(), language() == "en"
    found = db.session.execute(
        select(LoanLine.due_on, Loan.id, Asset.name, Person.name_th, Person.name_en)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .join(Asset, Asset.id == LoanLine.asset_id)
        .join(Person, Person.id == Loan.borrower_id)
        .where(
            LoanLine.state == LineState.OUT,
            loans_access.reached(viewer, loans_access.SEE),
        )
        .order_by(LoanLine.due_on, LoanLine.id)
        .limit(fixed(SHOWN))
    )
    lines = [
        Line(
            row.name,
            row.name_en if english and row.name_en else row.name_th,
            Target("loans.loan", {"loan_id": row.id}),
            row.due_on,
            row.due_on < today,
        )
        for row in found
    ]
    return Block(_("To come back next"), lines, Target("loans.out_now"), "", kind=_("Loan"))
