"""The page that tells the address of the own feed, and the feed itself."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from config import Settings
from helpdesk.feeds import queries, rules, tokens, writing
from kernel import clock
from kernel.access import permit, public, viewer
from kernel.forms import Form
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.work import work
from office.people import access

blueprint = Blueprint("feeds", __name__)


@blueprint.get("/profile/calendar")
@permit(access.PROFILE)
def own() -> ResponseReturnValue:
    """Show the address of the viewer's feed, or how to get one."""
    token = tokens.token_of(viewer().id or 0)
    settings: Settings = current_app.extensions["settings"]
    address = settings.base_url + url_for("feeds.feed", token=token) if token else ""
    return render_template("helpdesk/feeds/own.html", address=address)


@blueprint.post("/profile/calendar/renew")
@permit(access.PROFILE)
def renew() -> ResponseReturnValue:
    """Make an address, or a new one in place of the old."""
    Form().insist()
    with work():
        rules.renew(by=viewer())
    flash(_("Enter the new address in your calendar."), "ok")
    return redirect(url_for("feeds.own"))


@blueprint.post("/profile/calendar/close")
@permit(access.PROFILE)
def close() -> ResponseReturnValue:
    """Close the feed."""
    Form().insist()
    with work():
        rules.close(by=viewer())
    flash(_("The calendar is closed; no address shows it any more."), "ok")
    return redirect(url_for("feeds.own"))


@blueprint.get("/calendar/<token>.ics")
@public
def feed(token: str) -> ResponseReturnValue:
    """Answer a calendar that asks; the address is the right to read it."""
    person = tokens.person_of(token)
    settings: Settings = current_app.extensions["settings"]
    with speaking(person.language):
        made = writing.calendar(
            _("Service desk: %(name)s", name=person.name),
            queries.entries_of(person),
            base_url=settings.base_url,
            now=clock.now(),
        )
    answer = Response(made, content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "private, max-age=300"
    answer.headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
    return answer
