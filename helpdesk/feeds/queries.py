"""What stands in a person's feed: the entries of each source.

What has ended stays for a month as cancelled, so that a calendar that keeps its own copy takes it
out as well. ``sequence`` grows whenever an entry changes, as calendars expect it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from assets.loans.models import Loan, LoanLine
from assets.loans.request_models import LoanRequest, LoanSetup
from assets.loans.rules.reserving import starts_setting_up
from assets.loans.states import LineState, RequestState
from assets.maintenance.models import Visit
from assets.maintenance.states import VisitState
from helpdesk.tickets.models import Ticket
from kernel import clock
from kernel.db import db
from kernel.i18n import gettext as _
from office.people.models import Person

TOLD_AFTER_END = timedelta(days=30)
MOST = 500
A_LOOK = timedelta(minutes=30)


@dataclass(frozen=True)
class Entry:
    """One event: on a whole day where ``begins`` is a date, else from moment to moment.

    ``key`` never changes: ``loan-12``. ``path`` is the page it is about.
    """

    key: str
    title: str
    begins: date | datetime
    ends: datetime | None
    path: str
    sequence: int
    place: str = ""
    cancelled: bool = False


Source = Callable[[Person], Sequence[Entry]]


def entries_of(person: Person) -> list[Entry]:
    """Return what stands in a person's feed; the number of queries does not grow with it."""
    return [entry for source in SOURCES for entry in source(person)]


def loans(person: Person) -> list[Entry]:
    """Return the days on which the person brings things back."""
    ended = clock.now() - TOLD_AFTER_END
    found = db.session.scalars(
        select(LoanLine)
        .join(Loan)
        .where(
            Loan.borrower_id == person.id,
            or_(Loan.closed_at.is_(None), Loan.closed_at > ended),
        )
        .options(joinedload(LoanLine.loan), joinedload(LoanLine.asset))
        .order_by(LoanLine.id.desc())
        .limit(MOST)
    ).all()
    by_loan: dict[int, list[LoanLine]] = {}
    for line in found:
        by_loan.setdefault(line.loan_id, []).append(line)
    return [_loan_entry(lines) for lines in by_loan.values()]


def _loan_entry(lines: list[LoanLine]) -> Entry:
    loan = lines[0].loan
    out = [line for line in lines if line.state == LineState.OUT]
    names = ", ".join(sorted({line.asset.name for line in out or lines}))
    return Entry(
        key=f"loan-{loan.id}",
        title=_("Bring back: %(things)s", things=names),
        begins=min((line.due_on for line in out), default=loan.due_on),
        ends=None,
        path="/loans/mine",
        sequence=loan.version,
        cancelled=not out,
    )


def maintenance(person: Person) -> list[Entry]:
    """Return the days on which the person maintains what a school has."""
    found = db.session.scalars(
        select(Visit)
        .where(Visit.person_id == person.id, Visit.day > clock.today() - TOLD_AFTER_END)
        .options(joinedload(Visit.unit))
        .order_by(Visit.id.desc())
        .limit(MOST)
    )
    return [
        Entry(
            key=f"maintenance-{visit.id}",
            title=_("Maintenance: %(unit)s", unit=visit.unit.name),
            begins=visit.day,
            ends=None,
            path=f"/maintenance/visits/{visit.id}",
            sequence=visit.version,
            place=visit.unit.name,
            cancelled=visit.state in (VisitState.FINISHED, VisitState.CANCELLED),
        )
        for visit in found
    ]


def tickets(person: Person) -> list[Entry]:
    """Return the deadlines of the jobs that are the person's, but for their own visits."""
    ended = clock.now() - TOLD_AFTER_END
    # A visit stands in the calendar on its own day.
    visits = select(Visit.ticket_number).where(Visit.person_id == person.id)
    found = db.session.scalars(
        select(Ticket)
        .where(
            Ticket.assignee_id == person.id,
            Ticket.number.not_in(visits),
            or_(Ticket.next_due_at.is_not(None), Ticket.resolved_at > ended),
        )
        .order_by(Ticket.id.desc())
        .limit(MOST)
    )
    return [_ticket_entry(ticket) for ticket in found]


def _ticket_entry(ticket: Ticket) -> Entry:
    moment = ticket.next_due_at or ticket.resolved_at or clock.now()
    return Entry(
        key=f"ticket-{ticket.id}",
        title=f"{ticket.number} {ticket.subject}",
        begins=moment,
        ends=moment + A_LOOK,
        path=f"/tickets/{ticket.id}",
        sequence=ticket.version,
        cancelled=ticket.next_due_at is None,
    )


def meetings(person: Person) -> list[Entry]:
    """Return the meetings that the person sets up, or has asked for, from the set-up on."""
    ended = clock.now() - TOLD_AFTER_END
    found = db.session.scalars(
        select(LoanSetup)
        .join(LoanRequest)
        .where(
            or_(LoanSetup.operator_id == person.id, LoanRequest.asker_id == person.id),
            LoanSetup.ends_at > ended,
            LoanRequest.state != RequestState.DRAFT,
        )
        .options(selectinload(LoanSetup.request), joinedload(LoanSetup.room))
        .order_by(LoanSetup.id.desc())
        .limit(MOST)
    )
    return [
        Entry(
            key=f"meeting-{setup.id}",
            title=setup.title,
            begins=starts_setting_up(setup),
            ends=setup.ends_at,
            path=f"/loans/requests/{setup.request_id}",
            sequence=setup.request.version,
            place=setup.place,
            cancelled=setup.request.state in GIVEN_UP,
        )
        for setup in found
    ]


GIVEN_UP = (RequestState.CANCELLED, RequestState.REJECTED, RequestState.EXPIRED)
SOURCES: tuple[Source, ...] = (loans, maintenance, tickets, meetings)
