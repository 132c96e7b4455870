"""What programmes tell the engine of approvals: the proposal and the report, and what follows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from helpdesk.programmes.models import Programme, ProgrammeStep
from helpdesk.programmes.report_models import ProgrammeReport
from helpdesk.programmes.rules import proposing, reporting
from helpdesk.programmes.shipped import said
from helpdesk.programmes.states import StepKind, StepState
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.i18n import lazy_gettext as _l
from kernel.pages import show_money
from kernel.thai import BUDDHIST_OFFSET, parse_money
from office.approvals import kinds
from office.approvals.kinds import Content, Kind, StepPlan
from office.approvals.models import Approval
from office.approvals.papers import signers_for_record
from office.approvals.states import Place
from office.papers import naming
from office.papers import rules as papers

PROPOSAL_PAPER, REPORT_PAPER = "programme_proposal", "programme_report"
DIRECTOR = StepPlan("ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา", "Director of the area office", Place.OFFICE)


def register() -> None:
    """Make both kinds known to the engine, and to the page that confirms papers."""
    naming.register(PROPOSAL_PAPER, _on_paper)
    naming.register(REPORT_PAPER, _on_paper)
    kinds.register(
        Kind(
            key=proposing.KIND,
            label=_l("Programme"),
            facts=_facts,
            page=lambda programme_id: f"/programmes/{programme_id}",
            first_path=(DIRECTOR,),
            approved=_approved,
            rejected=_given_back,
            recalled=_given_back,
            voided=_given_back,
        )
    )
    kinds.register(
        Kind(
            key=reporting.KIND,
            label=_l("Report of a programme"),
            facts=_report_facts,
            page=lambda report_id: f"/programmes/reports/{report_id}",
            first_path=(DIRECTOR,),
            approved=_acknowledged,
            rejected=_report_back,
            recalled=_report_back,
            voided=_report_back,
        )
    )


def _on_paper(number: str) -> list[tuple[str, str]]:
    """Return process, fiscal year, number of the memo and version, of a paper's own number.

    Args:
        number: the id of the programme, and behind a slash the version of its report.
    """
    programme_id, _slash, edition = number.partition("/")
    programme = db.session.get_one(Programme, int(programme_id))
    kind = StepKind.REPORT if edition else StepKind.PROPOSE
    memo = db.session.scalar(
        select(ProgrammeStep.doc_no).where(
            ProgrammeStep.programme_id == programme.id, ProgrammeStep.kind == kind
        )
    )
    facts = [
        (_("Process"), f"{programme.process_no} {programme.process.name}"),
        (_("Fiscal year"), _year({"fiscal_year": programme.fiscal_year})),
        (_("Number of the document"), memo or ""),
        (_("Version"), edition),
    ]
    return [(label, value) for label, value in facts if value]


def _year(content: Content) -> str:
    """Return the fiscal year in the era of the language spoken now."""
    year = int(content["fiscal_year"])
    return str(year - BUDDHIST_OFFSET if language() == "en" else year)


def _facts(content: Content) -> Sequence[tuple[str, str]]:
    return [
        (_("Process"), f"{content['process_no']} {content['process']}"),
        (_("Fiscal year"), _year(content)),
        (_("Objective"), str(content["objective"])),
        (_("Targets"), str(content["targets"])),
        (_("Who answers for it"), str(content["owner"])),
        (_("Activities"), ", ".join(str(one["title"]) for one in content["plan"])),
        (_("Budget (baht)"), show_money(parse_money(str(content["budget"])))),
    ]


def _report_facts(content: Content) -> Sequence[tuple[str, str]]:
    figures = content["figures"]
    done = _("%(done)s of %(total)s", done=figures["done"], total=figures["planned"])
    left_out = [
        f"{one['number']} {said(one['title_th'], one['title_en'])}: {one['remark']}"
        for one in figures.get("steps", ())
        if one["state"] == StepState.SKIPPED
    ]
    return [
        (_("Fiscal year"), _year(content)),
        (_("Summary"), str(content["summary"])),
        (_("Problems"), str(content["problems"]) or "–"),
        (_("Suggestions"), str(content["suggestions"]) or "–"),
        (_("Activities done"), done),
        *([(_("Steps left out"), ", ".join(left_out))] if left_out else []),
    ]


def _programme(approval: Approval) -> Programme | None:
    return db.session.scalar(
        select(Programme)
        .where(Programme.id == approval.subject_id, Programme.approval_id == approval.id)
        .with_for_update()
    )


def _report(approval: Approval) -> ProgrammeReport | None:
    return db.session.scalar(
        select(ProgrammeReport)
        .where(
            ProgrammeReport.id == approval.subject_id, ProgrammeReport.approval_id == approval.id
        )
        .with_for_update()
    )


def _approved(approval: Approval, by: Viewer) -> None:
    programme = _programme(approval)
    if programme is None:
        return
    proposing.approve(programme, doc_no="", by=by)
    papers.issue(
        PROPOSAL_PAPER,
        str(programme.id),
        title_th="บันทึกข้อความขออนุมัติแผนงาน/โครงการ",
        title_en="Memo proposing a programme",
        content_hash=approval.snapshot_hash,
        signers=signers_for_record(approval),
        by=by,
    )


def _given_back(approval: Approval, by: Viewer) -> None:
    programme = _programme(approval)
    if programme is None:
        return
    proposing.give_back(programme, by=by)
    papers.void_number(PROPOSAL_PAPER, str(programme.id), _("Given back."), by=by)


def _acknowledged(approval: Approval, by: Viewer) -> None:
    report = _report(approval)
    if report is None:
        return
    reporting.acknowledge(report, by=by)
    papers.issue(
        REPORT_PAPER,
        f"{report.programme_id}/{report.edition}",
        title_th="แบบสรุปผลการดำเนินงาน",
        title_en="Summary report of a programme",
        content_hash=approval.snapshot_hash,
        signers=signers_for_record(approval),
        by=by,
    )


def _report_back(approval: Approval, by: Viewer) -> None:
    report = _report(approval)
    if report is not None:
        reporting.give_back(report, by=by)
