"""What happens to approvals because time passed: signers change, people are reminded."""

from __future__ import annotations

from datetime import date

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from office.approvals import queries
from office.approvals.limits import limits
from office.approvals.models import ApprovalStep
from office.approvals.rules import candidates, moving, notices
from office.approvals.states import State, StepState
from office.calendar import queries as calendar

TIMETABLE = Viewer(name="timetable")


def renew_signers() -> int:
    """Look again who may sign what waits; one unit of work each.

    Who left or lost the role goes, who came into it is added and told, and a step whose missing
    signer left goes on. The administrators hear of the steps that nobody can sign, once each.

    Returns:
        how many steps got other signers, or turned out to have none.
    """
    touched, nobody = 0, []
    for step_id in queries.open_step_ids():
        with work():
            state = _renew(step_id)
        touched += state == "changed"
        nobody += [step_id] if state == "nobody" else []
    if nobody:
        with work():
            steps = [step for step in map(_step, nobody) if step is not None]
            touched += notices.tell_administrators(steps, notices.STUCK, clock.today())
    return touched


def _renew(step_id: int) -> str:
    step = _step(step_id)
    if step is None:
        return ""
    moving.lock(step.approval)
    db.session.refresh(step)
    if step.state != StepState.OPEN or step.approval.state != State.WAITING:
        return ""
    before = set(queries.signer_ids(step_id))
    signers = candidates.refresh(step)
    db.session.flush()  # the seats are counted over the rows as they are now
    seats = candidates.seats(step, signers)
    now = {signer.person_id for signer in signers}
    notices.tell_signers(step, (now - before) & seats.keys())
    moving.settle(step.approval, step, by=TIMETABLE)
    if step.state == StepState.OPEN and not seats:
        return "nobody"
    return "changed" if now != before else ""


def _step(step_id: int) -> ApprovalStep | None:
    return db.session.get(ApprovalStep, step_id)


def remind_approvers(today: date | None = None) -> int:
    """Remind people of what waits for them; tell administrators of what waits for too long.

    A step is reminded of when as many working days have passed as the settings say, and again
    after as many more. Each person gets one message a day; nothing is sent on a closed day.
    Running again on the same day changes nothing.

    Args:
        today: the day in Bangkok; the clock's when left out.

    Returns:
        how many steps people were reminded of, counted for each person, and administrators told.
    """
    day = today or clock.today()
    if not calendar.is_open_day(day):
        return 0
    reminded = 0
    for person_id in queries.signers_of_open_steps():
        with work():
            reminded += _remind(person_id, day)
    with work():
        late = [
            step
            for step in map(_step, queries.open_step_ids())
            if step is not None and _waited(step, day) >= limits().escalate_after
        ]
        reminded += notices.tell_administrators(late, notices.ESCALATED, day)
    return reminded


def _remind(person_id: int, day: date) -> int:
    every = limits().remind_after
    steps = [step for step in queries.all_waiting_for(person_id) if _waited(step, day) >= every]
    if not any(_waited(step, day) % every == 0 for step in steps):
        return 0
    return notices.remind_person(person_id, steps, day)


def _waited(step: ApprovalStep, day: date) -> int:
    return notices.working_days(step.opened_at, day) if step.opened_at else 0
