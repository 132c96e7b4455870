"""The stock card of an item in a store: its page, the paper, the workbook."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from assets.stock import access, papers
from assets.stock.models import StockBalance
from assets.stock.quantities import shown
from assets.stock.queries import cards as queries
from assets.stock.queries import items
from assets.stock.queries.cards import Card, CardLine
from assets.stock.views.blueprint import blueprint
from assets.stock.views.stores import pdf
from kernel import clock, downloads, thai
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.paths import YEAR, whole
from kernel.tables import Column, Kind
from office.places.naming import office_name

FIRST_YEAR, LAST_YEAR = 2500, 2700


@dataclass(frozen=True)
class Asked:
    """The card that was asked for, and how the store stands today."""

    card: Card
    balance: StockBalance | None


def _asked(store_id: int, item_id: int) -> Asked:
    store = access.store_under(viewer(), store_id)
    item = access.item_seen(item_id)
    year = whole(request.args.get("year"), digits=YEAR) or 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        year = thai.fiscal_year(clock.today())
    return Asked(queries.card(store, item, year), items.balance_in(store, item))


@blueprint.get("/stores/<int:store_id>/items/<int:item_id>/card")
@permit(access.SEE)
def card(store_id: int, item_id: int) -> ResponseReturnValue:
    """Show the card of a fiscal year, with FIFO and average worth."""
    found = _asked(store_id, item_id)
    one = found.card
    return render_template(
        "assets/stock/card.html",
        card=one,
        balance=found.balance,
        years=queries.years_of(one.store, one.item, clock.today()),
        bins=[place for place in items.bins_with(one.item, viewer()) if place.store_id == store_id],
        offset=0 if language() == "th" else thai.BUDDHIST_OFFSET,
        shown=shown,
    )


@blueprint.get("/stores/<int:store_id>/items/<int:item_id>/card.pdf")
@permit(access.SEE)
def card_paper(store_id: int, item_id: int) -> ResponseReturnValue:
    """Print the card of a fiscal year."""
    found = _asked(store_id, item_id)
    bins = [one.name for one in items.bins_with(found.card.item, viewer())]
    made = papers.card(found.card, found.balance, bins, office=office_name("th"))
    return pdf(made, f"stock-card-{item_id}-{found.card.year}")


@blueprint.get("/stores/<int:store_id>/items/<int:item_id>/card.<ending>")
@permit(access.SEE)
def card_file(store_id: int, item_id: int, ending: str) -> ResponseReturnValue:
    """Hand out the card of a fiscal year as a workbook or as CSV."""
    one = _asked(store_id, item_id).card
    return downloads.table(
        ending,
        _columns(),
        [_brought(one), *one.lines],
        name=f"{_('Stock card')} {one.item.code} {one.year}".replace("/", "-"),
        plain_name=f"stock-card-{item_id}-{one.year}",
    )


def _brought(one: Card) -> CardLine:
    return CardLine(
        on=one.first,
        party=_("Brought forward"),
        document="",
        unit_cost=None,
        quantity=one.brought * 0,
        value=one.brought_value * 0,
        balance=one.brought,
        balance_value=one.brought_value,
        note="",
    )


def _columns() -> list[Column[CardLine]]:
    def side(label: str, field: str, *, came_in: bool) -> Column[CardLine]:
        return Column(
            label,
            lambda row: (
                abs(getattr(row, field)) if row.quantity and row.came_in == came_in else None
            ),
            Kind.MONEY,
            width=14,
        )

    return [
        Column(_("Day"), lambda row: row.on, Kind.DAY, width=14),
        Column(_("Received from or handed to"), lambda row: row.party, width=32),
        Column(_("Document"), lambda row: row.document, width=18),
        Column(_("Price for one"), lambda row: row.unit_cost, Kind.MONEY, width=14),
        side(_("In: quantity"), "quantity", came_in=True),
        side(_("In: baht"), "value", came_in=True),
        side(_("Out: quantity"), "quantity", came_in=False),
        side(_("Out: baht"), "value", came_in=False),
        Column(_("Left: quantity"), lambda row: row.balance, Kind.MONEY, width=14),
        Column(_("Left: baht"), lambda row: row.balance_value, Kind.MONEY, width=16),
        Column(_("Remark"), lambda row: row.note, width=30),
    ]
