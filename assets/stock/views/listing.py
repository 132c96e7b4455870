"""The list of stock with its files, and the list of what is short."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.stock import access, slots
from assets.stock.models import StockBalance
from assets.stock.quantities import shown
from assets.stock.queries import balances as queries
from assets.stock.queries import items
from assets.stock.queries.balances import Filters, Shortage
from assets.stock.states import CLASSES, SupplyClass
from assets.stock.views.blueprint import blueprint
from kernel import clock, downloads, thai
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.i18n import pgettext
from kernel.pages import page_number, paged
from kernel.paths import whole
from kernel.tables import Column, Kind
from office.saved_views import lists
from office.saved_views import queries as saved

LONGEST = 100
FILES = (("xlsx", "Excel"), ("csv", "CSV"))
LIST = lists.declare("stock", "stock.balances", _l("Stock"), access.SEE)


@blueprint.get("")
@permit(access.SEE)
def balances() -> ResponseReturnValue:
    """List what the viewer's stores have of each item."""
    me, kept = viewer(), saved.kept_for(viewer(), LIST.key)
    if not request.args and kept.default is not None:
        return redirect(lists.address(kept.default))
    filters, number = _filters(), page_number()
    return render_template(
        "assets/stock/balances.html",
        page=paged(queries.balances(filters, me, page=number), number, queries.PAGE),
        filters=filters,
        sort=filters.sort.removeprefix("-"),
        descending=filters.sort.startswith("-"),
        groups=_groups(filters),
        classes=CLASSES,
        kept=kept,
        list_key=LIST.key,
        saved=[(view, lists.address(view)) for view in kept.views],
        files=[(name, _address("stock.balance_file", ending)) for ending, name in FILES],
        may_move=me.may(access.MOVE),
        shown=shown,
    )


@blueprint.get("/list.<ending>")
@permit(access.SEE)
def balance_file(ending: str) -> ResponseReturnValue:
    """Hand out exactly what the list shows, all of its pages, as CSV or as a workbook."""
    day = clock.today().isoformat()
    found = queries.exported(_filters(), viewer())
    return downloads.table(
        ending, _columns(), found, name=f"{_('Stock')} {day}", plain_name=f"stock-{day}"
    )


def _address(endpoint: str, ending: str) -> str:
    query = lists.lasting(request.query_string.decode())
    return url_for(endpoint, ending=ending) + (f"?{query}" if query else "")


def _filters() -> Filters:
    args = request.args
    sort = args.get("sort", "name")
    return Filters(
        words=thai.normalize(args.get("q", "").replace("\0", ""))[:LONGEST],
        store_id=whole(args.get("store")),
        kind=args.get("class", "") if args.get("class") in tuple(SupplyClass) else "",
        stand=args.get("stand", "") if args.get("stand") in _stands() else "",
        sort=sort if sort.removeprefix("-") in queries.SORTS else "name",
    )


def _stands() -> dict[str, str]:
    return {
        queries.SHORT: _("below the minimum"),
        queries.EMPTY: _("used up"),
        queries.EXPIRING: _("expires within 90 days"),
    }


def _groups(filters: Filters) -> list[dict[str, Any]]:
    """Return the filters of the list as the filter bar wants them."""
    return [
        store_group(filters.store_id),
        {
            "name": "class",
            "label": _("Class of supplies"),
            "value": filters.kind,
            "choices": [(one.value, label) for one, label in CLASSES.items()],
            "any": _("all classes"),
        },
        {
            "name": "stand",
            "label": _("Stand"),
            "value": filters.stand,
            "choices": list(_stands().items()),
            "any": _("whatever is there"),
        },
    ]


def store_group(store_id: int | None) -> dict[str, Any]:
    """Return the filter by store as the filter bar wants it."""
    choices = [(str(one.id), one.name) for one in queries.store_choices(viewer())]
    return {
        "name": "store",
        "label": _("Store"),
        "value": store_id,
        "choices": choices,
        "any": _("all stores"),
    }


def _columns() -> list[Column[StockBalance]]:
    return [
        Column(_("Store"), lambda row: row.store.name, width=26),
        Column(_("Code"), lambda row: row.item.code, width=14),
        Column(_("Item"), lambda row: row.item.name, width=40),
        Column(_("Size or look"), lambda row: row.item.size, width=24),
        Column(
            _("Class of supplies"),
            lambda row: str(CLASSES[SupplyClass(row.item.supply_class)]),
            width=24,
        ),
        Column(_("Quantity"), lambda row: row.quantity, Kind.MONEY, width=12),
        Column(_("Promised"), lambda row: row.reserved, Kind.MONEY, width=12),
        Column(pgettext("stock", "Unit"), lambda row: row.item.unit, width=12),
        Column(_("Minimum"), lambda row: row.minimum, Kind.MONEY, width=12),
        Column(_("Target"), lambda row: row.target, Kind.MONEY, width=12),
        Column(_("Worth, first in first out"), lambda row: row.value, Kind.MONEY, width=16),
        Column(_("Worth at the average"), lambda row: row.average_value, Kind.MONEY, width=16),
    ]


@blueprint.get("/shortages")
@permit(access.SEE)
def shortages() -> ResponseReturnValue:
    """List what is below its minimum, with how much fills it up and what that costs."""
    me, store_id = viewer(), whole(request.args.get("store"))
    found = queries.shortages(me, store_id)
    costs = [one.cost for one in found]
    return render_template(
        "assets/stock/shortages.html",
        lines=found,
        groups=[store_group(store_id)],
        total=sum(cost for cost in costs if cost is not None),
        untold=sum(cost is None for cost in costs),
        files=[(name, _address("stock.shortage_file", ending)) for ending, name in FILES],
        shown=shown,
        order=slots.way_to_buy(me),
        form=ActionForm(formdata=None),
        store_id=store_id,
    )


@blueprint.get("/shortages/list.<ending>")
@permit(access.SEE)
def shortage_file(ending: str) -> ResponseReturnValue:
    """Hand out what is short, as a workbook or as CSV: the list to buy from."""
    day = clock.today().isoformat()
    found = queries.shortages(viewer(), whole(request.args.get("store")))
    name = f"{_('Running short')} {day}"
    return downloads.table(
        ending, _shortage_columns(), found, name=name, plain_name=f"shortages-{day}"
    )


def _shortage_columns() -> list[Column[Shortage]]:
    return [
        Column(_("Store"), lambda row: row.balance.store.name, width=26),
        Column(_("Code"), lambda row: row.balance.item.code, width=14),
        Column(_("Item"), lambda row: row.balance.item.name, width=40),
        Column(_("Left"), lambda row: row.balance.quantity, Kind.MONEY, width=12),
        Column(_("Minimum"), lambda row: row.balance.minimum, Kind.MONEY, width=12),
        Column(_("To be bought"), lambda row: row.wanted, Kind.MONEY, width=12),
        Column(pgettext("stock", "Unit"), lambda row: row.balance.item.unit, width=12),
        Column(_("Last price for one"), lambda row: row.unit_price, Kind.MONEY, width=16),
        Column(_("About, in baht"), lambda row: row.cost, Kind.MONEY, width=16),
        Column(_("How it is bought again"), lambda row: row.balance.item.reorder_hint, width=40),
    ]


@blueprint.get("/find")
@permit(access.SEE)
def find() -> ResponseReturnValue:
    """Lead from a scanned or typed code to the bin or the item it stands for."""
    typed = request.args.get("code", "")[:200]
    place = items.bin_by_code(typed)
    if place is not None and viewer().may(access.SEE, place.store.unit_id):
        return redirect(url_for("stock.place", bin_id=place.id))
    return redirect(url_for("stock.item", item_id=items.find_item(typed).id))
