"""The papers of a repair as PDF."""

from __future__ import annotations

from io import BytesIO

from flask import Response, current_app, send_file

from helpdesk.repairs import access, papers, queries
from helpdesk.repairs.rules import cover
from helpdesk.repairs.views.blueprint import blueprint
from helpdesk.tickets import access as tickets
from helpdesk.tickets import queries as ticket_queries
from kernel import clock
from kernel.access import permit, viewer
from kernel.db import db
from office.approvals import papers as signatures
from office.approvals.models import Approval
from office.people.models import Person
from office.places.naming import office_name


@blueprint.get("/tickets/<int:ticket_id>/report.pdf")
@permit(access.SEE)
def service_report(ticket_id: int) -> Response:
    """Print the repair notice (F02) with what became of it."""
    ticket = tickets.ticket_seen_by(viewer(), ticket_id)
    outside = next(iter(queries.outside_repairs(ticket.id)), None)
    approval = db.session.get(Approval, outside.approval_id or 0) if outside else None
    base_url = current_app.extensions["settings"].base_url
    check, pictures = signatures.check_of(approval, base_url)
    done = papers.Done(
        story=ticket_queries.story(ticket.id, public_only=False),
        costs=[one for one in queries.costs(ticket.id) if one.struck_at is None],
        minutes=sum(one.minutes or 0 for one in queries.spells(ticket.id)),
        outside=outside,
        approvers=signatures.signatures(approval) if approval else (),
        signature=queries.signature(ticket.id),
        check=check,
        pictures=pictures,
    )
    office = _office(ticket.unit.kind, ticket.unit.name_th)
    made = papers.notice(ticket, done, office=office, made_at=clock.now())
    return _pdf(made, f"repair-{ticket.id}")


@blueprint.get("/tickets/<int:ticket_id>/outside/<int:outside_id>/letter.pdf")
@permit(access.SEE)
def letter(ticket_id: int, outside_id: int) -> Response:
    """Print the letter that goes with an item to a vendor."""
    ticket = tickets.ticket_seen_by(viewer(), ticket_id)
    outside = access.outside_of(ticket, outside_id)
    sender = db.session.get(Person, outside.by_id or 0)
    made = papers.sending(
        outside,
        office=_office(ticket.unit.kind, ticket.unit.name_th),
        sender=sender.name_th if sender else "",
        cover=cover.cover_of(ticket),
    )
    return _pdf(made, f"sending-{outside.id}")


def _office(kind: str, unit: str) -> str:
    return unit if kind == "school" else office_name("th")


def _pdf(made: bytes, name: str) -> Response:
    answer = send_file(BytesIO(made), mimetype="application/pdf", download_name=f"{name}.pdf")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
