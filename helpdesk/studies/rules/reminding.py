"""Reminders: work near or past its last day, reports that nobody writes, studies that go on and on.

A study has no last day, so it is asked after once it has been open for a quarter of a year. What is
late is said again every thirty days, never twice in between: the key of the message names the step.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import and_, or_, select

from helpdesk.studies.models import Development, Study
from helpdesk.studies.states import UNFINISHED, State, StudyState
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.pages import show_date
from office.bookkeeping import rules as bookkeeping

AHEAD = timedelta(days=7)
REPORT_WITHIN = timedelta(days=30)
STUDY_WITHIN = timedelta(days=90)
AGAIN_DAYS = 30


def works_due(today: date) -> Sequence[int]:
    """Return the ids of work whose last day is near or over, or whose report is missing."""
    return db.session.scalars(
        select(Development.id)
        .where(
            or_(
                and_(Development.state.in_(UNFINISHED), Development.ends_on <= today + AHEAD),
                and_(
                    Development.state == State.FINISHED,
                    Development.finished_on <= today - REPORT_WITHIN,
                ),
            )
        )
        .order_by(Development.id)
    ).all()


def studies_due(today: date) -> Sequence[int]:
    """Return the ids of studies that have been open for a quarter of a year."""
    return db.session.scalars(
        select(Study.id)
        .where(Study.state == StudyState.OPEN, Study.begun_on <= today - STUDY_WITHIN)
        .order_by(Study.id)
    ).all()


def remind_work(work_id: int, today: date) -> int:
    """Remind the owner of work, each step once; return how many people it concerns."""
    work = db.session.get_one(Development, work_id)
    if work.owner.left_on is not None:
        return 0
    late = (today - work.ends_on).days
    with speaking(work.owner.language):
        if work.finished_on is not None:
            late = (today - work.finished_on).days
            said = _("The report of the work “%(title)s” is still to be written.", title=work.title)
        elif late > 0:
            said = _("The work “%(title)s” is late.", title=work.title)
        else:
            said = _("The work “%(title)s” is to end soon.", title=work.title)
        more = _("Its last day is %(day)s.", day=show_date(work.ends_on, "long"))
        stage = f"{work.state}:{work.ends_on}:{_step(late)}"
        _send(work, said, more, stage)
    return 1


def remind_study(study_id: int, today: date) -> int:
    """Remind the owner of a study, each step once; return how many people it concerns."""
    study = db.session.get_one(Study, study_id)
    if study.owner.left_on is not None:
        return 0
    with speaking(study.owner.language):
        said = _("The study “%(title)s” is still open.", title=study.title)
        more = _("It was begun on %(day)s.", day=show_date(study.begun_on, "long"))
        _send(study, said, more, _step((today - study.begun_on).days))
    return 1


def _step(late: int) -> str:
    """Return the step that is reached so many days after the day; below zero lies ahead."""
    if late <= 0:
        return "day" if late == 0 else "soon"
    return f"late{late // AGAIN_DAYS}"


def _send(thing: Study | Development, said: str, more: str, step: str) -> None:
    room = "studies" if isinstance(thing, Study) else "developments"
    bookkeeping.send(
        kind="study_due",
        subject=said,
        body=more,
        language=thing.owner.language,
        person_id=thing.owner_id,
        link=f"/{room}/{thing.id}",
        dedupe_key=f"{room}:{thing.id}:{step}:{thing.owner_id}",
    )
