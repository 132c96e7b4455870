"""The summary report: its versions, writing one, sending it to the director."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.programmes import access, report_queries, sources
from helpdesk.programmes.forms import ReportForm
from helpdesk.programmes.report_models import ProgrammeReport
from helpdesk.programmes.rules import reporting, stepping
from helpdesk.programmes.states import ACTIVITIES, REPORTS, ReportState, State
from helpdesk.programmes.views.blueprint import blueprint
from helpdesk.programmes.views.people import page
from kernel.access import permit, viewer
from kernel.db import db
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.work import check_version, work


@blueprint.get("/<int:programme_id>/reports")
@permit(access.READ)
def reports(programme_id: int) -> ResponseReturnValue:
    """List the versions of the report."""
    shown = access.programme_seen(viewer(), programme_id)
    found = report_queries.reports_of(shown.id)
    open_one = bool(found) and found[0].state != ReportState.ACKNOWLEDGED
    return page(
        "reports",
        shown,
        reports=found,
        faces=REPORTS.faces,
        may_begin=shown.state == State.RUNNING and not open_one,
    )


@blueprint.post("/<int:programme_id>/reports/new")
@permit(access.READ)
def begin_report(programme_id: int) -> ResponseReturnValue:
    """Begin a version of the report."""
    ActionForm().insist()
    with work():
        found = access.programme_edited(viewer(), programme_id)
        made = reporting.begin(found, by=viewer())
        db.session.flush()  # the address names the version
        here = url_for("programmes.report", report_id=made.id)
    return redirect(here)


@blueprint.route("/reports/<int:report_id>", methods=["GET", "POST"])
@permit(access.READ)
def report(report_id: int) -> ResponseReturnValue:
    """Show a version of the report; the working group writes its draft."""
    shown = report_queries.report_of(report_id)
    access.programme_seen(viewer(), shown.programme_id)
    form = ReportForm(data=None if request.method == "POST" else _known(shown))
    if form.accepted():
        with form.refusals():
            with work():
                found = _edited(report_id)
                check_version(found.version, form.seen_version)
                reporting.write(
                    found,
                    form.summary.data or "",
                    form.problems.data or "",
                    form.suggestions.data or "",
                    by=viewer(),
                )
            flash(_("Saved."), "ok")
            return redirect(url_for("programmes.report", report_id=report_id))
        shown = report_queries.report_of(report_id)
        form.stand_at(shown.version)
    figures = shown.figures or reporting.figures(shown.programme)
    return page(
        "report",
        shown.programme,
        form.status,
        report=shown,
        report_face=REPORTS.faces[ReportState(shown.state)],
        figures=figures,
        counted=_in_readers_words(figures["counted"]),
        activity_faces=ACTIVITIES,
        draft=shown.state == ReportState.DRAFT,
        waiting=(
            stepping.open_before_report(shown.programme)
            if shown.state != ReportState.ACKNOWLEDGED
            else ()
        ),
        form=form,
    )


def _in_readers_words(counted: Sequence[Sequence[Any]]) -> list[tuple[str, Any]]:
    """Return counted figures, which are kept in the Thai of the paper, in the reader's language."""
    with speaking("th"):
        known = {str(one.label): one for one in sources.registered()}
    return [
        (str(known[label].label) if label in known else label, value) for label, value in counted
    ]


def _known(shown: ProgrammeReport) -> dict[str, str]:
    return {
        "summary": shown.summary,
        "problems": shown.problems,
        "suggestions": shown.suggestions,
        "version": str(shown.version),
    }


def _edited(report_id: int) -> ProgrammeReport:
    found = report_queries.report_of(report_id)
    access.programme_edited(viewer(), found.programme_id)
    return found


@blueprint.post("/reports/<int:report_id>/send")
@permit(access.READ)
def send_report(report_id: int) -> ResponseReturnValue:
    """Send a version to the director."""
    form = ActionForm()
    form.insist()
    with work():
        found = _edited(report_id)
        check_version(found.version, form.seen_version)
        reporting.send(found, by=viewer())
    flash(_("Sent. The director was told."), "ok")
    return redirect(url_for("programmes.report", report_id=report_id))
