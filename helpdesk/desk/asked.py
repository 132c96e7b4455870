"""What a person is asked: surveys to answer, notices to read, work of programmes, trainings.

All of it is one question to the database, the nearest day first. Building it costs more than asking
it: it is built once, and who asks and on which day are put into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import Date, String, bindparam, cast, literal, null, or_, select, union_all

from helpdesk.desk.queries import Target
from helpdesk.desk.today import SHOWN, Block, Line
from helpdesk.programmes.models import Activity, Programme, ProgrammeStep
from helpdesk.programmes.notice_models import ProgrammeNotice, ProgrammeReader
from helpdesk.programmes.states import SETTLED, ActivityState, State
from helpdesk.surveys.models import Survey, SurveyInvitation
from helpdesk.surveys.states import State as SurveyState
from helpdesk.trainings.models import TrainingCourse, TrainingEnrolment, TrainingSession
from helpdesk.trainings.states import SessionState
from helpdesk.trainings.states import State as Place
from kernel import clock
from kernel.access import Viewer
from kernel.db import db, fixed
from kernel.i18n import gettext as _
from kernel.i18n import language

# So many days ahead something is told on the first page.
AHEAD = 14
GOING_ON = (State.DRAFT, State.PROPOSED, State.RUNNING)


def asked_of(viewer: Viewer) -> list[Block]:
    """Return one short list of what the person is asked; nothing where nothing is."""
    today, lines = clock.today(), []
    values = {"me": viewer.id, "today": today, "soon": today + timedelta(days=AHEAD)}
    rows = db.session.execute(_question(), values)
    for row in rows:
        endpoint, argument, detail = _words(row.kind)
        values = {argument: row.id} if argument else {}
        title = row.english if language() == "en" and row.english else row.title
        late = row.due is not None and row.due < today
        lines.append(Line(title, detail, Target(endpoint, values), row.due, late))
    if not lines:
        return []
    return [Block(_("What I am asked"), lines, Target("notifications.inbox"), "")]


def _words(kind: str) -> tuple[str, str, str]:
    """Return the page of a kind, the name of its id in the address, and what stands below."""
    return {
        "survey": ("surveys.mine", "", _("Survey to answer")),
        "notice": ("programmes.notices", "programme_id", _("Notice to read")),
        "step": ("programmes.programme", "programme_id", _("Step of a programme")),
        "activity": ("programmes.plan", "programme_id", _("Activity of a programme")),
        "training": ("trainings.session", "session_id", _("Training with a seat for me")),
    }[kind]


def _part(kind: str, row_id: Any, title: Any, due: Any = None, english: Any = None) -> Any:  # noqa: ANN401 - columns
    return select(
        literal(kind, String).label("kind"),
        row_id.label("id"),
        title.label("title"),
        (literal("", String) if english is None else english).label("english"),
        (cast(null(), Date) if due is None else due).label("due"),
    )


@cache
def _question() -> Any:  # noqa: ANN401 - a SELECT
    limited = [select(*part.limit(fixed(SHOWN)).subquery().c) for part in _parts()]
    found = union_all(*limited).subquery()
    nearest = (found.c.due.is_(None), found.c.due, found.c.id)
    return select(found).order_by(*nearest).limit(fixed(SHOWN))


def _parts() -> Iterator[Any]:
    me: Any = bindparam("me")
    today, soon = bindparam("today", type_=Date), bindparam("soon", type_=Date)
    yield _surveys(me, today)
    yield _notices(me)
    yield _work(
        "step",
        ProgrammeStep,
        (ProgrammeStep.title_th, ProgrammeStep.due_on, ProgrammeStep.title_en),
        ProgrammeStep.state.not_in(SETTLED) & Programme.state.in_(GOING_ON),
    ).where(_answers_for(ProgrammeStep, me), ProgrammeStep.due_on <= soon)
    yield _work(
        "activity",
        Activity,
        (Activity.title, Activity.ends_on),
        (Activity.state == ActivityState.PLANNED) & (Programme.state == State.RUNNING),
    ).where(_answers_for(Activity, me), Activity.ends_on <= soon)
    yield _trainings(me, today, soon)


def _surveys(me: Any, today: Any) -> Any:  # noqa: ANN401 - bound values, a SELECT
    return (
        _part("survey", Survey.id, Survey.title_th, Survey.closes_on, Survey.title_en)
        .join(SurveyInvitation, SurveyInvitation.survey_id == Survey.id)
        .where(
            SurveyInvitation.person_id == me,
            Survey.state == SurveyState.OPEN,
            or_(Survey.closes_on.is_(None), Survey.closes_on >= today),
        )
    )


def _notices(me: Any) -> Any:  # noqa: ANN401 - a bound value, a SELECT
    return (
        _part("notice", ProgrammeNotice.programme_id, ProgrammeNotice.subject)
        .join(ProgrammeReader, ProgrammeReader.notice_id == ProgrammeNotice.id)
        .where(ProgrammeReader.person_id == me, ProgrammeReader.read_at.is_(None))
        .order_by(ProgrammeNotice.id.desc())
    )


def _work(kind: str, row: Any, columns: tuple[Any, ...], open_now: Any) -> Any:  # noqa: ANN401 - a model, terms
    return (
        _part(kind, Programme.id, *columns)
        .join(row, row.programme_id == Programme.id)
        .where(open_now)
        .order_by(columns[1])
    )


def _answers_for(row: Any, me: Any) -> Any:  # noqa: ANN401 - a model, a bound value, a WHERE term
    """Return the WHERE term: it names the person, or nobody and the programme is theirs."""
    return or_(row.responsible_id == me, row.responsible_id.is_(None) & (Programme.owner_id == me))


def _trainings(me: Any, today: Any, soon: Any) -> Any:  # noqa: ANN401 - bound values, a SELECT
    title, first = TrainingCourse.title_th, TrainingSession.first_day
    return (
        _part("training", TrainingSession.id, title, first, TrainingCourse.title_en)
        .join(TrainingCourse, TrainingCourse.id == TrainingSession.course_id)
        .join(TrainingEnrolment, TrainingEnrolment.session_id == TrainingSession.id)
        .where(
            TrainingEnrolment.person_id == me,
            TrainingEnrolment.state == Place.ENROLLED,
            TrainingSession.state == SessionState.OPEN,
            TrainingSession.last_day >= today,
            first <= soon,
        )
        .order_by(first)
    )
