"""Reviews: the owner looks through all rights of a system."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from helpdesk.access_rights import access, queries
from helpdesk.access_rights.models import ReviewRound
from helpdesk.access_rights.rules import reviewing
from helpdesk.access_rights.states import VERDICTS, Verdict
from helpdesk.access_rights.views.blueprint import blueprint
from helpdesk.access_rights.views.lists import face_of, level_of
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import work


@blueprint.post("/systems/<int:system_id>/review")
@permit(access.MINE)
def open_review(system_id: int) -> ResponseReturnValue:
    """Open a review of a system."""
    ActionForm().insist()
    me = viewer()
    with work():
        system = access.system_seen(me, system_id)
        if not access.may_own(me, system):
            raise NotFound(_("There is no such system."))
        made = reviewing.open_round(system, by=me).id
    flash(_("The review is open. Keep or revoke each right."), "ok")
    return redirect(url_for("access_rights.review", round_id=made))


@blueprint.route("/reviews/<int:round_id>", methods=["GET", "POST"])
@permit(access.MINE)
def review(round_id: int) -> ResponseReturnValue:
    """Look through the rights of a system and decide on them."""
    form = ActionForm()
    if form.accepted():
        with form.refusals():
            with work():
                found = access.round_reviewed(viewer(), round_id)
                reviewing.decide(found, _verdicts(), by=viewer())
            flash(_("Your decisions are kept."), "ok")
            return redirect(url_for("access_rights.review", round_id=round_id))
    return _page(access.round_reviewed(viewer(), round_id), form)


def _verdicts() -> dict[int, Verdict]:
    found = {}
    for name, value in request.form.items():
        line = name.removeprefix("line_")
        if line != name and line.isdecimal() and len(line) < 16 and value in tuple(Verdict):
            found[int(line)] = Verdict(value)
    return found


def _page(shown: ReviewRound, form: ActionForm) -> ResponseReturnValue:
    lines = queries.lines_of(shown.id)
    page = render_template(
        "helpdesk/access_rights/review.html",
        round=shown,
        lines=lines,
        left=sum(1 for one in lines if one.verdict is None and one.right.revoked_at is None),
        form=form,
        verdicts=VERDICTS,
        face=face_of,
        level=level_of,
        me_id=viewer().id,
    )
    return page, form.status
