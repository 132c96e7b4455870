"""The outgoing messages of the whole office, for the administrator and the auditor."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.access import permit, viewer
from kernel.forms import Form
from kernel.i18n import gettext as _
from kernel.pages import page_number
from kernel.work import work
from office.notifications import access, queries
from office.notifications.kinds import link_of
from office.notifications.rules import bounces, deliveries
from office.notifications.states import DELIVERIES, WAY_NAMES, Action, State

blueprint = Blueprint("messages", __name__)


@blueprint.get("/messages")
@permit(access.SEE)
def outgoing() -> ResponseReturnValue:
    """Show all messages with what became of them, the newest first."""
    wanted = request.args.get("state", "")
    state = State(wanted) if wanted in set(State) else None
    return render_template(
        "office/notifications/outgoing.html",
        messages=queries.outgoing(viewer(), page_number(), state),
        troubled=queries.troubled_count(),
        state=state,
        faces=DELIVERIES.faces,
        ways=WAY_NAMES,
        said=_,
        bad=queries.bad_addresses() if page_number() == 1 and not state else (),
        may_set_up=viewer().may(access.SET_UP),
    )


@blueprint.get("/messages/<int:message_id>")
@permit(access.SEE)
def message(message_id: int) -> ResponseReturnValue:
    """Show one message: the way it went, and its text to those who may read it."""
    return _message(message_id, Form())


def _message(message_id: int, form: Form) -> ResponseReturnValue:
    found = access.any_message(viewer(), message_id)
    recipient = queries.recipient_of(found)
    page = render_template(
        "office/notifications/message.html",
        form=form,
        message=found,
        recipient=recipient,
        comes_back=bounces.reason_of(recipient.address),
        may_set_up=viewer().may(access.SET_UP),
        deliveries=queries.deliveries_of([found.id]).get(found.id, []),
        faces=DELIVERIES.faces,
        ways=WAY_NAMES,
        said=_,
        next_try=queries.tried_at,
        may_read=viewer().may(access.READ_TEXT),
        link=link_of(found),
        may_resend=lambda one: (
            DELIVERIES.allows(State(one.state), Action.RESEND) and viewer().may(access.RESEND)
        ),
        unsure=State.UNSURE,
    )
    return page, form.status


@blueprint.post("/messages/deliveries/<int:delivery_id>/resend")
@permit(access.RESEND)
def resend(delivery_id: int) -> ResponseReturnValue:
    """Put a message back among the waiting ones, on the way on which it did not arrive."""
    message_id = access.any_delivery(viewer(), delivery_id).message_id
    form = Form()
    if form.accepted():
        with form.refusals():
            with work():
                deliveries.resend(access.any_delivery(viewer(), delivery_id), by=viewer())
            flash(_("The message is waiting to be sent again."), "ok")
            return redirect(url_for("messages.message", message_id=message_id))
    return _message(message_id, form)
