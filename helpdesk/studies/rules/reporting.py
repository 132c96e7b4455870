"""The reports (F14, F16): sent to the director, acknowledged, given back, begun anew."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from helpdesk.studies import content, queries
from helpdesk.studies.models import Development, Study, StudyFile
from helpdesk.studies.states import DEVELOPMENTS, STUDIES, Action, State, StudyAction, StudyState
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from office.approvals.models import Approval
from office.approvals.rules import asking
from office.approvals.rules.asking import Request
from office.bookkeeping import audit

STUDY, DEVELOPMENT = "study_report", "development_report"
Reported = Study | Development


def study_content(study: Study) -> dict[str, Any]:
    """Return what the report on a study (F14) says now."""
    records = queries.finished(queries.records_of(study.id))
    files = queries.files_of(StudyFile.record_id, [one.id for one in records])
    own = queries.files_of(StudyFile.study_id, [study.id])[study.id]
    return content.f14(study, [(one, files[one.id]) for one in records], own)


def development_content(work: Development) -> dict[str, Any]:
    """Return what the report on a development (F16) says now."""
    return content.f16(work, queries.files_of(StudyFile.report_id, [work.id])[work.id])


def send_study(study: Study, *, by: Viewer) -> None:
    """Send the report on a study to the director.

    Refuses what is sent already or over, a study without a finished record or with one that is
    not finished, and a report without its conclusion or recommendation.
    """
    target = STUDIES.target(StudyState(study.state), StudyAction.SEND)
    records = queries.records_of(study.id)
    if not records:
        raise Refusal(_("Please write at least one record (F12) first."))
    if len(queries.finished(records)) < len(records):
        raise Refusal(_("A record is still a draft. Please finish every record first."))
    if not study.conclusion or not study.recommendation:
        raise Refusal(_("Please write the conclusion and the recommendation first."))
    study.approval = _submit(STUDY, study, study_content(study), by)
    study.state = target
    audit.record("sent", study, by=by, after={"edition": study.edition})


def send_development(work: Development, *, by: Viewer) -> None:
    """Send the report on a development to the director.

    Refuses work that is not finished or is sent already, a report without its result or benefit,
    an indicator without its figure after the work, and a survey that too few have answered (R-E3).
    """
    target = DEVELOPMENTS.target(State(work.state), Action.SEND)
    if not work.result or not work.benefit:
        raise Refusal(_("Please write the result and the benefit first."))
    missing = [one.name for one in work.indicators if one.after is None]
    if missing:
        raise Refusal(_("The figure after the work is missing: %(name)s", name=missing[0]))
    if work.survey is not None and not content.satisfaction_of(work)[0]:
        raise Refusal(_("Too few people have answered the survey to tell its mean."))
    work.approval = _submit(DEVELOPMENT, work, development_content(work), by)
    work.state = target
    audit.record("sent", work, by=by, after={"edition": work.edition})


def _submit(kind: str, thing: Reported, said: dict[str, Any], by: Viewer) -> Approval:
    if by.id is None:
        raise NotAllowed(_("Only its owner, or who writes those of its unit, changes this."))
    return asking.submit(
        Request(
            kind=kind,
            subject_id=thing.id,
            title=thing.title,
            content=said,
            asker_id=by.id,
            number=thing.report_number,
            unit_id=thing.unit_id,
        ),
        by=by,
    )


def acknowledge(thing: Reported, *, by: Viewer) -> None:
    """Follow the director's signature."""
    _move(thing, "acknowledge")
    thing.acknowledged_on = clock.today()
    audit.record("acknowledged", thing, by=by, after={"edition": thing.edition})


def give_back(thing: Reported, *, by: Viewer) -> None:
    """Follow a no, a recall or a void: the report can be written again."""
    _move(thing, "return")
    thing.acknowledged_on = None
    audit.record("returned", thing, by=by, after={"edition": thing.edition})


def revise(thing: Reported, *, by: Viewer) -> None:
    """Begin a new edition of an acknowledged report; the earlier one stays as it was signed."""
    _move(thing, "revise")
    thing.acknowledged_on = None
    thing.edition += 1
    audit.record("renewed", thing, by=by, after={"edition": thing.edition})


def _move(thing: Reported, act: str) -> None:
    if isinstance(thing, Study):
        thing.state = STUDIES.target(StudyState(thing.state), StudyAction(act))
    else:
        thing.state = DEVELOPMENTS.target(State(thing.state), Action(act))


def locked(approval: Approval) -> Reported | None:
    """Return what an approval is of, locked; None where another approval replaced it."""
    if approval.kind == STUDY:
        return db.session.scalar(
            select(Study)
            .where(Study.id == approval.subject_id, Study.approval_id == approval.id)
            .with_for_update()
        )
    return db.session.scalar(
        select(Development)
        .where(Development.id == approval.subject_id, Development.approval_id == approval.id)
        .with_for_update()
    )
