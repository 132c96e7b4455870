"""The report on a study (F14): written, sent to the director, printed, begun anew."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.studies import access, parts, queries
from helpdesk.studies.forms import FilesForm, StudyReportForm
from helpdesk.studies.models import Study, StudyFile
from helpdesk.studies.rules import reporting, studying
from helpdesk.studies.states import STUDIES, StudyAction, StudyState
from helpdesk.studies.views import shared
from helpdesk.studies.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import check_version, work
from office.approvals import papers as signatures


@blueprint.route("/studies/<int:study_id>/report", methods=["GET", "POST"])
@permit(access.READ)
def report(study_id: int) -> ResponseReturnValue:
    """Show the report on a study, and let it be written while it was not sent."""
    shown = access.study_seen(viewer(), study_id)
    form = StudyReportForm(data=None if request.method == "POST" else _known(shown))
    if form.accepted():
        with form.refusals():
            with work():
                found = access.study_edited(viewer(), study_id)
                check_version(found.version, form.seen_version)
                studying.write_report(found, form.words(), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("studies.report", study_id=study_id))
        shown = access.study_seen(viewer(), study_id)
        form.stand_at(shown.version)
    return _page(shown, form)


def _known(shown: Study) -> dict[str, object]:
    words = {name: getattr(shown, name) for name in parts.F14}
    return {**words, "version": str(shown.version)}


def _page(shown: Study, form: StudyReportForm) -> ResponseReturnValue:
    state = StudyState(shown.state)
    sent = shown.approval if state in (StudyState.WAITING, StudyState.ACKNOWLEDGED) else None
    page = render_template(
        "helpdesk/studies/study_report.html",
        study=shown,
        face=STUDIES.faces[state],
        records=queries.records_of(shown.id),
        facts=parts.written(shown, parts.F14),
        system=shared.system_shown(shown),
        signed=signatures.signatures(sent) if sent is not None else [],
        editions=queries.editions(reporting.STUDY, shown.id),
        files=queries.files_of(StudyFile.study_id, [shown.id])[shown.id],
        actions=STUDIES.actions(state) if access.may_edit(viewer(), shown) else (),
        Action=StudyAction,
        parts=parts.F14,
        form=form,
        upload=FilesForm(formdata=None),
    )
    return page, form.status


@blueprint.post("/studies/<int:study_id>/report/send")
@permit(access.READ)
def send_report(study_id: int) -> ResponseReturnValue:
    """Send the report to the director."""
    form = ActionForm()
    form.insist()
    with work():
        found = access.study_edited(viewer(), study_id)
        check_version(found.version, form.seen_version)
        reporting.send_study(found, by=viewer())
    flash(_("The report waits for the director."), "ok")
    return redirect(url_for("studies.report", study_id=study_id))


@blueprint.post("/studies/<int:study_id>/report/revise")
@permit(access.READ)
def revise_report(study_id: int) -> ResponseReturnValue:
    """Begin a new edition of an acknowledged report."""
    ActionForm().insist()
    with work():
        reporting.revise(access.study_edited(viewer(), study_id), by=viewer())
    flash(_("A new edition is begun; the earlier one stays as it was signed."), "ok")
    return redirect(url_for("studies.report", study_id=study_id))


@blueprint.get("/studies/<int:study_id>/report.pdf")
@permit(access.READ)
def report_paper(study_id: int) -> Response:
    """Print the report: as it was sent, else as it is now."""
    shown = access.study_seen(viewer(), study_id)
    if shown.state in (StudyState.WAITING, StudyState.ACKNOWLEDGED) and shown.approval is not None:
        return shared.signed_paper(shown.approval)
    return shared.paper(reporting.study_content(shown))


@blueprint.get("/studies/<int:study_id>/editions/<int:approval_id>.pdf")
@permit(access.READ)
def edition_paper(study_id: int, approval_id: int) -> Response:
    """Print an earlier edition as it was signed."""
    shown = access.study_seen(viewer(), study_id)
    editions = queries.editions(reporting.STUDY, shown.id)
    return shared.signed_paper(shared.edition_of(editions, approval_id))
