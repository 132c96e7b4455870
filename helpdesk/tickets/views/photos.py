"""Photos on their way in and out.

They are read, cleaned and stored before the unit of work begins. Those that were read stay with
the form when it is shown again (a sealed list of their keys travels in it), because a browser
never sends a file twice by itself.
"""

from __future__ import annotations

from io import BytesIO

from flask import Response, current_app, send_file
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import select

from config import Settings
from helpdesk.tickets import access
from helpdesk.tickets.forms import PhotoForm
from helpdesk.tickets.models import Ticket, TicketPhoto
from helpdesk.tickets.rules.intake import KeptPhoto
from helpdesk.tickets.views.blueprint import blueprint
from kernel.access import permit, public, viewer
from kernel.db import db
from kernel.errors import NotFound, Refusal
from kernel.files import store
from kernel.forms import sent_files
from kernel.i18n import gettext as _
from kernel.images import clean_photo

MOST_PHOTOS = 6
KEPT_SECONDS = 24 * 3600
SIZES = ("large", "small")


def settings() -> Settings:
    """Return the settings of the running application."""
    found: Settings = current_app.extensions["settings"]
    return found


def take_photos(form: PhotoForm) -> list[KeptPhoto]:
    """Read, clean and store the photos of a sent form; call it outside any unit of work.

    Good ones are noted in the form even when another one is refused.

    Returns:
        those kept from an earlier try of the same form, and the new ones.

    Raises:
        Refusal: a photo is empty, broken, too large or no photo, named by its file name; or there
            are more than six.
    """
    photos = _unseal(form.kept.data or "")
    files = sent_files(form.photos.name)
    if len(photos) + len(files) > MOST_PHOTOS:
        raise Refusal(
            _("A message takes up to %(most)s photos.", most=MOST_PHOTOS), field=form.photos.name
        )
    refused: list[str] = []
    for file in files:
        try:
            photo = clean_photo(
                file.stream, file.filename or "", megabytes=settings().photo_megabytes
            )
        except Refusal as refusal:
            refused.append(refusal.message)
            continue
        photos.append(
            KeptPhoto(store().put(photo.jpeg, "jpg"), store().put(photo.thumbnail, "jpg"))
        )
    form.kept.data = _sealer().dumps([[p.key, p.thumbnail_key] for p in photos]) if photos else ""
    if refused:
        raise Refusal(" ".join(refused), field=form.photos.name)
    return photos


def kept_count(form: PhotoForm) -> int:
    """Return how many photos travel with a form that is shown again."""
    return len(_unseal(form.kept.data or ""))


def _sealer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings().secret_key, salt="kept photos")


def _unseal(sealed: str) -> list[KeptPhoto]:
    try:
        pairs = _sealer().loads(sealed, max_age=KEPT_SECONDS) if sealed else []
    except BadSignature:
        return []
    return [KeptPhoto(key, thumbnail) for key, thumbnail in pairs]


@blueprint.get("/tickets/<int:ticket_id>/photos/<int:photo_id>", defaults={"size": "large"})
@blueprint.get("/tickets/<int:ticket_id>/photos/<int:photo_id>/<size>")
@permit(access.SEE)
def photo(ticket_id: int, photo_id: int, size: str) -> Response:
    """Send a photo of a ticket that the viewer sees."""
    terms = (Ticket.id == ticket_id, access.visible(viewer()))
    return _send(
        db.session.scalar(
            select(TicketPhoto).join(Ticket).where(TicketPhoto.id == photo_id, *terms)
        ),
        size,
    )


@blueprint.get("/t/<token>/photos/<int:photo_id>", defaults={"size": "large"})
@blueprint.get("/t/<token>/photos/<int:photo_id>/<size>")
@public
def tracked_photo(token: str, photo_id: int, size: str) -> Response:
    """Send a public photo of the ticket whose private link this is (R-PD4)."""
    return _send(
        db.session.scalar(
            select(TicketPhoto)
            .join(Ticket)
            .where(TicketPhoto.id == photo_id, Ticket.token == token, TicketPhoto.public)
        ),
        size,
    )


def _send(found: TicketPhoto | None, size: str) -> Response:
    if found is None or size not in SIZES:
        raise NotFound(_("There is no such photo."))
    data = store().read(found.thumbnail_key if size == "small" else found.key)
    answer = send_file(BytesIO(data), mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer
