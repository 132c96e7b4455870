"""Photos and documents of a meeting: added, handed out, taken out."""

from __future__ import annotations

from flask import Response, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.minutes import access, queries
from helpdesk.minutes.forms import FilesForm
from helpdesk.minutes.rules import filing
from helpdesk.minutes.views.blueprint import blueprint
from helpdesk.programmes import files
from helpdesk.programmes.files import Kept
from helpdesk.programmes.views.one import hand_out
from kernel.access import permit, viewer
from kernel.documents import JPEG
from kernel.errors import NotAllowed
from kernel.forms import ActionForm, sent_files
from kernel.i18n import gettext as _
from kernel.work import work
from office.bookkeeping import rules as bookkeeping


def _here(meeting_id: int) -> str:
    return url_for("meetings.meeting", meeting_id=meeting_id) + "#files"


@blueprint.post("/<int:meeting_id>/files")
@permit(access.READ)
def add_files(meeting_id: int) -> ResponseReturnValue:
    """Add photos and documents to the meeting, or to an item of its agenda."""
    shown = access.meeting_seen(viewer(), meeting_id)
    if not access.may_write(viewer(), shown):
        raise NotAllowed(_("Only the chair and the secretary write this meeting."))
    form, here = FilesForm(), _here(meeting_id)
    form.offer(queries.items_of(shown))
    form.insist()
    kept = _kept()
    with work():
        if bookkeeping.spend_key(form.act_key, here) is None:
            found = access.meeting_written(viewer(), meeting_id)
            item = access.item_of(found, form.item_id.data) if form.item_id.data else None
            filing.add(found, kept, form.caption.data or "", by=viewer(), item=item)
    flash(_("The files are added."), "ok")
    return redirect(here)


def _kept() -> list[Kept]:
    """Return what was sent, kept in the store before the work begins."""
    settings = current_app.extensions["settings"]
    return [
        files.keep(
            one,
            photo_megabytes=settings.photo_megabytes,
            document_megabytes=settings.document_megabytes,
        )
        for one in sent_files("files")[: filing.MOST_FILES + 1]
    ]


@blueprint.get("/<int:meeting_id>/files/<int:file_id>")
@permit(access.READ)
def file(meeting_id: int, file_id: int) -> Response:
    """Hand out a photo or document to who sees the meeting; ``?small`` its thumbnail."""
    found = access.file_of(access.meeting_seen(viewer(), meeting_id), file_id)
    if "small" in request.args and found.thumbnail_key:
        return hand_out(found.thumbnail_key, JPEG, found.name)
    return hand_out(found.file_key, found.media, found.name)


@blueprint.post("/<int:meeting_id>/files/<int:file_id>/drop")
@permit(access.READ)
def drop_file(meeting_id: int, file_id: int) -> ResponseReturnValue:
    """Take a file out."""
    ActionForm().insist()
    with work():
        found = access.meeting_written(viewer(), meeting_id)
        filing.drop(found, access.file_of(found, file_id), by=viewer())
    flash(_("The file is taken out."), "ok")
    return redirect(_here(meeting_id))
