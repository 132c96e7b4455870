"""The receiving side of a transfer: confirm item by item, or decline all of it."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from assets.transfers import access
from assets.transfers.forms import ARRIVAL_ACTIONS, ArrivalForm, ReasonForm
from assets.transfers.models import Transfer
from assets.transfers.queries import shipments
from assets.transfers.rules import sending
from assets.transfers.rules.sending import Arrival, Shelf
from assets.transfers.views.blueprint import blueprint
from assets.transfers.views.shipments import offer_shelf, transfer_page
from kernel import thai
from kernel.access import permit, viewer
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.work import check_version, work
from office.people.models import Person
from office.places.models import Room

LONGEST_NOTE, LONGEST_NUMBER = 400, 60


@blueprint.post("/transfers/<int:transfer_id>/accept")
@permit(access.ACCEPT)
def accept(transfer_id: int) -> ResponseReturnValue:
    """Say for every item on its way whether it arrived, and how."""
    form = ArrivalForm()
    offer_shelf(form, access.transfer_seen_by(viewer(), transfer_id))
    if form.accepted():
        with form.refusals():
            with work():
                one = access.transfer_seen_by(viewer(), transfer_id)
                check_version(one.version, form.seen_version)
                sending.accept(one, _arrivals(one), _shelf(form), by=viewer())
            flash(_("The arrival is written down. Thank you."), "ok")
            return redirect(url_for("transfers.transfer", transfer_id=transfer_id))
        form.stand_at(access.transfer_seen_by(viewer(), transfer_id).version)
    return transfer_page(transfer_id, arrival=form)


def _arrivals(one: Transfer) -> dict[int, Arrival]:
    """Read what was said beside each line; a line without an answer is left out."""
    said = {}
    for line in shipments.lines_of(one):
        how = request.form.get(f"how-{line.id}", "")
        if how not in ARRIVAL_ACTIONS:
            continue
        note = thai.normalize(request.form.get(f"note-{line.id}", ""))
        number = thai.normalize(request.form.get(f"number-{line.id}", ""))
        said[line.id] = Arrival(
            ARRIVAL_ACTIONS[how],
            damaged=how == "damaged",
            note=note[:LONGEST_NOTE],
            asset_no=number[:LONGEST_NUMBER],
        )
    return said


def _shelf(form: ArrivalForm) -> Shelf:
    room_id, person_id = form.room.data, form.custodian.data
    return Shelf(
        room=db.session.get_one(Room, room_id) if room_id else None,
        custodian=db.session.get_one(Person, person_id) if person_id else None,
    )


@blueprint.post("/transfers/<int:transfer_id>/decline")
@permit(access.ACCEPT)
def decline(transfer_id: int) -> ResponseReturnValue:
    """Send all of it back unopened, with a reason."""
    form = ReasonForm()
    if form.accepted():
        with form.refusals():
            with work():
                one = access.transfer_seen_by(viewer(), transfer_id)
                sending.decline(one, reason=form.reason.data or "", by=viewer())
            flash(_("Declined. The sending unit takes it back."), "ok")
            return redirect(url_for("transfers.transfer", transfer_id=transfer_id))
    return transfer_page(transfer_id, form)
