"""Developments: the record (F15), the way of the work, and the words of the report (F16)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy.orm.attributes import flag_modified

from helpdesk.access_rights.states import Whose
from helpdesk.studies import parts
from helpdesk.studies.models import Development, DevelopmentIndicator
from helpdesk.studies.rules import notices
from helpdesk.studies.rules.studying import SystemNamed, known_system, still_here, writable
from helpdesk.studies.states import DEVELOPMENTS, Action, Better, Sort, State
from helpdesk.surveys.models import Survey
from helpdesk.surveys.states import State as SurveyState
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person
from office.places.models import Unit

SERIES = "พว."
MOST_INDICATORS = 20
LARGEST = Decimal(10) ** 10
LOWEST_MEAN, HIGHEST_MEAN = 1, 5


@dataclass(frozen=True)
class Measure:
    """An indicator: its figure before the work, and what it is to become; None is missing."""

    name: str
    unit_word: str
    better: Better
    before: Decimal | None
    target: Decimal | None
    id: int | None = None


@dataclass(frozen=True)
class WorkDraft:
    """What is written in form F15; ``budget`` in baht, ``words`` by the names of ``parts.F15``."""

    title: str
    sort: Sort
    whose: Whose
    unit_id: int
    owner: Person
    system: SystemNamed
    starts_on: date
    ends_on: date
    budget: Decimal
    words: Mapping[str, str]
    indicators: Sequence[Measure] = ()


@dataclass(frozen=True)
class ReportDraft:
    """What form F16 adds; ``words`` by the names of ``parts.F16``, ``after`` by indicator."""

    words: Mapping[str, str]
    user_count: int | None = None
    satisfaction_mean: Decimal | None = None
    satisfaction_n: int | None = None
    survey_id: int | None = None
    after: Mapping[int, Decimal | None] = field(default_factory=dict)


def plan(draft: WorkDraft, *, by: Viewer) -> Development:
    """Enter a development (F15); it gets its number.

    Refuses a blank title or goal, an end before the beginning, a negative budget, an owner who
    has left, another one's unit, an improvement or application of no system, and an indicator
    without its figure before or its target.
    """
    unit = writable(draft.unit_id, by)
    _check(draft)
    work = Development(number=bookkeeping.next_number(SERIES), written_on=clock.today())
    _fill(work, draft, unit)
    db.session.add(work)
    db.session.flush()  # the notice leads to it
    notices.name_owner(work, by=by)
    audit.record("planned", work, by=by, after=_told(work))
    return work


def edit(work: Development, draft: WorkDraft, *, by: Viewer) -> None:
    """Change what form F15 says; refuses as ``plan`` does, and work that is finished or over."""
    DEVELOPMENTS.target(State(work.state), Action.WRITE)
    _check(draft)
    unit = work.unit if draft.unit_id == work.unit_id else writable(draft.unit_id, by)
    before, owner_id = _told(work), work.owner_id
    _fill(work, draft, unit)
    if work.owner_id != owner_id:
        notices.name_owner(work, by=by)
    audit.record("edited", work, by=by, before=before, after=_told(work))


def begin(work: Development, *, by: Viewer) -> None:
    """Begin the work, or go on with it; refuses what runs or is reported."""
    work.state = DEVELOPMENTS.target(State(work.state), Action.BEGIN)
    work.finished_on = None
    audit.record("begun", work, by=by)


def pause(work: Development, *, by: Viewer) -> None:
    """Let the work rest; refuses what does not run."""
    work.state = DEVELOPMENTS.target(State(work.state), Action.PAUSE)
    audit.record("paused", work, by=by)


def finish(work: Development, *, by: Viewer) -> None:
    """Say that the work is done: it waits for its report; refuses what does not run."""
    work.state = DEVELOPMENTS.target(State(work.state), Action.FINISH)
    work.finished_on = clock.today()
    audit.record("finished", work, by=by)


def cancel(work: Development, why: str, *, by: Viewer) -> None:
    """Give the work up; refuses what is finished or over, and no reason."""
    target = DEVELOPMENTS.target(State(work.state), Action.CANCEL)
    if not why.strip():
        raise Refusal(_("Please give the reason."), field="reason")
    work.state, work.cancelled_why = target, why.strip()[:300]
    audit.record("cancelled", work, by=by, after={"reason": work.cancelled_why})


def write_report(work: Development, draft: ReportDraft, *, by: Viewer) -> None:
    """Write what form F16 adds.

    Refuses work that is not finished or is sent already, a mean outside 1 to 5 or without the
    number of people, a negative number of people, and a survey that was never opened.
    """
    DEVELOPMENTS.target(State(work.state), Action.REPORT)
    _check_report(draft)
    mean = draft.satisfaction_mean
    if mean is not None:
        mean = mean.quantize(Decimal("0.01"), ROUND_HALF_UP)
    changes: dict[str, object] = {name: (draft.words.get(name) or "").strip() for name in parts.F16}
    changes |= {
        "user_count": draft.user_count,
        "satisfaction_mean": None if draft.survey_id else mean,
        "satisfaction_n": None if draft.survey_id else draft.satisfaction_n,
        "survey_id": draft.survey_id,
    }
    measured = {}
    for one in work.indicators:
        after = draft.after.get(one.id)
        if after is not None and abs(after) >= LARGEST:
            raise Refusal(_("A figure has at most ten places before the point."))
        if one.after != after:
            measured[one.name] = "" if after is None else f"{after:f}"
            one.after = after
    audit.record_changes("edited", work, changes, by=by)
    if measured:
        flag_modified(work, "title")  # figures lie in another table; the version tells of them too
        audit.record("measured", work, by=by, after={"indicators": measured})


def _check_report(draft: ReportDraft) -> None:
    if draft.survey_id is not None:
        survey = db.session.get(Survey, draft.survey_id)
        if survey is None or survey.state == SurveyState.DRAFT:
            raise Refusal(_("Not a valid choice."), field="survey_id")
    mean = draft.satisfaction_mean
    if mean is not None and not LOWEST_MEAN <= mean <= HIGHEST_MEAN:
        raise Refusal(_("A mean of five levels lies between 1 and 5."), field="satisfaction_mean")
    if mean is not None and draft.survey_id is None and not draft.satisfaction_n:
        raise Refusal(_("Please write of how many people it is the mean."), field="satisfaction_n")
    for value, name in ((draft.user_count, "user_count"), (draft.satisfaction_n, "satisfaction_n")):
        if value is not None and not 0 <= value <= LARGEST:
            raise Refusal(_("This number cannot be."), field=name)


def _check(draft: WorkDraft) -> None:
    if not draft.title.strip():
        raise Refusal(_("Please fill this in."), field="title")
    if not (draft.words.get("goal") or "").strip():
        raise Refusal(_("Please fill this in."), field="goal")
    if draft.ends_on < draft.starts_on:
        raise Refusal(_("The last day comes before the first one."), field="ends_on")
    if not 0 <= draft.budget < LARGEST:
        raise Refusal(_("This budget cannot be."), field="budget")
    still_here(draft.owner, "owner")
    known_system(draft.system, needed=draft.sort != Sort.NEW)
    if len(draft.indicators) > MOST_INDICATORS:
        raise Refusal(_("At most %(most)s indicators.", most=MOST_INDICATORS))
    for one in draft.indicators:
        if not one.name.strip() or one.before is None or one.target is None:
            raise Refusal(_("An indicator needs a name, its figure before the work and a target."))
        if max(abs(one.before), abs(one.target)) >= LARGEST:
            raise Refusal(_("A figure has at most ten places before the point."))


def _fill(work: Development, draft: WorkDraft, unit: Unit) -> None:
    work.title, work.sort, work.whose = draft.title.strip(), draft.sort, draft.whose
    work.unit, work.unit_id = unit, unit.id
    work.owner, work.owner_id = draft.owner, draft.owner.id
    work.system = known_system(draft.system, needed=False)
    work.system_id = draft.system.id
    work.system_name = "" if work.system else draft.system.name.strip()
    work.starts_on, work.ends_on, work.budget = draft.starts_on, draft.ends_on, draft.budget
    for name in parts.F15:
        setattr(work, name, (draft.words.get(name) or "").strip())
    _measure(work, draft.indicators)
    system = f"{work.system.name_th} {work.system.code}" if work.system else work.system_name
    about = (work.number, work.title, system, work.owner.name_th, unit.name_th)
    work.search_key = thai.search_key(" ".join(about))


def _measure(work: Development, measures: Sequence[Measure]) -> None:
    """Let the indicators be these; one that stays keeps the figure after the work."""
    known = {one.id: one for one in work.indicators}
    kept = []
    for measure in measures:
        one = known.get(measure.id or 0) or DevelopmentIndicator()
        one.name, one.unit_word = measure.name.strip(), measure.unit_word.strip()
        one.better = measure.better
        one.before, one.target = measure.before or Decimal(0), measure.target or Decimal(0)
        kept.append(one)
    work.indicators[:] = kept
    flag_modified(work, "title")  # figures lie in another table; the version tells of them too


def _told(work: Development) -> dict[str, object]:
    told: dict[str, object] = {
        name: getattr(work, name)
        for name in ("number", "title", "sort", "whose", "unit_id", "owner_id", "starts_on")
    }
    told |= {name: getattr(work, name) for name in ("ends_on", "budget", *parts.F15)}
    told["indicators"] = {
        one.name: f"{one.before:f} → {one.target:f} {one.unit_word}".strip()
        for one in work.indicators
    }
    return told
