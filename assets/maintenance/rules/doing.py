"""Maintenance on one item: step by step, finished or skipped; and what meters show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from assets.maintenance import slots
from assets.maintenance.models import Answer, MeterReading, Occurrence, Plan, PlanItem, Step
from assets.maintenance.rhythm import expected_day
from assets.maintenance.rules.occurring import settle
from assets.maintenance.states import OCCURRENCES, Action, Every, State, StepKind
from assets.register.models import Asset
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

LONGEST_MINUTES = 24 * 60
READINGS_KEPT = 12


@dataclass(frozen=True)
class Said:
    """What somebody found at one step of one item.

    ``client_id`` is given by a phone that may send the same twice; ``good`` is what the person
    says, a reading outside of the limits is not in order whatever was said.
    """

    step_id: int
    good: bool = True
    reading: Decimal | None = None
    note: str = ""
    photo_key: str = ""
    thumbnail_key: str = ""
    client_id: str | None = None


def answer(occurrence: Occurrence, said: Said, *, by: Viewer) -> Answer:
    """Write down what a step gave; said again it takes the place of what was said before.

    Refuses a step of another plan, a reading step without a reading, a photo step without one,
    and an occurrence that is over.
    """
    _demand_open(occurrence)
    step = next((one for one in occurrence.item.plan.steps if one.id == said.step_id), None)
    if step is None:
        raise Refusal(_("This step is not part of the plan any more. Open the page again."))
    if step.kind == StepKind.READING and said.reading is None:
        raise Refusal(_("“%(step)s”: write what it shows.", step=step.text))
    found = db.session.scalar(
        select(Answer).where(Answer.occurrence_id == occurrence.id, Answer.step_id == step.id)
    )
    if step.kind == StepKind.PHOTO and not (said.photo_key or (found and found.photo_key)):
        raise Refusal(_("“%(step)s”: take a photo.", step=step.text))
    if found is None:
        found = Answer(occurrence_id=occurrence.id, step_id=step.id)
        db.session.add(found)
    found.good = said.good and in_limits(step, said.reading)
    found.reading, found.note = said.reading, said.note
    if said.photo_key:
        found.photo_key, found.thumbnail_key = said.photo_key, said.thumbnail_key
    found.client_id, found.at, found.by_id = said.client_id, clock.now(), by.id
    return found


def in_limits(step: Step, reading: Decimal | None) -> bool:
    """Tell whether a reading lies between the limits of its step, which may be open."""
    if reading is None:
        return True
    return not (
        (step.least is not None and reading < step.least)
        or (step.most is not None and reading > step.most)
    )


def finish(
    occurrence: Occurrence,
    *,
    minutes: int | None = None,
    cost: Decimal | None = None,
    note: str = "",
    on: date | None = None,
    by: Viewer,
) -> None:
    """Finish the maintenance of an item; what was not in order becomes a repair.

    Args:
        occurrence: an open one.
        minutes: how long it took; what the plan says when left out.
        cost: what it cost in baht; what the plan says when left out.
        note: a remark.
        on: the day it was done, for what a phone sends later; today when left out.
        by: who did it.

    Refuses where a required step has no answer.
    """
    _demand_open(occurrence)
    plan = occurrence.item.plan
    answers = {
        one.step_id: one
        for one in db.session.scalars(select(Answer).where(Answer.occurrence_id == occurrence.id))
    }
    missing = [step.text for step in plan.steps if step.required and step.id not in answers]
    if missing:
        raise Refusal(_("Not answered yet: %(steps)s", steps=", ".join(missing)))
    if minutes is not None and not 0 <= minutes <= LONGEST_MINUTES:
        raise Refusal(_("Write the minutes of one day at most."), field="minutes")
    day = min(on or clock.today(), clock.today())
    occurrence.state = OCCURRENCES.target(State(occurrence.state), Action.FINISH)
    occurrence.done_on, occurrence.done_by_id = day, by.id
    occurrence.minutes = plan.minutes if minutes is None else minutes
    occurrence.cost = plan.cost if cost is None else cost
    occurrence.note = note
    faults = [_fault(step, answers[step.id]) for step in plan.steps if _is_bad(step, answers)]
    if faults:
        occurrence.repair_number = slots.repair(occurrence, faults, by)
    occurrence.item.last_done_on = day
    settle(occurrence, day)
    if plan.counts == Every.METER:
        _count_on(occurrence.item)
    audit.record("maintained", occurrence, by=by, after={"done_on": day, "faults": len(faults)})


def skip(occurrence: Occurrence, reason: str, *, by: Viewer) -> None:
    """Leave out one due date of an item, with the reason; the next one comes as it would have.

    Refuses to do so without a reason.
    """
    _demand_open(occurrence)
    if not reason.strip():
        raise Refusal(_("Say why it is left out."), field="reason")
    occurrence.state = OCCURRENCES.target(State(occurrence.state), Action.SKIP)
    occurrence.reason = reason
    settle(occurrence, clock.today())
    if occurrence.item.plan.counts == Every.METER:
        _count_on(occurrence.item)
    audit.record("skipped", occurrence, by=by, after={"reason": reason})


def read_meter(
    asset: Asset,
    meter: str,
    value: int,
    *,
    on: date | None = None,
    replaced: bool = False,
    client_id: str | None = None,
    by: Viewer,
) -> None:
    """Write down what a meter shows, and let plans that count by it fall due.

    Args:
        asset: whose meter it is.
        meter: which one, ``pages``.
        value: what it shows.
        on: the day it was read; today when left out.
        replaced: the meter was changed or set back, so it may show less than before.
        client_id: given by a phone that may send the same twice.
        by: who read it.

    Refuses a number below the last one, unless the meter was replaced, and a day to come.
    """
    day = on or clock.today()
    if day > clock.today():
        raise Refusal(_("A meter cannot be read in the future."), field="read_on")
    if client_id and db.session.scalar(
        select(MeterReading.id).where(MeterReading.client_id == client_id)
    ):
        return
    _demand_forward(asset.id, meter, value, replaced=replaced)
    reading = MeterReading(
        asset_id=asset.id,
        meter=meter,
        value=value,
        read_on=day,
        replaced=replaced,
        client_id=client_id,
        at=clock.now(),
        by_id=by.id,
    )
    db.session.add(reading)
    db.session.flush()  # the dates below are counted with it
    _count_from(asset.id, meter, value if replaced else None)


def _demand_forward(asset_id: int, meter: str, value: int, *, replaced: bool) -> None:
    last = readings(asset_id, meter)[-1:]
    if value < 0 or (last and value < last[0][1] and not replaced):
        shown = last[0][1] if last else 0
        raise Refusal(
            _("The meter showed %(last)s before; it cannot run backwards.", last=shown),
            field="value",
        )


def _count_from(asset_id: int, meter: str, begins: int | None) -> None:
    """Let the plans that count by a meter fall due; a new one begins at what it shows."""
    items = db.session.scalars(
        select(PlanItem)
        .join(Plan)
        .where(
            PlanItem.asset_id == asset_id,
            PlanItem.left_on.is_(None),
            Plan.counts == Every.METER,
            Plan.meter == meter,
        )
    )
    for item in items:
        if begins is not None:
            item.next_at_meter = begins + item.plan.every
        _expect(item)


def readings(asset_id: int, meter: str) -> list[tuple[date, int]]:
    """Return what a meter showed since it was last replaced, the oldest first."""
    found = db.session.scalars(
        select(MeterReading)
        .where(MeterReading.asset_id == asset_id, MeterReading.meter == meter)
        .order_by(MeterReading.id.desc())
        .limit(READINGS_KEPT)
    ).all()
    since: list[tuple[date, int]] = []
    for one in found:
        since.append((one.read_on, one.value))
        if one.replaced:
            break
    return since[::-1]


def _count_on(item: PlanItem) -> None:
    """Count the next stretch of a meter from what it shows now."""
    shown = readings(item.asset_id, item.plan.meter)
    item.next_at_meter = (shown[-1][1] if shown else item.next_at_meter or 0) + item.plan.every
    _expect(item)


def _expect(item: PlanItem) -> None:
    target = item.next_at_meter or item.plan.every
    day = expected_day(readings(item.asset_id, item.plan.meter), target)
    item.fall_due(day, item.plan.lead_days)


def _is_bad(step: Step, answers: dict[int, Answer]) -> bool:
    return step.id in answers and not answers[step.id].good


def _fault(step: Step, said: Answer) -> str:
    shown = f" {said.reading.normalize():f} {step.unit_word}".rstrip() if said.reading else ""
    return f"{step.text_th}:{shown} {said.note}".rstrip(": ")


def _demand_open(occurrence: Occurrence) -> None:
    if occurrence.state not in (State.PLANNED, State.ON_VISIT):
        raise Refusal(_("This maintenance is over already."))
