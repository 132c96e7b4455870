"""Pages of one item: what is known of it, its card, its photo."""

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

from assets.register import access, queries, slots, valuation
from assets.register.forms import ItemForm, PhotoForm
from assets.register.models import Asset
from assets.register.rules import items, moving
from assets.register.states import (
    ACQUIRE_METHODS,
    CONDITIONS,
    FUND_TYPES,
    LIFECYCLES,
    OBSTACLES,
    Condition,
    MoveCause,
)
from assets.register.views.blueprint import blueprint
from assets.register.views.naming import name_of
from kernel import clock
from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import NotFound, Refusal
from kernel.files import store
from kernel.forms import sent_files
from kernel.i18n import gettext as _
from kernel.images import clean_photo
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping
from office.places import rules as places
from office.places.models import Unit


@blueprint.get("/items/<int:asset_id>")
@permit(access.SEE)
def item(asset_id: int) -> ResponseReturnValue:
    """Show one item: its card, where it is, and everything that happened to it."""
    me = viewer()
    asset, obstacle = access.asset_with_obstacle(me, asset_id)
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
        fund_type=FUND_TYPES.get(asset.fund_type),
        acquire_method=ACQUIRE_METHODS.get(asset.acquire_method),
        acts=slots.acts_for(asset, me),
        may_edit=me.may(access.EDIT, asset.owner_unit_id, asset.holding_unit_id),
        photo_form=PhotoForm(),
    )


@blueprint.route("/items/new", methods=["GET", "POST"])
@permit(access.EDIT)
def take_in() -> ResponseReturnValue:
    """Enter one item by hand."""
    form = ItemForm()
    _offer(form)
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                asset = _take_in(form)
                here = url_for("register.item", asset_id=asset.id)
                bookkeeping.settle_key(form.act_key, here)
            flash(_("“%(name)s” is in the register.", name=asset.name), "ok")
            return redirect(here)
    return render_template("assets/register/card.html", form=form, asset=None), form.status


def _take_in(form: ItemForm) -> Asset:
    me, unit_id = viewer(), form.unit_id.data
    me.demand(access.EDIT, unit_id)
    room = places.room_named(unit_id, form.room.data, by=me) if form.room.data else None
    fields = {**form.changes(), "owner_unit_id": unit_id, "room": room}
    return items.take_in({**fields, "condition": Condition(form.condition.data)}, by=me)


@blueprint.route("/items/<int:asset_id>/edit", methods=["GET", "POST"])
@permit(access.EDIT)
def edit(asset_id: int) -> ResponseReturnValue:
    """Change a register card."""
    asset = _editable(asset_id)
    form = ItemForm(
        obj=asset,
        unit_id=asset.holding_unit_id,
        class_id=asset.class_id or 0,
        version=str(asset.version),
    )
    if not form.is_submitted():
        # The item's own room is a row; the card shows and takes its name.
        form.room.data = asset.room.name if asset.room else ""
    _offer(form)
    if form.accepted():
        with form.refusals():
            with work():
                _edit(_editable(asset_id), form)
            flash(_("The card is saved."), "ok")
            return redirect(url_for("register.item", asset_id=asset_id))
        asset = _editable(asset_id)
        form.stand_at(asset.version)
    return render_template("assets/register/card.html", form=form, asset=asset), form.status


def _edit(asset: Asset, form: ItemForm) -> None:
    me = viewer()
    check_version(asset.version, form.seen_version)
    me.demand(access.EDIT, form.unit_id.data)
    items.edit(asset, form.changes(), by=me)
    items.judge(asset, Condition(form.condition.data), by=me)
    named = form.room.data
    room = places.room_named(form.unit_id.data, named, by=me) if named else None
    unit = db.session.get_one(Unit, form.unit_id.data)
    moving.move(asset, room=room, unit=unit, why=MoveCause.CARD, by=me)


def _editable(asset_id: int) -> Asset:
    asset = access.asset_seen_by(viewer(), asset_id)
    viewer().demand(access.EDIT, asset.owner_unit_id, asset.holding_unit_id)
    return asset


def _offer(form: ItemForm) -> None:
    me = viewer()
    units = [u for u in queries.units_with_items(me) if me.may(access.EDIT, u.id)]
    form.offer(queries.classes(), units, name_of)


@blueprint.post("/items/<int:asset_id>/picture")
@permit(access.EDIT)
def picture(asset_id: int) -> ResponseReturnValue:
    """Put a photo on the card."""
    form = PhotoForm()
    if not form.accepted():
        raise Refusal(" ".join(form.form_errors))
    _editable(asset_id)
    files = sent_files("photos")
    if not files:
        raise Refusal(_("Please choose a photo first."))
    most = current_app.extensions["settings"].photo_megabytes
    photo = clean_photo(files[0].stream, files[0].filename, megabytes=most)
    keys = store().put(photo.jpeg, "jpg"), store().put(photo.thumbnail, "jpg")
    with work():
        items.picture(_editable(asset_id), *keys, by=viewer())
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
