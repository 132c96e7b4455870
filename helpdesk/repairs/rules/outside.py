"""Repairs by a vendor: sent with a letter, quoted, approved above a limit, taken back.

The ticket's waiting follows by itself: it waits for the company while the item is there, for the
approval while that is asked, and goes on when the item is back (R-R3).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assets.vendors.models import Vendor
from helpdesk.repairs import limits, queries
from helpdesk.repairs.models import OutsideRepair
from helpdesk.repairs.rules import costs, cover
from helpdesk.repairs.rules.costs import MOST_BAHT, Spent
from helpdesk.repairs.states import OUTSIDE, Action, CostKind, Outside
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import talk, work
from helpdesk.tickets.states import TICKET, State
from helpdesk.tickets.states import Action as TicketAction
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.pages import show_money
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping

NUMBERS = "สซ."


@dataclass(frozen=True)
class Sending:
    """What goes out, to whom, and when it is expected back."""

    vendor: Vendor
    expected_on: date
    condition: str
    accessories: str = ""


@dataclass(frozen=True)
class Return:
    """How it came back; ``paid`` in baht, None or 0 for nothing."""

    works: bool
    note: str = ""
    paid: Decimal | None = None
    receipt_no: str = ""
    warranty_until: date | None = None
    cover_why: str = ""


def send(ticket: Ticket, sending: Sending, *, by: Viewer) -> OutsideRepair:
    """Send the ticket's item to a vendor; the ticket waits for it.

    Refuses a ticket that is not being worked on, one without an item, one whose item is away
    already, a vendor that is not used any more, an expected day that has passed, and sending
    without a word on the condition (R-R3).
    """
    TICKET.target(State(ticket.state), _waiting(ticket, TicketAction.SEND_OUT))
    if ticket.asset is None:
        raise Refusal(_("Only an item of the register is sent out; this ticket has none."))
    if queries.away(ticket.id) is not None:
        raise Refusal(_("The item is with a vendor already."))
    if sending.vendor.retired_on is not None:
        raise Refusal(_("This vendor is not used any more."), field="vendor")
    if sending.expected_on < clock.today():
        raise Refusal(_("This day has passed."), field="expected_on")
    if not sending.condition.strip():
        raise Refusal(_("Please write in which condition it goes out."), field="condition")
    made = OutsideRepair(
        number=bookkeeping.next_number(NUMBERS),
        ticket_id=ticket.id,
        vendor_id=sending.vendor.id,
        sent_on=clock.today(),
        expected_on=sending.expected_on,
        condition_out=sending.condition.strip()[:400],
        accessories=sending.accessories.strip()[:400],
        by_id=by.id,
    )
    db.session.add(made)
    told = {"number": made.number, "vendor": sending.vendor.name}
    audit.record("sent_out", made, by=by, after={**told, "expected": sending.expected_on})
    _let_wait(ticket, TicketAction.SEND_OUT, sending.vendor.name, sending.expected_on, by)
    return made


def expect(outside: OutsideRepair, expected_on: date, *, by: Viewer) -> None:
    """Write down another day on which the item is expected back; refuses one that has passed."""
    if outside.state == Outside.BACK:
        raise Refusal(_("The item is back already."))
    if expected_on < clock.today():
        raise Refusal(_("This day has passed."), field="expected_on")
    audit.record_changes("expected_anew", outside, {"expected_on": expected_on}, by=by)


def quote(
    outside: OutsideRepair,
    amount: Decimal,
    quote_no: str,
    cover_why: str,
    *,
    by: Viewer,
) -> None:
    """Write down what the vendor asks for, before anything is agreed.

    Refuses an amount out of range, a repair that waits for approval or is agreed or back, and
    money for what is under warranty without a reason (R-R6).
    """
    target = OUTSIDE.target(Outside(outside.state), Action.QUOTE)
    if not 0 <= amount <= MOST_BAHT:
        raise Refusal(_("An amount lies between 0 and 9,999,999.99 baht."), field="amount")
    why = cover.check(outside.ticket, cover_why) if amount else ""
    outside.state, outside.quoted = target, amount
    outside.quote_no, outside.quoted_on = quote_no.strip()[:60], clock.today()
    outside.cover_why = why
    told = {"amount": amount, "number": outside.quote_no}
    audit.record("quoted", outside, by=by, after=told)
    _tell(outside, "quoted", by, amount)


def agree(outside: OutsideRepair, *, by: Viewer) -> None:
    """Let the vendor repair for what was quoted, where no approval is needed.

    Refuses a quotation above the limit: that is asked for.
    """
    target = OUTSIDE.target(Outside(outside.state), Action.AGREE)
    if needs_approval(outside):
        raise Refusal(
            _(
                "A repair for more than %(amount)s baht needs approval first.",
                amount=show_money(limits.approval_baht()),
            )
        )
    outside.state = target
    audit.record("agreed", outside, by=by, after={"amount": outside.quoted})
    _tell(outside, "repair_agreed", by, outside.quoted)


def take_back(outside: OutsideRepair, back: Return, *, by: Viewer) -> None:
    """Take the item back; what was paid becomes a cost, and the ticket goes on.

    Refuses while approval is asked for, a payment above what was agreed on and above the limit,
    a warranty that has ended already, and money for what is under warranty without a reason.
    """
    target = OUTSIDE.target(Outside(outside.state), Action.TAKE_BACK)
    paid = back.paid or Decimal(0)
    agreed = outside.quoted or Decimal(0) if outside.state == Outside.AGREED else Decimal(0)
    if paid < 0 or paid > max(agreed, limits.approval_baht()):
        raise Refusal(
            _("This is more than was agreed. Write the new quotation down and ask again."),
            field="paid",
        )
    if back.warranty_until is not None and back.warranty_until < clock.today():
        raise Refusal(_("This day has passed."), field="warranty_until")
    outside.state, outside.back_on, outside.works = target, clock.today(), back.works
    outside.back_note, outside.paid = back.note.strip()[:400], back.paid
    outside.receipt_no = back.receipt_no.strip()[:60]
    ticket, why = outside.ticket, back.cover_why.strip() or outside.cover_why
    if paid:
        with speaking("th"):
            what = _("Repair by %(vendor)s", vendor=outside.vendor.name)
        spent = Spent(
            CostKind.OUTSIDE,
            what,
            paid,
            clock.today(),
            receipt_no=back.receipt_no,
            vendor_id=outside.vendor_id,
            cover_why=why,
            outside_id=outside.id,
        )
        costs.spend(ticket, spent, by=by)
    # Only now, so that the warranty of this very repair does not speak against paying for it.
    outside.warranty_until = back.warranty_until
    told = {"works": back.works, "amount": paid, "until": back.warranty_until}
    audit.record("came_back", outside, by=by, after=told)
    _tell(outside, "came_back", by, None)
    if TICKET.allows(State(ticket.state), TicketAction.RESUME):
        work.resume(ticket, by=by)


def needs_approval(outside: OutsideRepair) -> bool:
    """Tell whether the quotation lies above the limit of the office."""
    return outside.quoted is not None and outside.quoted > limits.approval_baht()


def wait_for_vendor(outside: OutsideRepair, by: Viewer) -> None:
    """Let the ticket wait for the company again, after an approval was decided."""
    ticket = outside.ticket
    day = max(outside.expected_on, clock.today())
    _let_wait(ticket, TicketAction.SEND_OUT, outside.vendor.name, day, by)


def wait_for_approval(outside: OutsideRepair, by: Viewer) -> None:
    """Let the ticket wait for the approval of the quotation."""
    with speaking("th"):
        reason = _("Approval of the repair by %(vendor)s", vendor=outside.vendor.name)
    _let_wait(outside.ticket, TicketAction.AWAIT_APPROVAL, reason, None, by)


def _waiting(ticket: Ticket, action: TicketAction) -> TicketAction:
    """Return the act that leads there, or one the state allows where it waits so already."""
    waits = {TicketAction.SEND_OUT: State.WAITING_OUTSIDE}
    return TicketAction.RESUME if ticket.state == waits.get(action) else action


def _let_wait(
    ticket: Ticket, action: TicketAction, reason: str, look_again: date | None, by: Viewer
) -> None:
    if TICKET.allows(State(ticket.state), action):
        work.wait(ticket, action, reason, by=by, look_again=look_again)


def _tell(outside: OutsideRepair, act: str, by: Viewer, amount: Decimal | None) -> None:
    told = {"vendor": outside.vendor.name, "number": outside.number}
    if amount is not None:
        told["amount"] = str(amount)
    note = outside.back_note if act == "came_back" else ""
    talk.write(outside.ticket, act, by=by, role="technician", public=False, body=note, detail=told)
