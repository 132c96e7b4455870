"""Pages of single tags: those of an item, claiming a blank one, ending one, one found elsewhere."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.labels import access, queries
from assets.labels.forms.printing import ClaimForm, RepointForm, RetireForm
from assets.labels.rules import tags as rules
from assets.labels.states import REASONS, Reason
from assets.labels.views.blueprint import blueprint
from assets.register import access as register
from assets.register import list_queries as items
from assets.register.filters import Filters
from assets.register.models import Asset
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from kernel.work import work

MOST_FOUND = 12
LONGEST_ID = 12


@blueprint.get("/items/<int:asset_id>")
@permit(access.PRINT)
def of_item(asset_id: int) -> ResponseReturnValue:
    """Show the labels that an item has and had."""
    me = viewer()
    asset = access.asset_labelled_by(me, asset_id)
    tags, moves = queries.labels_of(asset)
    return render_template(
        "assets/labels/of_item.html",
        asset=asset,
        tags=tags,
        moves=moves,
        reasons=REASONS,
        form=RetireForm(formdata=None),
        may_retire=me.may(access.CLAIM, asset.owner_unit_id, asset.holding_unit_id),
    )


@blueprint.post("/tags/<int:tag_id>/retire")
@permit(access.CLAIM)
def retire(tag_id: int) -> ResponseReturnValue:
    """Take a label out of use, and go on to print the item's next one."""
    me, form = viewer(), RetireForm()
    form.insist()
    with work():
        tag = access.tag_kept_by(me, tag_id)
        rules.retire(tag, Reason(form.reason.data), form.note.data or "", by=me)
        code, asset_id = tag.code, tag.asset_id
    flash(_("The label %(code)s is out of use. Print a new one now.", code=code), "ok")
    return redirect(url_for("labels.sheet", item=asset_id))


@blueprint.route("/claim/<code>", methods=["GET", "POST"])
@permit(access.CLAIM)
def claim(code: str) -> ResponseReturnValue:
    """Say which item a blank label has been stuck on."""
    me, form = viewer(), ClaimForm()
    tag = queries.tag_by_code(code)
    if tag is None:
        raise NotFound(_("This code is not of one of our labels."))
    number = tag.code
    if form.accepted():
        with form.refusals():
            with work():
                asset = access.asset_claimed_by(me, form.asset_id.data or 0)
                rules.claim(number, asset, old=form.old_reason, by=me)
                name, asset_id = asset.name, asset.id
            flash(_("This label now stands for “%(name)s”.", name=name), "ok")
            return redirect(url_for("register.item", asset_id=asset_id))
        tag = queries.tag_by_code(number) or tag
    found, chosen = _found(), _chosen(form)
    page = render_template(
        "assets/labels/claim.html",
        form=form,
        tag=tag,
        mine=tag.asset is not None
        and me.may(register.SEE, tag.asset.owner_unit_id, tag.asset.holding_unit_id),
        run=queries.run_of_blank(tag.id),
        typed=_words(),
        found=found,
        chosen=chosen,
        now=queries.tags_in_use([*(one.id for one in found), *([chosen.id] if chosen else [])]),
    )
    return page, form.status


@blueprint.route("/tags/<int:tag_id>/move", methods=["GET", "POST"])
@permit(access.CLAIM)
def repoint(tag_id: int) -> ResponseReturnValue:
    """Say that a label sits on another item than it stands for."""
    me, form = viewer(), RepointForm()
    tag = access.tag_kept_by(me, tag_id)
    if form.accepted():
        with form.refusals():
            with work():
                tag = access.tag_kept_by(me, tag_id)
                asset = access.asset_claimed_by(me, form.asset_id.data or 0)
                rules.repoint(tag, asset, form.reason.data or "", by=me)
                name, asset_id = asset.name, asset.id
            flash(_("This label now stands for “%(name)s”.", name=name), "ok")
            return redirect(url_for("labels.of_item", asset_id=asset_id))
        tag = access.tag_kept_by(me, tag_id)
    page = render_template(
        "assets/labels/move.html",
        form=form,
        tag=tag,
        typed=_words(),
        found=_found(),
        chosen=_chosen(form),
    )
    return page, form.status


def _words() -> str:
    return request.args.get("q", "").strip()[:200]


def _chosen(form: ClaimForm | RepointForm) -> Asset | None:
    """Return the item that was chosen from those found, to say one more thing of it."""
    raw = str(form.asset_id.data or "") or request.args.get("item", "")
    if not raw.isdecimal() or len(raw) > LONGEST_ID:
        return None
    return access.asset_claimed_by(viewer(), int(raw))


def _found() -> list[Asset]:
    """Return the items that a number or words may mean, the exact ones alone where there are."""
    typed = _words()
    if not typed:
        return []
    me = viewer()
    exact: list[Asset] = queries.scanned(typed, me)
    if exact:
        return exact
    seen = register.visible(me)
    return list(items.chosen(Filters(words=typed), seen, limit=MOST_FOUND))
