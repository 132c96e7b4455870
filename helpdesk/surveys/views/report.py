"""The report of a survey (F11): writing it, its signatures, and its paper."""

from __future__ import annotations

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from helpdesk.surveys import access, form_paper, papers
from helpdesk.surveys import results as told
from helpdesk.surveys.approving import PAPER
from helpdesk.surveys.forms import ReopenForm, ReportForm
from helpdesk.surveys.models import SurveyReport
from helpdesk.surveys.rules import reporting
from helpdesk.surveys.states import REPORTS, ReportState
from helpdesk.surveys.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import NotFound
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.sending import disposition
from kernel.work import check_version, work
from office.approvals import papers as approvals
from office.approvals.models import Approval
from office.papers.queries import valid_paper
from office.places.naming import office_name


def known(report_id: int) -> SurveyReport:
    """Return a report.

    Raises:
        NotFound: there is none with this id.
    """
    found = db.session.get(SurveyReport, report_id)
    if found is None:
        raise NotFound(_("There is no such report."))
    return found


@blueprint.post("/surveys/<int:survey_id>/report")
@permit(access.MAKE)
def begin_report(survey_id: int) -> ResponseReturnValue:
    """Begin the report, filled from the data."""
    ActionForm().insist()
    with work():
        report = reporting.begin(access.survey_known(survey_id), by=viewer())
        db.session.flush()  # the address names the report
        here = url_for("surveys.report", report_id=report.id)
    return redirect(here)


@blueprint.route("/surveys/reports/<int:report_id>", methods=["GET", "POST"])
@permit(access.SEE)
def report(report_id: int) -> ResponseReturnValue:
    """Show the report, and let it be written while it was not sent."""
    found = known(report_id)
    form = ReportForm(obj=found, version=str(found.version))
    if form.is_submitted():
        viewer().demand(access.MAKE)
    if form.accepted():
        with form.refusals():
            with work():
                found = known(report_id)
                check_version(found.version, form.seen_version)
                reporting.write(found, form.changes(), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("surveys.report", report_id=report_id))
        found = known(report_id)
        form.stand_at(found.version)
    page = render_template(
        "helpdesk/surveys/report.html",
        report=found,
        survey=found.survey,
        found=told.of(found.survey),
        form=form,
        again=ReopenForm(),
        face=REPORTS.faces[ReportState(found.state)],
        draft=found.state == ReportState.DRAFT,
        may_make=viewer().may(access.MAKE),
    )
    return page, form.status


@blueprint.post("/surveys/reports/<int:report_id>/send")
@permit(access.MAKE)
def send_report(report_id: int) -> ResponseReturnValue:
    """Send the report for signatures."""
    form = ActionForm()
    form.insist()
    with work():
        found = known(report_id)
        check_version(found.version, form.seen_version)
        reporting.send(found, by=viewer())
    flash(_("The report waits for its signatures."), "ok")
    return redirect(url_for("surveys.report", report_id=report_id))


@blueprint.post("/surveys/reports/<int:report_id>/reopen")
@permit(access.MAKE)
def reopen_report(report_id: int) -> ResponseReturnValue:
    """Write a report anew that was sent; its signatures become void."""
    form = ReopenForm()
    form.insist()
    with work():
        reporting.reopen(known(report_id), form.reason.data or "", by=viewer())
    flash(_("The report can be written again."), "ok")
    return redirect(url_for("surveys.report", report_id=report_id))


@blueprint.get("/surveys/reports/<int:report_id>/paper.pdf")
@permit(access.SEE)
def report_paper(report_id: int) -> Response:
    """Send the report as PDF, with the signatures that were given."""
    found = known(report_id)
    approval = db.session.get(Approval, found.approval_id) if found.approval_id else None
    sent = approval is not None and found.state != ReportState.DRAFT
    signed = approvals.places(approval) if approval is not None and sent else []
    issued = valid_paper(PAPER, found.number) if found.state == ReportState.SIGNED else None
    made = papers.report_pdf(
        found,
        signed,
        issued,
        office=office_name("th"),
        base_url=current_app.extensions["settings"].base_url,
    )
    answer = Response(made, content_type="application/pdf")
    name = (found.number or "F11").replace("/", "-")
    answer.headers["Content-Disposition"] = disposition(f"{name}.pdf", inline=True)
    return answer


@blueprint.get("/surveys/<int:survey_id>/form.pdf")
@permit(access.SEE)
def form_to_fill(survey_id: int) -> Response:
    """Send the questions of a survey as a form to fill in by hand."""
    survey = access.survey_known(survey_id)
    made = form_paper.form_pdf(survey, survey.questions, office=office_name("th"))
    answer = Response(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = disposition(f"{survey.title}.pdf", inline=True)
    return answer
