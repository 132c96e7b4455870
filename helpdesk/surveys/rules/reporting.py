"""The verbs of the report (F11): write, send for signatures, sign, take back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from helpdesk.surveys import queries, results
from helpdesk.surveys.models import Survey, SurveyReport
from helpdesk.surveys.states import (
    AUDIENCES,
    REPORTS,
    Audience,
    ReportAction,
    ReportState,
    Sort,
    State,
)
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.approvals.models import Approval
from office.approvals.rules import asking
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping

KIND = "survey_report"
SERIES = "ปม."
PARTS = ("objective", "population", "instrument", "problems", "suggestions", "summary")


def begin(survey: Survey, *, by: Viewer) -> SurveyReport:
    """Begin the report of a closed survey, filled from the data in Thai; later calls return it.

    Refuses a survey that is not closed, and one of which too few answers came to be told (R-E3).
    """
    found = queries.report_of(survey)
    if found is not None:
        return found
    if survey.state != State.CLOSED:
        raise Refusal(_("Close the survey first; the report tells of all answers."))
    with speaking("th"):
        told = results.of(survey)
        if told.hidden or told.n == 0:
            raise Refusal(_("There are too few answers for a report."))
        report = SurveyReport(survey_id=survey.id, **_filled(survey, told))
    db.session.add(report)
    audit.record("begun", report, by=by)
    return report


def _filled(survey: Survey, told: results.Results) -> dict[str, str]:
    summary = ""
    if told.whole is not None:
        summary = _(
            "On the whole the mean is %(mean)s (S.D. %(deviation)s), level: %(level)s.",
            mean=told.whole.mean,
            deviation=told.whole.deviation,
            level=told.whole.level,
        )
    scales = sum(one.sort == Sort.SCALE for one in survey.questions)
    return {
        "objective": survey.intro_th,
        "population": _people(survey, told),
        "instrument": _(
            "Questionnaire of %(all)s questions, %(scales)s of them in five levels",
            all=len(survey.questions),
            scales=scales,
        ),
        "problems": _listed(told, first=True),
        "suggestions": _listed(told, first=False),
        "summary": summary,
    }


def _people(survey: Survey, told: results.Results) -> str:
    """Return who was asked and how many answered."""
    asked = str(AUDIENCES[Audience(survey.audience)])
    people = _("%(asked)s. %(count)s answered.", asked=asked, count=told.n)
    if survey.audience == Audience.SAMPLE:
        people = _(
            "N = %(all)s, sample of %(size)s drawn by lot (seed %(seed)s); %(count)s answered, "
            "%(rate)s percent.",
            all=survey.population,
            size=survey.sample_size,
            seed=survey.seed,
            count=told.n,
            rate=told.rate,
        )
    elif told.rate is not None:
        people = _(
            "%(asked)s. %(invited)s were asked, %(count)s answered, %(rate)s percent.",
            asked=asked,
            invited=survey.invited,
            count=told.n,
            rate=told.rate,
        )
    return people


def _listed(told: results.Results, *, first: bool) -> str:
    """Return the open answers of the last part as lines: its last question asks for suggestions."""
    last = told.words[-1][0].section_th if told.words else ""
    part = [one for one in told.words if one[0].section_th == last]
    chosen = part[:-1] if first else part[-1:]
    return "\n".join(f"- {words}" for _question, lines in chosen for words in lines)


def write(report: SurveyReport, changes: dict[str, Any], *, by: Viewer) -> None:
    """Change the words of a report that was not sent."""
    REPORTS.target(ReportState(report.state), ReportAction.WRITE)
    audit.record_changes("edited", report, changes, by=by)


def content(report: SurveyReport) -> dict[str, Any]:
    """Return everything that is signed: the words and every figure."""
    with speaking("th"):
        told = results.of(report.survey)
        rows = [
            [one.label, one.score.n, one.mean, one.deviation, one.level, one.rank]
            for aspect in told.aspects
            for one in (*aspect.lines, aspect.total)
        ]
        whole = [] if told.whole is None else [told.whole.mean, told.whole.deviation]
    said = {name: getattr(report, name) for name in PARTS}
    return {"title": report.survey.title_th, "n": told.n, "rows": rows, "whole": whole, **said}


def send(report: SurveyReport, *, by: Viewer) -> None:
    """Send a report for signatures; it gets its number the first time. Refuses an empty summary."""
    target = REPORTS.target(ReportState(report.state), ReportAction.SEND)
    if not report.summary.strip():
        raise Refusal(_("Please write the summary for the director."), field="summary")
    if not report.number:
        report.number = bookkeeping.next_number(SERIES)
    report.state = target
    request = asking.Request(
        kind=KIND,
        subject_id=report.id,
        title=report.survey.title_th,
        content=content(report),
        asker_id=by.id or 0,
        number=report.number,
    )
    approval = asking.submit(request, by=by)
    report.approval_id = approval.id
    audit.record("sent", report, by=by, after={"number": report.number})


def locked(report_id: int) -> SurveyReport | None:
    """Return a report under the writer's lock."""
    return db.session.scalar(
        select(SurveyReport).where(SurveyReport.id == report_id).with_for_update()
    )


def sign(report: SurveyReport, *, by: Viewer) -> None:
    """Every signature is given."""
    report.state = REPORTS.target(ReportState(report.state), ReportAction.SIGN)
    audit.record("signed", report, by=by)


def take_back(report: SurveyReport, *, by: Viewer) -> None:
    """Open a report for writing again, after it was rejected, recalled or made void."""
    report.state = REPORTS.target(ReportState(report.state), ReportAction.TAKE_BACK)
    audit.record("taken_back", report, by=by)


def reopen(report: SurveyReport, reason: str, *, by: Viewer) -> None:
    """Write a report anew that waits or is signed: its approval becomes void."""
    approval = db.session.get(Approval, report.approval_id) if report.approval_id else None
    if approval is None:
        raise Refusal(_("The report was not sent yet."))
    asking.void(approval, reason, by=by)
