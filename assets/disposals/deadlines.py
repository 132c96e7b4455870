"""The days that the regulation sets for a disposal, worked out by one pure function."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from assets.disposals.states import State

DISPOSAL_DAYS = 60
REPORT_DAYS = 30
NEAR_DAYS = 7


class Duty(StrEnum):
    """What has to be done by a day."""

    FINDINGS = "findings"
    CARRY_OUT = "carry_out"
    STRIKE_OFF = "strike_off"
    REPORT = "report"


class Step(StrEnum):
    """How near a day is."""

    NEAR = "near"
    DUE = "due"
    PASSED = "passed"


@dataclass(frozen=True)
class Days:
    """The days of a case that decide its deadlines; see the columns of ``Disposal``."""

    state: State
    findings_due_on: date | None = None
    ordered_on: date | None = None
    carried_out_on: date | None = None
    struck_off_on: date | None = None
    reported: bool = False


@dataclass(frozen=True)
class Deadline:
    """What has to be done next by a day, and the clause that says so."""

    duty: Duty
    due_on: date
    clause: str


def deadline(days: Days) -> Deadline | None:
    """Return what a case has to meet next; None where nothing has a day.

    The committee reports by the day of its order (clause 214). Disposal is finished within 60 days
    from the day after the order (clause 215, R-D1), the books follow at once (clause 218), and the
    State Audit Office is told within 30 days of the striking-off (clause 218, R-D2).
    """
    if days.state == State.INVESTIGATING and days.findings_due_on:
        return Deadline(Duty.FINDINGS, days.findings_due_on, "214")
    if days.state == State.ORDERED and days.ordered_on:
        last = days.ordered_on + timedelta(days=DISPOSAL_DAYS)
        return Deadline(Duty.CARRY_OUT, last, "215")
    if days.state == State.CARRIED_OUT and days.carried_out_on:
        return Deadline(Duty.STRIKE_OFF, days.carried_out_on, "218")
    if days.state == State.STRUCK_OFF and days.struck_off_on and not days.reported:
        last = days.struck_off_on + timedelta(days=REPORT_DAYS)
        return Deadline(Duty.REPORT, last, "218")
    return None


def step_on(due_on: date, today: date) -> Step | None:
    """Return the step that a deadline has reached on a day; None before the first."""
    if today > due_on:
        return Step.PASSED
    if today == due_on:
        return Step.DUE
    return Step.NEAR if today >= due_on - timedelta(days=NEAR_DAYS) else None
