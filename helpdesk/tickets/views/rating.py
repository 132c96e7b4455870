"""Rating the work: by tapping a face on the private page; shown on the ticket to technicians."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import TextAreaField

from helpdesk.tickets import access, queries
from helpdesk.tickets.categories import queries as categories
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rating_models import LONGEST_COMMENT
from helpdesk.tickets.rules import rating as rules
from helpdesk.tickets.slots import Part
from helpdesk.tickets.views.blueprint import blueprint
from kernel.access import Viewer, public, viewer
from kernel.errors import Refusal
from kernel.forms import ActionForm, AtMost, Form, Required
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import lazy_pgettext as _lp
from kernel.work import work

LEVELS = {
    1: _lp("rating", "bad"),
    2: _lp("rating", "not good"),
    3: _lp("rating", "fair"),
    4: _lp("rating", "good"),
    5: _lp("rating", "very good"),
}


class CommentOnWorkForm(Form):
    """A word with the rating."""

    comment = TextAreaField(
        _l("What was good, what could be better?"),
        [Required(_l("Please write a few words.")), AtMost(LONGEST_COMMENT)],
    )


@blueprint.post("/t/<token>/rate")
@public
def rate(token: str) -> ResponseReturnValue:
    """Take the tap on one of five faces."""
    ActionForm().insist()
    said = request.form.get("level", "")
    with work():
        ticket = access.ticket_of_link(token)
        rules.rate(ticket, int(said) if said in "12345" and said else 0, by=_who(ticket))
    flash(_("Thank you for telling us."), "ok")
    return redirect(url_for("tickets.track", token=token, _anchor="rate"))


@blueprint.post("/t/<token>/rate/comment")
@public
def comment_on_work(token: str) -> ResponseReturnValue:
    """Take a word with the rating."""
    form = CommentOnWorkForm()
    if not form.accepted():
        raise Refusal(next(iter(form.comment.errors), _("Please write a few words.")))
    with work():
        ticket = access.ticket_of_link(token)
        rules.comment(ticket, form.comment.data or "", by=_who(ticket))
    flash(_("Thank you for telling us."), "ok")
    return redirect(url_for("tickets.track", token=token, _anchor="rate"))


def rating_part(ticket: Ticket) -> dict[str, object]:
    """Return what the private page shows of the rating."""
    may_rate = rules.may_be_rated(ticket)
    return {
        "may_rate": may_rate,
        "rated": queries.rating_of(ticket.id) if may_rate else None,
        "levels": LEVELS,
        "commenting": CommentOnWorkForm(formdata=None),
    }


def answers(ticket: Ticket, _viewer: Viewer) -> Sequence[Part]:
    """Return what the reporter answered to the questions of the category, for the ticket's page."""
    found = categories.answers_of(ticket.id)
    return (Part("main", render_template("helpdesk/tickets/_answers_part.html", answers=found)),)


def given(ticket: Ticket, _viewer: Viewer) -> Sequence[Part]:
    """Return how the work was rated, for the ticket's page."""
    if not rules.may_be_rated(ticket):
        return ()
    rated = queries.rating_of(ticket.id)
    html = render_template("helpdesk/tickets/_rating_part.html", rated=rated, levels=LEVELS)
    return (Part("side", html),)


def _who(ticket: Ticket) -> Viewer:
    me = viewer()
    return me if me.id else Viewer(name=ticket.reporter_name, language=ticket.language)
