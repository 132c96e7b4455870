"""Checks of the work on tickets: costs, timers, repairs outside, parts, merges, stand-ins."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased

from helpdesk.doctor.findings import Check, named
from helpdesk.repairs.models import Cost, OutsideRepair, Replacement, ReplacementPlan, Spell
from helpdesk.repairs.states import AWAY, Outside
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import DONE
from kernel.i18n import lazy_gettext as _l
from office.approvals.models import Approval
from office.approvals.states import State as ApprovalState


def ticket_costs() -> Iterator[str]:
    """Yield tickets whose sum is less than the lines that make it up.

    It may be more: what was paid before there were lines is in the sum only.
    """
    lines = (
        select(func.coalesce(func.sum(Cost.amount), 0))
        .where(Cost.ticket_id == Ticket.id, Cost.struck_at.is_(None))
        .scalar_subquery()
    )
    has_lines = exists().where(Cost.ticket_id == Ticket.id)
    wrong = func.coalesce(Ticket.repair_cost, 0) < lines
    return named("ticket", select(Ticket.id).where(has_lines, wrong))


def ended_timers() -> Iterator[str]:
    """Yield timers that run on a ticket that has ended."""
    query = select(Spell.id).join(Ticket, Ticket.id == Spell.ticket_id)
    return named("repair_spell", query.where(Spell.minutes.is_(None), Ticket.state.in_(DONE)))


def things_away() -> Iterator[str]:
    """Yield what is with a vendor although its ticket has ended, and approvals that differ."""
    query = select(OutsideRepair.id).join(Ticket, Ticket.id == OutsideRepair.ticket_id)
    ended = query.where(OutsideRepair.state.in_(AWAY), Ticket.state.in_(DONE))
    yield from named("outside_repair", ended)
    asked = (
        select(OutsideRepair.id)
        .outerjoin(Approval, Approval.id == OutsideRepair.approval_id)
        .where(
            OutsideRepair.state == Outside.SUBMITTED,
            or_(Approval.id.is_(None), Approval.state == ApprovalState.APPROVED),
        )
    )
    yield from named("outside_repair", asked)


def ticket_families() -> Iterator[str]:
    """Yield parts of parts, and merged tickets that lead to one that is merged itself."""
    whole, target = aliased(Ticket), aliased(Ticket)
    parts = select(Ticket.id).join(whole, whole.id == Ticket.parent_id)
    yield from named("ticket", parts.where(whole.parent_id.is_not(None)))
    merged = select(Ticket.id).join(target, target.id == Ticket.merged_into_id)
    yield from named("ticket", merged.where(target.merged_into_id == Ticket.id))


def stand_ins() -> Iterator[str]:
    """Yield loans, and plans of officers for their next one, that stand in for nothing in repair.

    A loan may outlast its ticket until it comes back; a plan goes with the end of the ticket.
    """
    loans = select(Replacement.id).join(Ticket, Ticket.id == Replacement.ticket_id)
    yield from named("repair_replacement", loans.where(Ticket.asset_id.is_(None)))
    plans = select(ReplacementPlan.officer_id).join(Ticket, Ticket.id == ReplacementPlan.ticket_id)
    over = or_(Ticket.asset_id.is_(None), Ticket.state.in_(DONE))
    yield from named("repair_replacement_plan", plans.where(over))


CHECKS = (
    Check(
        "ticket_costs",
        _l("What a ticket cost is at least the sum of its lines."),
        _l("Compare the lines with the trail of the ticket and correct the sum."),
        ticket_costs,
    ),
    Check(
        "ended_timers",
        _l("No timer runs on a ticket that has ended."),
        _l("Ask the person how long it was and correct the time."),
        ended_timers,
    ),
    Check(
        "things_away",
        _l("What is with a vendor has an open ticket, and what waits for approval was asked for."),
        _l("Reopen the ticket or take the item back; look in the trail who changed it."),
        things_away,
    ),
    Check(
        "ticket_families",
        _l("Parts have no parts, and merged tickets do not lead in a circle."),
        _l("Look in the trail how the tickets were put together and correct the wrong one."),
        ticket_families,
    ),
    Check(
        "stand_ins",
        _l("What is lent instead of an item, or is about to be, belongs to a repair of an item."),
        _l("Let the officer press “Clear the counter” at the lending desk, or look in the trail."),
        stand_ins,
    ),
)
