"""The papers of requests as PDF, and the empty form of a kind."""

from __future__ import annotations

from flask import Response, current_app
from sqlalchemy import select

from helpdesk.requests import access, papers, shapes
from helpdesk.requests.papers import Letterhead
from helpdesk.requests.rules import drafting
from helpdesk.requests.rules.deciding import PAPER
from helpdesk.requests.views.blueprint import blueprint
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


@blueprint.get("/<int:request_id>/paper.pdf")
@permit(access.ASK)
def paper(request_id: int) -> Response:
    """Send the paper of a request to whoever may read it."""
    found = access.request_read(viewer(), request_id)
    issued = db.session.scalar(
        select(IssuedPaper).where(
            IssuedPaper.kind == PAPER,
            IssuedPaper.number == (found.number or ""),
            IssuedPaper.voided_at.is_(None),
        )
    )
    made = papers.request_pdf(found, drafting.files_of(found), issued, letterhead())
    return _pdf(made, (found.number or "request").replace("/", "-"))


@blueprint.get("/new/<key>/form.pdf")
@permit(access.ASK)
def blank(key: str) -> Response:
    """Send the empty form of a kind, to fill in by hand."""
    shape = shapes.now_of(key)
    return _pdf(papers.preview_pdf(shape, letterhead()), shape.paper_th)


def _pdf(made: bytes, name: str) -> Response:
    answer = Response(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = disposition(f"{name}.pdf", inline=True)
    return answer
