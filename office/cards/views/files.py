"""Files of cards: photos for who may see them, the request as PDF, cards as PDF."""

from __future__ import annotations

from flask import Response
from sqlalchemy import select

from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from kernel.sending import disposition, send_kept
from office.approvals.papers import signatures
from office.cards import access, papers, queries
from office.cards.approving import PAPER
from office.cards.models import UserCard
from office.cards.states import NUMBERLESS
from office.cards.views.blueprint import blueprint, issuer
from office.papers.models import IssuedPaper


@blueprint.get("/<int:card_id>/photo")
@permit(access.MINE)
def photo(card_id: int) -> Response:
    """Send the photo of a card."""
    card = access.card_pictured(viewer(), card_id)
    return send_kept(card.photo_key, media="image/jpeg", name="photo.jpg", inline=True)


@blueprint.get("/<int:card_id>/thumbnail")
@permit(access.MINE)
def thumbnail(card_id: int) -> Response:
    """Send the small photo of a card."""
    card = access.card_pictured(viewer(), card_id)
    return send_kept(card.thumbnail_key, media="image/jpeg", name="photo.jpg", inline=True)


@blueprint.get("/<int:card_id>/request.pdf")
@permit(access.MINE)
def request_paper(card_id: int) -> Response:
    """Send the request (F07); without the photo to who may not see it."""
    card = access.card_read(viewer(), card_id)
    issued = db.session.scalar(
        select(IssuedPaper).where(
            IssuedPaper.kind == PAPER,
            IssuedPaper.number == (card.number or ""),
            IssuedPaper.voided_at.is_(None),
        )
    )
    made = papers.request_pdf(
        card,
        signatures(card.approval) if card.approval else [],
        issued,
        pictured=access.may_see(viewer(), card),
        issuer=issuer(),
    )
    return _pdf(made, _("Request for a user card"))


@blueprint.get("/<int:card_id>/card.pdf")
@permit(access.MAKE)
def card_paper(card_id: int) -> Response:
    """Send one card, front and back, on pages of its size."""
    card = access.card_made(viewer(), card_id)
    if card.state in NUMBERLESS:
        raise NotFound(_("This card is not approved yet."))
    return _pdf(_made([card], papers.SINGLE), _("User card"))


@blueprint.get("/runs/<int:run_id>/<layout>.pdf")
@permit(access.MAKE)
def run_paper(run_id: int, layout: str) -> Response:
    """Send the cards of a run: ``sheet`` on A4, or ``single`` for a card printer."""
    access.run_made(viewer(), run_id)
    cards = list(queries.cards_of_run(viewer(), run_id))
    if layout not in (papers.SHEET, papers.SINGLE) or not cards:
        raise NotFound(_("There is no such sheet of cards."))
    return _pdf(_made(cards, layout), _("User cards"))


def _made(cards: list[UserCard], layout: str) -> bytes:
    units = {card.unit_id: card.unit for card in cards}
    designs = queries.designs_of(list(units.values()))
    return papers.cards_pdf(cards, designs, issuer(), layout=layout)


def _pdf(made: bytes, name: str) -> Response:
    answer = Response(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = disposition(f"{name}.pdf", inline=True)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
