"""Records of studies (F12): beginning, writing, finishing; their files and paper."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.programmes.views.people import named
from helpdesk.studies import access, content, parts, queries
from helpdesk.studies.forms import FilesForm, RecordForm
from helpdesk.studies.models import Study, StudyFile, StudyRecord
from helpdesk.studies.rules import studying
from helpdesk.studies.rules.studying import RecordDraft
from helpdesk.studies.states import (
    RECORDS,
    STUDIES,
    RecordAction,
    RecordState,
    StudyAction,
    StudyState,
)
from helpdesk.studies.views import shared
from helpdesk.studies.views.blueprint import blueprint
from kernel import clock
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping


def may_write(record: StudyRecord) -> bool:
    """Tell whether the viewer writes a record, as its study stands."""
    mine = record.recorder_id == viewer().id or access.may_edit(viewer(), record.study)
    return mine and STUDIES.allows(StudyState(record.study.state), StudyAction.WRITE)


@blueprint.get("/studies/records/<int:record_id>")
@permit(access.READ)
def record(record_id: int) -> ResponseReturnValue:
    """Show one record with its files."""
    shown = access.record_seen(viewer(), record_id)
    state = RecordState(shown.state)
    actions = RECORDS.actions(state) if may_write(shown) else ()
    return render_template(
        "helpdesk/studies/record.html",
        record=shown,
        study=shown.study,
        face=RECORDS.faces[state],
        facts=parts.written(shown, parts.F12),
        actions=actions,
        Action=RecordAction,
        system=shared.system_shown(shown),
        files=_files(shown),
        form=FilesForm(formdata=None),
    )


def _files(shown: StudyRecord) -> list[StudyFile]:
    return queries.files_of(StudyFile.record_id, [shown.id])[shown.id]


@blueprint.route("/studies/<int:study_id>/records/new", methods=["GET", "POST"])
@permit(access.READ)
def add_record(study_id: int) -> ResponseReturnValue:
    """Begin a record of a study."""
    shown = access.study_seen(viewer(), study_id)
    access.demand_edit(viewer(), shown)
    form = RecordForm(data=None if request.method == "POST" else _usual(shown))
    shared.offer_systems(form)
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                found = access.study_edited(viewer(), study_id)
                made = studying.add_record(found, _draft(form), by=viewer())
                here = url_for("studies.record", record_id=made.id)
                bookkeeping.settle_key(form.act_key, here)
            flash(_("Saved."), "ok")
            return redirect(here)
        shown = access.study_seen(viewer(), study_id)
    return _edit_page(form, shown, None)


def _usual(shown: Study) -> dict[str, object]:
    return {"studied_on": clock.today(), "recorder": viewer().name, **shared.about(shown)}


@blueprint.route("/studies/records/<int:record_id>/edit", methods=["GET", "POST"])
@permit(access.READ)
def edit_record(record_id: int) -> ResponseReturnValue:
    """Write a record."""
    shown = access.record_seen(viewer(), record_id)
    if shown.recorder_id != viewer().id:
        access.demand_edit(viewer(), shown.study)
    form = RecordForm(data=None if request.method == "POST" else _known(shown))
    shared.offer_systems(form)
    if form.accepted():
        with form.refusals():
            with work():
                found = access.record_edited(viewer(), record_id)
                check_version(found.version, form.seen_version)
                studying.edit_record(found, _draft(form), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("studies.record", record_id=record_id))
        shown = access.record_seen(viewer(), record_id)
        form.stand_at(shown.version)
    return _edit_page(form, shown.study, shown)


def _draft(form: RecordForm) -> RecordDraft:
    return RecordDraft(
        topic=form.topic.data or "",
        system=form.system,
        studied_on=form.studied_on.data,
        recorder=named(form.recorder.data, "recorder"),
        words=form.words(),
    )


def _known(shown: StudyRecord) -> dict[str, object]:
    return {
        **{name: getattr(shown, name) for name in ("topic", "studied_on", *parts.F12)},
        "recorder": shared.name_of(shown.recorder),
        "version": str(shown.version),
        **shared.about(shown),
    }


def _edit_page(form: RecordForm, study: Study, shown: StudyRecord | None) -> ResponseReturnValue:
    page = render_template(
        "helpdesk/studies/record_edit.html", form=form, study=study, record=shown, parts=parts.F12
    )
    return page, form.status


@blueprint.post("/studies/records/<int:record_id>/finish")
@permit(access.READ)
def finish_record(record_id: int) -> ResponseReturnValue:
    """Say that a record is complete."""
    form = ActionForm()
    form.insist()
    with work():
        found = access.record_edited(viewer(), record_id)
        check_version(found.version, form.seen_version)
        studying.finish_record(found, by=viewer())
    flash(_("The record is complete; the report brings it along."), "ok")
    return redirect(url_for("studies.record", record_id=record_id))


@blueprint.post("/studies/records/<int:record_id>/reopen")
@permit(access.READ)
def reopen_record(record_id: int) -> ResponseReturnValue:
    """Write on at a record."""
    ActionForm().insist()
    with work():
        studying.reopen_record(access.record_edited(viewer(), record_id), by=viewer())
    flash(_("The record can be written again."), "ok")
    return redirect(url_for("studies.edit_record", record_id=record_id))


@blueprint.get("/studies/records/<int:record_id>/paper.pdf")
@permit(access.READ)
def record_paper(record_id: int) -> Response:
    """Print a record (F12)."""
    shown = access.record_seen(viewer(), record_id)
    return shared.paper(content.f12(shown, _files(shown)))
