"""The two papers as tables for Excel: one row for each requirement, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from helpdesk.specifications import sentences, standings
from helpdesk.specifications.comparison_models import Comparison, Offer
from helpdesk.specifications.models import Specification
from helpdesk.specifications.states import OPERATORS, RESULTS, Operator, Result
from kernel.i18n import gettext as _
from kernel.i18n import lazy_pgettext as _p
from kernel.i18n import pgettext
from kernel.tables import Column, Kind, Value

Row = Sequence[Value]
MANDATORY, OPTIONAL = _p("requirement", "must be met"), _p("requirement", "optional")


def _column(number: int, label: str, kind: Kind, width: int) -> Column[Row]:
    return Column(label, partial(_cell, number=number), kind, width)


def _cell(row: Row, *, number: int) -> Value:
    return row[number] if number < len(row) else None


def specification_columns() -> list[Column[Row]]:
    """Return the columns of a specification; pasted into a form, they are understood again."""
    heads: tuple[tuple[str, Kind, int], ...] = (
        (_("Number"), Kind.TEXT, 8),
        (pgettext("requirement", "Item"), Kind.WHOLE, 8),
        (_("What is bought"), Kind.TEXT, 36),
        (_("Requirement"), Kind.TEXT, 60),
        (pgettext("requirement", "Measure"), Kind.TEXT, 16),
        (pgettext("requirement", "Value"), Kind.TEXT, 16),
        (_("Unit of measure"), Kind.TEXT, 14),
        (_("Must be met"), Kind.TEXT, 12),
        (_("How many"), Kind.MONEY, 10),
        (_("Counted in"), Kind.TEXT, 12),
        (_("Price of one (baht)"), Kind.MONEY, 16),
        (_("ICT price criterion"), Kind.TEXT, 40),
    )
    return [_column(number, *head) for number, head in enumerate(heads)]


def specification_rows(one: Specification) -> Iterator[Row]:
    """Yield an item, then its requirements, for every item."""
    for item in one.items:
        bought = (item.quantity, item.unit_word, item.unit_price, item.criterion_text)
        yield (str(item.position), item.position, item.name, "", "", "", "", "", *bought)
        for each in item.requirements:
            yield (
                f"{item.position}.{each.position}",
                item.position,
                item.name,
                each.name,
                str(OPERATORS[Operator(each.operator)]),
                each.amount,
                each.unit_word,
                str(MANDATORY if each.mandatory else OPTIONAL),
            )


def comparison_columns(one: Comparison) -> list[Column[Row]]:
    """Return the columns of a comparison: finding, page and remark for each vendor."""
    heads: list[tuple[str, Kind, int]] = [
        (_("Number"), Kind.TEXT, 8),
        (_("Requirement"), Kind.TEXT, 60),
        (_("Must be met"), Kind.TEXT, 12),
    ]
    for offer in one.offers:
        heads += [
            (offer.vendor.name, Kind.MONEY, 24),
            (_("Page"), Kind.TEXT, 10),
            (_("Remark"), Kind.TEXT, 32),
        ]
    return [_column(number, *head) for number, head in enumerate(heads)]


def comparison_rows(one: Comparison) -> Iterator[Row]:
    """Yield prices and findings item by item, then sums, places and the recommendation."""
    for item in one.specification.items:
        prices = [
            next((each.unit_price for each in offer.prices if each.item_id == item.id), None)
            for offer in one.offers
        ]
        label = f"{item.name}: {_('Price of one (baht)')}"
        yield _spread(str(item.position), label, prices)
        for each in item.requirements:
            cells = [cell for offer in one.offers for cell in _finding(offer, each.id)]
            needed = str(MANDATORY if each.mandatory else OPTIONAL)
            number = f"{item.position}.{each.position}"
            yield (number, sentences.requirement(each), needed, *cells)
    yield from _ends(one)


def _finding(offer: Offer, requirement_id: int) -> tuple[Value, ...]:
    found = next((each for each in offer.findings if each.requirement_id == requirement_id), None)
    if found is None:
        return "", "", ""
    return str(RESULTS[Result(found.result)].label), found.page, found.remark


def _spread(number: str, label: str, values: Sequence[Value]) -> Row:
    return (number, label, "", *(cell for value in values for cell in (value, "", "")))


def _ends(one: Comparison) -> Iterator[Row]:
    places = standings.of(one)
    words = {True: _("passes"), False: _("does not pass"), None: ""}
    offers = one.offers
    totals = [standings.total(offer, one.specification) for offer in offers]
    yield _spread(
        "", pgettext("comparison", "Result"), [words[places[offer.id].passes] for offer in offers]
    )
    yield _spread("", _("Costs together (baht)"), totals)
    if any(offer.score is not None for offer in offers):
        yield _spread("", _("Performance (0–100 points)"), [offer.score for offer in offers])
        yield _spread("", _("Points together"), [places[offer.id].points for offer in offers])
    yield _spread(
        "", pgettext("comparison", "Place"), [_rank(places[offer.id].rank) for offer in offers]
    )
    marks = [_("recommended") if offer.chosen else "" for offer in offers]
    yield _spread("", _("Recommendation"), marks)
    yield ("", one.recommendation)


def _rank(rank: int | None) -> str:
    return str(rank) if rank else "–"
