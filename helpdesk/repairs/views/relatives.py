"""Tickets around a ticket: linked ones, parts, merging, splitting, the loan that stands in."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from helpdesk.repairs import access, queries
from helpdesk.repairs.forms import LoanForm, MergeForm, NumberForm, PartForm, SplitForm
from helpdesk.repairs.rules import links, replacing
from helpdesk.repairs.views import acting
from helpdesk.repairs.views.blueprint import blueprint
from helpdesk.tickets import access as tickets
from helpdesk.tickets import queries as ticket_queries
from helpdesk.tickets.models import Ticket, TicketEntry
from helpdesk.tickets.rules import merging, work
from kernel.access import Permission, permit, viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _

LONGEST_LINE, MOST_OFFERED, LONGEST_NUMBER = 80, 5, 30


def _called(typed: str | None, field: str) -> Ticket:
    found = queries.ticket_called(viewer(), typed or "")
    if found is None:
        raise Refusal(_("There is no ticket with this number here."), field=field)
    return found


def _chosen() -> str:
    return request.args.get("number", "")[:LONGEST_NUMBER]


def _offered(ticket_id: int, right: Permission) -> list[Ticket]:
    """Return open tickets on the same item or in the same room, to be chosen by a tap."""
    me = viewer()
    ticket = tickets.ticket_for(me, ticket_id, right)
    found: list[Ticket] = []
    if ticket.asset_id:
        found += ticket_queries.open_tickets_on(ticket.asset_id, MOST_OFFERED)
    if ticket.room_id:
        beside = ticket_queries.open_tickets_near(
            ticket.unit_id,
            ticket.room_id,
            without_asset=ticket.asset_id or -1,
            most=MOST_OFFERED,
        )
        found += beside
    seen = [one for one in found if one.id != ticket.id and me.may(tickets.SEE, one.unit_id)]
    return seen[:MOST_OFFERED]


@blueprint.route("/tickets/<int:ticket_id>/link", methods=["GET", "POST"])
@permit(access.KEEP)
def link(ticket_id: int) -> ResponseReturnValue:
    """Link another ticket."""
    form = NumberForm(data={"number": _chosen()})

    def verb(ticket: Ticket) -> None:
        links.link(ticket, _called(form.number.data, "number"), by=viewer())

    return acting.accepted(
        ticket_id,
        form,
        verb,
        right=access.KEEP,
        title=_("Link a ticket"),
        said=_("Linked."),
        offered=_offered(ticket_id, access.KEEP),
    )


@blueprint.post("/tickets/<int:ticket_id>/unlink/<int:other_id>")
@permit(access.KEEP)
def unlink(ticket_id: int, other_id: int) -> ResponseReturnValue:
    """Take a link away."""

    def verb(ticket: Ticket) -> None:
        links.unlink(ticket, tickets.ticket_seen_by(viewer(), other_id), by=viewer())

    return acting.insist(ticket_id, verb, right=access.KEEP, said=_("The link was taken away."))


@blueprint.route("/tickets/<int:ticket_id>/parts", methods=["GET", "POST"])
@permit(access.KEEP)
def make_part(ticket_id: int) -> ResponseReturnValue:
    """Make a part of the work a ticket of its own."""
    form = PartForm()

    def verb(ticket: Ticket) -> None:
        waits = bool(form.waits.data)
        links.make_part(ticket, form.detail.data or "", waits=waits, by=viewer())

    return acting.accepted(
        ticket_id,
        form,
        verb,
        right=access.KEEP,
        title=_("Make a part"),
        said=_("The part is a ticket of its own now."),
    )


@blueprint.route("/tickets/<int:ticket_id>/under", methods=["GET", "POST"])
@permit(access.KEEP)
def put_under(ticket_id: int) -> ResponseReturnValue:
    """Make this ticket a part of another one."""
    form = NumberForm(data={"number": _chosen()})

    def verb(ticket: Ticket) -> None:
        links.put_under(ticket, _called(form.number.data, "number"), by=viewer())

    return acting.accepted(
        ticket_id,
        form,
        verb,
        right=access.KEEP,
        title=_("Make it a part of another ticket"),
        said=_("Saved."),
        offered=_offered(ticket_id, access.KEEP),
    )


@blueprint.post("/tickets/<int:ticket_id>/wait-for-parts/<choice>")
@permit(access.KEEP)
def wait_for_parts(ticket_id: int, choice: str) -> ResponseReturnValue:
    """Say whether the ticket waits for its parts."""

    def verb(ticket: Ticket) -> None:
        links.let_wait(ticket, waits=choice == "yes", by=viewer())

    return acting.insist(ticket_id, verb, right=access.KEEP, said=_("Saved."))


@blueprint.route("/tickets/<int:ticket_id>/merge", methods=["GET", "POST"])
@permit(tickets.MERGE)
def merge(ticket_id: int) -> ResponseReturnValue:
    """Let the ticket end in another one of the same fault."""
    form = MergeForm(data={"into": _chosen()})

    def verb(ticket: Ticket) -> None:
        merging.merge(ticket, _called(form.into.data, "into"), by=viewer())

    return acting.accepted(
        ticket_id,
        form,
        verb,
        right=tickets.MERGE,
        title=_("Merge into another ticket"),
        said=_("Merged. What was said and who reported it went along."),
        hint=_(
            "This ticket ends. Its messages, photos and reporters go to the other one, and its "
            "number leads there."
        ),
        offered=_offered(ticket_id, tickets.MERGE),
    )


@blueprint.route("/tickets/<int:ticket_id>/split", methods=["GET", "POST"])
@permit(access.SPLIT)
def split(ticket_id: int) -> ResponseReturnValue:
    """Make a message that tells of something else a ticket of its own."""
    form = SplitForm()
    tickets.ticket_for(viewer(), ticket_id, access.SPLIT)
    said = [
        entry
        for entry in ticket_queries.story(ticket_id, public_only=False)
        if entry.act in merging.SAID and entry.body
    ]
    form.entry.choices = [(one.id, f"{one.actor_name}: {one.body[:LONGEST_LINE]}") for one in said]

    def verb(ticket: Ticket) -> None:
        entry = db.session.get(TicketEntry, form.entry.data)
        if entry is None or entry.ticket_id != ticket.id:
            raise Refusal(_("Choose a message with words."), field="entry")
        made = merging.split(ticket, entry, form.detail.data or "", by=viewer())
        links.link(ticket, made, by=viewer())

    return acting.accepted(
        ticket_id,
        form,
        verb,
        right=access.SPLIT,
        title=_("Make a message a ticket of its own"),
        said=_("The message is a ticket of its own now."),
        nothing="" if said else _("There is no message on this ticket that could be split off."),
    )


@blueprint.route("/tickets/<int:ticket_id>/replacement", methods=["GET", "POST"])
@permit(access.KEEP)
def replace(ticket_id: int) -> ResponseReturnValue:
    """Link the loan that stands in for what is being repaired."""
    form = LoanForm()

    def verb(ticket: Ticket) -> None:
        loan = queries.loan_called(form.loan.data or "")
        units = (loan.lending_unit_id, loan.borrower_unit_id) if loan else ()
        if loan is None or not viewer().may(access.KEEP, *units):
            raise Refusal(_("There is no loan with this number here."), field="loan")
        replacing.replace(ticket, loan, by=viewer())

    return acting.accepted(
        ticket_id,
        form,
        verb,
        right=access.KEEP,
        title=_("Link the replacement"),
        said=_("Linked. You are reminded of it when the ticket ends."),
        hint=_("Lend it at the lending desk first; then type the number of the loan."),
    )


@blueprint.post("/tickets/<int:ticket_id>/propose-disposal")
@permit(access.KEEP)
def propose_disposal(ticket_id: int) -> ResponseReturnValue:
    """Put the item forward for disposal."""

    def verb(ticket: Ticket) -> None:
        work.propose_disposal(ticket, by=viewer())

    return acting.insist(ticket_id, verb, right=access.KEEP, said=_("Proposed for disposal."))
