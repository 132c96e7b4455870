"""Saved replies: chosen and sent on a ticket, kept on a page of their own."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from helpdesk.repairs import access, queries
from helpdesk.repairs.forms import ReplyForm
from helpdesk.repairs.rules import replies as rules
from helpdesk.repairs.views.blueprint import blueprint
from helpdesk.tickets import access as tickets
from kernel.access import permit, viewer
from kernel.forms import ActionForm, new_key
from kernel.i18n import gettext as _
from kernel.work import check_version, work


@blueprint.get("/tickets/<int:ticket_id>/replies")
@permit(access.REPLY)
def choose_reply(ticket_id: int) -> ResponseReturnValue:
    """Show the saved replies as they read on this ticket, ready to be sent."""
    ticket = tickets.ticket_for(viewer(), ticket_id, access.REPLY)
    found = queries.replies(viewer())
    return render_template(
        "helpdesk/repairs/choose_reply.html",
        ticket=ticket,
        replies=[(one, rules.written(one, ticket, viewer())) for one in found],
        key=new_key(),
    )


@blueprint.get("/saved-replies")
@permit(access.REPLY)
def saved_replies() -> ResponseReturnValue:
    """List the replies that the viewer may use."""
    return render_template("helpdesk/repairs/replies.html", replies=queries.replies(viewer()))


@blueprint.route("/saved-replies/new", methods=["GET", "POST"])
@permit(access.REPLY)
def save_reply() -> ResponseReturnValue:
    """Keep a new reply."""
    form = ReplyForm()
    if form.accepted():
        with form.refusals():
            with work():
                rules.save(
                    form.name.data or "",
                    form.body.data or "",
                    shared=bool(form.shared.data),
                    by=viewer(),
                )
            flash(_("Saved."), "ok")
            return redirect(url_for("repairs.saved_replies"))
    return _reply_page(form, None)


@blueprint.route("/saved-replies/<int:reply_id>", methods=["GET", "POST"])
@permit(access.REPLY)
def edit_reply(reply_id: int) -> ResponseReturnValue:
    """Change a reply."""
    found = access.reply_for(viewer(), reply_id)
    form = ReplyForm(obj=found, shared=found.owner_id is None, version=str(found.version))
    if form.accepted():
        with form.refusals():
            with work():
                found = access.reply_for(viewer(), reply_id)
                check_version(found.version, form.seen_version)
                rules.edit(
                    found,
                    form.name.data or "",
                    form.body.data or "",
                    shared=bool(form.shared.data),
                    by=viewer(),
                )
            flash(_("Saved."), "ok")
            return redirect(url_for("repairs.saved_replies"))
        form.stand_at(access.reply_for(viewer(), reply_id).version)
    return _reply_page(form, reply_id)


@blueprint.post("/saved-replies/<int:reply_id>/retire")
@permit(access.REPLY)
def retire_reply(reply_id: int) -> ResponseReturnValue:
    """Offer a reply no more."""
    ActionForm().insist()
    with work():
        rules.retire(access.reply_for(viewer(), reply_id), by=viewer())
    flash(_("The reply is not offered any more."), "ok")
    return redirect(url_for("repairs.saved_replies"))


def _reply_page(form: ReplyForm, reply_id: int | None) -> ResponseReturnValue:
    page = render_template(
        "helpdesk/repairs/reply_form.html", form=form, reply_id=reply_id, places=rules.PLACES
    )
    return page, form.status
