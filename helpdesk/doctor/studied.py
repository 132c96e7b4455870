"""Checks of studies, developments and the register of systems."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import exists, select

from helpdesk.access_rights.card_models import SystemCard
from helpdesk.doctor.findings import Check, named, rows
from helpdesk.studies.models import Development, Study, StudyRecord
from helpdesk.studies.rules.reporting import DEVELOPMENT, STUDY
from helpdesk.studies.states import RecordState, State, StudyState
from kernel.i18n import lazy_gettext as _l
from office.approvals.models import Approval
from office.approvals.states import State as ApprovalState


def study_reports() -> Iterator[str]:
    """Yield studies whose state does not fit the approval of their report."""
    yield from _unfit(Study, STUDY, StudyState.WAITING, StudyState.ACKNOWLEDGED)


def development_reports() -> Iterator[str]:
    """Yield developments whose state does not fit the approval of their report."""
    yield from _unfit(Development, DEVELOPMENT, State.WAITING, State.ACKNOWLEDGED)


def _unfit(
    model: type[Study] | type[Development], kind: str, waiting: str, acknowledged: str
) -> Iterator[str]:
    query = (
        select(
            model.id,
            model.number,
            model.edition,
            model.state,
            Approval.kind.label("kind"),
            Approval.subject_id,
            Approval.number.label("said"),
            Approval.state.label("approval"),
        )
        .join(Approval, Approval.id == model.approval_id)
        .order_by(model.id)
    )
    for row in rows(query):
        open_ = row.approval in (ApprovalState.WAITING, ApprovalState.SENT_BACK)
        present = row.said == f"{row.number}-{row.edition}"
        right = (row.kind, row.subject_id) == (kind, row.id)
        right = right and (row.state == waiting) == open_
        if row.state == acknowledged:
            right = right and present and row.approval == ApprovalState.APPROVED
        if not right:
            yield f"{model.__tablename__} {row.id}"


def study_records() -> Iterator[str]:
    """Yield studies that are sent or acknowledged with a record that is a draft, or with none."""
    sent = Study.state.in_((StudyState.WAITING, StudyState.ACKNOWLEDGED))
    mine = StudyRecord.study_id == Study.id
    draft = exists().where(mine, StudyRecord.state == RecordState.DRAFT)
    query = select(Study.id).where(sent, draft | ~exists().where(mine)).order_by(Study.id)
    return named("study", query)


def system_cards() -> Iterator[str]:
    """Yield cards of systems whose kinds of personal data do not fit what they say of them."""
    query = select(SystemCard.system_id, SystemCard.personal_data, SystemCard.data_kinds)
    for row in rows(query.order_by(SystemCard.system_id)):
        if bool(row.personal_data) != bool(row.data_kinds):
            yield f"system_card {row.system_id}"


CHECKS = (
    Check(
        "study_reports",
        _l("A study waits or is acknowledged as its report's approval says."),
        _l("Compare the study with its approval; make the approval void if they differ."),
        study_reports,
    ),
    Check(
        "development_reports",
        _l("A development waits or is acknowledged as its report's approval says."),
        _l("Compare the development with its approval; make the approval void if they differ."),
        development_reports,
    ),
    Check(
        "study_records",
        _l("A study that was sent has only finished records."),
        _l("Make the approval void, finish the records and send the report again."),
        study_records,
    ),
    Check(
        "system_cards",
        _l("A card of a system names kinds of personal data exactly where it holds them."),
        _l("Let an owner write the card of the system anew."),
        system_cards,
    ),
)
