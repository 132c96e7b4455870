"""Repairs by a vendor: sending, quotation, approval, coming back; their list."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.vendors import access as vendor_access
from assets.vendors import queries as vendors
from assets.vendors.models import Vendor
from helpdesk.repairs import access, limits, queries
from helpdesk.repairs.forms import BackForm, ExpectForm, QuoteForm, SendForm
from helpdesk.repairs.models import OutsideRepair
from helpdesk.repairs.queries import OutsideFilter
from helpdesk.repairs.rules import approving
from helpdesk.repairs.rules import outside as rules
from helpdesk.repairs.rules.outside import Return, Sending
from helpdesk.repairs.states import OUTSIDE, Outside
from helpdesk.repairs.views import acting
from helpdesk.repairs.views.blueprint import blueprint
from helpdesk.tickets import access as tickets
from helpdesk.tickets.models import Ticket
from kernel import clock
from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import NotFound, Refusal
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged, show_money


@blueprint.route("/tickets/<int:ticket_id>/outside", methods=["GET", "POST"])
@permit(access.SEND)
def send(ticket_id: int) -> ResponseReturnValue:
    """Send the item to a vendor."""
    form = SendForm()
    form.offer(vendors.offered())
    told = acting.before_money(ticket_id, access.SEND)

    def verb(ticket: Ticket) -> None:
        vendor = db.session.get(Vendor, form.vendor.data)
        if vendor is None:
            raise Refusal(_("Choose a vendor."), field="vendor")
        sending = Sending(
            vendor,
            form.expected_on.data,
            form.condition.data or "",
            form.accessories.data or "",
        )
        rules.send(ticket, sending, by=viewer())

    return acting.accepted(
        ticket_id,
        form,
        verb,
        right=access.SEND,
        title=_("Send out for repair"),
        said=_("Sent out. Print the letter that goes with it."),
        may_add_vendor=viewer().may(vendor_access.EDIT),
        **told,
    )


@blueprint.route("/tickets/<int:ticket_id>/outside/<int:outside_id>/quote", methods=["GET", "POST"])
@permit(access.SEND)
def quote(ticket_id: int, outside_id: int) -> ResponseReturnValue:
    """Write down what the vendor asks for."""
    form = QuoteForm()
    told = acting.before_money(ticket_id, access.SEND)

    def verb(ticket: Ticket) -> None:
        found = access.outside_of(ticket, outside_id)
        why = form.cover_why.data or ""
        rules.quote(found, form.amount.data, form.quote_no.data or "", why, by=viewer())

    hint = _(
        "Above %(amount)s baht the repair needs approval.",
        amount=show_money(limits.approval_baht()),
    )
    return acting.accepted(
        ticket_id,
        form,
        verb,
        right=access.SEND,
        title=_("Write down the quotation"),
        said=_("The quotation is written down."),
        hint=hint,
        **told,
    )


@blueprint.route(
    "/tickets/<int:ticket_id>/outside/<int:outside_id>/expect", methods=["GET", "POST"]
)
@permit(access.SEND)
def expect(ticket_id: int, outside_id: int) -> ResponseReturnValue:
    """Write down another day on which it is expected back."""
    form = ExpectForm()

    def verb(ticket: Ticket) -> None:
        rules.expect(access.outside_of(ticket, outside_id), form.expected_on.data, by=viewer())

    title = _("Expected on another day")
    return acting.accepted(ticket_id, form, verb, right=access.SEND, title=title, said=_("Saved."))


@blueprint.post("/tickets/<int:ticket_id>/outside/<int:outside_id>/agree")
@permit(access.SEND)
def agree(ticket_id: int, outside_id: int) -> ResponseReturnValue:
    """Let the vendor repair for what was quoted."""

    def verb(ticket: Ticket) -> None:
        rules.agree(access.outside_of(ticket, outside_id), by=viewer())

    return acting.insist(
        ticket_id, verb, right=access.SEND, said=_("Agreed. The vendor may begin.")
    )


@blueprint.post("/tickets/<int:ticket_id>/outside/<int:outside_id>/submit")
@permit(access.SEND)
def submit(ticket_id: int, outside_id: int) -> ResponseReturnValue:
    """Ask for approval of the quotation."""

    def verb(ticket: Ticket) -> None:
        approving.submit(access.outside_of(ticket, outside_id), by=viewer())

    said = _("Submitted. The ticket waits for the approval.")
    return acting.insist(ticket_id, verb, right=access.SEND, said=said)


@blueprint.post("/tickets/<int:ticket_id>/outside/<int:outside_id>/recall")
@permit(access.SEND)
def recall(ticket_id: int, outside_id: int) -> ResponseReturnValue:
    """Take the request for approval back."""

    def verb(ticket: Ticket) -> None:
        approving.take_back(access.outside_of(ticket, outside_id), by=viewer())

    return acting.insist(ticket_id, verb, right=access.SEND, said=_("The request was taken back."))


@blueprint.route("/tickets/<int:ticket_id>/outside/<int:outside_id>/back", methods=["GET", "POST"])
@permit(access.SEND)
def take_back(ticket_id: int, outside_id: int) -> ResponseReturnValue:
    """Take the item back from the vendor."""
    form = BackForm()
    told = acting.before_money(ticket_id, access.SEND)

    def verb(ticket: Ticket) -> None:
        if form.works.data not in ("yes", "no"):
            raise Refusal(_("Please say whether it works."), field="works")
        back = Return(
            works=form.works.data == "yes",
            note=form.note.data or "",
            paid=form.paid.data,
            receipt_no=form.receipt_no.data or "",
            warranty_until=form.warranty_until.data,
            cover_why=form.cover_why.data or "",
        )
        rules.take_back(access.outside_of(ticket, outside_id), back, by=viewer())

    return acting.accepted(
        ticket_id,
        form,
        verb,
        right=access.SEND,
        title=_("It is back"),
        said=_("The item is back; work goes on."),
        **told,
    )


@blueprint.get("/outside-repairs")
@permit(access.SEE)
def outside_list() -> ResponseReturnValue:
    """List what is with vendors, the overdue first."""
    state, vendor = request.args.get("state", "away"), request.args.get("vendor", "")
    known = ("away", "overdue", *Outside)
    wanted = OutsideFilter(
        state=state if state in known else "away",
        vendor_id=int(vendor) if vendor.isdecimal() and len(vendor) < 10 else None,
    )
    number = page_number()
    found = queries.outside_list(viewer(), wanted, number)
    return render_template(
        "helpdesk/repairs/outside_list.html",
        page=paged(found, number, queries.PAGE),
        wanted=wanted,
        faces=OUTSIDE.faces,
        vendors=vendors.offered(),
        today=clock.today(),
    )


@blueprint.get("/outside-repairs/<int:outside_id>")
@permit(access.SEE)
def outside_repair(outside_id: int) -> ResponseReturnValue:
    """Lead from an approval to the ticket the repair belongs to."""
    found = db.session.get(OutsideRepair, outside_id)
    if found is None:
        raise NotFound(_("There is no such entry."))
    ticket = tickets.ticket_seen_by(viewer(), found.ticket_id)
    return redirect(url_for("repairs.work_page", ticket_id=ticket.id))
