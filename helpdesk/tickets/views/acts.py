"""What technicians do to a ticket: each page posts to one of these, each calls one rule."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.tickets import access
from helpdesk.tickets.forms import (
    AssignForm,
    CancelForm,
    CommentForm,
    PriorityForm,
    ReopenForm,
    ResolveForm,
    WaitForm,
)
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import talk
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import WAITS, Action, Cause, Outcome, Priority
from helpdesk.tickets.views import photos
from helpdesk.tickets.views.blueprint import blueprint
from helpdesk.tickets.views.technician import page
from kernel.access import Permission, permit, viewer
from kernel.errors import Refusal
from kernel.forms import ActionForm, version_said
from kernel.i18n import gettext as _
from kernel.pages import local_address
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping


@blueprint.post("/tickets/<int:ticket_id>/take")
@permit(access.TAKE)
def take(ticket_id: int) -> ResponseReturnValue:
    """Make the ticket one's own."""
    return _acted(
        ticket_id,
        access.TAKE,
        ActionForm(),
        lambda t: rules.take(t, by=viewer()),
        _("It is yours."),
    )


@blueprint.post("/tickets/<int:ticket_id>/accept")
@permit(access.TAKE)
def accept(ticket_id: int) -> ResponseReturnValue:
    """Take the ticket on for the office."""
    return _acted(
        ticket_id,
        access.TAKE,
        ActionForm(),
        lambda t: rules.accept(t, by=viewer()),
        _("Accepted. The reporter has been told."),
    )


@blueprint.post("/tickets/<int:ticket_id>/assign")
@permit(access.ASSIGN)
def assign(ticket_id: int) -> ResponseReturnValue:
    """Give the ticket to a technician."""
    form = AssignForm()
    return _acted(
        ticket_id,
        access.ASSIGN,
        form,
        lambda t: rules.assign(t, form.person.data, by=viewer()),
        _("Given. The technician has been told."),
    )


@blueprint.post("/tickets/<int:ticket_id>/start")
@permit(access.WORK)
def start(ticket_id: int) -> ResponseReturnValue:
    """Begin to work."""
    return _acted(
        ticket_id,
        access.WORK,
        ActionForm(),
        lambda t: rules.start(t, by=viewer()),
        _("Work has begun."),
    )


@blueprint.post("/tickets/<int:ticket_id>/resume")
@permit(access.WORK)
def resume(ticket_id: int) -> ResponseReturnValue:
    """Go on after waiting."""
    return _acted(
        ticket_id,
        access.WORK,
        ActionForm(),
        lambda t: rules.resume(t, by=viewer()),
        _("Work goes on."),
    )


@blueprint.post("/tickets/<int:ticket_id>/wait")
@permit(access.WORK)
def wait(ticket_id: int) -> ResponseReturnValue:
    """Let the ticket wait, with the reason."""
    form = WaitForm()

    def verb(ticket: Ticket) -> None:
        if form.action.data not in set(WAITS):
            raise Refusal(_("Choose what the ticket waits for."), field="action")
        action = Action(form.action.data)
        if action == Action.SEND_OUT and ticket.asset_id:
            raise Refusal(
                _("Send the item out under “Work and costs”, with the vendor and a letter."),
                field="action",
            )
        rules.wait(
            ticket, action, form.reason.data or "", by=viewer(), look_again=form.look_again.data
        )

    return _acted(ticket_id, access.WORK, form, verb, _("The ticket waits; its clock has stopped."))


@blueprint.post("/tickets/<int:ticket_id>/resolve")
@permit(access.WORK)
def resolve(ticket_id: int) -> ResponseReturnValue:
    """Say how it ended."""
    form = ResolveForm()

    def verb(ticket: Ticket) -> None:
        if not form.known():
            raise Refusal(_("Choose how it ended."), field="outcome")
        result = rules.Result(
            outcome=Outcome(form.outcome.data),
            cause=Cause(form.cause.data),
            action_taken=form.action_taken.data or "",
            to_reporter=form.to_reporter.data or "",
            repair_cost=form.repair_cost.data,
            cover_why=form.cover_why.data or "",
        )
        rules.resolve(ticket, result, by=viewer())

    return _acted(
        ticket_id, access.WORK, form, verb, _("Resolved. The reporter is asked to check it.")
    )


@blueprint.post("/tickets/<int:ticket_id>/close")
@permit(access.CLOSE)
def close(ticket_id: int) -> ResponseReturnValue:
    """Finish a resolved ticket."""
    return _acted(
        ticket_id,
        access.CLOSE,
        ActionForm(),
        lambda t: rules.close(t, by=viewer()),
        _("The ticket is closed."),
    )


@blueprint.post("/tickets/<int:ticket_id>/reopen")
@permit(access.REOPEN)
def reopen(ticket_id: int) -> ResponseReturnValue:
    """Take the ticket up again."""
    form = ReopenForm()
    return _acted(
        ticket_id,
        access.REOPEN,
        form,
        lambda t: rules.reopen(t, form.reopen_reason.data or "", by=viewer()),
        _("The ticket is open again."),
    )


@blueprint.post("/tickets/<int:ticket_id>/cancel")
@permit(access.CANCEL)
def cancel(ticket_id: int) -> ResponseReturnValue:
    """End the ticket without a repair."""
    form = CancelForm()
    return _acted(
        ticket_id,
        access.CANCEL,
        form,
        lambda t: rules.cancel(t, form.cancel_reason.data or "", by=viewer()),
        _("The ticket is cancelled."),
    )


@blueprint.post("/tickets/<int:ticket_id>/prioritize")
@permit(access.PRIORITIZE)
def prioritize(ticket_id: int) -> ResponseReturnValue:
    """Change how soon it wants an end."""
    form = PriorityForm()

    def verb(ticket: Ticket) -> None:
        if form.priority.data not in set(Priority):
            raise Refusal(_("Choose a priority."), field="priority")
        rules.prioritize(ticket, Priority(form.priority.data), by=viewer())

    return _acted(ticket_id, access.PRIORITIZE, form, verb, _("The priority was changed."))


@blueprint.post("/tickets/<int:ticket_id>/comment")
@permit(access.COMMENT)
def comment(ticket_id: int) -> ResponseReturnValue:
    """Write to the reporter, or a note for the office."""
    form = CommentForm()
    here = url_for("tickets.show", ticket_id=ticket_id)
    if form.accepted():
        with form.refusals():
            kept = photos.take_photos(form)
            with work():
                ticket = access.ticket_for(viewer(), ticket_id, access.COMMENT)
                internal = form.public.data == "no"
                if internal:
                    viewer().demand(access.NOTE, ticket.unit_id)
                if bookkeeping.spend_key(form.act_key, here) is None:
                    talk.check_read(ticket, version_said(form.seen.data), by=viewer())
                    talk.comment(
                        ticket, form.body.data or "", public=not internal, by=viewer(), photos=kept
                    )
            flash(_("Noted for the office.") if internal else _("Sent to the reporter."), "ok")
            return redirect(here)
    return page(ticket_id, form)


def _acted(
    ticket_id: int,
    right: Permission,
    form: ActionForm,
    verb: Callable[[Ticket], None],
    said: str,
) -> ResponseReturnValue:
    """Do one act on a ticket that the viewer may act on, once for each form."""
    here = url_for("tickets.show", ticket_id=ticket_id)
    if form.accepted():
        with form.refusals():
            with work():
                ticket = access.ticket_for(viewer(), ticket_id, right)
                # One key serves every button of a page: spent is the key with the act's address.
                if bookkeeping.spend_key(f"{form.act_key}{request.path}", here) is None:
                    check_version(ticket.version, form.seen_version)
                    verb(ticket)
            flash(said, "ok")
            return redirect(local_address(request.form.get("next"), here))
    return page(ticket_id, form)
