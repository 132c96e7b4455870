"""Making a plan, changing it and ending it (clause 212 wants one, with its intervals)."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select, update

from assets.maintenance.models import Answer, Occurrence, Part, Plan, PlanItem, Step
from assets.maintenance.rhythm import Rhythm, following
from assets.maintenance.rules.occurring import miss
from assets.maintenance.states import MOST_STEPS, OPEN, Basis, CatchUp, Every, State, StepKind
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

LONGEST = 3660
MONTHS = range(1, 13)
WRITTEN = (
    "name_th", "name_en", "class_id", "model_id", "unit_id", "asset_id", "counts", "every",
    "months", "meter", "basis", "catch_up", "starts_on", "tolerance_days", "lead_days", "minutes",
    "cost", "caretaker_id", "note",
)  # fmt: skip


@dataclass(frozen=True)
class StepDraft:
    """One line of the checklist as it was typed."""

    text_th: str
    text_en: str = ""
    kind: StepKind = StepKind.TICK
    required: bool = True
    unit_word: str = ""
    least: Decimal | None = None
    most: Decimal | None = None


@dataclass(frozen=True)
class PartDraft:
    """What one item needs each time, as it was typed."""

    what: str
    quantity: int = 1
    unit_word: str = ""


@dataclass(frozen=True)
class Draft:
    """A plan as it was typed; the fields are those of ``Plan``."""

    name_th: str
    counts: Every
    starts_on: date
    name_en: str = ""
    class_id: int | None = None
    model_id: int | None = None
    unit_id: int | None = None
    asset_id: int | None = None
    every: int = 1
    months: tuple[int, ...] = ()
    meter: str = ""
    basis: Basis = Basis.FIXED
    catch_up: CatchUp = CatchUp.ONCE
    tolerance_days: int = 7
    lead_days: int = 14
    minutes: int = 15
    cost: Decimal | None = None
    caretaker_id: int | None = None
    note: str = ""
    steps: tuple[StepDraft, ...] = field(default=())
    parts: tuple[PartDraft, ...] = field(default=())

    @property
    def rhythm(self) -> Rhythm:
        """How often, as the arithmetic of due dates takes it."""
        return Rhythm(self.counts, self.every, self.months, self.starts_on)


def make(draft: Draft, *, by: Viewer) -> Plan:
    """Make a plan; its items are enrolled by ``enrolling``.

    Refuses what ``check`` refuses.
    """
    check(draft)
    plan = Plan(**_fields(draft), created_at=clock.now())
    plan.steps = _steps(draft)
    plan.parts = [Part(**asdict(part)) for part in draft.parts]
    db.session.add(plan)
    db.session.flush()  # its items name it
    audit.record("planned", plan, by=by, after={"name": plan.name_th, **_told(draft)})
    return plan


def edit(plan: Plan, draft: Draft, *, by: Viewer) -> None:
    """Change a plan.

    What is open stays as it was promised; the dates after it follow the new rhythm. Steps that
    have answers stay in the book of what was done.

    Refuses a plan that has ended, and what ``check`` refuses.
    """
    if plan.ended_on is not None:
        raise Refusal(_("This plan has ended. Make a new one."))
    check(draft)
    before = (plan.rhythm, plan.lead_days)
    fields = _fields(draft)
    audit.record_changes("edited", plan, fields, by=by)
    _replace_steps(plan, draft)
    plan.parts = [Part(**asdict(part)) for part in draft.parts]
    if (plan.rhythm, plan.lead_days) != before:
        _date_anew(plan)


def end(plan: Plan, *, by: Viewer) -> None:
    """End a plan today: nothing more falls due, and what is planned but not begun is given up."""
    if plan.ended_on is not None:
        raise Refusal(_("This plan has ended already."))
    plan.ended_on = clock.today()
    planned = db.session.scalars(
        select(Occurrence)
        .join(PlanItem)
        .where(PlanItem.plan_id == plan.id, Occurrence.state == State.PLANNED)
    )
    for occurrence in planned:
        miss(occurrence, _("The plan was ended."))
    db.session.execute(
        update(PlanItem)
        .where(PlanItem.plan_id == plan.id, PlanItem.left_on.is_(None))
        .values(left_on=clock.today(), next_due_on=None, comes_up_on=None)
    )
    audit.record("ended", plan, by=by, after={"ended_on": plan.ended_on})


def check(draft: Draft) -> None:
    """Refuse a plan that nobody could follow."""
    if not any((draft.class_id, draft.model_id, draft.unit_id, draft.asset_id)):
        raise Refusal(
            _("Say what is maintained: a class, a model, a school or one item."), field="class_code"
        )
    if not 1 <= draft.every <= LONGEST and draft.counts is not Every.METER:
        raise Refusal(_("Write a number from 1 to %(most)s.", most=LONGEST), field="every")
    if draft.counts is Every.METER and (not draft.meter or draft.every < 1):
        raise Refusal(_("Name the meter, and after how much it is due."), field="meter")
    if draft.counts is Every.CALENDAR and (
        not draft.months or any(month not in MONTHS for month in draft.months)
    ):
        raise Refusal(_("Choose at least one month of the year."), field="months")
    if draft.counts in (Every.CALENDAR, Every.METER) and draft.basis is Basis.COMPLETION:
        raise Refusal(
            _("Months of the year and meters go by themselves; choose fixed dates."), field="basis"
        )
    if len(draft.steps) > MOST_STEPS:
        raise Refusal(_("A checklist has at most %(most)s steps.", most=MOST_STEPS), field="steps")
    for step in draft.steps:
        if step.least is not None and step.most is not None and step.least > step.most:
            raise Refusal(
                _("“%(step)s”: the least is more than the most.", step=step.text_th), field="steps"
            )


def _fields(draft: Draft) -> dict[str, Any]:
    said = asdict(draft) | {"months": sorted(set(draft.months))}
    return {name: said[name] for name in WRITTEN}


def _told(draft: Draft) -> dict[str, Any]:
    return {"counts": draft.counts, "every": draft.every, "steps": len(draft.steps)}


def _steps(draft: Draft) -> list[Step]:
    return [Step(position=place, **asdict(step)) for place, step in enumerate(draft.steps)]


def _replace_steps(plan: Plan, draft: Draft) -> None:
    """Keep the steps that were not changed, so that answers under way still fit them."""
    known = {_said(step): step for step in plan.steps}
    kept = []
    for place, new in enumerate(draft.steps):
        step = known.pop(_said(new), None) or Step(**asdict(new))
        step.position = place
        kept.append(step)
    answered = {step.id for step in known.values() if step.id and _has_answers(step.id)}
    for step in known.values():
        if step.id in answered:
            # It is asked no more, yet what it gave stands in the history of the items.
            step.required, step.position = False, MOST_STEPS + 1
            kept.append(step)
    plan.steps = kept


def _said(step: Step | StepDraft) -> tuple[Any, ...]:
    return (step.text_th, step.text_en, step.kind, step.required, step.unit_word, step.least,
            step.most)  # fmt: skip


def _has_answers(step_id: int) -> bool:
    answer = select(Answer.id).where(Answer.step_id == step_id).limit(1)
    return db.session.scalar(answer) is not None


def _date_anew(plan: Plan) -> None:
    """Give every item without something open its next date by the new rhythm."""
    busy = select(Occurrence.item_id).where(Occurrence.state.in_(OPEN))
    items = db.session.scalars(
        select(PlanItem).where(
            PlanItem.plan_id == plan.id, PlanItem.left_on.is_(None), PlanItem.id.not_in(busy)
        )
    )
    for item in items:
        since = max(item.last_done_on or date.min, clock.today() - timedelta(days=1))
        item.fall_due(following(plan.rhythm, since), plan.lead_days)
