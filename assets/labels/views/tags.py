"""Pages of single tags: those of an item, claiming a blank one, taking one out of use."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.labels import access, queries, rules
from assets.labels.forms import ClaimForm
from assets.labels.models import Tag
from assets.labels.views.blueprint import blueprint
from assets.register import access as register
from assets.register import queries as items
from assets.register.models import Asset
from kernel.access import permit, viewer
from kernel.errors import NotFound, Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import work

MOST_FOUND = 12


@blueprint.get("/items/<int:asset_id>")
@permit(access.PRINT)
def of_item(asset_id: int) -> ResponseReturnValue:
    """Show the labels that an item has and had."""
    me = viewer()
    asset = access.asset_labelled_by(me, asset_id)
    return render_template(
        "assets/labels/of_item.html",
        asset=asset,
        tags=queries.tags_of(asset),
        may_retire=me.may(access.CLAIM, asset.owner_unit_id, asset.holding_unit_id),
    )


@blueprint.post("/tags/<int:tag_id>/retire")
@permit(access.CLAIM)
def retire(tag_id: int) -> ResponseReturnValue:
    """Take a label out of use."""
    me, form = viewer(), ActionForm()
    if not form.accepted():
        raise Refusal(" ".join(form.form_errors))
    with work():
        tag = access.tag_retired_by(me, tag_id)
        rules.retire(tag, by=me)
        code, asset_id = tag.code, tag.asset_id
    flash(_("The label %(code)s is out of use.", code=code), "ok")
    return redirect(url_for("labels.of_item", asset_id=asset_id))


@blueprint.route("/claim/<code>", methods=["GET", "POST"])
@permit(access.CLAIM)
def claim(code: str) -> ResponseReturnValue:
    """Say which item a blank label has been stuck on."""
    me, form = viewer(), ClaimForm()
    tag = _blank(code)
    typed = request.args.get("q", "").strip()[:200]
    if form.accepted():
        with form.refusals():
            with work():
                asset = access.asset_claimed_by(me, form.asset_id.data or 0)
                rules.claim(tag.code, asset, by=me)
                name, asset_id = asset.name, asset.id
            flash(_("This label now stands for “%(name)s”.", name=name), "ok")
            return redirect(url_for("register.item", asset_id=asset_id))
    page = render_template(
        "assets/labels/claim.html", form=form, tag=tag, typed=typed, found=_find(typed)
    )
    return page, form.status


def _blank(code: str) -> Tag:
    tag = queries.tag_by_code(code)
    if tag is None:
        raise NotFound(_("This code is not of one of our labels."))
    return tag


def _find(typed: str) -> list[Asset]:
    """Return the items that a number or words may mean, the exact ones alone where there are."""
    if not typed:
        return []
    me = viewer()
    exact = queries.scanned(typed, me)
    if exact:
        return exact
    seen = register.visible(me)
    return list(items.chosen(items.Filters(words=typed), seen, limit=MOST_FOUND))
