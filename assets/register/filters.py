"""What a list of items is narrowed to and how it is ordered: read from an address, made SQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, or_, select

from assets.register import availability
from assets.register.models import Asset, Hold
from assets.register.states import (
    CONDITIONS,
    FUND_TYPES,
    LIFECYCLES,
    HoldKind,
    Obstacle,
)
from kernel import clock, thai
from kernel.search import contains
from office.people.models import Person

HELD = {
    Obstacle.ON_LOAN: HoldKind.LOAN,
    Obstacle.IN_REPAIR: HoldKind.REPAIR,
    Obstacle.IN_MAINTENANCE: HoldKind.MAINTENANCE,
    Obstacle.IN_TRANSIT: HoldKind.TRANSIT,
    Obstacle.BEING_COUNTED: HoldKind.COUNT,
}
AVAILABLE = "available"
PASSED = "passed"
DAYS_AHEAD = ("7", "30", "90", "365")
LOW, CAPITAL = "low", "capital"
MISSING = ("photo", "room", "number", "price", "date", "class", "custodian")
LONGEST_ID = 12
LONGEST_QUERY = 200
FIRST_YEAR, LAST_YEAR = 2400, 2700


@dataclass(frozen=True)
class Filters:
    """What a list of items is narrowed to; an empty field narrows nothing.

    ``availability`` is ``available`` or the name of an obstacle. ``year`` is a fiscal year of the
    Buddhist era. ``service`` and ``warranty`` are ``passed`` or a number of days ahead;
    ``standing`` is ``low`` or ``capital``; ``missing`` names what the card lacks. ``sort`` is the
    key of a column, led by ``-`` for the other direction; blank is the order of numbers,
    ``newest`` that of taking in.
    """

    words: str = ""
    unit_id: int | None = None
    room_id: int | None = None
    class_id: int | None = None
    condition: str = ""
    availability: str = ""
    lifecycle: str = ""
    fund: str = ""
    year: int | None = None
    price_from: Decimal | None = None
    price_to: Decimal | None = None
    service: str = ""
    warranty: str = ""
    custodian: str = ""
    brand: str = ""
    model: str = ""
    standing: str = ""
    missing: str = ""
    import_id: int | None = None
    product_id: int | None = None
    sort: str = ""

    @property
    def narrows(self) -> bool:
        """Something is left out of the list."""
        return replace(self, sort="") != Filters()


def filters_from(args: Mapping[str, str]) -> Filters:
    """Read what a list of items is narrowed to from an address; nonsense narrows nothing."""

    def whole(name: str) -> int | None:
        raw = args.get(name, "")
        return int(raw) if raw.isdecimal() and len(raw) < LONGEST_ID else None

    def choice(name: str, known: Collection[str]) -> str:
        raw = args.get(name, "")
        return raw if raw in known else ""

    def typed(name: str) -> str:
        return thai.normalize(args.get(name, "")[:LONGEST_QUERY]).strip()

    ahead = (PASSED, *DAYS_AHEAD)
    return Filters(
        words=args.get("q", "").strip()[:LONGEST_QUERY],
        unit_id=whole("unit"),
        room_id=whole("room"),
        class_id=whole("class"),
        condition=choice("condition", {str(c) for c in CONDITIONS}),
        availability=choice("available", {AVAILABLE, *(str(o) for o in Obstacle)}),
        lifecycle=choice("lifecycle", {str(one) for one in LIFECYCLES}),
        fund=choice("fund", FUND_TYPES),
        year=_year(args.get("year", "")),
        price_from=_amount(args.get("price_from", "")),
        price_to=_amount(args.get("price_to", "")),
        service=choice("service", ahead),
        warranty=choice("warranty", ahead),
        custodian=typed("custodian"),
        brand=typed("brand"),
        model=typed("model"),
        standing=choice("standing", (LOW, CAPITAL)),
        missing=choice("missing", MISSING),
        import_id=whole("import"),
        product_id=whole("product"),
        sort=args.get("sort", "")[:LONGEST_QUERY],
    )


def _year(typed: str) -> int | None:
    """Return a fiscal year of the Buddhist era; one of the Common Era is understood."""
    plain = thai.arabic_digits(typed).strip()
    if not plain.isdecimal() or len(plain) != len("2569"):
        return None
    year = int(plain) if int(plain) >= FIRST_YEAR else int(plain) + thai.BUDDHIST_OFFSET
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _amount(typed: str) -> Decimal | None:
    try:
        amount = thai.parse_money(typed[:LONGEST_QUERY])
    except ValueError:
        return None
    return None if amount is None or amount < 0 else round(amount, 2)


def narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    """Return the WHERE terms of a list."""
    terms: list[ColumnElement[bool]] = []
    if filters.words:
        terms.append(contains(Asset.search_key, filters.words))
    for column, wanted in (
        (Asset.holding_unit_id, filters.unit_id),
        (Asset.room_id, filters.room_id),
        (Asset.class_id, filters.class_id),
        (Asset.condition, filters.condition),
        (Asset.lifecycle, filters.lifecycle),
        (Asset.fund_type, filters.fund),
        (Asset.import_id, filters.import_id),
        (Asset.model_id, filters.product_id),
    ):
        if wanted:
            terms.append(column == wanted)
    if filters.availability:
        terms.append(_availability(filters.availability))
    return [*terms, *_by_card(filters), *_by_days(filters), *_by_words(filters)]


def _by_card(filters: Filters) -> list[ColumnElement[bool]]:
    terms: list[ColumnElement[bool]] = []
    if filters.price_from is not None:
        terms.append(Asset.price >= filters.price_from)
    if filters.price_to is not None:
        terms.append(Asset.price <= filters.price_to)
    if filters.standing:
        terms.append(Asset.below_threshold.is_(filters.standing == LOW))
    if filters.missing:
        terms.append(_missing(filters.missing))
    return terms


def _missing(what: str) -> ColumnElement[bool]:
    lacks: dict[str, ColumnElement[bool]] = {
        "photo": Asset.photo_key == "",
        "room": Asset.room_id.is_(None),
        "number": Asset.asset_no.is_(None),
        "price": Asset.price.is_(None),
        "date": Asset.acquired_on.is_(None),
        "class": Asset.class_id.is_(None),
        "custodian": and_(Asset.custodian_id.is_(None), Asset.custodian_text == ""),
    }
    return lacks[what]


def _by_days(filters: Filters) -> list[ColumnElement[bool]]:
    terms: list[ColumnElement[bool]] = []
    if filters.year is not None:
        first = filters.year - thai.BUDDHIST_OFFSET - 1
        terms.append(Asset.acquired_on.between(date(first, 10, 1), date(first + 1, 9, 30)))
    for column, wanted in (
        (Asset.next_service_on, filters.service),
        (Asset.warranty_until, filters.warranty),
    ):
        today = clock.today()
        if wanted == PASSED:
            terms.append(column < today)
        elif wanted:
            terms.append(column.between(today, today + timedelta(days=int(wanted))))
    return terms


def _by_words(filters: Filters) -> list[ColumnElement[bool]]:
    terms: list[ColumnElement[bool]] = []
    for column, wanted in ((Asset.brand, filters.brand), (Asset.model, filters.model)):
        if wanted:
            # The search column holds these words too, and has an index.
            terms += [contains(Asset.search_key, wanted), column.icontains(wanted, autoescape=True)]
    if filters.custodian:
        people = select(Person.id).where(contains(Person.search_key, filters.custodian))
        terms.append(
            or_(
                Asset.custodian_text.icontains(filters.custodian, autoescape=True),
                Asset.custodian_id.in_(people),
            )
        )
    return terms


def _availability(wanted: str) -> ColumnElement[bool]:
    if wanted == AVAILABLE:
        return availability.obstacle().is_(None)
    same = availability.obstacle() == wanted
    kind = HELD.get(Obstacle(wanted))
    if kind is None:
        return same
    held = select(Hold.asset_id).where(Hold.kind == kind, Hold.ended_at.is_(None))
    return and_(Asset.id.in_(held), same)
