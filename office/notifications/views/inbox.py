"""The inbox: what the service told this person."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.access import permit, viewer
from kernel.forms import Form
from kernel.pages import local_address, page_number
from kernel.work import work
from office.notifications import access, queries
from office.notifications.kinds import link_of
from office.notifications.rules import reading

blueprint = Blueprint("notifications", __name__)


@blueprint.get("/inbox")
@permit(access.INBOX)
def inbox() -> ResponseReturnValue:
    """Show the messages to the person, the newest first."""
    return _inbox(Form())


def _inbox(form: Form) -> ResponseReturnValue:
    unread_only = request.args.get("show") == "unread"
    page = render_template(
        "office/notifications/inbox.html",
        form=form,
        unread_only=unread_only,
        unread_number=queries.unread_count(viewer()),
        link_of=link_of,
        messages=queries.inbox_of(viewer(), page_number(), unread_only=unread_only),
    )
    return page, form.status


@blueprint.post("/inbox/<int:message_id>/read")
@permit(access.INBOX)
def read(message_id: int) -> ResponseReturnValue:
    """Mark a message as read; go on to the page it is about, where that was asked for."""
    form = Form()
    if form.accepted():
        with form.refusals():
            with work():
                message = access.own_message(viewer(), message_id)
                reading.read(message)
            back = url_for("notifications.inbox")
            go_on = request.form.get("go") == "on"
            return redirect(local_address(link_of(message) if go_on else None, back))
    return _inbox(form)


@blueprint.post("/inbox/read-all")
@permit(access.INBOX)
def read_all() -> ResponseReturnValue:
    """Mark every message as read."""
    form = Form()
    if form.accepted():
        with form.refusals():
            with work():
                reading.read_all(viewer())
            return redirect(url_for("notifications.inbox"))
    return _inbox(form)
