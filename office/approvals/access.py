"""Who may see and decide approvals, write paths and enter absences; the loaders that refuse.

Everybody may be asked to sign, so signing needs no role: who is asked is a fact of the step.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import joinedload

from kernel import clock
from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.approvals.models import (
    Absence,
    Approval,
    ApprovalAct,
    ApprovalPath,
    ApprovalStep,
    StepSigner,
)
from office.approvals.states import Act, State, StepState
from office.people.access import EVERYONE, Role
from office.people.models import Person

SIGN = permission("office:approval:sign", roles=EVERYONE)
FOLLOW = permission("office:approval:follow", roles=EVERYONE)
SEE = permission("office:approval:see", roles=(Role.ADMIN, Role.AUDITOR))
ASSIGN = permission("office:approval:assign", roles=(Role.ADMIN,))
PATHS = permission("office:approval_path:edit", roles=(Role.ADMIN,), office_wide=True)
AWAY = permission("office:absence:enter", roles=EVERYONE)
AWAY_OTHERS = permission("office:absence:enter_others", roles=(Role.ADMIN,))


def stands_in(person_id: int | None, today: date) -> ColumnElement[bool]:
    """Return the term: somebody stands in today for the person of a ``StepSigner`` row."""
    return exists().where(
        Absence.person_id == StepSigner.person_id,
        Absence.stand_in_id == person_id,
        Absence.first_day <= today,
        Absence.last_day >= today,
        Absence.cancelled_at.is_(None),
    )


def waits_for(person_id: int | None) -> ColumnElement[bool]:
    """Return the WHERE term of the open steps that a person can sign now.

    Asks over ``ApprovalStep`` joined with ``Approval`` and ``ApprovalPath``.
    """
    signed = exists().where(
        ApprovalAct.step_id == StepSigner.step_id,
        ApprovalAct.act == Act.APPROVED,
        ApprovalAct.principal_id == func.coalesce(StepSigner.for_person_id, StepSigner.person_id),
    )
    seat = exists().where(
        StepSigner.step_id == ApprovalStep.id,
        StepSigner.ended_at.is_(None),
        or_(
            StepSigner.person_id == person_id,
            and_(StepSigner.for_person_id.is_(None), stands_in(person_id, clock.today())),
        ),
        ~signed,
    )
    signed_before = exists().where(
        ApprovalAct.approval_id == Approval.id,
        ApprovalAct.round == Approval.round,
        ApprovalAct.act == Act.APPROVED,
        ApprovalAct.person_id == person_id,
    )
    return and_(
        ApprovalStep.state == StepState.OPEN,
        Approval.state == State.WAITING,
        Approval.asker_id != person_id,
        seat,
        or_(ApprovalPath.may_repeat, ~signed_before),
    )


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the approvals that a viewer may read.

    The own requests, those the viewer is or was asked about (in person or standing in today) or
    acted on, and those of the units whose approvals the viewer may see.
    """
    if viewer.id is None:
        return false()
    asked = exists().where(
        StepSigner.step_id == ApprovalStep.id,
        ApprovalStep.approval_id == Approval.id,
        or_(StepSigner.person_id == viewer.id, stands_in(viewer.id, clock.today())),
    )
    acted = exists().where(
        ApprovalAct.approval_id == Approval.id, ApprovalAct.person_id == viewer.id
    )
    mine = or_(Approval.asker_id == viewer.id, asked, acted)
    if not viewer.scope(SEE):
        return mine
    return or_(mine, viewer.scope(SEE).clause(Approval.unit_id))


def approval_seen(viewer: Viewer, approval_id: int) -> Approval:
    """Return an approval that the viewer may read.

    Raises:
        NotFound: there is none, or it is none of the viewer's business.
    """
    found = db.session.scalar(
        select(Approval)
        .options(joinedload(Approval.asker), joinedload(Approval.unit), joinedload(Approval.path))
        .where(Approval.id == approval_id, visible(viewer))
    )
    if found is None:
        raise NotFound(_("There is no such request."))
    return found


def may_read(viewer: Viewer, approval_id: int) -> bool:
    """Tell whether ``approval_seen`` would find it."""
    found = select(Approval.id).where(Approval.id == approval_id, visible(viewer))
    return db.session.scalar(found) is not None


def can_sign(viewer: Viewer, approval: Approval) -> bool:
    """Tell whether the open step of an approval waits for the viewer now."""
    return bool(
        db.session.scalar(
            select(ApprovalStep.id)
            .join(Approval, Approval.id == ApprovalStep.approval_id)
            .join(ApprovalPath, ApprovalPath.id == Approval.path_id)
            .where(Approval.id == approval.id, waits_for(viewer.id))
        )
    )


def absence_edited(viewer: Viewer, absence_id: int) -> Absence:
    """Return an absence that the viewer may end: the own one, or of a person administered.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    found = db.session.get(Absence, absence_id)
    if found is None or not (
        found.person_id == viewer.id or viewer.may(AWAY_OTHERS, found.person.unit_id)
    ):
        raise NotFound(_("There is no such absence."))
    return found


def person_away(viewer: Viewer, person_id: int) -> Person:
    """Return the person whose absence the viewer may enter.

    Raises:
        NotFound: there is none, or the viewer does not administer them.
    """
    found = db.session.get(Person, person_id)
    if found is None or not (found.id == viewer.id or viewer.may(AWAY_OTHERS, found.unit_id)):
        raise NotFound(_("There is no such person."))
    return found
