"""One programme: its facts and steps, and what is done to a step."""

from __future__ import annotations

from io import BytesIO

from flask import Response, current_app, flash, redirect, send_file, url_for
from flask.typing import ResponseReturnValue

from helpdesk.programmes import access, files, queries
from helpdesk.programmes.forms import ReasonForm, StepForm
from helpdesk.programmes.models import Programme
from helpdesk.programmes.rules import stepping
from helpdesk.programmes.rules.stepping import Done
from helpdesk.programmes.states import (
    DUTIES,
    STEPS,
    State,
    StepAction,
    StepKind,
    StepState,
)
from helpdesk.programmes.views.blueprint import blueprint
from helpdesk.programmes.views.people import named_or_none, page
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.files import store
from kernel.forms import sent_files
from kernel.i18n import gettext as _
from kernel.work import check_version, work

DECIDED = (StepKind.PROPOSE, StepKind.REPORT)


@blueprint.get("/<int:programme_id>")
@permit(access.READ)
def programme(programme_id: int) -> ResponseReturnValue:
    """Show one programme."""
    shown = access.programme_seen(viewer(), programme_id)
    button = ReasonForm(formdata=None)
    button.version.data = str(shown.version)
    return page(
        "one",
        shown,
        steps=queries.steps_of(shown.id),
        step_faces=STEPS.faces,
        members=queries.members_of(shown.id),
        duties=DUTIES,
        button=button,
        may_copy=viewer().may(access.BEGIN, shown.unit_id),
        open=shown.state not in (State.CLOSED, State.CANCELLED),
    )


@blueprint.route("/<int:programme_id>/steps/<int:number>", methods=["GET", "POST"])
@permit(access.READ)
def step(programme_id: int, number: int) -> ResponseReturnValue:
    """Show one step, and write down its day, document, who answers for it, remark and file."""
    shown = access.programme_seen(viewer(), programme_id)
    form = _step_form(shown, number)
    if form.accepted():
        with form.refusals():
            sent = sent_files("file")
            kept = _kept(sent[0]) if sent else None
            with work():
                found = access.programme_edited(viewer(), programme_id)
                check_version(found.version, form.seen_version)
                said = Done(
                    due_on=form.due_on.data,
                    doc_no=form.doc_no.data or "",
                    responsible=named_or_none(form.responsible.data, "responsible"),
                    remark=form.remark.data or "",
                    file=kept,
                )
                stepping.write(found, stepping.step_of(found, number), said, by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("programmes.programme", programme_id=programme_id))
        shown = access.programme_seen(viewer(), programme_id)
        form.stand_at(shown.version)
    return _step_page(shown, number, form)


def _step_form(shown: Programme, number: int) -> StepForm:
    found = stepping.step_of(shown, number)
    form = StepForm()
    if not form.is_submitted():
        person = found.responsible
        form.due_on.data, form.doc_no.data, form.remark.data = (
            found.due_on,
            found.doc_no,
            found.remark,
        )
        form.responsible.data = (person.username or person.name_th) if person else ""
        form.version.data = str(shown.version)
    return form


def _kept(file: object) -> files.Kept:
    settings = current_app.extensions["settings"]
    return files.keep(
        file,
        photo_megabytes=settings.photo_megabytes,
        document_megabytes=settings.document_megabytes,
    )


def _step_page(shown: Programme, number: int, form: StepForm) -> ResponseReturnValue:
    found = stepping.step_of(shown, number)
    by_decision = found.kind in DECIDED
    allowed = [
        (action, STEPS.acts[action])
        for action in STEPS.actions(StepState(found.state))
        if not by_decision or action == StepAction.BEGIN
    ]
    leaving = ReasonForm(formdata=None)
    leaving.version.data = str(shown.version)
    return page(
        "step",
        shown,
        form.status,
        step=found,
        step_face=STEPS.faces[StepState(found.state)],
        actions=[pair for pair in allowed if pair[0] != StepAction.SKIP],
        open=shown.state not in (State.CLOSED, State.CANCELLED),
        leaving=leaving if any(pair[0] == StepAction.SKIP for pair in allowed) else None,
        by_decision=by_decision,
        form=form,
    )


@blueprint.post("/<int:programme_id>/steps/<int:number>/<action>")
@permit(access.READ)
def move_step(programme_id: int, number: int, action: str) -> ResponseReturnValue:
    """Begin a step, finish it, leave it out for a reason, or open it again."""
    form = ReasonForm()
    form.insist()
    if action not in tuple(StepAction):
        raise NotFound(_("There is no such step."))
    with work():
        found = access.programme_edited(viewer(), programme_id)
        step = stepping.step_of(found, number)
        stepping.move(found, step, StepAction(action), by=viewer(), reason=form.reason.data or "")
    flash(_("Written down."), "ok")
    return redirect(url_for("programmes.programme", programme_id=programme_id))


@blueprint.get("/<int:programme_id>/steps/<int:number>/file")
@permit(access.READ)
def step_file(programme_id: int, number: int) -> Response:
    """Hand out the file of a step."""
    found = stepping.step_of(access.programme_seen(viewer(), programme_id), number)
    if not found.file_key:
        raise NotFound(_("There is no such file."))
    return hand_out(found.file_key, found.file_media, found.file_name)


def hand_out(key: str, media: str, name: str) -> Response:
    """Send a kept file to whoever was found to may see it; pictures inline, others to save."""
    answer = send_file(
        BytesIO(store().read(key)),
        mimetype=media,
        download_name=name,
        as_attachment=not media.startswith("image/"),
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
