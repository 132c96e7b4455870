"""Making an account for an approved request, ending a right, switching an account off."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from helpdesk.access_rights import access, queries
from helpdesk.access_rights.forms import GrantForm, WhyForm
from helpdesk.access_rights.models import AccessRight, SystemRequest
from helpdesk.access_rights.rules import granting
from helpdesk.access_rights.states import LEVELS, Level, Wish
from helpdesk.access_rights.views.blueprint import blueprint
from helpdesk.access_rights.views.lists import face_of, level_of
from helpdesk.requests import answers, shapes
from helpdesk.requests.rules import drafting
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping


@blueprint.route("/grant/<int:request_id>", methods=["GET", "POST"])
@permit(access.MINE)
def grant(request_id: int) -> ResponseReturnValue:
    """Write down that the account of an approved request is made."""
    link = access.request_to_grant(viewer(), request_id)
    form = GrantForm()
    if form.accepted():
        with form.refusals():
            here = url_for("access_rights.to_do")
            with work():
                found = access.request_to_grant(viewer(), request_id)
                drafting.locked(request_id)
                if bookkeeping.spend_key(form.act_key, here) is None:
                    granting.grant(
                        found.request,
                        found.system,
                        form.account.data or "",
                        form.words.data or "",
                        by=viewer(),
                    )
            flash(_("Written down. The asker was told."), "ok")
            return redirect(here)
        link = access.request_to_grant(viewer(), request_id)
    return _grant_page(link, form)


def _grant_page(link: SystemRequest, form: GrantForm) -> ResponseReturnValue:
    said, shape = link.request.answers, shapes.of_request(link.request)
    wish = Wish(said["wish"]["value"])
    right = queries.right_in_force(link.system_id, link.request.asker_id)
    if form.account.data is None:
        wanted = answers.shown(said.get("account"), "th")
        form.account.data = right.account if right is not None else wanted
    page = render_template(
        "helpdesk/access_rights/grant.html",
        one=link.request,
        system=link.system,
        form=form,
        facts=[
            (field.label, answers.shown(said[field.key]))
            for field in shape.fields
            if field.key in said
        ],
        right=right,
        with_account=wish in (Wish.NEW, Wish.CHANGE),
        own=link.request.asker_id == viewer().id,
        level=LEVELS[Level(right.level)] if right is not None else "",
    )
    return page, form.status


@blueprint.get("/rights/<int:right_id>")
@permit(access.MINE)
def right(right_id: int) -> ResponseReturnValue:
    """Show one right to those who care for its system."""
    return _page(access.right_cared_for(viewer(), right_id), WhyForm(formdata=None))


def _page(shown: AccessRight, form: WhyForm) -> ResponseReturnValue:
    if not form.version.data:
        form.version.data = str(shown.version)
    page = render_template(
        "helpdesk/access_rights/right.html",
        right=shown,
        face=face_of(shown),
        level=level_of(shown),
        form=form,
        may_keep=access.may_keep(viewer(), shown.system),
    )
    return page, form.status


@blueprint.post("/rights/<int:right_id>/revoke")
@permit(access.MINE)
def revoke(right_id: int) -> ResponseReturnValue:
    """End a right for a reason."""
    form = WhyForm()
    if form.accepted():
        with form.refusals():
            with work():
                found = access.right_cared_for(viewer(), right_id)
                granting.locked(right_id)
                check_version(found.version, form.seen_version)
                granting.revoke(found, form.words.data or "", by=viewer())
            flash(_("The right is ended. Its keepers switch the account off."), "ok")
            return redirect(url_for("access_rights.right", right_id=right_id))
    shown = access.right_cared_for(viewer(), right_id)
    form.stand_at(shown.version)
    return _page(shown, form)


@blueprint.post("/rights/<int:right_id>/switch-off")
@permit(access.MINE)
def switch_off(right_id: int) -> ResponseReturnValue:
    """Write down that the account does not work any more."""
    ActionForm().insist()
    with work():
        found = access.right_cared_for(viewer(), right_id)
        granting.locked(right_id)
        granting.switch_off(found, by=viewer())
    flash(_("Written down: the account is switched off."), "ok")
    return redirect(url_for("access_rights.to_do"))
