"""What falls due: an occurrence for each due date of an item, once, whatever was down meanwhile.

Dates that passed while nothing was done are never dropped: each stands in the book as missed, or
is the one that is done now, as the plan's policy says. Nothing is planned on a closed day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from assets.maintenance.models import Occurrence, Plan, PlanItem
from assets.maintenance.rhythm import next_due, passed
from assets.maintenance.states import OCCURRENCES, OPEN, Action, Basis, CatchUp, State
from assets.register.models import Asset
from kernel import clock
from kernel.db import db
from kernel.i18n import gettext as _
from office.bookkeeping import rules as bookkeeping
from office.calendar import queries as calendar

OpenDay = Callable[[date, int], date]


def due_items(today: date, limit: int, after: int = 0) -> Sequence[PlanItem]:
    """Return items whose next date has come near enough and that have nothing open.

    Args:
        today: the day in Bangkok.
        limit: how many at once.
        after: the id of the last item of the stretch before; 0 to begin.
    """
    busy = select(Occurrence.id).where(
        Occurrence.item_id == PlanItem.id, Occurrence.state.in_(OPEN)
    )
    return db.session.scalars(
        select(PlanItem)
        .join(Plan)
        .join(Asset, Asset.id == PlanItem.asset_id)
        .options(
            contains_eager(PlanItem.plan),
            contains_eager(PlanItem.asset).load_only(Asset.holding_unit_id),
        )
        .where(
            PlanItem.id > after,
            PlanItem.comes_up_on <= today,
            Plan.ended_on.is_(None),
            ~busy.exists(),
        )
        .order_by(PlanItem.id)
        .limit(limit)
    ).all()


def recorded(items: Sequence[PlanItem]) -> set[tuple[int, date]]:
    """Return which dates of items stand in the book already, from their next one on."""
    if not items:
        return set()
    first = min(item.next_due_on for item in items if item.next_due_on)
    found = db.session.execute(
        select(Occurrence.item_id, Occurrence.due_on).where(
            Occurrence.item_id.in_([item.id for item in items]), Occurrence.due_on >= first
        )
    )
    return {(item_id, due_on) for item_id, due_on in found}


def raise_due(
    item: PlanItem, today: date, known: set[tuple[int, date]], open_day: OpenDay | None = None
) -> list[dict[str, Any]]:
    """Give an item its next date; return what is to be written down of those that are due.

    Args:
        item: one that ``due_items`` returned.
        today: the day in Bangkok.
        known: what ``recorded`` returned: such a date is not written down again.
        open_day: gives the first open day of a unit from a day on; the office's calendar when
            left out.

    Returns:
        the rows for ``write``.
    """
    due, plan = item.next_due_on, item.plan
    if due is None:
        return []
    dates = [due]
    if plan.basis == Basis.FIXED:
        dates += passed(plan.rhythm, due, today)
    fresh = [one for one in dates if (item.id, one) not in known]
    late_after = today - timedelta(days=plan.tolerance_days)
    given_up = dates[-1] < late_after and plan.catch_up == CatchUp.SKIP
    if given_up or dates[-1] not in fresh:
        upcoming = next_due(plan.rhythm, plan.basis, due_on=dates[-1], done_on=today)
        item.fall_due(upcoming, plan.lead_days)
        said = _("Too late; the plan waits for the next date.")
        return [_missed(item, one, said) for one in fresh]
    find = open_day or calendar.next_open_day
    planned = find(max(dates[-1], today), item.asset.holding_unit_id)
    item.fall_due(dates[-1], plan.lead_days)
    said = _("Nothing was done by the next date.")
    rows = [_missed(item, one, said) for one in fresh[:-1]]
    return [*rows, _row(item, dates[-1], planned, State.PLANNED)]


def write(rows: list[dict[str, Any]]) -> int:
    """Write dates down, all at once, and none twice; return how many stand there now."""
    return len(bookkeeping.insert_new(Occurrence, rows, "item_id"))


def settle(occurrence: Occurrence, on: date) -> None:
    """Give the item its next date after an occurrence was done or skipped.

    Fixed dates that passed while it was open are written down as missed.
    """
    item = occurrence.item
    plan = item.plan
    upcoming = next_due(plan.rhythm, plan.basis, due_on=occurrence.due_on, done_on=on)
    if upcoming is not None and plan.basis == Basis.FIXED:
        said = _("The one before it was done so late.")
        write([_missed(item, one, said) for one in passed(plan.rhythm, occurrence.due_on, on)])
    item.fall_due(None if item.left_on or plan.ended_on else upcoming, plan.lead_days)


def miss(occurrence: Occurrence, reason: str) -> None:
    """Write down that what was planned will not be done."""
    occurrence.state = OCCURRENCES.target(State(occurrence.state), Action.MISS)
    occurrence.reason = reason


def _missed(item: PlanItem, due_on: date, reason: str) -> dict[str, Any]:
    return _row(item, due_on, due_on, State.MISSED, reason)


def _row(
    item: PlanItem, due_on: date, planned_on: date, state: State, reason: str = ""
) -> dict[str, Any]:
    return {
        "item_id": item.id,
        "due_on": due_on,
        "planned_on": planned_on,
        "state": state,
        "reason": reason,
        "note": "",
        "repair_number": "",
        "created_at": clock.now(),
    }
