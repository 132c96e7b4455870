"""Giving and taking back seats, adding, sending and dropping files."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from assets.labels import queries as labels
from assets.licences import access
from assets.licences.forms import FileForm, SeatForm
from assets.licences.rules import keeping, seating
from assets.licences.views.blueprint import blueprint
from assets.register.models import Asset
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.sending import send_kept
from kernel.taking import take_one_document
from kernel.work import work
from office.approvals.queries import person_named
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person


def _here(licence_id: int) -> str:
    return url_for("licences.licence", licence_id=licence_id)


@blueprint.post("/<int:licence_id>/seats")
@permit(access.KEEP)
def give_seat(licence_id: int) -> ResponseReturnValue:
    """Give a seat to a person or to a scanned item."""
    form, here = SeatForm(), _here(licence_id)
    form.insist()
    with work():
        earlier = bookkeeping.spend_key(form.act_key, here)
        if earlier is not None:
            return redirect(earlier)
        found = access.licence_seen(viewer(), licence_id, access.KEEP)
        given = seating.give(found, _holder(form.holder.data or ""), by=viewer()).holder
    flash(_("%(name)s has a seat now.", name=given), "ok")
    return redirect(here + "#seats")


def _holder(typed: str) -> Person | Asset:
    """Return whom or what a text means.

    Raises:
        Refusal: it means nobody and nothing, or several items.
    """
    person = person_named(typed)
    if person is not None:
        return person
    items = labels.scanned(typed, viewer())
    if len(items) == 1:
        return items[0]
    if items:
        raise Refusal(_("Several items have this number. Scan the label."), field="holder")
    raise Refusal(
        _("Nobody and nothing is known by “%(typed)s”.", typed=typed[:80]), field="holder"
    )


@blueprint.post("/<int:licence_id>/seats/<int:seat_id>/give-back")
@permit(access.KEEP)
def give_back(licence_id: int, seat_id: int) -> ResponseReturnValue:
    """Take a seat back."""
    ActionForm().insist()
    with work():
        found = access.licence_seen(viewer(), licence_id, access.KEEP)
        seating.give_back(found, access.seat_of(found, seat_id), by=viewer())
    flash(_("The seat is free again."), "ok")
    return redirect(_here(licence_id) + "#seats")


@blueprint.post("/<int:licence_id>/files")
@permit(access.KEEP)
def add_file(licence_id: int) -> ResponseReturnValue:
    """Add a document."""
    FileForm().insist()
    access.licence_seen(viewer(), licence_id, access.KEEP)
    kept = take_one_document("file")
    with work():
        found = access.licence_seen(viewer(), licence_id, access.KEEP)
        keeping.add_file(found, kept, by=viewer())
    flash(_("The file is kept."), "ok")
    return redirect(_here(licence_id) + "#files")


@blueprint.get("/<int:licence_id>/files/<int:file_id>")
@permit(access.COST)
def file(licence_id: int, file_id: int) -> Response:
    """Send a document to whoever may see what the licence costs."""
    found = access.licence_seen(viewer(), licence_id, access.COST)
    kept = access.file_of(found, file_id)
    return send_kept(kept.key, media=kept.media, name=kept.name, inline=False)


@blueprint.post("/<int:licence_id>/files/<int:file_id>/drop")
@permit(access.KEEP)
def drop_file(licence_id: int, file_id: int) -> ResponseReturnValue:
    """Take a document out."""
    ActionForm().insist()
    with work():
        found = access.licence_seen(viewer(), licence_id, access.KEEP)
        keeping.drop_file(found, access.file_of(found, file_id), by=viewer())
    flash(_("The file is taken out."), "ok")
    return redirect(_here(licence_id) + "#files")
