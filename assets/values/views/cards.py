"""Register cards: the page of one, papers and workbooks of one and of many, the repair history."""

from __future__ import annotations

from collections.abc import Iterator

from flask import render_template
from flask.typing import ResponseReturnValue

from assets.register import access as register
from assets.register.states import ACQUIRE_METHODS, FUND_TYPES, MOVE_CAUSES
from assets.values import access, columns, papers
from assets.values.queries import cards as queries
from assets.values.queries.books import Wanted
from assets.values.queries.cards import Card, YearLine
from assets.values.views import asked
from assets.values.views.blueprint import blueprint
from assets.values.views.register import part_asked, pdf
from assets.values.words import CONVENTIONS, UNTOLD
from kernel import downloads, thai
from kernel.access import Permission, permit, viewer
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from kernel.i18n import language
from office.places.naming import office_name


def _card(asset_id: int, right: Permission = access.SEE) -> tuple[Card, asked.Asked]:
    """Return the card of an item that the viewer may see and read the values of."""
    asset = register.asset_seen_by(viewer(), asset_id)
    viewer().demand(right, asset.owner_unit_id, asset.holding_unit_id)
    found = asked.asked(None)
    (card,) = queries.of_ids([asset.id], found.wanted)
    return card, found


@blueprint.get("/items/<int:asset_id>/card")
@permit(access.SEE)
def card(asset_id: int) -> ResponseReturnValue:
    """Show the register card of an item on a day, with its yearly lines."""
    one, found = _card(asset_id)
    return render_template(
        "assets/values/card.html",
        card=one,
        asset=one.asset,
        asked=found,
        wanted=found.wanted,
        shortcuts=asked.shortcuts(),
        convention=CONVENTIONS[found.wanted.convention],
        untold=UNTOLD,
        funds=FUND_TYPES,
        methods=ACQUIRE_METHODS,
        causes=MOVE_CAUSES,
        spoken=columns.spoken,
        then_named=columns.then_named,
        class_of=columns.class_of,
        offset=0 if language() == "th" else thai.BUDDHIST_OFFSET,
        paper=asked.address("values.card_paper", asset_id=asset_id),
        repairs_paper=asked.address("values.repairs_paper", asset_id=asset_id),
        workbook=asked.address("values.card_file", asset_id=asset_id, ending="xlsx"),
    )


@blueprint.get("/items/<int:asset_id>/card.pdf")
@permit(access.SEE)
def card_paper(asset_id: int) -> ResponseReturnValue:
    """Print the register card of an item."""
    one, found = _card(asset_id)
    return pdf(papers.cards(found.wanted, [one], office=office_name("th")), f"card-{asset_id}")


@blueprint.get("/items/<int:asset_id>/repairs.pdf")
@permit(access.PRINT_REPAIRS)
def repairs_paper(asset_id: int) -> ResponseReturnValue:
    """Print the maintenance history of an item, the back of its card."""
    one, found = _card(asset_id, access.PRINT_REPAIRS)
    return pdf(papers.repairs(one, found.wanted, office=office_name("th")), f"repairs-{asset_id}")


@blueprint.get("/items/<int:asset_id>/card.<ending>")
@permit(access.SEE)
def card_file(asset_id: int, ending: str) -> ResponseReturnValue:
    """Hand out the yearly lines of one card as a workbook or as CSV."""
    one, found = _card(asset_id)
    rows = [(one, line) for line in one.years]
    name = f"{_('Register card')} {one.worth.asset_number or asset_id}"
    shown = columns.of_cards(found.wanted.convention)
    return downloads.table(ending, shown, rows, name=name, plain_name=f"card-{asset_id}")


@blueprint.get("/values/cards.pdf")
@permit(access.SEE)
def cards_paper() -> ResponseReturnValue:
    """Print the cards of a room, a class or a unit: 200 in each file."""
    found, part = asked.asked(), part_asked()
    told, _more = queries.cards(viewer(), found.wanted, part=part)
    if not told:
        raise NotFound(_("There are no cards to print here."))
    return pdf(papers.cards(found.wanted, told, office=office_name("th")), f"cards-{part}")


@blueprint.get("/values/cards.<ending>")
@permit(access.SEE)
def cards_file(ending: str) -> ResponseReturnValue:
    """Hand out the yearly lines of all cards of the list as a workbook or as CSV."""
    wanted = asked.asked().wanted
    day = wanted.on.isoformat()
    words, shown = _("Register cards"), columns.of_cards(wanted.convention)
    return downloads.table(
        ending, shown, _lines(wanted), name=f"{words} {day}", plain_name=f"cards-{day}"
    )


def _lines(wanted: Wanted) -> Iterator[tuple[Card, YearLine]]:
    part, more = 1, True
    while more:
        found, more = queries.cards(viewer(), wanted, part=part)
        for one in found:
            yield from ((one, line) for line in one.years)
        part += 1
