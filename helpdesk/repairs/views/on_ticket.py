"""What the room draws on a ticket's page, and how its acts are told in the story."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from flask import render_template

from assets.loans import access as loans
from helpdesk.repairs import access, queries
from helpdesk.repairs.rules import cover, worth
from helpdesk.repairs.states import OUTSIDE, WHENS, Outside, When
from helpdesk.tickets.models import Ticket, TicketEntry
from helpdesk.tickets.rules import merging
from helpdesk.tickets.slots import Part, Told
from helpdesk.tickets.states import TICKET, Outcome, State
from kernel import clock
from kernel.access import Viewer
from kernel.forms import new_key
from kernel.i18n import gettext as _
from kernel.pages import show_money

DONE = (State.RESOLVED, State.CLOSED)


def parts(ticket: Ticket, viewer: Viewer) -> Sequence[Part]:
    """Return the notices over a ticket, the card of its work, and the further acts."""
    work = queries.summary(ticket, viewer)
    today = clock.today()
    keeps = viewer.may(access.KEEP, ticket.unit_id)
    value = worth.worth_of(ticket, work.cost_before)
    beyond = ticket.outcome == Outcome.BEYOND_REPAIR and ticket.state in DONE
    covered = work.repair_warranty is not None and work.repair_warranty >= today
    shown = {
        "ticket": ticket,
        "going_on": _going_on(ticket),
        "faces": TICKET.faces,
        "work": work,
        "may_keep": keeps,
        "key": new_key(),
        "today": today,
        "away_face": OUTSIDE.faces[Outside(work.away_state)] if work.away_state else None,
        "worth": value,
        "may_propose": beyond and keeps and value is not None and not value.waits,
        "cover": cover.cover_of(ticket) if covered and ticket.is_open else None,
        "lent_back": work.lent and ticket.state in (*DONE, State.CANCELLED),
        "may_reply": viewer.may(access.REPLY, ticket.unit_id),
        "may_lend": keeps
        and ticket.is_open
        and ticket.asset is not None
        and viewer.may(loans.LEND),
        "may_sign": ticket.state == State.RESOLVED and viewer.may(access.SIGN, ticket.unit_id),
    }
    return (
        Part("top", render_template("helpdesk/repairs/_notices.html", **shown)),
        Part("side", render_template("helpdesk/repairs/_card.html", **shown)),
        Part("main", render_template("helpdesk/repairs/_ways.html", **shown)),
    )


def _going_on(ticket: Ticket) -> Ticket | None:
    """Return the ticket that a merged one goes on as."""
    if ticket.merged_into_id is None:
        return None
    return merging.end_of_chain(ticket)


def _baht(entry: TicketEntry) -> str:
    amount = entry.detail.get("amount")
    return _("%(amount)s baht", amount=show_money(Decimal(amount))) if amount else ""


def _vendor(entry: TicketEntry) -> str:
    return str(entry.detail["vendor"])


def _with_money(entry: TicketEntry, costs: bool) -> str:  # noqa: FBT001 - as the slot calls it
    amount = _baht(entry) if costs else ""
    return "\n".join(part for part in (entry.body, amount) if part)


TOLD = {
    "spent": Told("cash-coin", "neutral", lambda _entry: _("A cost was written down"), _with_money),
    "struck": Told(
        "slash-circle", "neutral", lambda _entry: _("A cost was struck out"), _with_money
    ),
    "quoted": Told(
        "receipt",
        "info",
        lambda entry: _("Quotation of %(vendor)s", vendor=_vendor(entry)),
        _with_money,
    ),
    "repair_agreed": Told(
        "check-lg",
        "progress",
        lambda entry: _("Repair by %(vendor)s agreed", vendor=_vendor(entry)),
        _with_money,
    ),
    "came_back": Told(
        "box-arrow-in-down",
        "progress",
        lambda entry: _("Back from %(vendor)s", vendor=_vendor(entry)),
    ),
    "signed": Told(
        "pencil-square",
        "ok",
        lambda entry: _("Signed by %(name)s", name=entry.detail["name"]),
    ),
    "pictured": Told(
        "camera",
        "neutral",
        lambda entry: _("Photos: %(when)s", when=WHENS[When(entry.detail["when"])]),
    ),
}
