"""The door of every act: one address shows its form and takes it, in one unit of work, once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.repairs.rules import cover, worth
from helpdesk.tickets import access as tickets
from helpdesk.tickets.models import Ticket
from kernel.access import Permission, viewer
from kernel.forms import ActionForm
from kernel.work import work
from office.bookkeeping import rules as bookkeeping

Verb = Callable[[Ticket], object]


def accepted(
    ticket_id: int,
    form: ActionForm,
    verb: Verb,
    *,
    right: Permission,
    title: str,
    said: str,
    template: str = "helpdesk/repairs/form.html",
    **shown: Any,  # noqa: ANN401 - what the template shows
) -> ResponseReturnValue:
    """Show the form of an act on a ticket, or take it.

    Args:
        verb: what is done, inside the unit of work.
        right: needed for the ticket's unit.
        title: of the page; also the verb on its button unless ``submit`` is given.
        said: what is told afterwards.
    """
    ticket = tickets.ticket_for(viewer(), ticket_id, right)
    here = url_for("repairs.work_page", ticket_id=ticket_id)
    if form.accepted():
        with form.refusals():
            with work():
                ticket = tickets.ticket_for(viewer(), ticket_id, right)
                if bookkeeping.spend_key(f"{form.act_key}{request.path}", here) is None:
                    verb(ticket)
            flash(said, "ok")
            return redirect(here)
        ticket = tickets.ticket_for(viewer(), ticket_id, right)
    page = render_template(template, ticket=ticket, form=form, title=title, back=here, **shown)
    return page, form.status


def insist(
    ticket_id: int, verb: Verb, *, right: Permission, said: str | Callable[[], str], to: str = ""
) -> ResponseReturnValue:
    """Take a button on a ticket: a refusal shows its own page."""
    form = ActionForm()
    form.insist()
    here = to or url_for("repairs.work_page", ticket_id=ticket_id)
    with work():
        ticket = tickets.ticket_for(viewer(), ticket_id, right)
        if bookkeeping.spend_key(f"{form.act_key}{request.path}", here) is None:
            verb(ticket)
    flash(said if isinstance(said, str) else said(), "ok")
    return redirect(here)


def before_money(ticket_id: int, right: Permission) -> dict[str, Any]:
    """Return what a form shows before money is spent: the warranty, the worth of the item."""
    ticket = tickets.ticket_for(viewer(), ticket_id, right)
    return {"cover": cover.cover_of(ticket), "worth": worth.worth_of(ticket)}
