"""The report on a development (F16): written, sent to the director, printed, begun anew."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.studies import access, content, parts, queries
from helpdesk.studies.forms import FilesForm, WorkReportForm
from helpdesk.studies.models import Development, StudyFile
from helpdesk.studies.rules import developing, reporting
from helpdesk.studies.rules.developing import ReportDraft
from helpdesk.studies.states import DEVELOPMENTS, Action, State
from helpdesk.studies.views import shared
from helpdesk.studies.views.blueprint import developments_blueprint as blueprint
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import check_version, work
from office.approvals import papers as signatures

REPORTED = (State.FINISHED, State.WAITING, State.ACKNOWLEDGED)


def _reported(development_id: int) -> Development:
    """Return a development that has a report.

    Raises:
        Refusal: the work is not finished.
    """
    shown = access.development_seen(viewer(), development_id)
    if shown.state not in REPORTED:
        raise Refusal(_("The report is written once the work is finished."))
    return shown


@blueprint.route("/developments/<int:development_id>/report", methods=["GET", "POST"])
@permit(access.READ)
def report(development_id: int) -> ResponseReturnValue:
    """Show the report on a development, and let it be written while it was not sent."""
    shown = _reported(development_id)
    form = WorkReportForm(data=None if request.method == "POST" else _known(shown))
    form.offer(queries.surveys_to_take_from())
    if not form.is_submitted():
        form.show(shown)
    if form.accepted():
        with form.refusals():
            with work():
                found = access.development_edited(viewer(), development_id)
                check_version(found.version, form.seen_version)
                developing.write_report(found, _draft(form), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("developments.report", development_id=development_id))
        shown = access.development_seen(viewer(), development_id)
        form.stand_at(shown.version)
    return _page(shown, form)


def _draft(form: WorkReportForm) -> ReportDraft:
    return ReportDraft(
        words=form.words(),
        user_count=form.user_count.data,
        satisfaction_mean=form.satisfaction_mean.data,
        satisfaction_n=form.satisfaction_n.data,
        survey_id=form.survey_id.data or None,
        after=form.figures(),
    )


def _known(shown: Development) -> dict[str, object]:
    names = ("user_count", "satisfaction_mean", "satisfaction_n", *parts.F16)
    return {**{name: getattr(shown, name) for name in names}, "version": str(shown.version)}


def _page(shown: Development, form: WorkReportForm) -> ResponseReturnValue:
    state = State(shown.state)
    sent = shown.approval if state in (State.WAITING, State.ACKNOWLEDGED) else None
    page = render_template(
        "helpdesk/studies/development_report.html",
        work=shown,
        face=DEVELOPMENTS.faces[state],
        told=reporting.development_content(shown),
        facts=parts.written(shown, parts.F16),
        names={one.id: one for one in shown.indicators},
        plain=content.plain,
        signed=signatures.signatures(sent) if sent is not None else [],
        editions=queries.editions(reporting.DEVELOPMENT, shown.id),
        files=queries.files_of(StudyFile.report_id, [shown.id])[shown.id],
        actions=DEVELOPMENTS.actions(state) if access.may_edit(viewer(), shown) else (),
        Action=Action,
        form=form,
        upload=FilesForm(formdata=None),
    )
    return page, form.status


@blueprint.post("/developments/<int:development_id>/report/send")
@permit(access.READ)
def send_report(development_id: int) -> ResponseReturnValue:
    """Send the report to the director."""
    form = ActionForm()
    form.insist()
    with work():
        found = access.development_edited(viewer(), development_id)
        check_version(found.version, form.seen_version)
        reporting.send_development(found, by=viewer())
    flash(_("The report waits for the director."), "ok")
    return redirect(url_for("developments.report", development_id=development_id))


@blueprint.post("/developments/<int:development_id>/report/revise")
@permit(access.READ)
def revise_report(development_id: int) -> ResponseReturnValue:
    """Begin a new edition of an acknowledged report."""
    ActionForm().insist()
    with work():
        reporting.revise(access.development_edited(viewer(), development_id), by=viewer())
    flash(_("A new edition is begun; the earlier one stays as it was signed."), "ok")
    return redirect(url_for("developments.report", development_id=development_id))


@blueprint.get("/developments/<int:development_id>/report.pdf")
@permit(access.READ)
def report_paper(development_id: int) -> Response:
    """Print the report: as it was sent, else as it is now."""
    shown = _reported(development_id)
    if shown.state in (State.WAITING, State.ACKNOWLEDGED) and shown.approval is not None:
        return shared.signed_paper(shown.approval)
    return shared.paper(reporting.development_content(shown))


@blueprint.get("/developments/<int:development_id>/editions/<int:approval_id>.pdf")
@permit(access.READ)
def edition_paper(development_id: int, approval_id: int) -> Response:
    """Print an earlier edition as it was signed."""
    shown = access.development_seen(viewer(), development_id)
    editions = queries.editions(reporting.DEVELOPMENT, shown.id)
    return shared.signed_paper(shared.edition_of(editions, approval_id))
