"""The page of an item; its record, packs, photo, limits and corrections."""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO, cast

from flask import (
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from assets.stock import access
from assets.stock.forms import AdjustForm, ItemForm, LimitForm, PackForm, PhotoForm
from assets.stock.models import StockItem
from assets.stock.quantities import shown
from assets.stock.queries import items as queries
from assets.stock.rules import correcting
from assets.stock.rules import items as rules
from assets.stock.states import CLASSES, KINDS
from assets.stock.views.blueprint import blueprint
from config import Settings
from kernel import clock
from kernel.access import permit, viewer
from kernel.errors import NotFound, Refusal
from kernel.files import store as files
from kernel.forms import ActionForm, sent_files
from kernel.i18n import gettext as _
from kernel.images import Photo, clean_photo
from kernel.paths import whole
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping


@blueprint.get("/items/<int:item_id>")
@permit(access.SEE)
def item(item_id: int) -> ResponseReturnValue:
    """Show an item: what is where, what it cost, what moved."""
    return _item_page(item_id)


def _item_page(item_id: int, tried: ActionForm | None = None) -> ResponseReturnValue:
    me, one = viewer(), access.item_seen(item_id)
    pack = tried if isinstance(tried, PackForm) else PackForm(formdata=None)
    photo = tried if isinstance(tried, PhotoForm) else PhotoForm(formdata=None)
    page = render_template(
        "assets/stock/item.html",
        item=one,
        balances=queries.balances_of(one, me),
        layers=queries.layers_of(one, me),
        movements=queries.latest_movements(one, me),
        promises=queries.promises_of(one, me),
        bins=queries.bins_with(one, me),
        classes=CLASSES,
        kinds=KINDS,
        today=clock.today(),
        pack_form=pack,
        photo_form=photo,
        tried=tried,
        button=ActionForm(formdata=None),
        may_edit=me.may(access.ITEMS),
        rights=access,
        shown=shown,
    )
    return page, tried.status if tried else 200


@blueprint.route("/items/new", methods=["GET", "POST"])
@permit(access.ITEMS)
def enter() -> ResponseReturnValue:
    """Enter an item."""
    form = ItemForm()
    if form.accepted():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                made = rules.enter(form.card(), by=viewer())
                here = url_for("stock.item", item_id=made.id)
                bookkeeping.settle_key(form.act_key, here)
            flash(_("The item is entered. Now it can be received."), "ok")
            return redirect(here)
    return render_template("assets/stock/item_form.html", form=form, item=None), form.status


@blueprint.route("/items/<int:item_id>/edit", methods=["GET", "POST"])
@permit(access.ITEMS)
def edit(item_id: int) -> ResponseReturnValue:
    """Change the record of an item."""
    one = access.item_seen(item_id)
    form = ItemForm(obj=one)
    if form.accepted():
        with form.refusals():
            with work():
                one = access.item_seen(item_id)
                check_version(one.version, form.seen_version)
                rules.edit(one, form.card(), by=viewer())
            flash(_("The record is changed."), "ok")
            return redirect(url_for("stock.item", item_id=item_id))
        one = access.item_seen(item_id)
    if not form.is_submitted():
        form.version.data = str(one.version)
    form.stand_at(one.version)
    return render_template("assets/stock/item_form.html", form=form, item=one), form.status


@blueprint.post("/items/<int:item_id>/packs")
@permit(access.ITEMS)
def add_pack(item_id: int) -> ResponseReturnValue:
    """Add a pack to an item."""
    form = PackForm()
    if form.accepted():
        with form.refusals():
            with work():
                one = access.item_seen(item_id)
                name, english = form.name_th.data or "", form.name_en.data or ""
                rules.add_pack(one, name, english, form.factor.data, by=viewer())
            flash(_("The pack is added."), "ok")
            return redirect(url_for("stock.item", item_id=item_id, _anchor="packs"))
    return _item_page(item_id, form)


@blueprint.post("/items/<int:item_id>/packs/<int:pack_id>/remove")
@permit(access.ITEMS)
def remove_pack(item_id: int, pack_id: int) -> ResponseReturnValue:
    """Remove a pack of an item."""
    ActionForm().insist()
    with work():
        rules.remove_pack(access.item_seen(item_id), pack_id, by=viewer())
    flash(_("The pack is removed."), "ok")
    return redirect(url_for("stock.item", item_id=item_id, _anchor="packs"))


@blueprint.post("/items/<int:item_id>/photo")
@permit(access.ITEMS)
def picture(item_id: int) -> ResponseReturnValue:
    """Give an item another photo."""
    form = PhotoForm()
    if form.accepted():
        with form.refusals():
            photo = sent_photo("photo")
            if photo is None:
                raise Refusal(_("Please choose a photo."), field="photo")
            keys = keep_photo(photo)
            with work():
                rules.picture(access.item_seen(item_id), *keys, by=viewer())
            flash(_("The photo is kept."), "ok")
            return redirect(url_for("stock.item", item_id=item_id))
    return _item_page(item_id, form)


@blueprint.get("/items/<int:item_id>/photo/<size>")
@permit(access.SEE)
def photo(item_id: int, size: str) -> Response:
    """Send the photo of an item, ``small`` or ``large``."""
    one = access.item_seen(item_id)
    return send_photo(one.thumbnail_key if size == "small" else one.photo_key)


@blueprint.post("/items/<int:item_id>/<act>")
@permit(access.ITEMS)
def keep(item_id: int, act: str) -> ResponseReturnValue:
    """Stop keeping an item (``retire``), or keep it again (``take_up``)."""
    verbs = {"retire": rules.retire, "take_up": rules.take_up}
    if act not in verbs:
        raise NotFound(_("There is no page at this address."))
    ActionForm().insist()
    with work():
        verbs[act](access.item_seen(item_id), by=viewer())
    flash(_("The record is changed."), "ok")
    return redirect(url_for("stock.item", item_id=item_id))


@blueprint.route("/items/<int:item_id>/limits/<int:store_id>", methods=["GET", "POST"])
@permit(access.MOVE)
def limit(item_id: int, store_id: int) -> ResponseReturnValue:
    """Write how little a store may have of an item, and how much it is filled up to."""
    one, place = access.item_seen(item_id), access.store_under(viewer(), store_id, access.MOVE)
    balance = queries.balance_in(place, one)
    form = LimitForm(obj=balance)
    if form.accepted():
        with form.refusals():
            with work():
                place = access.store_under(viewer(), store_id, access.MOVE)
                one = access.item_seen(item_id)
                rules.limit(place, one, form.minimum.data, form.target.data, by=viewer())
            flash(_("The limits are kept."), "ok")
            return redirect(url_for("stock.item", item_id=item_id))
        one, place = access.item_seen(item_id), access.store_under(viewer(), store_id)
    page = render_template("assets/stock/limits.html", form=form, item=one, store=place)
    return page, form.status


@blueprint.route("/items/<int:item_id>/adjust/<int:store_id>", methods=["GET", "POST"])
@permit(access.MOVE)
def adjust(item_id: int, store_id: int) -> ResponseReturnValue:
    """Correct a wrong entry by a movement with its reason (R-S2)."""
    one, place = access.item_seen(item_id), access.store_under(viewer(), store_id, access.MOVE)
    form = AdjustForm()
    if form.accepted():
        with form.refusals():
            return redirect(_adjusted(item_id, store_id, form))
        one, place = access.item_seen(item_id), access.store_under(viewer(), store_id)
    page = render_template(
        "assets/stock/adjust.html",
        form=form,
        item=one,
        store=place,
        balance=queries.balance_in(place, one),
        shown=shown,
    )
    return page, form.status


def _adjusted(item_id: int, store_id: int, form: AdjustForm) -> str:
    sign = -1 if form.way.data == "less" else 1
    with work():
        earlier = bookkeeping.spend_key(form.act_key)
        if earlier is not None:
            return earlier
        place = access.store_under(viewer(), store_id, access.MOVE)
        slip = correcting.adjust(
            place,
            access.item_seen(item_id),
            rules.positive(form.quantity.data) * sign,
            form.reason.data or "",
            value=form.price.data if sign > 0 else None,
            by=viewer(),
        )
        here = url_for("stock.document", slip_id=slip.id)
        bookkeeping.settle_key(form.act_key, here)
    flash(_("The correction is posted."), "ok")
    return here


def sent_photo(name: str) -> Photo | None:
    """Return the photo a form brought, decoded; None where it brought none."""
    found = sent_files(name)
    if not found:
        return None
    settings: Settings = current_app.extensions["settings"]
    stream = cast("BinaryIO", found[0].stream)
    return clean_photo(stream, found[0].filename or "", megabytes=settings.photo_megabytes)


def keep_photo(photo: Photo) -> tuple[str, str]:
    """Put a photo into the file store; return the keys of the photo and of its thumbnail."""
    return files().put(photo.jpeg, "jpg"), files().put(photo.thumbnail, "jpg")


def send_photo(key: str) -> Response:
    """Send a photo of the file store.

    Raises:
        NotFound: there is none.
    """
    if not key:
        raise NotFound(_("There is no such photo."))
    answer = send_file(BytesIO(files().read(key)), mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=86400"
    return answer


def item_asked() -> StockItem | None:
    """Return the item that the address names, to fill a form with; None where it names none."""
    item_id = whole(request.args.get("item"))
    return access.item_seen(item_id) if item_id is not None else None
