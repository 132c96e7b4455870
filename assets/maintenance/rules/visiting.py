"""A day in a school: what is planned there is gathered into one visit, which becomes one job."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import contains_eager

from assets.maintenance import slots
from assets.maintenance.models import Occurrence, Plan, PlanItem, Visit
from assets.maintenance.rules.occurring import miss
from assets.maintenance.states import (
    OCCURRENCES,
    VISITS,
    Action,
    State,
    VisitAction,
    VisitState,
)
from assets.register.models import Asset
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.calendar.queries import is_open_day, next_open_day

Day = tuple[int, date, int | None]


def days_to_gather(limit: int) -> Sequence[Day]:
    """Return units, days and caretakers for which something is planned and on no visit yet."""
    found = db.session.execute(
        select(Asset.holding_unit_id, Occurrence.planned_on, Plan.caretaker_id)
        .join(PlanItem, PlanItem.id == Occurrence.item_id)
        .join(Plan, Plan.id == PlanItem.plan_id)
        .join(Asset, Asset.id == PlanItem.asset_id)
        .where(Occurrence.state == State.PLANNED)
        .distinct()
        .order_by(Occurrence.planned_on, Asset.holding_unit_id)
        .limit(limit)
    )
    return [(unit_id, day, person_id) for unit_id, day, person_id in found]


def gather(unit_id: int, day: date, person_id: int | None, *, by: Viewer) -> Visit:
    """Put what is planned for a unit, a day and a caretaker on one visit, each time the same."""
    visit = db.session.scalar(
        select(Visit).where(
            Visit.unit_id == unit_id,
            Visit.day == day,
            Visit.state == VisitState.PLANNED,
            Visit.person_id == person_id if person_id else Visit.person_id.is_(None),
        )
    )
    if visit is None:
        visit = Visit(unit_id=unit_id, day=day, person_id=person_id, created_at=clock.now())
        db.session.add(visit)
        db.session.flush()  # its job and its lines name it
        audit.record("planned", visit, by=by, after={"day": day, "unit_id": unit_id})
    items = (
        select(PlanItem.id)
        .join(Plan, Plan.id == PlanItem.plan_id)
        .join(Asset, Asset.id == PlanItem.asset_id)
        .where(
            Asset.holding_unit_id == unit_id,
            Plan.caretaker_id == person_id if person_id else Plan.caretaker_id.is_(None),
        )
    )
    db.session.execute(
        update(Occurrence)
        .where(
            Occurrence.state == State.PLANNED,
            Occurrence.planned_on == day,
            Occurrence.item_id.in_(items),
        )
        .values(state=OCCURRENCES.target(State.PLANNED, Action.SEND), visit_id=visit.id)
    )
    if not visit.ticket_number:
        visit.ticket_number = slots.order(visit)
    return visit


def move(visit: Visit, day: date, *, by: Viewer) -> None:
    """Do a visit on another day, and all that is on it.

    Refuses one that is over, and a day in the past.
    """
    if visit.state != VisitState.PLANNED:
        raise Refusal(_("Only a visit that has not begun can be moved."), field="day")
    if day < clock.today():
        raise Refusal(_("This day is over. Choose a later one."), field="day")
    _put_on(visit, day, by)
    visit.chosen = True


def visits_on_closed_days() -> Sequence[int]:
    """Return the visits to come whose day the calendar has closed meanwhile."""
    ahead = db.session.execute(
        select(Visit.id, Visit.day, Visit.unit_id).where(
            Visit.state == VisitState.PLANNED,
            Visit.day >= clock.today(),
            Visit.chosen.is_(False),
        )
    )
    return [row.id for row in ahead if not is_open_day(row.day, row.unit_id)]


def leave_closed_day(visit: Visit, *, by: Viewer) -> None:
    """Put a visit on the first open day after its own; nothing happens where that is open."""
    day = next_open_day(visit.day, visit.unit_id)
    if visit.state == VisitState.PLANNED and day != visit.day:
        _put_on(visit, day, by)


def _put_on(visit: Visit, day: date, by: Viewer) -> None:
    audit.record_changes("moved", visit, {"day": day}, by=by)
    db.session.execute(
        update(Occurrence)
        .where(Occurrence.visit_id == visit.id, Occurrence.state == State.ON_VISIT)
        .values(planned_on=day)
    )
    slots.follow(visit, by)


def give(visit: Visit, person_id: int | None, *, by: Viewer) -> None:
    """Let somebody else do a visit."""
    if visit.state not in (VisitState.PLANNED, VisitState.UNDER_WAY):
        raise Refusal(_("This visit is over."), field="person")
    if audit.record_changes("assigned", visit, {"person_id": person_id}, by=by):
        slots.follow(visit, by)


def begin(visit: Visit, *, by: Viewer) -> None:
    """Begin a visit; whoever begins one that is nobody's has it."""
    visit.state = VISITS.target(VisitState(visit.state), VisitAction.BEGIN)
    visit.person_id = visit.person_id or by.id
    audit.record("began", visit, by=by, after={"state": visit.state})


def finish(visit: Visit, *, by: Viewer) -> None:
    """Finish a visit. What was not done is planned again for the day after, never dropped."""
    if visit.state == VisitState.PLANNED:
        begin(visit, by=by)
    visit.state = VISITS.target(VisitState(visit.state), VisitAction.FINISH)
    visit.finished_at = clock.now()
    laid_back = _lay_back(visit)
    audit.record("finished", visit, by=by, after={"state": visit.state, "laid_back": laid_back})
    slots.settle(visit, by)


def cancel(visit: Visit, reason: str, *, by: Viewer) -> None:
    """Give up a visit; what was on it is planned again."""
    visit.state = VISITS.target(VisitState(visit.state), VisitAction.CANCEL)
    visit.note = reason
    laid_back = _lay_back(visit)
    audit.record("cancelled", visit, by=by, after={"reason": reason, "laid_back": laid_back})
    slots.settle(visit, by)


def open_on(visit: Visit) -> int:
    """Return how much of a visit is not done yet."""
    left = select(func.count()).where(
        Occurrence.visit_id == visit.id, Occurrence.state == State.ON_VISIT
    )
    return int(db.session.scalar(left) or 0)


def _lay_back(visit: Visit) -> int:
    """Plan what is left of a visit anew, from tomorrow on; return how much that was.

    What nobody would do any more, because the item or the plan is gone, is recorded as missed.
    """
    found = db.session.scalars(
        select(Occurrence)
        .join(PlanItem)
        .join(Asset)
        .options(contains_eager(Occurrence.item).contains_eager(PlanItem.asset))
        .where(Occurrence.visit_id == visit.id, Occurrence.state == State.ON_VISIT)
    ).all()
    tomorrow = clock.today() + timedelta(days=1)
    for occurrence in found:
        occurrence.state = OCCURRENCES.target(State(occurrence.state), Action.LAY_BACK)
        occurrence.visit_id = None
        if occurrence.item.left_on is not None:
            miss(occurrence, _("The item is no part of the plan any more."))
            continue
        occurrence.planned_on = next_open_day(tomorrow, occurrence.item.asset.holding_unit_id)
    return len(found)
