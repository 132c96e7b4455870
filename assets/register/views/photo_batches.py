"""Pages of a ZIP file of photos: send it, see which photo belongs to which item, follow it."""

from __future__ import annotations

from contextlib import closing

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.register import access, import_queries
from assets.register.import_access import batch_seen_by
from assets.register.import_forms import PhotoZipForm, ReplaceForm
from assets.register.import_models import PhotoBatch
from assets.register.rules import photo_batches
from assets.register.states import BATCHES, PHOTO_OUTCOMES, BatchState, PhotoOutcome
from assets.register.views import photo_thread
from assets.register.words import ZIP_PROBLEMS
from kernel import archives
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.forms import ActionForm, sent_files
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.places import queries as places
from office.places.access import unit_seen

blueprint = Blueprint("photo_batches", __name__, url_prefix="/register/photos")

# What a form weighs beside its file.
SLACK = 1024 * 1024


@blueprint.route("", methods=["GET", "POST"])
@permit(access.IMPORT)
def start() -> ResponseReturnValue:
    """Send a ZIP file of photos, or go back to an earlier one."""
    request.max_content_length = archives.MOST_BYTES + SLACK
    me, form, number = viewer(), PhotoZipForm(), page_number()
    choices = places.choices(me.scope(access.IMPORT))
    form.unit_id.choices = [(int(key), name) for key, name in choices]
    if form.accepted():
        with form.refusals():
            return redirect(url_for("photo_batches.show", batch_id=_keep(form)))
    rows = import_queries.photo_batches(me, page=number)
    page = render_template(
        "assets/register/photos/start.html",
        form=form,
        page=paged(rows, number, import_queries.IMPORTS_PAGE),
        faces=BATCHES,
    )
    return page, form.status


def _keep(form: PhotoZipForm) -> int:
    files = sent_files("file")
    if not files:
        raise Refusal(_("Please choose a file first."), field="file")
    me = viewer()
    me.demand(access.IMPORT, form.unit_id.data)
    with closing(files[0]) as file:
        key = photo_thread.lay_down(file.stream)
    with work():
        unit = unit_seen(form.unit_id.data)
        batch_id = photo_batches.keep(unit, key, files[0].filename or "", by=me).id
    photo_thread.read(batch_id)
    photo_thread.wait(batch_id)
    return batch_id


@blueprint.get("/<int:batch_id>")
@permit(access.IMPORT)
def show(batch_id: int) -> ResponseReturnValue:
    """Show a ZIP of photos as it stands: being read, waiting for the decision, on the cards."""
    return _page(batch_seen_by(viewer(), batch_id), ReplaceForm())


def _page(batch: PhotoBatch, form: ReplaceForm) -> ResponseReturnValue:
    raw, number = request.args.get("outcome", ""), page_number()
    outcome = raw if raw in {one.value for one in PhotoOutcome} else ""
    looked_at = batch.state not in photo_batches.AT_WORK
    rows = import_queries.photo_entries(batch.id, outcome, page=number) if looked_at else []
    form.version.data = str(batch.version)
    page = render_template(
        "assets/register/photos/show.html",
        batch=batch,
        face=BATCHES[BatchState(batch.state)],
        faces=PHOTO_OUTCOMES,
        form=form,
        silent=photo_batches.is_silent(batch),
        outcome=outcome,
        page=paged(rows, number, import_queries.ROWS_PAGE),
        problem=ZIP_PROBLEMS.get(batch.problem, ""),
    )
    return page, form.status


@blueprint.get("/<int:batch_id>/progress")
@permit(access.IMPORT)
def progress(batch_id: int) -> ResponseReturnValue:
    """Send the line that tells how far it is; the page is loaded again when it is done."""
    batch = batch_seen_by(viewer(), batch_id)
    answer = Response(render_template("assets/register/photos/_progress.html", batch=batch))
    if batch.state not in photo_batches.AT_WORK or photo_batches.is_silent(batch):
        answer.headers["HX-Refresh"] = "true"
    return answer


@blueprint.post("/<int:batch_id>/apply")
@permit(access.IMPORT)
def apply(batch_id: int) -> ResponseReturnValue:
    """Put the photos on the cards."""
    me, form = viewer(), ReplaceForm()
    batch_seen_by(me, batch_id)
    here = url_for("photo_batches.show", batch_id=batch_id)
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier or here)
                photo_batches.begin(
                    batch_seen_by(me, batch_id),
                    replace=form.replace.data,
                    seen_version=form.seen_version,
                    by=me,
                )
                bookkeeping.settle_key(form.act_key, here)
            photo_thread.write(batch_id)
            photo_thread.wait(batch_id)
            return redirect(here)
    return _page(batch_seen_by(me, batch_id), form)


@blueprint.post("/<int:batch_id>/resume")
@permit(access.IMPORT)
def resume(batch_id: int) -> ResponseReturnValue:
    """Go on with photos whose work was interrupted."""
    me = viewer()
    ActionForm().insist()
    with work():
        batch = batch_seen_by(me, batch_id)
        photo_batches.resume(batch)
        reading = batch.state == BatchState.READING
    (photo_thread.read if reading else photo_thread.write)(batch_id)
    photo_thread.wait(batch_id)
    flash(_("The work goes on."), "ok")
    return redirect(url_for("photo_batches.show", batch_id=batch_id))
