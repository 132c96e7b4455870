"""The summary report: written in versions, sent to the director, acknowledged."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from helpdesk.programmes import counting, queries
from helpdesk.programmes.models import Programme
from helpdesk.programmes.report_models import LogEntry, ProgrammeReport
from helpdesk.programmes.rules import stepping
from helpdesk.programmes.states import (
    PROGRAMMES,
    REPORTS,
    Action,
    ActivityState,
    LogKind,
    ReportAction,
    ReportState,
    State,
    StepKind,
)
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.approvals.rules import asking
from office.approvals.rules.asking import Request
from office.bookkeeping import audit

KIND = "programme_report"


def newest(programme: Programme) -> ProgrammeReport | None:
    """Return the newest version of the report of a programme."""
    return db.session.scalar(
        select(ProgrammeReport)
        .where(ProgrammeReport.programme_id == programme.id)
        .order_by(ProgrammeReport.edition.desc())
        .limit(1)
    )


def begin(programme: Programme, *, by: Viewer) -> ProgrammeReport:
    """Begin a version: problems and risks come from the log, the words of an earlier one stay.

    Refuses a programme that is not under way, and a version while another one is open.
    """
    if programme.state != State.RUNNING:
        raise Refusal(_("The report is written once the director has approved the programme."))
    earlier = newest(programme)
    if earlier is not None and earlier.state != ReportState.ACKNOWLEDGED:
        raise Refusal(_("A version of the report is open already."))
    made = ProgrammeReport(
        programme=programme,
        edition=earlier.edition + 1 if earlier else 1,
        state=ReportState.DRAFT,
        summary=earlier.summary if earlier else "",
        problems=earlier.problems if earlier else _met_with(programme),
        suggestions=earlier.suggestions if earlier else "",
        made_at=clock.now(),
        made_by_id=by.id,
    )
    db.session.add(made)
    audit.record("begun", made, by=by, after={"edition": made.edition})
    return made


def _met_with(programme: Programme) -> str:
    """Return the problems of the log, then its risks, one under the other."""
    entries = db.session.execute(
        select(LogEntry.kind, LogEntry.words)
        .where(
            LogEntry.programme_id == programme.id,
            LogEntry.kind.in_((LogKind.PROBLEM, LogKind.RISK)),
        )
        .order_by(LogEntry.kind, LogEntry.on_day, LogEntry.id)
    ).all()
    with speaking("th"):
        return "\n".join(
            _("Risk: %(words)s", words=words) if kind == LogKind.RISK else words
            for kind, words in entries
        )


def write(
    report: ProgrammeReport, summary: str, problems: str, suggestions: str, *, by: Viewer
) -> None:
    """Write the words of a draft; refuses a version that was sent."""
    if report.state != ReportState.DRAFT:
        raise Refusal(_("This version was sent and stays as it is."))
    report.summary, report.problems = summary.strip(), problems.strip()
    report.suggestions = suggestions.strip()
    audit.record("edited", report, by=by, after={"edition": report.edition})


def send(report: ProgrammeReport, *, by: Viewer) -> None:
    """Send a version to the director; its figures are frozen now.

    Refuses what is sent already, a report without a summary, a programme that is not under way,
    and one with a step before the report that is neither done nor left out.
    """
    target = REPORTS.target(ReportState(report.state), ReportAction.SEND)
    programme = report.programme
    if programme.state != State.RUNNING:
        raise Refusal(_("This programme is not under way."))
    stepping.demand_settled(programme)
    if not report.summary:
        raise Refusal(_("Please write the summary first."), field="summary")
    if by.id is None:
        raise NotAllowed(_("Only the working group changes this programme."))
    report.figures = figures(programme)
    content = {
        "programme": programme.name,
        "fiscal_year": programme.fiscal_year,
        "edition": report.edition,
        "summary": report.summary,
        "problems": report.problems,
        "suggestions": report.suggestions,
        "figures": report.figures,
    }
    report.approval = asking.submit(
        Request(
            kind=KIND,
            subject_id=report.id,
            title=programme.name,
            content=content,
            asker_id=by.id,
            unit_id=programme.unit_id,
        ),
        by=by,
    )
    report.state = target
    audit.record("sent", report, by=by, after={"edition": report.edition})


def acknowledge(report: ProgrammeReport, *, by: Viewer) -> None:
    """Follow the director's signature: the report step is done and the programme closed.

    Refuses while a step before the report is neither done nor left out.
    """
    report.state = REPORTS.target(ReportState(report.state), ReportAction.ACKNOWLEDGE)
    programme = report.programme
    stepping.demand_settled(programme)
    stepping.decide(programme, StepKind.REPORT, done=True, doc_no="", by=by)
    programme.state = PROGRAMMES.target(State(programme.state), Action.CLOSE)
    audit.record("acknowledged", report, by=by, after={"edition": report.edition})


def give_back(report: ProgrammeReport, *, by: Viewer) -> None:
    """Follow a no or a recall: the version is a draft again."""
    report.state = REPORTS.target(ReportState(report.state), ReportAction.RETURN)
    audit.record("returned", report, by=by, after={"edition": report.edition})


def figures(programme: Programme) -> dict[str, Any]:
    """Return the figures of a programme as they are now, in plain values; names in Thai."""
    plan = queries.activities_of(programme.id)
    with speaking("th"):
        counted = [[one.label, one.value] for one in counting.figures(programme)]
        results = [
            {
                "name": one.indicator.name,
                "unit": one.indicator.unit_word,
                "target": f"{one.indicator.target:f}",
                "result": "" if one.value is None else f"{one.value:f}",
                "met": one.met,
                "evidence": one.indicator.evidence or one.source,
            }
            for one in counting.results(programme, list(queries.indicators_of(programme.id)))
        ]
    return {
        "steps": _steps(programme),
        "counted": counted,
        "indicators": results,
        "activities": [
            {
                "title": one.title,
                "state": str(one.state),
                "budget": f"{one.budget:.2f}",
                "spent": f"{one.spent:.2f}",
            }
            for one in plan
        ],
        "done": sum(one.state == ActivityState.DONE for one in plan),
        "planned": len(plan),
        "budget": f"{programme.budget:.2f}",
        "spent": f"{sum(one.spent for one in plan):.2f}",
    }


def _steps(programme: Programme) -> list[dict[str, Any]]:
    """Return what came of each step before the report; those left out with their reason."""
    return [
        {
            "number": one.number,
            "title_th": one.title_th,
            "title_en": one.title_en,
            "state": str(one.state),
            "done_on": one.done_on.isoformat() if one.done_on else "",
            "doc_no": one.doc_no,
            "remark": one.remark,
        }
        for one in queries.steps_of(programme.id)
        if one.kind != StepKind.REPORT
    ]
