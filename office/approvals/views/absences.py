"""Absences: enter one with a stand-in, see them, end one."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from kernel.access import permit, viewer
from kernel.errors import NotFound, Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import work
from office.approvals import access, queries
from office.approvals.forms import AbsenceForm
from office.approvals.rules import absences as rules
from office.approvals.states import CAPACITIES, Capacity
from office.approvals.views.blueprint import blueprint
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person


@blueprint.route("/approvals/absences", methods=["GET", "POST"])
@permit(access.AWAY)
def absences() -> ResponseReturnValue:
    """List absences that are not over, and enter one."""
    form = AbsenceForm()
    if form.accepted():
        with form.refusals():
            here = url_for("approvals.absences")
            with work():
                if bookkeeping.spend_key(form.act_key, here) is None:
                    rules.enter(
                        _away(form),
                        _named(form.stand_in.data or "", "stand_in"),
                        form.first_day.data,
                        form.last_day.data,
                        capacity=Capacity(form.capacity.data),
                        by=viewer(),
                    )
            flash(_("Noted. The stand-in sees what waits on those days."), "ok")
            return redirect(here)
    page = render_template(
        "office/approvals/absences.html",
        absences=queries.absences_seen(viewer()),
        form=form,
        others=viewer().may(access.AWAY_OTHERS),
        capacities=CAPACITIES,
        button=ActionForm(formdata=None),
    )
    return page, form.status


def _away(form: AbsenceForm) -> Person:
    """Return who is away: the person themselves, or the one an administrator names."""
    typed = form.person.data or ""
    person_id = _named(typed, "person").id if typed else viewer().id or 0
    try:
        return access.person_away(viewer(), person_id)
    except NotFound as refusal:
        raise Refusal(refusal.message, field="person") from refusal


def _named(typed: str, field: str) -> Person:
    found = queries.person_named(typed)
    if found is None:
        raise Refusal(
            _("Nobody here, or more than one person, is called that. Try the user name."),
            field=field,
        )
    return found


@blueprint.post("/approvals/absences/<int:absence_id>/cancel")
@permit(access.AWAY)
def cancel_absence(absence_id: int) -> ResponseReturnValue:
    """End an absence now."""
    form = ActionForm()
    form.insist()
    with work():
        rules.cancel(access.absence_edited(viewer(), absence_id), by=viewer())
    flash(_("The absence was ended."), "ok")
    return redirect(url_for("approvals.absences"))
