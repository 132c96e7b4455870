"""The timer, typed minutes, and their correction."""

from __future__ import annotations

from flask import url_for
from flask.typing import ResponseReturnValue

from helpdesk.repairs import access
from helpdesk.repairs.forms import CorrectForm, StopForm, TimeForm
from helpdesk.repairs.rules import times
from helpdesk.repairs.views import acting
from helpdesk.repairs.views.blueprint import blueprint
from helpdesk.tickets.models import Ticket
from kernel import clock
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.i18n import gettext as _


@blueprint.post("/tickets/<int:ticket_id>/timer/start")
@permit(access.KEEP)
def start_timer(ticket_id: int) -> ResponseReturnValue:
    """Let the own clock run on a ticket."""
    told = [_("Your timer runs.")]

    def verb(ticket: Ticket) -> None:
        stopped = times.start(ticket, by=viewer())
        if stopped is not None:
            told[0] = _(
                "Your timer runs here. On %(number)s it was stopped at %(minutes)s minutes.",
                number=stopped.ticket.number,
                minutes=stopped.minutes,
            )

    here = url_for("tickets.show", ticket_id=ticket_id)
    return acting.insist(ticket_id, verb, right=access.KEEP, said=lambda: told[0], to=here)


@blueprint.route("/tickets/<int:ticket_id>/timer/stop", methods=["GET", "POST"])
@permit(access.KEEP)
def stop_timer(ticket_id: int) -> ResponseReturnValue:
    """Stop the own clock; a forgotten one is asked about."""
    form = StopForm()

    def verb(ticket: Ticket) -> None:
        spell = times.running_of(viewer().id or 0)
        if spell is None or spell.ticket_id != ticket.id:
            raise Refusal(_("Your timer does not run on this ticket."))
        times.stop(spell, by=viewer(), minutes=form.minutes.data, note=form.note.data or "")

    return acting.accepted(
        ticket_id, form, verb, right=access.KEEP, title=_("Stop the timer"), said=_("Counted.")
    )


@blueprint.route("/tickets/<int:ticket_id>/time", methods=["GET", "POST"])
@permit(access.KEEP)
def write_time(ticket_id: int) -> ResponseReturnValue:
    """Write down minutes."""
    form = TimeForm(on_day=clock.today())

    def verb(ticket: Ticket) -> None:
        minutes, note = form.minutes.data or 0, form.note.data or ""
        times.write_down(ticket, minutes, form.on_day.data, note, by=viewer())

    return acting.accepted(
        ticket_id, form, verb, right=access.KEEP, title=_("Write down time"), said=_("Counted.")
    )


@blueprint.route("/tickets/<int:ticket_id>/time/<int:spell_id>", methods=["GET", "POST"])
@permit(access.KEEP)
def correct_time(ticket_id: int, spell_id: int) -> ResponseReturnValue:
    """Correct how long something took."""
    form = CorrectForm()

    def verb(ticket: Ticket) -> None:
        spell = access.spell_of(ticket, spell_id)
        times.correct(spell, form.minutes.data or 0, form.why.data or "", by=viewer())

    title = _("Correct the time")
    return acting.accepted(
        ticket_id, form, verb, right=access.KEEP, title=title, said=_("Corrected.")
    )
