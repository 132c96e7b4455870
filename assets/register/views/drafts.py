"""Pages of items that are expected: the list, reserving, receiving, cancelling."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from assets.catalogue import access as catalogue_access
from assets.catalogue import queries as catalogue
from assets.register import access, queries
from assets.register.forms import CancelForm, ReceiveForm, ReserveForm
from assets.register.models import Asset
from assets.register.rules import drafts
from assets.register.states import Lifecycle
from assets.register.views.blueprint import blueprint
from assets.register.views.naming import name_of
from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import NotFound, Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.pages import page_number, paged
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.places import rules as places
from office.places.models import Unit

PAGE = 100
LONGEST_ID = 12


@blueprint.get("/items/expected")
@permit(access.SEE)
def expected() -> ResponseReturnValue:
    """List the items that were written down before they arrived."""
    number, me = page_number(), viewer()
    found = db.session.scalars(
        select(Asset)
        .where(Asset.lifecycle == Lifecycle.DRAFT, access.visible(me))
        .options(joinedload(Asset.owner_unit), joinedload(Asset.asset_class))
        .order_by(Asset.owner_unit_id, Asset.asset_no_sort, Asset.id)
        .limit(PAGE + 1)
        .offset((number - 1) * PAGE)
    ).all()
    return render_template(
        "assets/register/drafts/expected.html",
        page=paged(found, number, PAGE),
        may_edit=me.may(access.EDIT),
        form=ActionForm(),
    )


@blueprint.route("/items/expected/reserve", methods=["GET", "POST"])
@permit(access.EDIT)
def reserve() -> ResponseReturnValue:
    """Write down items that are expected."""
    me = viewer()
    form = ReserveForm(unit_id=me.unit_id)
    units = [u for u in queries.units_with_items(me) if me.may(access.EDIT, u.id)]
    form.unit_id.choices = [(unit.id, name_of(unit)) for unit in units]
    classes = catalogue.classes(retired=False)
    form.class_id.choices = [(0, "–"), *((c.id, f"{c.code} {c.name}") for c in classes)]
    products = catalogue.products_offered()
    form.model_id.choices = [(0, "–"), *((one.id, one.full_name) for one in products)]
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                made = _reserve(form)
                bookkeeping.settle_key(form.act_key, url_for("register.expected"))
            flash(_told(made), "ok")
            return redirect(url_for("register.expected"))
    return render_template("assets/register/drafts/reserve.html", form=form), form.status


def _reserve(form: ReserveForm) -> list[Asset]:
    me = viewer()
    me.demand(access.EDIT, form.unit_id.data)
    unit = db.session.get_one(Unit, form.unit_id.data)
    product_id, class_id = form.model_id.data or None, form.class_id.data or None
    if product_id and not class_id:
        class_id = catalogue_access.product_known(product_id).class_id
    fields: dict[str, Any] = {
        "name": form.name.data,
        "model_id": product_id,
        "doc_ref": form.doc_ref.data or "",
        "note": form.note.data or "",
        "asset_class": catalogue_access.class_known(class_id) if class_id else None,
    }
    numbered = bool(form.numbered.data)
    return drafts.reserve(unit, fields, form.pieces.data or 0, numbered=numbered, by=me)


def _told(made: list[Asset]) -> str:
    said = ngettext("%(number)s item is expected", "%(number)s items are expected", len(made))
    first, last = made[0].asset_no, made[-1].asset_no
    if not first:
        return said
    return f"{said}: {first}" if first == last else f"{said}: {first} – {last}"


@blueprint.route("/items/expected/receive", methods=["GET", "POST"])
@permit(access.EDIT)
def receive() -> ResponseReturnValue:
    """Put expected items into service: day, price, room, and the serial number of each."""
    chosen = _chosen()
    form = ReceiveForm(doc_ref=chosen[0].doc_ref)
    if form.accepted():
        with form.refusals():
            with work():
                chosen = _chosen()
                _receive(chosen, form)
                many = len(chosen)
            flash(
                ngettext("%(number)s item is in service", "%(number)s items are in service", many),
                "ok",
            )
            return redirect(url_for("register.item_list", sort="newest"))
        chosen = _chosen()
    return render_template(
        "assets/register/drafts/receive.html", form=form, drafts=chosen, typed=request.form
    ), form.status


def _receive(chosen: list[Asset], form: ReceiveForm) -> None:
    me, fields = viewer(), form.changes()
    if form.room.data:
        units = {draft.owner_unit_id for draft in chosen}
        if len(units) > 1:
            raise Refusal(_("These items belong to different units."), field="room")
        fields["room"] = places.room_named(units.pop(), form.room.data, by=me)
    serials = {draft.id: request.form.get(f"serial-{draft.id}", "").strip() for draft in chosen}
    drafts.receive(chosen, fields, serials=serials, total=form.total.data, by=me)


def _chosen() -> list[Asset]:
    """Return the drafts that were ticked, each one that the person may change."""
    said = [one for one in request.values.getlist("item") if one.isdecimal()]
    ids = {int(one) for one in said if len(one) < LONGEST_ID}
    me = viewer()
    mine = me.scope(access.EDIT).clause(Asset.owner_unit_id, Asset.holding_unit_id)
    found = db.session.scalars(
        select(Asset)
        .where(Asset.id.in_(ids), mine)
        .options(joinedload(Asset.owner_unit))
        .order_by(Asset.asset_no_sort, Asset.id)
        .limit(drafts.MOST_AT_ONCE)
    ).all()
    if not found:
        raise Refusal(_("Tick the items that have come first."))
    return list(found)


@blueprint.route("/items/<int:asset_id>/cancel", methods=["GET", "POST"])
@permit(access.EDIT)
def cancel(asset_id: int) -> ResponseReturnValue:
    """Say that an expected item will not come."""
    asset = access.asset_edited(viewer(), asset_id)
    if asset.lifecycle != Lifecycle.DRAFT:
        raise NotFound(_("This item is not expected any more."))
    form = CancelForm()
    if form.accepted():
        with form.refusals():
            with work():
                asset = access.asset_edited(viewer(), asset_id)
                drafts.cancel(asset, form.why.data or "", by=viewer())
            flash(_("The item is not expected any more; its number is not given again."), "ok")
            return redirect(url_for("register.expected"))
        asset = access.asset_edited(viewer(), asset_id)
    return render_template("assets/register/drafts/cancel.html", form=form, asset=asset), (
        form.status
    )
