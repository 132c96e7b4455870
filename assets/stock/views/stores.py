"""Stores: the list, the page of one with its bins, its record, the labels of its bins."""

from __future__ import annotations

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.labels import shipped
from assets.stock import access, bin_labels
from assets.stock.forms import BinForm, FillForm, StoreForm
from assets.stock.models import Store
from assets.stock.queries import balances as queries
from assets.stock.queries import counts, items
from assets.stock.rules import stores as rules
from assets.stock.rules.stores import Plate
from assets.stock.views.blueprint import blueprint
from config import Settings
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.paths import whole
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping
from office.places import access as places
from office.places import queries as units
from office.places.naming import office_name


@blueprint.get("/stores")
@permit(access.SEE)
def stores() -> ResponseReturnValue:
    """List the stores with how much is in each."""
    closed = request.args.get("closed") == "1"
    return render_template(
        "assets/stock/stores.html",
        lines=queries.stores(viewer(), closed=closed),
        closed=closed,
        may_found=viewer().may(access.STORES),
    )


@blueprint.get("/stores/<int:store_id>")
@permit(access.SEE)
def store(store_id: int) -> ResponseReturnValue:
    """Show a store: who keeps it, its bins, what can be done."""
    return _store_page(store_id)


def _store_page(store_id: int, tried: BinForm | None = None) -> ResponseReturnValue:
    me, one = viewer(), access.store_under(viewer(), store_id)
    page = render_template(
        "assets/stock/store.html",
        store=one,
        bins=queries.bins_of(one),
        offered=queries.offered(one, held=False) if me.may(access.STORES, one.unit_id) else [],
        count=counts.open_in(one),
        form=tried or BinForm(formdata=None),
        tried=tried,
        may_edit=me.may(access.STORES, one.unit_id),
        may_move=me.may(access.MOVE, one.unit_id),
        papers=[(key, paper.name) for key, paper in bin_labels.papers().items()],
        default_paper=shipped.DEFAULT,
    )
    return page, tried.status if tried else 200


@blueprint.route("/stores/new", methods=["GET", "POST"])
@permit(access.STORES)
def found() -> ResponseReturnValue:
    """Open a store."""
    form = StoreForm()
    form.unit.choices = units.choices(viewer().scope(access.STORES))
    if form.accepted():
        with form.refusals():
            plate = _plate(form)
            unit_id = whole(form.unit.data) or 0
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is not None:
                    return redirect(earlier)
                made = rules.found(places.unit_seen(unit_id), plate, by=viewer())
                here = url_for("stock.store", store_id=made.id)
                bookkeeping.settle_key(form.act_key, here)
            flash(_("The store is open. Bring in what it holds, or receive something."), "ok")
            return redirect(here)
    return render_template("assets/stock/store_form.html", form=form, store=None), form.status


@blueprint.route("/stores/<int:store_id>/edit", methods=["GET", "POST"])
@permit(access.STORES)
def edit_store(store_id: int) -> ResponseReturnValue:
    """Change the record of a store."""
    one = access.store_under(viewer(), store_id, access.STORES)
    form = StoreForm(obj=one, unit=str(one.unit_id), **_names(one))
    form.unit.choices = units.choices(viewer().scope(access.STORES))
    if form.accepted():
        with form.refusals():
            plate = _plate(form)
            with work():
                one = access.store_under(viewer(), store_id, access.STORES)
                check_version(one.version, form.seen_version)
                rules.edit(one, plate, by=viewer())
            flash(_("The record is changed."), "ok")
            return redirect(url_for("stock.store", store_id=store_id))
        one = access.store_under(viewer(), store_id)
    if not form.is_submitted():
        form.version.data = str(one.version)
    form.stand_at(one.version)
    return render_template("assets/stock/store_form.html", form=form, store=one), form.status


def _names(store: Store) -> dict[str, str]:
    return {
        "keeper": store.keeper.name_th if store.keeper else "",
        "orderer": store.orderer.name_th if store.orderer else "",
    }


def _plate(form: StoreForm) -> Plate:
    keeper, orderer = form.keeper.data or "", form.orderer.data or ""
    return Plate(
        code=form.code.data or "",
        name_th=form.name_th.data or "",
        name_en=form.name_en.data or "",
        place=form.place.data or "",
        keeper=items.find_person(keeper, field="keeper") if keeper else None,
        orderer=items.find_person(orderer, field="orderer") if orderer else None,
    )


@blueprint.post("/stores/<int:store_id>/<act>")
@permit(access.STORES)
def keep_store(store_id: int, act: str) -> ResponseReturnValue:
    """Close a store (``close``), or open it again (``reopen``)."""
    verbs = {"close": rules.close, "reopen": rules.reopen}
    if act not in verbs:
        raise NotFound(_("There is no page at this address."))
    ActionForm().insist()
    with work():
        verbs[act](access.store_under(viewer(), store_id, access.STORES), by=viewer())
    flash(_("The record is changed."), "ok")
    return redirect(url_for("stock.store", store_id=store_id))


@blueprint.post("/stores/<int:store_id>/bins")
@permit(access.STORES)
def set_up_bin(store_id: int) -> ResponseReturnValue:
    """Set up a bin in a store."""
    form = BinForm()
    if form.accepted():
        with form.refusals():
            typed = form.item.data or ""
            with work():
                one = access.store_under(viewer(), store_id, access.STORES)
                inside = items.find_item(typed) if typed else None
                rules.set_up_bin(one, form.name.data or "", inside, by=viewer())
            flash(_("The bin is set up. Print its label."), "ok")
            return redirect(url_for("stock.store", store_id=store_id, _anchor="bins"))
    return _store_page(store_id, form)


@blueprint.post("/bins/<int:bin_id>/fill")
@permit(access.STORES)
def fill_bin(bin_id: int) -> ResponseReturnValue:
    """Say what lies in a bin from now on."""
    form = FillForm()
    form.insist()
    typed = form.item.data or ""
    with work():
        one = access.bin_under(viewer(), bin_id, access.STORES)
        rules.fill_bin(one, items.find_item(typed) if typed else None, by=viewer())
        store_id = one.store_id
    flash(_("The bin is changed."), "ok")
    return redirect(url_for("stock.store", store_id=store_id, _anchor="bins"))


@blueprint.post("/bins/<int:bin_id>/remove")
@permit(access.STORES)
def remove_bin(bin_id: int) -> ResponseReturnValue:
    """Give up a bin."""
    ActionForm().insist()
    with work():
        one = access.bin_under(viewer(), bin_id, access.STORES)
        rules.remove_bin(one, by=viewer())
        store_id = one.store_id
    flash(_("The bin is given up; its label leads nowhere any more."), "ok")
    return redirect(url_for("stock.store", store_id=store_id, _anchor="bins"))


@blueprint.get("/stores/<int:store_id>/labels.pdf")
@permit(access.STORES)
def labels(store_id: int) -> ResponseReturnValue:
    """Print the labels of the bins of a store; ``bin`` chooses some, ``paper`` the sheet."""
    one = access.store_under(viewer(), store_id, access.STORES)
    wanted = {whole(raw) for raw in request.args.getlist("bin")}
    bins = [place for place in queries.bins_of(one) if not wanted or place.id in wanted]
    if not bins:
        raise NotFound(_("There are no bins to print labels for."))
    settings: Settings = current_app.extensions["settings"]
    made = bin_labels.sheet(
        one,
        bins,
        paper_key=request.args.get("paper", ""),
        base_url=settings.base_url,
        office=office_name("th"),
    )
    return pdf(made, f"bins-{one.id}")


def pdf(made: bytes, name: str) -> Response:
    """Return a paper as a PDF that opens in the browser."""
    answer = Response(made, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
