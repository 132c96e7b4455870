"""What trainings tell the engine of approvals: the head of the unit lets somebody take part."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from helpdesk.trainings.models import TrainingEnrolment
from helpdesk.trainings.rules import enrolling
from helpdesk.trainings.states import SessionState, State
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.i18n import lazy_gettext as _l
from office.approvals import kinds
from office.approvals.kinds import Content, Kind, StepPlan
from office.approvals.models import Approval
from office.approvals.states import Place

HEAD = StepPlan("หัวหน้าหน่วยงานของผู้เข้าอบรม", "Head of the participant's unit", Place.OWN_UNIT)


def register() -> None:
    """Make the kind known to the engine."""
    kinds.register(
        Kind(
            key=enrolling.KIND,
            label=_l("Taking part in a training"),
            facts=_facts,
            title=_title,
            page=_page,
            first_path=(HEAD,),
            approved=_approved,
            rejected=_rejected,
            recalled=_withdrawn,
            voided=_withdrawn,
        )
    )


def _page(enrolment_id: int) -> str:
    place = db.session.get(TrainingEnrolment, enrolment_id)
    return f"/trainings/{place.session_id}" if place is not None else "/trainings"


def _title(content: Content, kept: str) -> str:
    return str(content["title_en"] or kept) if language() == "en" else kept


def _facts(content: Content) -> Sequence[tuple[str, str]]:
    return [
        (_("Training"), str(content["title"])),
        (_("Name"), str(content["name"])),
        (_("Hours"), str(content["hours"])),
    ]


def _place(approval: Approval) -> TrainingEnrolment | None:
    found = db.session.scalar(
        select(TrainingEnrolment)
        .where(TrainingEnrolment.id == approval.subject_id)
        .with_for_update()
    )
    if found is None or found.state != State.ASKED or found.session.state != SessionState.OPEN:
        return None
    return found if found.approval_id in (None, approval.id) else None


def _approved(approval: Approval, by: Viewer) -> None:
    place = _place(approval)
    if place is not None:
        enrolling.seat(place, by=by)


def _rejected(approval: Approval, by: Viewer) -> None:
    place = _place(approval)
    if place is not None:
        enrolling.refuse(place, by=by)


def _withdrawn(approval: Approval, by: Viewer) -> None:
    place = _place(approval)
    if place is not None:
        enrolling.withdraw(place, by=by)
