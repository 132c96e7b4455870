"""The checklists on a ticket: putting one on, ticking its steps."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from helpdesk.repairs import access, queries
from helpdesk.repairs.forms import PickForm
from helpdesk.repairs.rules import checklists
from helpdesk.repairs.views import acting
from helpdesk.repairs.views.blueprint import blueprint
from helpdesk.tickets.models import Ticket
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.i18n import gettext as _


@blueprint.route("/tickets/<int:ticket_id>/checklist", methods=["GET", "POST"])
@permit(access.KEEP)
def put_on(ticket_id: int) -> ResponseReturnValue:
    """Put the steps of a checklist on a ticket."""
    form = PickForm()
    known = {one.id: one for one in queries.checklists(retired=False)}
    form.checklist.choices = [(one.id, one.name) for one in known.values()]

    def verb(ticket: Ticket) -> None:
        if form.checklist.data not in known:
            raise Refusal(_("Choose a checklist."), field="checklist")
        checklists.put_on(ticket, access.checklist_known(form.checklist.data), by=viewer())

    title = _("Put a checklist on the ticket")
    return acting.accepted(
        ticket_id,
        form,
        verb,
        right=access.KEEP,
        title=title,
        said=_("The steps stand on the ticket."),
        nothing="" if known else _("There is no checklist in use yet."),
    )


@blueprint.post("/tickets/<int:ticket_id>/steps/<int:step_id>/tick")
@permit(access.KEEP)
def tick(ticket_id: int, step_id: int) -> ResponseReturnValue:
    """Tick a step."""

    def verb(ticket: Ticket) -> None:
        checklists.tick(ticket, access.step_of(ticket, step_id), done=True, by=viewer())

    return acting.insist(ticket_id, verb, right=access.KEEP, said=_("Ticked."))


@blueprint.post("/tickets/<int:ticket_id>/steps/<int:step_id>/untick")
@permit(access.KEEP)
def untick(ticket_id: int, step_id: int) -> ResponseReturnValue:
    """Take the tick back."""

    def verb(ticket: Ticket) -> None:
        checklists.tick(ticket, access.step_of(ticket, step_id), done=False, by=viewer())

    return acting.insist(ticket_id, verb, right=access.KEEP, said=_("The tick was taken back."))
