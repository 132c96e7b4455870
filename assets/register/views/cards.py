"""Pages of a register card: entering an item, changing it."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.catalogue import access as catalogue_access
from assets.catalogue import queries as catalogue
from assets.register import access, queries
from assets.register.forms import ItemForm, card_form
from assets.register.models import Asset
from assets.register.rules import items, moving, numbers
from assets.register.states import Condition, MoveCause
from assets.register.views.blueprint import blueprint
from assets.register.views.differences import differences
from assets.register.views.naming import name_of
from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import Stale
from kernel.i18n import gettext as _
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping
from office.places import rules as places
from office.places.models import Unit

LONGEST_ID = 12
# The button that looks up the class's fields and the next number; it saves nothing.
LOOK = "look"


@blueprint.route("/items/new", methods=["GET", "POST"])
@permit(access.EDIT)
def take_in() -> ResponseReturnValue:
    """Enter one item by hand."""
    form = _form(None)
    if request.form.get(LOOK):
        _propose(form)
    elif form.accepted():
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
    fields = {**form.changes(), "extra": form.own_values({}), "owner_unit_id": unit_id}
    fields |= {"room": room, "condition": Condition(form.condition.data)}
    asset = items.take_in(fields, by=me)
    items.keep_earlier_numbers(asset, form.earlier(), by=me)
    return asset


@blueprint.route("/items/<int:asset_id>/edit", methods=["GET", "POST"])
@permit(access.EDIT)
def edit(asset_id: int) -> ResponseReturnValue:
    """Change a register card."""
    asset = access.asset_edited(viewer(), asset_id)
    form = _form(asset)
    if request.form.get(LOOK):
        _propose(form)
    elif form.accepted():
        with form.refusals():
            with work():
                _edit(access.asset_edited(viewer(), asset_id), form)
            flash(_("The card is saved."), "ok")
            return redirect(url_for("register.item", asset_id=asset_id))
        asset = access.asset_edited(viewer(), asset_id)
        form.stand_at(asset.version)
    there = differences(form, _as_it_is(form, asset)) if form.refused_with == Stale.status else []
    if form.refused_with == Stale.status and not there:
        # The very same was saved just now, by a second press of the button for example.
        flash(_("The card is saved."), "ok")
        return redirect(url_for("register.item", asset_id=asset_id))
    page = render_template("assets/register/card.html", form=form, asset=asset, there=there)
    return page, form.status


def _as_it_is(form: ItemForm, asset: Asset) -> ItemForm:
    """Return the form of a card as if it were just opened."""
    now = type(form)(formdata=None, obj=asset, **_filled(asset))
    now.room.data = asset.room.name if asset.room else ""
    now.earlier_numbers.data = ", ".join(queries.earlier_numbers(asset))
    return now


def _edit(asset: Asset, form: ItemForm) -> None:
    me = viewer()
    check_version(asset.version, form.seen_version)
    me.demand(access.EDIT, form.unit_id.data)
    items.edit(asset, {**form.changes(), "extra": form.own_values(asset.extra)}, by=me)
    items.keep_earlier_numbers(asset, form.earlier(), by=me)
    items.judge(asset, Condition(form.condition.data), by=me)
    named = form.room.data
    room = places.room_named(form.unit_id.data, named, by=me) if named else None
    unit = db.session.get_one(Unit, form.unit_id.data)
    moving.move(asset, room=room, unit=unit, why=MoveCause.CARD, along=True, by=me)


def _form(asset: Asset | None) -> ItemForm:
    """Return the form of a card with its choices and the fields of the class that is chosen."""
    class_id = _chosen("class_id", asset.class_id if asset else _asked("class"))
    kept = asset.extra if asset else {}
    kind = card_form(catalogue.extra_fields_for(class_id), kept or {})
    form = kind(**_filled(asset)) if asset is None else kind(obj=asset, **_filled(asset))
    # An item without class or model has None there, which is no choice of the list.
    for picked in (form.class_id, form.model_id):
        picked.data = picked.data or 0
    if asset is not None and not form.is_submitted():
        # The item's own room is a row; the card shows and takes its name.
        form.room.data = asset.room.name if asset.room else ""
        form.earlier_numbers.data = ", ".join(queries.earlier_numbers(asset))
    me = viewer()
    units = [u for u in queries.units_with_items(me) if me.may(access.EDIT, u.id)]
    mine = asset.class_id if asset else None
    classes = [c for c in catalogue.classes() if c.retired_on is None or c.id == mine]
    products = catalogue.products_offered(class_id, asset.model_id if asset else None)
    form.offer(classes, units, name_of, products)
    return form


def _filled(asset: Asset | None) -> dict[str, Any]:
    if asset is not None:
        return {
            "unit_id": asset.holding_unit_id,
            "class_id": asset.class_id or 0,
            "model_id": asset.model_id or 0,
            "version": str(asset.version),
        }
    asked = _asked("model")
    product = catalogue_access.product_known(asked) if asked else None
    class_id = _asked("class") or (product.class_id if product else None)
    return {
        "unit_id": viewer().unit_id,
        "class_id": class_id or 0,
        "model_id": product.id if product else 0,
        "name": product.full_name if product else None,
    }


def _propose(form: ItemForm) -> None:
    """Put the next number of the chosen unit and class into the form, where there is none."""
    me, class_id = viewer(), form.class_id.data
    unit = db.session.get(Unit, form.unit_id.data or 0)
    if unit is None or (form.asset_no.data or "").strip():
        return
    me.demand(access.EDIT, unit.id)
    day = form.acquired_on.data if isinstance(form.acquired_on.data, date) else None
    asset_class = catalogue_access.class_known(class_id) if class_id else None
    with form.refusals():
        form.asset_no.data = numbers.propose(unit, asset_class, day)


def _chosen(name: str, otherwise: int | None) -> int | None:
    if request.method != "POST":
        return otherwise
    said = request.form.get(name, "")
    return int(said) or None if said.isdecimal() and len(said) < LONGEST_ID else None


def _asked(name: str) -> int | None:
    said = request.args.get(name, "")
    return int(said) if said.isdecimal() and len(said) < LONGEST_ID else None
