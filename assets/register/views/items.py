"""Pages of one item: what is known of it, its photo."""

from __future__ import annotations

from collections.abc import Sequence

from flask import (
    Response,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue

from assets.catalogue import extra_values
from assets.catalogue import queries as catalogue
from assets.register import access, repairing, sets, slots, story, valuation, whole
from assets.register.slots import KINDS, Kind
from assets.register.standing import told
from assets.register.states import (
    ACQUIRE_METHODS,
    CONDITIONS,
    FUND_TYPES,
    LIFECYCLES,
    OBSTACLES,
    STANDINGS,
    Condition,
)
from assets.register.valuation import Worth
from assets.register.views.blueprint import blueprint
from kernel import clock
from kernel.access import Viewer, permit, viewer
from kernel.errors import NotFound
from kernel.files import store
from kernel.i18n import gettext as _
from kernel.pages import page_number


@blueprint.get("/items/<int:asset_id>")
@permit(access.SEE)
def item(asset_id: int) -> ResponseReturnValue:
    """Show one item: its card, where it is, and everything that happened to it."""
    me = viewer()
    found = whole.item_seen_by(me, asset_id)
    asset = found.asset
    units = (asset.owner_unit_id, asset.holding_unit_id)
    may_value = me.may(access.VALUE, *units)
    kind = _kind_asked()
    files = slots.files_of(asset, me, found.telling)
    told_so_far = _story(found, me, files.entries, kind, prices=may_value)
    worth = valuation.of_item(asset, clock.today()) if may_value else None
    own = catalogue.extra_columns([asset.class_id]) if asset.class_id and asset.extra else []
    return render_template(
        "assets/register/item.html",
        asset=asset,
        obstacle=OBSTACLES[found.obstacle],
        condition=CONDITIONS[Condition(asset.condition)],
        lifecycle=LIFECYCLES[asset.lifecycle],
        earlier=found.earlier,
        story=told_so_far,
        kind=kind,
        kinds=KINDS,
        page=page_number(),
        today=clock.today(),
        worth=worth,
        balance=_balance(found, worth, told_so_far) if may_value else None,
        standing=told(asset),
        standings=STANDINGS,
        own=[(row.name, extra_values.show(row, asset.extra.get(row.key))) for row in own],
        parts=sets.parts_of(asset) if found.has_parts else (),
        fund_type=FUND_TYPES.get(asset.fund_type),
        acquire_method=ACQUIRE_METHODS.get(asset.acquire_method),
        acts=slots.acts_for(asset, me),
        panels=slots.panels_of(asset, me, found.telling),
        may_edit=me.may(access.EDIT, *units),
        may_value=may_value,
        may_stand=me.may(access.STAND, asset.owner_unit_id),
        files=files.panel,
    )


def _story(
    found: whole.Whole,
    me: Viewer,
    entries: Sequence[slots.Entry],
    kind: Kind | None,
    *,
    prices: bool,
) -> story.Story:
    return story.of_item(
        found.asset,
        me,
        telling=found.telling,
        files=entries,
        kind=kind,
        page=page_number(),
        prices=prices,
    )


def _balance(
    found: whole.Whole, worth: Worth | None, told_so_far: story.Story
) -> repairing.Balance:
    return repairing.balance(
        found.asset,
        worth,
        found.newer_price,
        repairs=told_so_far.repairs,
        spent=told_so_far.repair_cost,
    )


def _kind_asked() -> Kind | None:
    said = request.args.get("kind", "")
    return Kind(said) if said in set(Kind) else None


@blueprint.get("/items/<int:asset_id>/photo/<size>.jpg")
@permit(access.SEE)
def photo(asset_id: int, size: str) -> ResponseReturnValue:
    """Send the photo of an item, whole or small."""
    asset = access.asset_seen_by(viewer(), asset_id)
    key = asset.thumbnail_key if size == "small" else asset.photo_key
    if not key:
        raise NotFound(_("This item has no photo yet."))
    answer = Response(store().read(key), mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer
