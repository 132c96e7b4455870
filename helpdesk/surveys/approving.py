"""What surveys tell the engine of approvals: the chain of signatures of a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from helpdesk.surveys.models import SurveyReport
from helpdesk.surveys.rules import reporting
from helpdesk.surveys.states import ReportState
from kernel.access import Viewer
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from office.approvals import kinds
from office.approvals.kinds import Content, Kind, StepPlan
from office.approvals.models import Approval
from office.approvals.papers import signers_for_record
from office.approvals.states import Place
from office.papers import rules as papers

PAPER = "survey_report"
HEAD = StepPlan("หัวหน้าหน่วยงานของผู้รายงาน", "Head of the reporter's unit", Place.OWN_UNIT)
DIRECTOR = StepPlan("ผู้อำนวยการสำนักงาน", "Director of the office", Place.OFFICE)


def register() -> None:
    """Make the kind known to the engine."""
    kinds.register(
        Kind(
            key=reporting.KIND,
            label=_l("Report on a survey"),
            facts=_facts,
            page=lambda report_id: f"/surveys/reports/{report_id}",
            first_path=(HEAD, DIRECTOR),
            may_repeat=True,
            approved=_approved,
            rejected=_back,
            recalled=_back,
            voided=_void,
        )
    )


def _facts(content: Content) -> Sequence[tuple[str, str]]:
    whole = [str(one) for one in content["whole"]]
    mean = _("%(mean)s (S.D. %(deviation)s)", mean=whole[0], deviation=whole[1]) if whole else "–"
    return [
        (_("Survey"), str(content["title"])),
        (_("Answers"), str(content["n"])),
        (_("Mean"), mean),
        (_("Summary for the director"), str(content["summary"])),
        (_("Problems"), str(content["problems"]) or "–"),
        (_("Suggestions"), str(content["suggestions"]) or "–"),
    ]


def _with(approval: Approval, act: Callable[[SurveyReport], None]) -> None:
    report = reporting.locked(approval.subject_id)
    if report is not None and report.approval_id in (None, approval.id):
        act(report)


def _approved(approval: Approval, by: Viewer) -> None:
    def sign(report: SurveyReport) -> None:
        reporting.sign(report, by=by)
        papers.issue(
            PAPER,
            report.number,
            title_th="แบบรายงานสรุปผลการประเมิน",
            title_en="Report on a survey",
            content_hash=approval.snapshot_hash,
            signers=signers_for_record(approval),
            by=by,
        )

    _with(approval, sign)


def _back(approval: Approval, by: Viewer) -> None:
    _with(approval, lambda report: reporting.take_back(report, by=by))


def _void(approval: Approval, by: Viewer) -> None:
    def undo(report: SurveyReport) -> None:
        if report.state == ReportState.SIGNED:
            papers.void_number(PAPER, report.number, _("The approval was made void."), by=by)
        reporting.take_back(report, by=by)

    _with(approval, undo)
