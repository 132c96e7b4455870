"""Pages of the cards of a whole school: send list and photos, look at every row, go on in steps."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kernel.access import permit, viewer
from kernel.errors import Refusal, TooLarge
from kernel.files import store
from kernel.forms import ActionForm, sent_files
from kernel.i18n import gettext as _
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.cards import access, faces, queries
from office.cards.forms import BatchForm, PrintForm
from office.cards.models import CardBatch
from office.cards.rules import bulk
from office.cards.rules.bulk import Sent
from office.cards.states import BATCHES, ROWS, BatchState, Reason, RowOutcome, StaffKind
from office.cards.views.blueprint import blueprint
from office.places import queries as places
from office.places import sheet
from office.places.access import unit_seen


@blueprint.route("/batches", methods=["GET", "POST"])
@permit(access.MAKE)
def batches() -> ResponseReturnValue:
    """Send the list and the photos of a school, or go back to an earlier one."""
    form, me = BatchForm(), viewer()
    form.unit_id.choices = [(int(key), name) for key, name in places.choices(me.scope(access.MAKE))]
    if form.accepted():
        with form.refusals():
            return redirect(url_for("cards.batch", batch_id=_keep(form)))
    page = render_template(
        "office/cards/batches.html", form=form, batches=queries.batches(me), faces=BATCHES
    )
    return page, form.status


def _keep(form: BatchForm) -> int:
    me = viewer()
    me.demand(access.MAKE, form.unit_id.data)
    lists, photos = sent_files("list"), sent_files("photos")
    if not lists:
        raise Refusal(_("Please choose a file first."), field="list")
    if not photos:
        raise Refusal(_("Please choose a file first."), field="photos")
    lines = faces.read_list(lists[0].read(sheet.MOST_BYTES + 1))
    data = photos[0].read(faces.MOST_MEGABYTES * 1024 * 1024 + 1)
    if len(data) > faces.MOST_MEGABYTES * 1024 * 1024:
        raise TooLarge(str(faces.SENTENCES["too_large"]))
    key = store().put(data, "zip")
    pictures = faces.pictures_of(key)
    with work():
        sent = Sent(
            unit_seen(form.unit_id.data),
            Reason(form.reason.data),
            StaffKind(form.staff_kind.data),
            key,
            lists[0].filename or "",
        )
        return bulk.keep(sent, lines, pictures, by=me).id


@blueprint.get("/batches/<int:batch_id>")
@permit(access.MINE)
def batch(batch_id: int) -> ResponseReturnValue:
    """Show what becomes, or became, of every row."""
    found = access.batch_read(viewer(), batch_id)
    return _page(found)


def _page(found: CardBatch) -> ResponseReturnValue:
    counts = queries.row_counts(found.id)
    form = ActionForm(formdata=None)
    form.version.data = str(found.version)
    makes = viewer().may(access.MAKE, found.unit_id)
    approved = makes and found.state == BatchState.APPROVED
    left = counts[RowOutcome.READY] + counts[RowOutcome.NEW_PERSON]
    return render_template(
        "office/cards/batch.html",
        batch=found,
        face=BATCHES[BatchState(found.state)],
        rows=queries.rows_of(found.id),
        row_faces=ROWS,
        counts=counts,
        left=left,
        done=counts[RowOutcome.DONE],
        form=form,
        makes=makes,
        printing=PrintForm(formdata=None),
        printable=queries.to_print(viewer(), batch_id=found.id) if approved else [],
    )


@blueprint.post("/batches/<int:batch_id>/apply")
@permit(access.MAKE)
def apply(batch_id: int) -> ResponseReturnValue:
    """Decide that the rows become requests, and make the first few."""
    form = ActionForm()
    form.insist()
    with work():
        begun = access.batch_made(viewer(), batch_id)
        here = url_for("cards.batch", batch_id=batch_id)
        if bookkeeping.spend_key(form.act_key, here) is not None:
            return redirect(here)
        bulk.begin(begun, seen_version=form.seen_version, by=viewer())
    return _go_on(batch_id)


@blueprint.post("/batches/<int:batch_id>/step")
@permit(access.MAKE)
def step(batch_id: int) -> ResponseReturnValue:
    """Make the next few cards; the page asks for this again until all are made."""
    ActionForm().insist()
    access.batch_made(viewer(), batch_id)
    return _go_on(batch_id)


def _go_on(batch_id: int) -> ResponseReturnValue:
    pictures = faces.next_faces(access.batch_made(viewer(), batch_id), bulk.STEP)
    with work():
        access.batch_made(viewer(), batch_id)
        done = bulk.step(batch_id, pictures, by=viewer())
    if done:
        flash(_("All rows are done. The head of the unit is asked to approve the cards."), "ok")
    return redirect(url_for("cards.batch", batch_id=batch_id))
