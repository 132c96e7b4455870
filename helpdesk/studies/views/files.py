"""Photos and documents of the four forms: added, handed out, taken out."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.programmes.views.one import hand_out
from helpdesk.studies import access
from helpdesk.studies.forms import FilesForm
from helpdesk.studies.models import StudyFile
from helpdesk.studies.rules import filing
from helpdesk.studies.rules.filing import Place
from helpdesk.studies.views import shared
from helpdesk.studies.views.blueprint import blueprint, developments_blueprint
from kernel.access import permit, viewer
from kernel.documents import JPEG
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import work

Loader = Callable[[], Place]


def _add(place: Loader, here: str) -> ResponseReturnValue:
    form = FilesForm()
    form.insist()
    kept = shared.kept_files()
    with work():
        filing.add(place(), kept, form.caption.data or "", by=viewer())
    flash(_("The files are added."), "ok")
    return redirect(here)


@blueprint.post("/studies/<int:study_id>/files")
@permit(access.READ)
def add_study_files(study_id: int) -> ResponseReturnValue:
    """Add files to the report on a study (F14)."""
    access.demand_edit(viewer(), access.study_seen(viewer(), study_id))
    here = url_for("studies.report", study_id=study_id)
    return _add(lambda: Place(access.study_edited(viewer(), study_id)), here)


@blueprint.post("/studies/records/<int:record_id>/files")
@permit(access.READ)
def add_record_files(record_id: int) -> ResponseReturnValue:
    """Add files to a record (F12)."""
    shown = access.record_seen(viewer(), record_id)
    if shown.recorder_id != viewer().id:
        access.demand_edit(viewer(), shown.study)
    here = url_for("studies.record", record_id=record_id)
    return _add(lambda: Place(access.record_edited(viewer(), record_id)), here)


@developments_blueprint.post("/developments/<int:development_id>/files")
@permit(access.READ)
def add_files(development_id: int) -> ResponseReturnValue:
    """Add files to a development (F15), or with ``?report`` to its report (F16)."""
    access.demand_edit(viewer(), access.development_seen(viewer(), development_id))
    report = "report" in request.args
    page = "developments.report" if report else "developments.development"
    here = url_for(page, development_id=development_id)
    return _add(lambda: Place(access.development_edited(viewer(), development_id), report), here)


@blueprint.get("/studies/files/<int:file_id>")
@permit(access.READ)
def file(file_id: int) -> Response:
    """Hand out a photo or document; ``?small`` its thumbnail."""
    found = access.file_seen(viewer(), file_id)
    if "small" in request.args and found.thumbnail_key:
        return hand_out(found.thumbnail_key, JPEG, found.name)
    return hand_out(found.file_key, found.media, found.name)


@blueprint.post("/studies/files/<int:file_id>/drop")
@permit(access.READ)
def drop_file(file_id: int) -> ResponseReturnValue:
    """Take a file out."""
    ActionForm().insist()
    with work():
        found = access.file_seen(viewer(), file_id)
        here = _page_of(found)
        filing.drop(_place_of(found), found, by=viewer())
    flash(_("The file is taken out."), "ok")
    return redirect(here)


def _place_of(found: StudyFile) -> Place:
    if found.record_id is not None:
        return Place(access.record_edited(viewer(), found.record_id))
    if found.study_id is not None:
        return Place(access.study_edited(viewer(), found.study_id))
    owner = found.development_id or found.report_id or 0
    return Place(access.development_edited(viewer(), owner), report=found.report_id is not None)


def _page_of(found: StudyFile) -> str:
    if found.record_id is not None:
        return url_for("studies.record", record_id=found.record_id)
    if found.study_id is not None:
        return url_for("studies.report", study_id=found.study_id)
    if found.report_id is not None:
        return url_for("developments.report", development_id=found.report_id)
    return url_for("developments.development", development_id=found.development_id)
