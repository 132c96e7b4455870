"""Handing in: taking a lent thing in for the unit that lends it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assets.loans import access, requests
from assets.loans.request_forms import HandInForm
from assets.loans.rules import handing_in
from assets.loans.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.work import work


@blueprint.route("/loans/hand-in", methods=["GET", "POST"])
@permit(access.HAND_IN)
def hand_in() -> ResponseReturnValue:
    """Scan what somebody brings here although another unit lent it."""
    form = HandInForm()
    if form.accepted():
        with form.refusals():
            # As it was typed: normalised Thai would lose keystrokes of a scanner.
            code = str((form.code.raw_data or [""])[0])
            with work():
                found = requests.lent_out(code)
                if len(found) != 1:
                    raise Refusal(
                        _("Nothing that is out on loan has this number or label."), field="code"
                    )
                handing_in.hand_in(found[0], by=viewer())
                name = found[0].name
            flash(_("“%(name)s” is taken in. Its own store is told.", name=name), "ok")
            return redirect(url_for("loans.hand_in"))
    return render_template("assets/loans/hand_in.html", form=form), form.status
