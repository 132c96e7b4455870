"""Reading the work on tickets: sums for the ticket's page, the rows of its own page, the lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import joinedload

from assets.loans.models import Loan, LoanLine
from assets.loans.rules import lending
from assets.loans.states import LineState
from assets.register.models import Asset
from assets.vendors.models import Vendor
from helpdesk.repairs import access
from helpdesk.repairs.checklist_models import Checklist, TicketStep
from helpdesk.repairs.models import (
    Cost,
    OutsideRepair,
    Replacement,
    SavedReply,
    Signature,
    Spell,
    TicketLink,
)
from helpdesk.repairs.states import AWAY, Outside
from helpdesk.tickets import access as tickets
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import intake
from helpdesk.tickets.states import OPEN, Kind, State
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db, thai_order
from office.people.models import Person

PAGE = 50
MOST_LINKED = 200


@dataclass(frozen=True)
class Summary:
    """What a ticket's page tells of the work, read in one query.

    ``timer_ticket`` is where the viewer's timer runs, 0 for nowhere.
    """

    minutes: int
    timer_ticket: int
    steps: int
    steps_done: int
    parts: int
    parts_open: int
    links: int
    away_vendor: str
    away_state: str
    away_until: date | None
    signed: bool
    lent: int
    repair_warranty: date | None
    cost_before: Decimal


def summary(ticket: Ticket, viewer: Viewer) -> Summary:
    """Return what the work on a ticket comes to, for its page."""
    row = db.session.execute(
        _summary(), {"ticket": ticket.id, "asset": ticket.asset_id or 0, "me": viewer.id or 0}
    ).one()
    told = row._asdict()
    told["signed"], told["cost_before"] = bool(row.signed), Decimal(row.cost_before or 0)
    for name in ("away_vendor", "away_state"):
        told[name] = told[name] or ""
    numbers = ("minutes", "timer_ticket", "steps", "steps_done", "parts", "parts_open", "links")
    for name in (*numbers, "lent"):
        told[name] = int(told[name] or 0)
    return Summary(**told)


@cache
def _summary() -> Select[Any]:
    ticket: Any = bindparam("ticket")
    asset: Any = bindparam("asset")
    part = aliased_part()
    outside = and_(OutsideRepair.ticket_id == ticket, OutsideRepair.state.in_(AWAY))
    done = func.sum(case((TicketStep.done_at.is_not(None), 1), else_=0))
    vendor = select(Vendor.name).join(OutsideRepair, OutsideRepair.vendor_id == Vendor.id)
    parts = {
        "minutes": select(func.sum(Spell.minutes)).where(Spell.ticket_id == ticket),
        "timer_ticket": select(Spell.ticket_id).where(
            Spell.person_id == bindparam("me"), Spell.minutes.is_(None)
        ),
        "steps": select(func.count(TicketStep.id)).where(TicketStep.ticket_id == ticket),
        "steps_done": select(done).where(TicketStep.ticket_id == ticket),
        "parts": select(func.count(part.c.id)).where(part.c.parent_id == ticket),
        "parts_open": select(func.count(part.c.id)).where(
            part.c.parent_id == ticket, part.c.state.in_(OPEN)
        ),
        "links": select(func.count(TicketLink.id)).where(
            or_(TicketLink.ticket_id == ticket, TicketLink.other_id == ticket)
        ),
        "away_vendor": vendor.where(outside),
        "away_state": select(OutsideRepair.state).where(outside),
        "away_until": select(OutsideRepair.expected_on).where(outside),
        "signed": select(func.count(Signature.id)).where(Signature.ticket_id == ticket),
        **_of_item(ticket, asset),
    }
    return select(*(query.scalar_subquery().label(name) for name, query in parts.items()))


def _of_item(ticket: Any, asset: Any) -> dict[str, Select[Any]]:  # noqa: ANN401 - parameters of SQL
    """Return what is asked about the item of a ticket."""
    lent = (
        select(func.count(LoanLine.id))
        .join(Replacement, Replacement.loan_id == LoanLine.loan_id)
        .where(Replacement.ticket_id == ticket, LoanLine.state == LineState.OUT)
    )
    covered = (
        select(func.max(OutsideRepair.warranty_until))
        .join(Ticket, Ticket.id == OutsideRepair.ticket_id)
        .where(Ticket.asset_id == asset, OutsideRepair.state == Outside.BACK)
    )
    earlier = select(func.sum(Ticket.repair_cost)).where(
        Ticket.asset_id == asset, Ticket.kind == Kind.REPAIR
    )
    return {"lent": lent, "repair_warranty": covered, "cost_before": earlier}


def aliased_part() -> Any:  # noqa: ANN401 - a table alias
    """Return the tickets under a second name, for those that are parts of another one."""
    return Ticket.__table__.alias("part")


def spells(ticket_id: int) -> Sequence[Spell]:
    """Return the time spent on a ticket, newest day first, with who spent it."""
    return db.session.scalars(
        select(Spell)
        .where(Spell.ticket_id == ticket_id)
        .options(joinedload(Spell.person))
        .order_by(Spell.on_day.desc(), Spell.id.desc())
    ).all()


def costs(ticket_id: int) -> Sequence[Cost]:
    """Return what was paid for a ticket, oldest first, struck-out lines too."""
    return db.session.scalars(
        select(Cost)
        .where(Cost.ticket_id == ticket_id)
        .options(joinedload(Cost.vendor))
        .order_by(Cost.id)
    ).all()


def outside_repairs(ticket_id: int) -> Sequence[OutsideRepair]:
    """Return the repairs outside of a ticket, newest first, with their vendors."""
    return db.session.scalars(
        select(OutsideRepair)
        .where(OutsideRepair.ticket_id == ticket_id)
        .options(joinedload(OutsideRepair.vendor))
        .order_by(OutsideRepair.id.desc())
    ).all()


def away(ticket_id: int) -> OutsideRepair | None:
    """Return the repair outside that a ticket's item is away for."""
    return db.session.scalar(
        select(OutsideRepair)
        .where(OutsideRepair.ticket_id == ticket_id, OutsideRepair.state.in_(AWAY))
        .options(joinedload(OutsideRepair.vendor))
    )


def steps(ticket_id: int) -> Sequence[Any]:
    """Return the steps on a ticket with the names of their checklists, in their order."""
    return db.session.execute(
        select(TicketStep, Checklist.name_th, Checklist.name_en)
        .join(Checklist, Checklist.id == TicketStep.checklist_id)
        .where(TicketStep.ticket_id == ticket_id)
        .order_by(TicketStep.checklist_id, TicketStep.position)
    ).all()


def relatives(ticket: Ticket) -> Sequence[Any]:
    """Return the tickets around one: its whole, its parts, those linked and those merged into it.

    ``tie`` says which: ``whole``, ``part``, ``linked``, ``merged``, ``target``.
    """
    linked = exists().where(
        or_(
            and_(TicketLink.ticket_id == ticket.id, TicketLink.other_id == Ticket.id),
            and_(TicketLink.other_id == ticket.id, TicketLink.ticket_id == Ticket.id),
        )
    )
    tie = case(
        (Ticket.id == (ticket.parent_id or 0), "whole"),
        (Ticket.parent_id == ticket.id, "part"),
        (Ticket.id == (ticket.merged_into_id or 0), "target"),
        (Ticket.merged_into_id == ticket.id, "merged"),
        else_="linked",
    )
    around = or_(
        Ticket.id.in_([ticket.parent_id or 0, ticket.merged_into_id or 0]),
        Ticket.parent_id == ticket.id,
        Ticket.merged_into_id == ticket.id,
        linked,
    )
    columns = (Ticket.id, Ticket.number, Ticket.subject, Ticket.subject_en, Ticket.state)
    query = select(*columns, tie.label("tie")).where(around, Ticket.id != ticket.id)
    return db.session.execute(query.order_by(Ticket.id).limit(MOST_LINKED)).all()


def ticket_called(viewer: Viewer, typed: str) -> Ticket | None:
    """Return the ticket with a number as people type it, where the viewer sees it."""
    wanted = thai.arabic_digits(thai.normalize(typed)).replace(" ", "")
    if not wanted:
        return None
    numbers = {wanted, f"{intake.NUMBER}{wanted}"}
    return db.session.scalar(
        select(Ticket).where(Ticket.number.in_(numbers), tickets.visible(viewer)).limit(1)
    )


def signature(ticket_id: int) -> Signature | None:
    """Return the last signature of a ticket."""
    query = select(Signature).where(Signature.ticket_id == ticket_id)
    return db.session.scalar(query.order_by(Signature.id.desc()).limit(1))


def replacements(ticket_id: int) -> Sequence[Any]:
    """Return what was lent in place of a ticket's item: loan, item, state, until when."""
    return db.session.execute(
        select(Loan.id, Loan.number, LoanLine.state, Loan.due_on, Asset.name, Asset.asset_no)
        .join(Replacement, Replacement.loan_id == Loan.id)
        .join(LoanLine, LoanLine.loan_id == Loan.id)
        .join(Asset, Asset.id == LoanLine.asset_id)
        .where(Replacement.ticket_id == ticket_id)
        .order_by(Loan.id, LoanLine.id)
    ).all()


def loan_called(typed: str) -> Loan | None:
    """Return the loan with a number as people type it."""
    wanted = thai.arabic_digits(thai.normalize(typed)).replace(" ", "")
    if not wanted:
        return None
    return db.session.scalar(
        select(Loan).where(Loan.number.in_({wanted, f"{lending.NUMBERS}{wanted}"})).limit(1)
    )


def replies(viewer: Viewer) -> Sequence[SavedReply]:
    """Return the saved replies that a viewer may use, by name."""
    return db.session.scalars(
        select(SavedReply)
        .where(access.open_to(viewer))
        .order_by(thai_order(SavedReply.name), SavedReply.id)
        .limit(MOST_LINKED)
    ).all()


def checklists(*, retired: bool) -> Sequence[Checklist]:
    """Return the checklists of the office by name."""
    query = select(Checklist).options(joinedload(Checklist.asset_class))
    if not retired:
        query = query.where(Checklist.retired_at.is_(None))
    return db.session.scalars(query.order_by(thai_order(Checklist.name_th), Checklist.id)).all()


@dataclass(frozen=True)
class OutsideFilter:
    """What the list of repairs outside is narrowed to."""

    state: str = "away"
    vendor_id: int | None = None


def outside_list(viewer: Viewer, wanted: OutsideFilter, page: int) -> Sequence[Any]:
    """Return up to a page and one of the repairs outside that a viewer may see.

    Those that are away come by the day they are expected back; others newest first.
    """
    query = (
        select(OutsideRepair, Ticket, Vendor.name.label("vendor_name"), Asset.name, Asset.asset_no)
        .join(Ticket, Ticket.id == OutsideRepair.ticket_id)
        .join(Vendor, Vendor.id == OutsideRepair.vendor_id)
        .outerjoin(Asset, Asset.id == Ticket.asset_id)
        .where(tickets.visible(viewer))
    )
    if wanted.state == "overdue":
        query = query.where(
            OutsideRepair.state.in_(AWAY), OutsideRepair.expected_on < clock.today()
        )
    elif wanted.state == "away":
        query = query.where(OutsideRepair.state.in_(AWAY))
    elif wanted.state in set(Outside):
        query = query.where(OutsideRepair.state == wanted.state)
    if wanted.vendor_id:
        query = query.where(OutsideRepair.vendor_id == wanted.vendor_id)
    first = OutsideRepair.expected_on if wanted.state in ("overdue", "away") else None
    order = (first, OutsideRepair.id) if first is not None else (OutsideRepair.id.desc(),)
    return db.session.execute(
        query.order_by(*order).limit(PAGE + 1).offset((page - 1) * PAGE)
    ).all()


def overdue_away(today: date) -> Sequence[Any]:
    """Return ids of what is expected back since yesterday or earlier, with who takes care of it."""
    return db.session.execute(
        select(OutsideRepair.id, Ticket.assignee_id)
        .join(Ticket, Ticket.id == OutsideRepair.ticket_id)
        .where(OutsideRepair.state.in_(AWAY), OutsideRepair.expected_on < today)
        .order_by(OutsideRepair.id)
    ).all()


def timers_since(moment: Any) -> Sequence[int]:  # noqa: ANN401 - a moment
    """Return ids of the timers that have been running since before a moment."""
    query = select(Spell.id).where(Spell.minutes.is_(None), Spell.started_at < moment)
    return db.session.scalars(query.order_by(Spell.id)).all()


def history(asset_id: int) -> Sequence[Any]:
    """Return the finished repairs of an item, the oldest first, one line for each (R-R1).

    With who did it, the minutes spent, the last vendor and until when its repair is covered.
    """
    minutes = select(func.sum(Spell.minutes)).where(Spell.ticket_id == Ticket.id)
    outside = OutsideRepair.ticket_id == Ticket.id
    vendor = (
        select(Vendor.name)
        .join(OutsideRepair, OutsideRepair.vendor_id == Vendor.id)
        .where(outside)
        .order_by(OutsideRepair.id.desc())
        .limit(1)
    )
    covered = select(func.max(OutsideRepair.warranty_until)).where(outside)
    return db.session.execute(
        select(
            Ticket.id,
            Ticket.number,
            Ticket.subject,
            Ticket.resolved_at,
            Ticket.outcome,
            Ticket.cause,
            Ticket.action_taken,
            Ticket.repair_cost,
            Person.name_th.label("technician"),
            minutes.scalar_subquery().label("minutes"),
            vendor.scalar_subquery().label("vendor"),
            covered.scalar_subquery().label("warranty_until"),
        )
        .outerjoin(Person, Person.id == Ticket.assignee_id)
        .where(
            Ticket.asset_id == asset_id,
            Ticket.kind == Kind.REPAIR,
            Ticket.state.in_((State.RESOLVED, State.CLOSED)),
        )
        .order_by(Ticket.resolved_at, Ticket.id)
    ).all()
