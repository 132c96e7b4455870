"""The page where the office sets the days of the reminders and of the block."""

from __future__ import annotations

from dataclasses import asdict

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assets.loans import access, limits
from assets.loans.later_forms import LadderForm
from assets.loans.limits import Ladder
from assets.loans.rules.ladder import RANGES, set_ladder
from assets.loans.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.work import check_version, work


@blueprint.route("/loans/ladder", methods=["GET", "POST"])
@permit(access.SET_LADDER)
def ladder() -> ResponseReturnValue:
    """Show and set the days of the reminders and of the block."""
    viewer().demand(access.SET_LADDER)
    now = limits.ladder_in_force()
    form = LadderForm(data=asdict(now))
    if form.accepted():
        with form.refusals():
            days = {name: form[name].data for name in RANGES}
            with work():
                check_version(limits.ladder_in_force().version, form.seen_version)
                set_ladder(Ladder(**days), by=viewer())
            limits.forget()
            flash(_("Saved. The next reminders go by these days."), "ok")
            return redirect(url_for("loans.ladder"))
        now = limits.ladder_in_force()
        form.stand_at(now.version)
    return render_template("assets/loans/ladder.html", form=form, usual=Ladder()), form.status
