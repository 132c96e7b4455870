"""The papers of purchases as PDF: the report (F01), the order, and the acceptance of goods."""

from __future__ import annotations

from flask import Response, current_app
from sqlalchemy import select

from helpdesk.purchases import access, order_paper, papers, queries
from helpdesk.purchases.papers import Letterhead
from helpdesk.purchases.rules.deciding import PAPER
from helpdesk.purchases.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.db import db
from kernel.sending import disposition
from office.papers.models import IssuedPaper
from office.places.models import Unit
from office.places.naming import office_name


def letterhead() -> Letterhead:
    """Return the office as papers name it."""
    phone = db.session.scalar(select(Unit.phone).where(Unit.parent_id.is_(None))) or ""
    return Letterhead(office_name("th"), phone, current_app.extensions["settings"].base_url)


@blueprint.get("/<int:purchase_id>/paper.pdf")
@permit(access.ASK)
def paper(purchase_id: int) -> Response:
    """Send the report of a purchase to whoever may read it."""
    found = access.purchase_read(viewer(), purchase_id)
    issued = db.session.scalar(
        select(IssuedPaper).where(
            IssuedPaper.kind == PAPER,
            IssuedPaper.number == (found.number or ""),
            IssuedPaper.voided_at.is_(None),
        )
    )
    made = papers.report_pdf(found, issued, letterhead())
    return _pdf(made, (found.number or "purchase").replace("/", "-"))


@blueprint.get("/orders/<int:order_id>/paper.pdf")
@permit(access.ASK)
def order_of(order_id: int) -> Response:
    """Send an order to whoever may read its purchase."""
    found = access.order_read(viewer(), order_id)
    made = order_paper.order_pdf(found, letterhead())
    return _pdf(made, found.document.replace("/", "-"))


@blueprint.get("/deliveries/<int:delivery_id>/paper.pdf")
@permit(access.ASK)
def acceptance(delivery_id: int) -> Response:
    """Send the acceptance of goods to whoever may read the purchase."""
    found = access.delivery_read(viewer(), delivery_id)
    upto = [one for one in queries.deliveries_on(found.order) if one.id <= found.id]
    made = papers.acceptance_pdf(found, letterhead(), upto)
    return _pdf(made, found.number.replace("/", "-"))


def _pdf(made: bytes, name: str) -> Response:
    answer = Response(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = disposition(f"{name}.pdf", inline=True)
    return answer
