"""The way from a ticket to the counter: the next loan stands in for what is being repaired."""

from __future__ import annotations

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from assets.loans import access as loan_access
from helpdesk.desk.lending import rules
from helpdesk.desk.lending.views.blueprint import blueprint
from helpdesk.repairs import access as repairs
from helpdesk.tickets import access as tickets
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.work import work


@blueprint.post("/desk/for-ticket/<int:ticket_id>")
@permit(loan_access.LEND)
def stand_in(ticket_id: int) -> ResponseReturnValue:
    """Go to the counter with a ticket: what is handed over next stands in for its item."""
    tickets.ticket_for(viewer(), ticket_id, repairs.KEEP)
    ActionForm().insist()
    with work():
        ticket = tickets.ticket_for(viewer(), ticket_id, repairs.KEEP)
        rules.stand_in(ticket, by=viewer())
    return redirect(url_for("lending.desk"))
