"""Pages of one item: what is known of it, its photo."""

from __future__ import annotations

from flask import (
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    url_for,
)
from flask.typing import ResponseReturnValue

from assets.catalogue import extra_values
from assets.catalogue import queries as catalogue
from assets.register import access, queries, sets, slots, valuation
from assets.register.forms import PhotoForm, StandingForm
from assets.register.rules import items
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
from assets.register.views.blueprint import blueprint
from kernel import clock
from kernel.access import permit, viewer
from kernel.errors import NotFound, Refusal
from kernel.files import store
from kernel.forms import sent_files
from kernel.i18n import gettext as _
from kernel.images import clean_photo
from kernel.work import work


@blueprint.get("/items/<int:asset_id>")
@permit(access.SEE)
def item(asset_id: int) -> ResponseReturnValue:
    """Show one item: its card, where it is, and everything that happened to it."""
    me = viewer()
    asset, obstacle = access.asset_with_obstacle(me, asset_id)
    own = catalogue.extra_columns([asset.class_id]) if asset.class_id and asset.extra else []
    return render_template(
        "assets/register/item.html",
        asset=asset,
        obstacle=OBSTACLES[obstacle],
        condition=CONDITIONS[Condition(asset.condition)],
        lifecycle=LIFECYCLES[asset.lifecycle],
        earlier=queries.earlier_numbers(asset),
        timeline=queries.timeline(asset, me),
        today=clock.today(),
        worth=valuation.of_item(asset, clock.today()),
        standing=told(asset),
        standings=STANDINGS,
        own=[(row.name, extra_values.show(row, asset.extra.get(row.key))) for row in own],
        parts=() if asset.whole_id else sets.parts_of(asset),
        fund_type=FUND_TYPES.get(asset.fund_type),
        acquire_method=ACQUIRE_METHODS.get(asset.acquire_method),
        acts=slots.acts_for(asset, me),
        may_edit=me.may(access.EDIT, asset.owner_unit_id, asset.holding_unit_id),
        may_stand=me.may(access.STAND, asset.owner_unit_id),
        standing_form=StandingForm(
            standing=asset.standing_override or "",
            reason=asset.standing_reason,
            version=str(asset.version),
        ),
        photo_form=PhotoForm(),
    )


@blueprint.post("/items/<int:asset_id>/picture")
@permit(access.EDIT)
def picture(asset_id: int) -> ResponseReturnValue:
    """Put a photo on the card."""
    form = PhotoForm()
    if not form.accepted():
        raise Refusal(" ".join(form.form_errors))
    access.asset_edited(viewer(), asset_id)
    files = sent_files("photos")
    if not files:
        raise Refusal(_("Please choose a photo first."))
    most = current_app.extensions["settings"].photo_megabytes
    photo = clean_photo(files[0].stream, files[0].filename, megabytes=most)
    keys = store().put(photo.jpeg, "jpg"), store().put(photo.thumbnail, "jpg")
    with work():
        items.picture(access.asset_edited(viewer(), asset_id), *keys, by=viewer())
    flash(_("The photo is on the card."), "ok")
    return redirect(url_for("register.item", asset_id=asset_id))


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
