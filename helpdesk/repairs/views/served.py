"""Photos of the work, and the word of the person served that it is done."""

from __future__ import annotations

from io import BytesIO

from flask import Response, send_file
from flask.typing import ResponseReturnValue

from helpdesk.repairs import access, queries
from helpdesk.repairs.forms import CardForm, SignForm, WorkPhotosForm
from helpdesk.repairs.rules import picturing, signing
from helpdesk.repairs.states import When
from helpdesk.repairs.views import acting
from helpdesk.repairs.views.blueprint import blueprint
from helpdesk.tickets import access as tickets
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules.intake import KeptPhoto
from helpdesk.tickets.views.photos import take_photos
from kernel.access import permit, viewer
from kernel.errors import NotFound, Refusal
from kernel.files import store
from kernel.i18n import gettext as _
from kernel.images import clean_drawing
from office.cards.scans import person_of_scan


@blueprint.route("/tickets/<int:ticket_id>/work-photos", methods=["GET", "POST"])
@permit(access.KEEP)
def picture(ticket_id: int) -> ResponseReturnValue:
    """Add photos from before or after the work."""
    form = WorkPhotosForm()
    kept: list[KeptPhoto] = []
    if form.is_submitted():
        with form.refusals():
            tickets.ticket_for(viewer(), ticket_id, access.KEEP)
            kept = take_photos(form)

    def verb(ticket: Ticket) -> None:
        if form.taken.data not in set(When):
            raise Refusal(_("Choose when they were taken."), field="taken")
        note = form.note.data or ""
        picturing.picture(ticket, kept, When(form.taken.data), note, by=viewer())

    return acting.accepted(
        ticket_id,
        form,
        verb,
        right=access.KEEP,
        title=_("Photos of the work"),
        submit=_("Keep the photos"),
        said=_("The photos stand in the story of the ticket."),
        multipart=True,
    )


@blueprint.route("/tickets/<int:ticket_id>/sign", methods=["GET", "POST"])
@permit(access.SIGN)
def sign(ticket_id: int) -> ResponseReturnValue:
    """Take the signature of the person served on the screen."""
    ticket = tickets.ticket_for(viewer(), ticket_id, access.SIGN)
    form = SignForm(name=ticket.reporter_name)
    drawn = ""
    if form.is_submitted():
        with form.refusals():
            drawn = store().put(clean_drawing(form.drawing.data or ""), "png")

    def verb(found: Ticket) -> None:
        if not drawn:
            raise Refusal(_("Please sign in the box."), field="drawing")
        signing.sign(found, form.name.data or "", drawn, by=viewer())

    return acting.accepted(
        ticket_id,
        form,
        verb,
        right=access.SIGN,
        title=_("Signature of the person served"),
        said=_("Signed. The ticket is closed."),
        template="helpdesk/repairs/sign.html",
        card=CardForm(formdata=None),
    )


@blueprint.route("/tickets/<int:ticket_id>/sign-by-card", methods=["GET", "POST"])
@permit(access.SIGN)
def sign_by_card(ticket_id: int) -> ResponseReturnValue:
    """Take the card of the person served instead of a signature."""
    form = CardForm()

    def verb(ticket: Ticket) -> None:
        person = person_of_scan(form.code.data or "", field="code")
        if person is None:
            raise Refusal(_("This is no user card of the office."), field="code")
        signing.sign_by_card(ticket, person, by=viewer())

    return acting.accepted(
        ticket_id,
        form,
        verb,
        right=access.SIGN,
        title=_("Sign by card"),
        said=_("Signed. The ticket is closed."),
    )


@blueprint.get("/tickets/<int:ticket_id>/signature.png")
@permit(access.SEE)
def signature_picture(ticket_id: int) -> Response:
    """Send the drawing of the last signature."""
    ticket = tickets.ticket_seen_by(viewer(), ticket_id)
    found = queries.signature(ticket.id)
    if found is None or not found.file_key:
        raise NotFound(_("There is no such entry."))
    answer = send_file(BytesIO(store().read(found.file_key)), mimetype="image/png")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer
