"""Acts of one card on others: parts of a set, pieces of a lot, its standing, items of a model."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.catalogue import access as catalogue_access
from assets.catalogue.models import ProductModel
from assets.catalogue.slots import Items
from assets.register import access, queries
from assets.register.forms import PartForm, SplitForm, StandingForm
from assets.register.models import Asset
from assets.register.rules import gathering, items, lots, numbers, sets
from assets.register.states import Standing
from assets.register.views.blueprint import blueprint
from assets.register.views.naming import name_of
from kernel.access import Viewer, permit, viewer
from kernel.errors import Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping

SHOWN = 20
LONGEST_ID = 12


@blueprint.route("/items/<int:asset_id>/parts/add", methods=["GET", "POST"])
@permit(access.EDIT)
def add_part(asset_id: int) -> ResponseReturnValue:
    """Put an item into a set, found by its number or serial."""
    asset = access.asset_edited(viewer(), asset_id)
    form = PartForm()
    if form.accepted():
        with form.refusals():
            with work():
                whole = access.asset_edited(viewer(), asset_id)
                part = _found(form.part.data or "", whole)
                sets.add_part(whole, part, moves_along=bool(form.along.data), by=viewer())
                name = part.name
            flash(_("“%(name)s” is a part of this set now.", name=name), "ok")
            return redirect(url_for("register.item", asset_id=asset_id, _anchor="parts"))
        asset = access.asset_edited(viewer(), asset_id)
    return render_template("assets/register/part_form.html", form=form, asset=asset), form.status


def _found(said: str, whole: Asset) -> Asset:
    """Return the one item of the same books that a number means."""
    same_books = Asset.owner_unit_id == whole.owner_unit_id
    found = queries.by_code(said, access.visible(viewer()), same_books)
    if len(found) != 1:
        sentence = (
            _("There is no item with this number in the same books.")
            if not found
            else _("Several items have this number; please give the asset number.")
        )
        raise Refusal(sentence, field="part")
    return access.asset_edited(viewer(), found[0].id)


@blueprint.post("/items/<int:asset_id>/parts/take-out")
@permit(access.EDIT)
def take_out(asset_id: int) -> ResponseReturnValue:
    """Let a part be an item of its own again."""
    ActionForm().insist()
    whole_id = access.asset_edited(viewer(), asset_id).whole_id
    with work():
        sets.take_out(access.asset_edited(viewer(), asset_id), by=viewer())
    flash(_("The item stands for itself again."), "ok")
    return redirect(url_for("register.item", asset_id=whole_id or asset_id, _anchor="parts"))


@blueprint.post("/items/<int:asset_id>/parts/let-move")
@permit(access.EDIT)
def let_move(asset_id: int) -> ResponseReturnValue:
    """Say whether a part moves with its set."""
    ActionForm().insist()
    with work():
        part = access.asset_edited(viewer(), asset_id)
        sets.let_move(part, along=not part.moves_with_set, by=viewer())
        whole_id = part.whole_id
    return redirect(url_for("register.item", asset_id=whole_id or asset_id, _anchor="parts"))


@blueprint.route("/items/<int:asset_id>/split", methods=["GET", "POST"])
@permit(access.EDIT)
def split(asset_id: int) -> ResponseReturnValue:
    """Take pieces of a lot into a card of their own."""
    asset = access.asset_edited(viewer(), asset_id)
    form = SplitForm()
    if not form.is_submitted() and asset.asset_no:
        with form.refusals():
            form.asset_no.data = numbers.propose(asset.owner_unit, asset.asset_class)
        form.form_errors = []
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                lot = access.asset_edited(viewer(), asset_id)
                number = form.asset_no.data or None
                made = lots.split(lot, form.pieces.data or 0, asset_no=number, by=viewer())
                here = url_for("register.item", asset_id=made.id)
                bookkeeping.settle_key(form.act_key, here)
            flash(_("The pieces have a card of their own; the lot is smaller by them."), "ok")
            return redirect(here)
        asset = access.asset_edited(viewer(), asset_id)
    return render_template("assets/register/split.html", form=form, asset=asset), form.status


@blueprint.route("/items/<int:asset_id>/stand", methods=["GET", "POST"])
@permit(access.STAND)
def stand(asset_id: int) -> ResponseReturnValue:
    """Keep an item with the capital or the low-value items, with the reason."""
    asset = _to_stand(asset_id)
    form = StandingForm(
        standing=asset.standing_override or "",
        reason=asset.standing_reason,
        version=str(asset.version),
    )
    if form.accepted():
        with form.refusals():
            with work():
                asset = _to_stand(asset_id)
                check_version(asset.version, form.seen_version)
                decided = Standing(form.standing.data) if form.standing.data else None
                items.decide_standing(asset, decided, form.reason.data or "", by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("register.item", asset_id=asset_id))
        asset = _to_stand(asset_id)
        form.stand_at(asset.version)
    return render_template("assets/register/stand.html", form=form, asset=asset), form.status


def _to_stand(asset_id: int) -> Asset:
    asset = access.asset_edited(viewer(), asset_id)
    viewer().demand(access.STAND, asset.owner_unit_id)
    return asset


@blueprint.route("/catalogue/models/<int:product_id>/gather", methods=["GET", "POST"])
@permit(access.EDIT)
def gather(product_id: int) -> ResponseReturnValue:
    """Take items that carry the same brand and model under the record, after a look at them."""
    product = catalogue_access.product_known(product_id)
    form = ActionForm()
    if form.accepted():
        said = [one for one in request.form.getlist("item") if one.isdecimal()]
        wanted = [int(one) for one in said if len(one) < LONGEST_ID]
        with work():
            product = catalogue_access.product_known(product_id)
            many = gathering.gather(product, wanted, by=viewer())
        flash(
            ngettext(
                "%(number)s item belongs to the model now",
                "%(number)s items belong to the model now",
                many,
            ),
            "ok",
        )
        return redirect(url_for("catalogue.product", product_id=product_id))
    return render_template(
        "assets/register/gather.html",
        product=product,
        items=gathering.alike(product, viewer())[: gathering.MOST_SHOWN],
        form=form,
    ), form.status


def items_of(product: ProductModel, me: Viewer) -> Items:
    """Tell the catalogue of the items of a model; fills its slot."""
    if not me.may(access.SEE):
        return Items()
    found = gathering.items_of(product, me, SHOWN + 1)
    first = [
        {
            "name": item.name,
            "number": item.asset_no,
            "place": f"{name_of(item.holding_unit)} {item.room.name if item.room else ''}".strip(),
            "href": url_for("register.item", asset_id=item.id),
        }
        for item in found[:SHOWN]
    ]
    alike = gathering.count_alike(product, me) if me.may(access.EDIT) else 0
    here = url_for("register.gather", product_id=product.id) if alike else None
    return Items(first, len(found) > SHOWN, alike, here)
