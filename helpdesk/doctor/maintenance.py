"""Checks of maintenance: no date is dropped, none stands open where nobody would do it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import exists, func, or_, select

from assets.maintenance.models import Answer, Occurrence, Plan, PlanItem, Visit
from assets.maintenance.states import OPEN, State, VisitState
from helpdesk.doctor.findings import Check, named, rows
from helpdesk.tickets.models import Ticket
from kernel import clock
from kernel.i18n import lazy_gettext as _l

OVER = (VisitState.FINISHED, VisitState.CANCELLED)
# The timetable lets dates come up every night; so long it may have been down.
PATIENCE = timedelta(days=7)


def maintenance_ahead() -> Iterator[str]:
    """Yield items whose next date came up a week ago and stands in no book."""
    there = exists().where(
        Occurrence.item_id == PlanItem.id,
        or_(Occurrence.state.in_(OPEN), Occurrence.due_on == PlanItem.next_due_on),
    )
    query = (
        select(PlanItem.id)
        .join(Plan, Plan.id == PlanItem.plan_id)
        .where(
            PlanItem.comes_up_on < clock.today() - PATIENCE,
            PlanItem.left_on.is_(None),
            Plan.ended_on.is_(None),
            ~there,
        )
    )
    return named("maintenance_item", query)


def maintenance_dates() -> Iterator[str]:
    """Yield items that left a plan or whose plan has ended with a date to come, and wrong leads."""
    query = (
        select(
            PlanItem.id, PlanItem.next_due_on, PlanItem.comes_up_on, PlanItem.left_on, Plan.ended_on
        )
        .join(Plan, Plan.id == PlanItem.plan_id)
        .where(or_(PlanItem.next_due_on.is_not(None), PlanItem.comes_up_on.is_not(None)))
    )
    for row in rows(query):
        gone = row.left_on is not None or row.ended_on is not None
        halved = row.next_due_on is None or row.comes_up_on is None
        if gone or halved or row.comes_up_on > row.next_due_on:
            yield f"maintenance_item {row.id}"


def maintenance_on_visits() -> Iterator[str]:
    """Yield open work on visits that are over, and planned work on items that left their plan."""
    on_visit = (
        select(Occurrence.id)
        .join(Visit, Visit.id == Occurrence.visit_id)
        .where(Occurrence.state == State.ON_VISIT, Visit.state.in_(OVER))
    )
    yield from named("maintenance_occurrence", on_visit)
    gone = (
        select(Occurrence.id)
        .join(PlanItem, PlanItem.id == Occurrence.item_id)
        .where(Occurrence.state == State.PLANNED, PlanItem.left_on.is_not(None))
    )
    yield from named("maintenance_occurrence", gone)


def maintenance_faults() -> Iterator[str]:
    """Yield what was done with something not in order and without a repair that there is."""
    bad = exists().where(Answer.occurrence_id == Occurrence.id, Answer.good.is_(False))
    repair = exists().where(Ticket.number == Occurrence.repair_number)
    query = select(Occurrence.id).where(Occurrence.state == State.DONE, bad, ~repair)
    return named("maintenance_occurrence", query)


def maintenance_jobs() -> Iterator[str]:
    """Yield visits whose job in the queue is not there, and jobs of several visits."""
    job = exists().where(Ticket.number == Visit.ticket_number)
    yield from named("maintenance_visit", select(Visit.id).where(~job))
    shared = (
        select(func.min(Visit.id))
        .where(Visit.ticket_number != "")
        .group_by(Visit.ticket_number)
        .having(func.count() > 1)
    )
    yield from named("maintenance_visit", shared)


CHECKS = (
    Check(
        "maintenance_ahead",
        _l("Every date of maintenance that has come near stands in the book."),
        _l("Look at the timetable page: does the job of the maintenance plans run? Run it now."),
        maintenance_ahead,
    ),
    Check(
        "maintenance_dates",
        _l("Only items of a running plan have a next date of maintenance."),
        _l("Restore the dates from a backup, or end the plan and make it anew."),
        maintenance_dates,
    ),
    Check(
        "maintenance_on_visits",
        _l("Nothing is left open on a visit that is over, or on an item that has left its plan."),
        _l("Compare the visit with its story; do the work or leave it out with a reason."),
        maintenance_on_visits,
    ),
    Check(
        "maintenance_faults",
        _l("What was not in order in maintenance has become a repair."),
        _l("Open the item and report the fault; the checklist says what was found."),
        maintenance_faults,
    ),
    Check(
        "maintenance_jobs",
        _l("Every visit of maintenance is one job in the queue."),
        _l("Restore the job from a backup, or give the visit up so that it is planned anew."),
        maintenance_jobs,
    ),
)
