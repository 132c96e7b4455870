"""What studies and developments tell the engine of approvals: both reports, and what follows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from helpdesk.studies import parts
from helpdesk.studies.models import Study
from helpdesk.studies.rules import reporting
from helpdesk.studies.states import SORTS, Sort
from kernel.access import Viewer
from kernel.i18n import gettext as _
from kernel.pages import show_money
from office.approvals import kinds
from office.approvals.kinds import Content, Kind, StepPlan
from office.approvals.models import Approval
from office.approvals.papers import signers_for_record
from office.approvals.states import Place
from office.papers import rules as papers

DIRECTOR = StepPlan("ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา", "Director of the area office", Place.OFFICE)
TITLES = {
    reporting.STUDY: ("แบบรายงานผลการศึกษาวิเคราะห์", "Report on a study and analysis"),
    reporting.DEVELOPMENT: (
        "แบบรายงานผลการพัฒนา ปรับปรุง และประยุกต์ใช้ ICT",
        "Report on ICT development, improvement and application",
    ),
}


def register() -> None:
    """Make both kinds known to the engine."""
    kinds.register(
        Kind(
            key=reporting.STUDY,
            label=parts.TITLES["F14"],
            facts=_study_facts,
            page=lambda study_id: f"/studies/{study_id}/report",
            first_path=(DIRECTOR,),
            approved=_acknowledged,
            rejected=_given_back,
            recalled=_given_back,
            voided=_voided,
        )
    )
    kinds.register(
        Kind(
            key=reporting.DEVELOPMENT,
            label=parts.TITLES["F16"],
            facts=_development_facts,
            page=lambda development_id: f"/developments/{development_id}/report",
            first_path=(DIRECTOR,),
            approved=_acknowledged,
            rejected=_given_back,
            recalled=_given_back,
            voided=_voided,
        )
    )


def _study_facts(content: Content) -> Sequence[tuple[str, str]]:
    findings = [str(one["words"]["findings"]) for one in content["records"]]
    return [
        (_("System"), str(content["system"])),
        (_("Unit"), str(content["unit"])),
        (_("Who answers for it"), str(content["person"])),
        (str(parts.LABELS["findings"]), "\n".join(findings)),
        *_parts(content, parts.F14),
    ]


def _development_facts(content: Content) -> Sequence[tuple[str, str]]:
    figures = [_figure(one) for one in content["indicators"]]
    return [
        (_("Sort"), str(SORTS[Sort(str(content["sort"]))])),
        (_("System"), str(content["system"]) or "–"),
        (_("Unit"), str(content["unit"])),
        (_("Who answers for it"), str(content["person"])),
        (_("Budget (baht)"), show_money(Decimal(str(content["budget"])))),
        (str(parts.LABELS["goal"]), str(content["words"]["goal"])),
        (_("Figures before and after"), "\n".join(figures) or "–"),
        (_("Mean satisfaction"), str(content["satisfaction_mean"]) or "–"),
        *_parts(content, parts.F16),
    ]


def _figure(one: Content) -> str:
    figures = f"{one['name']}: {one['before']} → {one['after']} {one['unit']}".strip()
    return _("%(figures)s (target %(target)s)", figures=figures, target=one["target"])


def _parts(content: Content, names: Sequence[str]) -> list[tuple[str, str]]:
    words = content["words"]
    return [(str(parts.LABELS[name]), str(words[name])) for name in names if words[name]]


def _acknowledged(approval: Approval, by: Viewer) -> None:
    thing = reporting.locked(approval)
    if thing is None:
        return
    reporting.acknowledge(thing, by=by)
    title_th, title_en = TITLES[approval.kind]
    papers.issue(
        approval.kind,
        approval.number,
        title_th=title_th,
        title_en=title_en,
        content_hash=approval.snapshot_hash,
        signers=signers_for_record(approval),
        by=by,
    )


def _given_back(approval: Approval, by: Viewer) -> None:
    thing = reporting.locked(approval)
    if thing is not None:
        reporting.give_back(thing, by=by)


def _voided(approval: Approval, by: Viewer) -> None:
    """Make the paper of this edition void; where it is the present one, it is written again."""
    papers.void_number(approval.kind, approval.number, _("The approval was made void."), by=by)
    thing = reporting.locked(approval)
    if thing is not None and _present(thing, approval):
        reporting.give_back(thing, by=by)


def _present(thing: Study | reporting.Reported, approval: Approval) -> bool:
    """Tell whether an approval is of the edition that is sent or acknowledged now."""
    return thing.report_number == approval.number and thing.state in ("waiting", "acknowledged")
