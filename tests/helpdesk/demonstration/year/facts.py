"""What the demonstration holds when the year begins, read off its tables, column by column."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import select

from assets.licences.models import Licence
from assets.loans.models import Loan, LoanLine
from assets.loans.request_models import LoanRequest
from assets.maintenance.models import Occurrence, Plan, PlanItem
from assets.register.models import Asset
from helpdesk.access_rights.models import AccessRight, SystemPerson
from helpdesk.backups.models import Backup
from helpdesk.repairs.models import OutsideRepair
from helpdesk.tickets.models import Ticket, TicketInterval
from kernel import clock
from kernel.db import db
from office.people.models import Person, RoleGrant
from office.places.models import Unit
from tests.helpdesk.demonstration.year.slow_watch import Reserved, Right
from tests.helpdesk.demonstration.year.slow_work import Away, Job, Planned
from tests.helpdesk.demonstration.year.slow_year import Kept, Lent, Org

RUNNING = ("new", "accepted", "in_progress")
OPEN = (*RUNNING, "waiting_requester", "waiting_approval", "waiting_parts", "waiting_outside")


def name_of(person_id: int | None) -> str:
    """Return how a person is called in this story: the name for signing in."""
    if person_id is None:
        return ""
    return db.session.scalar(select(Person.username).where(Person.id == person_id)) or ""


def org() -> Org:
    """Read the units and who has which role where."""
    grants = db.session.execute(
        select(RoleGrant.person_id, RoleGrant.role, RoleGrant.unit_id).order_by(RoleGrant.person_id)
    )
    return Org(
        {row.id: row.parent_id for row in db.session.execute(select(Unit.id, Unit.parent_id))},
        tuple((name_of(person), role, unit) for person, role, unit in grants),
    )


def loans() -> list[Lent]:
    """Read what is lent."""
    rows = db.session.execute(
        select(LoanLine, Loan)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .where(LoanLine.returned_at.is_(None), LoanLine.out_at.is_not(None))
        .order_by(LoanLine.id)
    )
    return [
        Lent(
            name_of(loan.borrower_id),
            _day(line.out_at),
            line.due_on,
            unit=loan.borrower_unit_id,
            asset=line.asset_id,
        )
        for line, loan in rows
        if line.state == "out"
    ]


def licences() -> dict[str, Kept]:
    """Read what ends, by its name."""
    rows = db.session.execute(
        select(Licence.name, Licence.ends_on, Licence.unit_id, Licence.caretaker_id)
        .where(Licence.ends_on.is_not(None), Licence.given_up_on.is_(None))
        .order_by(Licence.id)
    )
    return {
        name: Kept(ends, unit=unit, caretaker=name_of(person))
        for name, ends, unit, person in rows
        if ends is not None
    }


def warranties() -> set[tuple[int, date]]:
    """Read where warranties end on which days."""
    rows = db.session.execute(
        select(Asset.holding_unit_id, Asset.warranty_until).where(
            Asset.lifecycle == "in_service", Asset.warranty_until.is_not(None)
        )
    )
    return {(unit, day) for unit, day in rows if day is not None}


def services() -> list[tuple[int, int, date]]:
    """Read what is due for service when."""
    rows = db.session.execute(
        select(Asset.id, Asset.holding_unit_id, Asset.next_service_on)
        .where(Asset.lifecycle == "in_service", Asset.next_service_on.is_not(None))
        .order_by(Asset.id)
    )
    return [(thing, unit, day) for thing, unit, day in rows if day is not None]


def backups() -> list[date]:
    """Read on which days backups were made."""
    return [_day(at) for at in db.session.scalars(select(Backup.made_at).order_by(Backup.id))]


def rights() -> list[Right]:
    """Read who may use what until when, and who looks after it."""
    found = []
    for right in db.session.scalars(select(AccessRight).order_by(AccessRight.id)):
        if right.revoked_at is None:
            keepers = select(SystemPerson.person_id).where(
                SystemPerson.system_id == right.system_id, SystemPerson.part == "keeper"
            )
            names = tuple(name_of(one) for one in db.session.scalars(keepers))
            found.append(Right(name_of(right.person_id), right.ends_on, keepers=names))
    return found


def requests() -> list[Reserved]:
    """Read what is asked for or kept ready."""
    rows = db.session.scalars(
        select(LoanRequest)
        .where(LoanRequest.state.in_(("requested", "approved")))
        .order_by(LoanRequest.id)
    )
    return [
        Reserved(
            name_of(one.asker_id), date.min, one.from_on, one.to_on, granted=one.state == "approved"
        )
        for one in rows
        if one.from_on and one.to_on
    ]


def jobs() -> Iterator[Job]:
    """Read the tickets that are open, with the spans in which their clocks have run."""
    tickets = db.session.scalars(select(Ticket).where(Ticket.state.in_(OPEN)).order_by(Ticket.id))
    for one in tickets.all():
        begins = max(one.opened_at, one.begins_at or one.opened_at)
        rows = db.session.scalars(
            select(TicketInterval)
            .where(TicketInterval.ticket_id == one.id, TicketInterval.state.in_(RUNNING))
            .order_by(TicketInterval.id)
        )
        spans: list[tuple[datetime, datetime | None]] = [
            (max(row.started_at, begins), row.ended_at) for row in rows if row.ended_at > begins
        ]
        if one.state in RUNNING:
            spans.append((max(one.state_since, begins), None))
        yield Job(
            one.number,
            one.unit_id,
            one.priority,
            _local(begins),
            tuple((_local(start), _local(end) if end else None) for start, end in spans),
            _local(one.first_response_at) if one.first_response_at else None,
            name_of(one.assignee_id),
        )


def resolved() -> dict[str, date]:
    """Read which tickets were resolved on which day and are not closed yet."""
    rows = db.session.execute(
        select(Ticket.number, Ticket.state_since).where(Ticket.state == "resolved")
    )
    return {number: _day(at) for number, at in rows}


def away() -> dict[str, tuple[str, Away]]:
    """Read what is at vendors, by the number of its letter, each with the ticket's number."""
    rows = db.session.execute(
        select(OutsideRepair, Ticket)
        .join(Ticket, Ticket.id == OutsideRepair.ticket_id)
        .where(OutsideRepair.back_on.is_(None))
        .order_by(OutsideRepair.id)
    )
    return {
        out.number: (
            ticket.number,
            Away(
                out.expected_on,
                name_of(ticket.assignee_id or out.by_id),
                stuck=out.state == "submitted",
            ),
        )
        for out, ticket in rows
    }


def plans() -> Iterator[Planned]:
    """Read the plans of maintenance; the things of each are in one unit and go together."""
    for plan in db.session.scalars(select(Plan).where(Plan.ended_on.is_(None)).order_by(Plan.id)):
        due = db.session.scalars(
            select(PlanItem.next_due_on).where(PlanItem.plan_id == plan.id).distinct()
        ).all()
        under_way = db.session.execute(
            select(Occurrence.due_on, Occurrence.planned_on)
            .join(PlanItem, PlanItem.id == Occurrence.item_id)
            .where(PlanItem.plan_id == plan.id, Occurrence.state.in_(("planned", "on_visit")))
            .distinct()
        ).all()
        yield Planned(
            plan.unit_id or 0,
            name_of(plan.caretaker_id),
            plan.starts_on,
            max(day for day in due if day is not None),
            months=plan.every,
            lead=plan.lead_days,
            tolerance=plan.tolerance_days,
            under_way=(under_way[0].due_on, under_way[0].planned_on) if under_way else None,
        )


def _local(moment: datetime) -> datetime:
    return clock.local(moment).replace(tzinfo=None)


def _day(moment: datetime) -> date:
    return _local(moment).date()
