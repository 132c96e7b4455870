"""The page of the meetings to set up, for the technicians who do it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.loans import access, requests, setups
from assets.loans.rules import sending
from assets.loans.rules.reserving import starts_setting_up
from assets.loans.states import REQUESTS, SET_UPS
from assets.loans.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.errors import NotAllowed
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.work import work
from office.people.access import Role


@blueprint.get("/loans/setups")
@permit(access.SET_OPERATOR)
def coming_setups() -> ResponseReturnValue:
    """List what is to be set up: when, where, for which meeting, by whom."""
    me, number = viewer(), page_number()
    said = request.args.get("which", "")
    which = said if said in (setups.MINE, setups.NOBODY, setups.PAST) else setups.COMING
    return render_template(
        "assets/loans/setups.html",
        page=paged(setups.setups(me, which, number), number, setups.PAGE),
        which=which,
        faces=REQUESTS.faces,
        set_ups=SET_UPS,
        begins=starts_setting_up,
        may_take=Role.TECHNICIAN in me.grants and which != setups.PAST,
    )


@blueprint.post("/loans/requests/<int:request_id>/set-up-myself")
@permit(access.SET_OPERATOR)
def set_up_myself(request_id: int) -> ResponseReturnValue:
    """Name oneself as who sets up a meeting for which nobody is named yet."""
    ActionForm().insist()
    with work():
        one = access.request_seen_by(viewer(), request_id)
        if viewer().id not in {person.id for person in requests.operators(one.lending_unit_id)}:
            raise NotAllowed(_("Only technicians set up meetings."))
        sending.take_setup(one, by=viewer())
    flash(_("You set up this meeting."), "ok")
    return redirect(url_for("loans.coming_setups"))
