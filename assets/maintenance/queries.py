"""Reading maintenance: plans, visits and what is on them, the work on one item."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Integer, cast, func, select, true
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from assets.labels.codes import read_code
from assets.labels.models import Tag
from assets.maintenance import access
from assets.maintenance.models import Answer, Occurrence, Part, Plan, PlanItem, Visit
from assets.maintenance.states import OPEN, State, VisitState
from assets.register.models import Asset
from assets.register.queries import by_code
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.pages import Page, paged
from office.people.access import Role
from office.people.models import Person, RoleGrant
from office.places.models import Unit

A_PAGE = 50
MOST_VISITS = 1000
COMING, LATE, OVER = "coming", "late", "over"


@dataclass(frozen=True)
class PlanLine:
    """A plan with how many items it has and what is open or late of it."""

    plan: Plan
    items: int
    open: int
    late: int


def plans(viewer: Viewer) -> list[PlanLine]:
    """Return the plans a viewer sees, those that have ended last; two queries."""
    found = db.session.scalars(
        select(Plan)
        .where(access.seen_plans(viewer))
        .options(
            joinedload(Plan.asset_class),
            joinedload(Plan.product),
            joinedload(Plan.unit),
            joinedload(Plan.asset),
            joinedload(Plan.caretaker),
        )
        .order_by(Plan.ended_on.is_not(None), Plan.name_th, Plan.id)
    ).all()
    is_open = Occurrence.state.in_(OPEN)
    rows = db.session.execute(
        select(
            PlanItem.plan_id,
            func.count(PlanItem.id.distinct()),
            func.count(Occurrence.id),
            func.coalesce(func.sum(cast(Occurrence.planned_on < clock.today(), Integer)), 0),
        )
        .join(Asset, Asset.id == PlanItem.asset_id)
        .outerjoin(Occurrence, (Occurrence.item_id == PlanItem.id) & is_open)
        .where(PlanItem.left_on.is_(None), access.seen_items(viewer))
        .group_by(PlanItem.plan_id)
    )
    counted = {plan_id: (items, number, late) for plan_id, items, number, late in rows}
    return [PlanLine(plan, *counted.get(plan.id, (0, 0, 0))) for plan in found]


@dataclass(frozen=True)
class VisitLine:
    """A visit with how much is on it and how much of it is over."""

    visit: Visit
    items: int
    over: int


def visits(viewer: Viewer, number: int, which: str, *, mine: bool = False) -> Page[VisitLine]:
    """Return a page of visits: those to come, those that are late, those that are over."""
    running = Visit.state.in_([VisitState.PLANNED, VisitState.UNDER_WAY])
    terms = {
        COMING: running,
        LATE: running & (Visit.day < clock.today()),
        OVER: ~running,
    }
    order = [Visit.day.desc(), Visit.id.desc()] if which == OVER else [Visit.day, Visit.id]
    found = db.session.scalars(
        select(Visit)
        .where(
            terms[which],
            viewer.scope(access.SEE).clause(Visit.unit_id),
            Visit.person_id == viewer.id if mine else true(),
        )
        .options(joinedload(Visit.unit), joinedload(Visit.person))
        .order_by(*order)
        .offset((number - 1) * A_PAGE)
        .limit(A_PAGE + 1)
    ).all()
    rows = db.session.execute(
        select(
            Occurrence.visit_id,
            func.count(),
            func.sum(cast(Occurrence.state != State.ON_VISIT, Integer)),
        )
        .where(Occurrence.visit_id.in_([visit.id for visit in found]))
        .group_by(Occurrence.visit_id)
    )
    counted = {visit_id: (items, over) for visit_id, items, over in rows}
    return paged([VisitLine(one, *counted.get(one.id, (0, 0))) for one in found], number, A_PAGE)


def visits_between(viewer: Viewer, first: date, last: date, unit: Unit | None) -> Sequence[Visit]:
    """Return the visits of these days that were not given up, in a unit or anywhere."""
    under = select(Unit.id).where(Unit.path.startswith(unit.path)) if unit else None
    return db.session.scalars(
        select(Visit)
        .where(
            Visit.day.between(first, last),
            Visit.state != VisitState.CANCELLED,
            viewer.scope(access.SEE).clause(Visit.unit_id),
            true() if under is None else Visit.unit_id.in_(under),
        )
        .options(joinedload(Visit.unit), joinedload(Visit.person))
        .order_by(Visit.day, Visit.id)
        .limit(MOST_VISITS)
    ).all()


def work_of(visit: Visit, *, with_steps: bool = False) -> Sequence[Occurrence]:
    """Return what is on a visit, room by room, with plan and item; the plan's steps if wanted."""
    plan = joinedload(PlanItem.plan)
    if with_steps:
        plan = plan.options(selectinload(Plan.steps), selectinload(Plan.parts))
    return db.session.scalars(
        select(Occurrence)
        .join(Occurrence.item)
        .join(PlanItem.asset)
        .options(
            contains_eager(Occurrence.item).contains_eager(PlanItem.asset).joinedload(Asset.room),
            contains_eager(Occurrence.item).options(plan),
            joinedload(Occurrence.done_by),
        )
        .where(Occurrence.visit_id == visit.id)
        .order_by(Asset.room_id, Asset.asset_no_sort, Occurrence.id)
    ).all()


def scanned_on(visit: Visit, code: str) -> Occurrence | None:
    """Return the work on a visit that is about the item of a scanned label, number or serial.

    Where an item has several plans, what is still to be done comes first.
    """
    tag = read_code(code)
    meant = [asset.id for asset in by_code(code)]
    if tag:
        meant += db.session.scalars(
            select(Tag.asset_id).where(Tag.code == tag, Tag.asset_id.is_not(None))
        )
    return db.session.scalars(
        select(Occurrence)
        .join(Occurrence.item)
        .join(PlanItem.asset)
        .where(Occurrence.visit_id == visit.id, PlanItem.asset_id.in_(meant))
        .order_by(Occurrence.state != State.ON_VISIT, Occurrence.id)
        .limit(1)
    ).first()


def answers_of(occurrence: Occurrence) -> dict[int, Answer]:
    """Return what the steps gave so far, by step."""
    found = db.session.scalars(select(Answer).where(Answer.occurrence_id == occurrence.id))
    return {answer.step_id: answer for answer in found}


def parts_of(work: Sequence[Occurrence]) -> list[Part]:
    """Return what all items together need that are not over, the same parts added up."""
    needed: Counter[tuple[str, str]] = Counter()
    for one in work:
        if one.state in OPEN:
            for part in one.item.plan.parts:
                needed[part.what, part.unit_word] += part.quantity
    return [
        Part(what=what, unit_word=word, quantity=quantity)
        for (what, word), quantity in sorted(needed.items())
    ]


def answers_on(visit: Visit) -> dict[tuple[int, int], Answer]:
    """Return what the steps of a visit gave so far, by occurrence and step."""
    found = db.session.scalars(
        select(Answer)
        .join(Occurrence, Occurrence.id == Answer.occurrence_id)
        .where(Occurrence.visit_id == visit.id)
    )
    return {(answer.occurrence_id, answer.step_id): answer for answer in found}


def plan_items(plan: Plan, viewer: Viewer, number: int) -> Page[PlanItem]:
    """Return a page of the items of a plan that the viewer sees, the next to be done first."""
    found = db.session.scalars(
        select(PlanItem)
        .join(PlanItem.asset)
        .options(contains_eager(PlanItem.asset))
        .where(
            PlanItem.plan_id == plan.id,
            PlanItem.left_on.is_(None),
            access.seen_items(viewer),
        )
        .order_by(
            PlanItem.next_due_on.is_(None), PlanItem.next_due_on, Asset.asset_no_sort, PlanItem.id
        )
        .offset((number - 1) * A_PAGE)
        .limit(A_PAGE + 1)
    ).all()
    return paged(found, number, A_PAGE)


def caretakers() -> list[Person]:
    """Return who may do maintenance: technicians, of whatever unit."""
    reaching = select(RoleGrant.person_id).where(RoleGrant.role == Role.TECHNICIAN)
    return list(
        db.session.scalars(
            select(Person)
            .where(Person.id.in_(reaching), Person.left_on.is_(None))
            .order_by(Person.name_th, Person.id)
            .limit(200)
        )
    )


def plan_with_steps(plan_id: int) -> Plan:
    """Return a plan with its steps and parts, read at once."""
    return db.session.scalars(
        select(Plan)
        .where(Plan.id == plan_id)
        .options(selectinload(Plan.steps), selectinload(Plan.parts))
    ).one()


def late_since(occurrence: Occurrence, today: date) -> int:
    """Return how many days an open occurrence is past its date and the plan's tolerance."""
    if occurrence.state not in OPEN:
        return 0
    return max((today - occurrence.due_on).days - occurrence.item.plan.tolerance_days, 0)
