"""The log: figures that the service counts, and what people wrote down with photos and files."""

from __future__ import annotations

from flask import Response, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.programmes import access, counting, files, queries, report_queries
from helpdesk.programmes.forms import LogForm
from helpdesk.programmes.rules import logging
from helpdesk.programmes.states import LOG_KINDS, LogKind, State
from helpdesk.programmes.views.blueprint import blueprint
from helpdesk.programmes.views.one import hand_out
from helpdesk.programmes.views.people import page
from kernel import clock
from kernel.access import permit, viewer
from kernel.documents import JPEG
from kernel.forms import sent_files
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.work import work
from office.bookkeeping import rules as bookkeeping


@blueprint.route("/<int:programme_id>/log", methods=["GET", "POST"])
@permit(access.READ)
def log(programme_id: int) -> ResponseReturnValue:
    """Show what was done; the working group writes an entry."""
    shown = access.programme_seen(viewer(), programme_id)
    plan = queries.activities_of(shown.id)
    form = LogForm(data=None if request.method == "POST" else {"on_day": clock.today()})
    form.activity_id.choices = [(0, _("None of the plan")), *((one.id, one.title) for one in plan)]
    if form.accepted():
        with form.refusals():
            kept = _kept()
            here = url_for("programmes.log", programme_id=programme_id)
            with work():
                found = access.programme_edited(viewer(), programme_id)
                if bookkeeping.spend_key(form.act_key, here) is None:
                    logging.log(
                        found,
                        LogKind(form.kind.data),
                        form.on_day.data,
                        form.words.data or "",
                        kept,
                        activity_id=form.activity_id.data or None,
                        by=viewer(),
                    )
            flash(_("Written down."), "ok")
            return redirect(here)
        shown = access.programme_seen(viewer(), programme_id)
    number = page_number()
    return page(
        "log",
        shown,
        form.status,
        figures=counting.figures(shown),
        entries=paged(report_queries.entries_of(shown.id, number), number, report_queries.A_PAGE),
        kinds=LOG_KINDS,
        running=shown.state == State.RUNNING,
        form=form,
    )


def _kept() -> list[files.Kept]:
    settings = current_app.extensions["settings"]
    return [
        files.keep(
            file,
            photo_megabytes=settings.photo_megabytes,
            document_megabytes=settings.document_megabytes,
        )
        for file in sent_files("files")[: logging.MOST_FILES]
    ]


@blueprint.get("/<int:programme_id>/log/files/<int:file_id>")
@permit(access.READ)
def log_file(programme_id: int, file_id: int) -> Response:
    """Hand out a photo or file of the log; ``?small`` its thumbnail."""
    shown = access.programme_seen(viewer(), programme_id)
    found = report_queries.file_of(shown.id, file_id)
    if "small" in request.args and found.thumbnail_key:
        return hand_out(found.thumbnail_key, JPEG, found.name)
    return hand_out(found.file_key, found.media, found.name)
