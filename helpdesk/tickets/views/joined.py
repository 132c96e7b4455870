"""The private page of somebody who joined a report: follow it, say more, leave, come back."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from helpdesk.tickets import access, queries
from helpdesk.tickets.forms import AnswerForm
from helpdesk.tickets.models import TicketFollower
from helpdesk.tickets.rules import joining
from helpdesk.tickets.states import PLAIN
from helpdesk.tickets.views import photos
from helpdesk.tickets.views.blueprint import blueprint
from helpdesk.tickets.views.expected import expected_words
from kernel.access import Viewer, public, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import work
from office.bookkeeping import rules as bookkeeping


@blueprint.get("/j/<token>/joined")
@public
def joined(token: str) -> ResponseReturnValue:
    """Say thank you: what was joined, and the own private link."""
    return _page(token, "helpdesk/tickets/joined_sent.html")


@blueprint.get("/j/<token>")
@public
def joined_track(token: str) -> ResponseReturnValue:
    """Show how far the report is that somebody joined."""
    return _page(token, "helpdesk/tickets/joined.html")


@blueprint.post("/j/<token>/say")
@public
def joined_say(token: str) -> ResponseReturnValue:
    """Take a further word of one who joined."""
    form = AnswerForm()
    here = url_for("tickets.joined_track", token=token)
    if form.accepted():
        with form.refusals():
            kept = photos.take_photos(form)
            with work():
                follower = access.follower_of_link(token)
                if bookkeeping.spend_key(form.act_key, here) is None:
                    words = form.body.data or ""
                    joining.say(follower, words, by=_who(follower), photos=kept)
            flash(_("Sent. The technician reads it with the report."), "ok")
            return redirect(here)
    return _page(token, "helpdesk/tickets/joined.html", form)


@blueprint.post("/j/<token>/leave")
@public
def joined_leave(token: str) -> ResponseReturnValue:
    """Hear of the report no more."""
    said = _("You will hear nothing more of this report. You can come back on this page.")
    return _acted(token, joining.leave, said)


@blueprint.post("/j/<token>/return")
@public
def joined_return(token: str) -> ResponseReturnValue:
    """Hear of the report again."""
    return _acted(token, joining.return_to, _("You will hear of this report again."))


def _acted(token: str, verb: Callable[..., None], said: str) -> ResponseReturnValue:
    ActionForm().insist()
    with work():
        follower = access.follower_of_link(token)
        verb(follower, by=_who(follower))
    flash(said, "ok")
    return redirect(url_for("tickets.joined_track", token=token))


def _who(follower: TicketFollower) -> Viewer:
    me = viewer()
    return me if me.id else Viewer(name=follower.name, language=follower.language)


def _page(token: str, template: str, form: AnswerForm | None = None) -> ResponseReturnValue:
    follower = access.follower_of_link(token)
    ticket = follower.ticket
    form = form or AnswerForm(formdata=None)
    return render_template(
        template,
        follower=follower,
        ticket=ticket,
        plain=PLAIN[ticket.state],
        expected=expected_words(ticket),
        said=queries.words_of_follower(follower),
        link=photos.settings().base_url + url_for("tickets.joined_track", token=token),
        form=form,
        kept=photos.kept_count(form),
    ), form.status
