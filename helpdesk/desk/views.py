"""Pages of the desk: home, and the one search box."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from helpdesk.desk import (
    access,
    alarms,
    beginning,
    finding,
    queries,
    since,
    six,
    three,
)
from kernel.access import permit, viewer
from office.approvals import queries as approvals

blueprint = Blueprint("desk", __name__)
LAST_VISIT = "last_visit"


@blueprint.get("/")
@permit(access.HOME)
def home() -> ResponseReturnValue:
    """Show what waits for the person, what is late, and what changed since the last visit."""
    me = viewer()
    visit = since.visit_after(session.get(LAST_VISIT))
    session[LAST_VISIT] = since.kept_of(visit)
    to_sign = approvals.waiting_for(me, 1)
    more = len(to_sign) > approvals.A_PAGE
    signing = approvals.waiting_count(me) if more else len(to_sign)
    return render_template(
        "helpdesk/desk/home.html",
        parts=three.parts_for(me, to_sign, signing, visit),
        six=six.six_for(me),
        first_steps=beginning.first_steps(me),
        alarms=alarms.alarms_for(me),
    )


@blueprint.get("/find")
@permit(access.HOME)
def find() -> ResponseReturnValue:
    """Go to what was scanned or typed, or list what it may mean."""
    typed = request.args.get("q", "").strip()[:200]
    hits = finding.find(typed, viewer()) if typed else []
    if len(hits) == 1 and hits[0].exact:
        return redirect(url_for(hits[0].target.endpoint, **hits[0].target.values))
    return render_template(
        "helpdesk/desk/find.html", typed=typed, groups=finding.grouped(hits), most=queries.MOST
    )
