"""The book value of today as SQL, so that a list of any length is put in its order and summed up.

It says to the satang what ``valuation`` says of every card, in whole numbers only. What a year
takes off is the same in every full year, and the sum stops at 1.00 baht; so the years need not be
walked: first year, full years and the year that runs are three roundings (R-DP3).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    and_,
    case,
    false,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    type_coerce,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from assets.catalogue.models import AssetClass
from assets.register import lives, valuation
from assets.register.book_value import DAYS, KEPT, LAST_DAY_OF_HALF, MONTHS, THRESHOLDS, Convention
from assets.register.models import Asset
from assets.register.states import GONE, Lifecycle, Standing
from kernel.db import Money, db
from kernel.thai import BUDDHIST_OFFSET, fiscal_year

LEFT = int(KEPT * 100)
OCTOBER = 10
# Where each part of a date stands in its letters: the first of them, and how many.
PARTS = {"year": ("1", "4"), "month": ("6", "2"), "day": ("9", "2")}
Words = tuple[tuple[str, tuple[tuple[int, str], ...]], ...]


@lru_cache(8)
def net(on: date, convention: Convention, words: Words) -> ColumnElement[Any]:
    """Return the net value in baht of the whole lot at the end of a day, NULL where untold.

    It agrees with ``valuation.of_row``. The query needs the class and the wider class joined.

    Args:
        on: the day.
        convention: how parts of a year are counted (R-DP5).
        words: what the words of classes tell (``words_in_use``).
    """
    price = type_coerce(Asset.price, BigInteger)
    life = func.coalesce(func.nullif(valuation.READ["life_years"], 0), _life_by(words))
    out = Asset.lifecycle.in_([*GONE, Lifecycle.DRAFT])
    unknown = or_(out, Asset.price.is_(None), Asset.acquired_on.is_(None))
    stays = or_(_is_low(), _means(dict(words).get(lives.LAND, ())))
    left = case(
        (unknown, None),
        (stays, price),
        (life.is_(None), None),
        (price <= LEFT, price),
        else_=price - _taken_off(price, life, on, convention),
    )
    return type_coerce(left * Asset.quantity, Money())


def words_in_use(*terms: ColumnElement[bool]) -> Words:
    """Return which words of classes tell a useful life or land: meaning, pairs of class and words.

    Words that tell nothing are left out; the pair of a class without words of a card has none.

    Args:
        terms: whose cards are read for words; all where there are none.
    """
    classes = db.session.execute(select(AssetClass.id, AssetClass.name_th))
    named = {one.id: one.name_th for one in classes}
    texts = select(func.coalesce(Asset.class_id, 0), Asset.class_text).distinct()
    said = db.session.execute(texts.where(Asset.class_text != "", *terms)).all()
    found: Mapping[str, list[tuple[int, str]]] = defaultdict(list)
    for class_id, text in [*((one, "") for one in named), *said]:
        words = f"{text} {named.get(class_id, '')}"
        years = lives.life_by_words(words)
        if years is not None or lives.is_land(words):
            found[str(years or lives.LAND)].append((class_id, text))
    return tuple(sorted((meaning, tuple(sorted(pairs))) for meaning, pairs in found.items()))


def _means(pairs: Sequence[tuple[int, str]]) -> ColumnElement[bool]:
    plain = [class_id for class_id, text in pairs if not text]
    worded = [pair for pair in pairs if pair[1]]
    terms: list[ColumnElement[bool]] = []
    if plain:
        terms.append(and_(Asset.class_text == "", Asset.class_id.in_(plain)))
    if worded:
        terms.append(tuple_(func.coalesce(Asset.class_id, 0), Asset.class_text).in_(worded))
    return or_(*terms) if terms else false()


def _life_by(words: Words) -> Any:  # noqa: ANN401 - a SQL expression
    told = [(_means(pairs), int(meaning)) for meaning, pairs in words if meaning != lives.LAND]
    return case(*told, else_=None) if told else None


def _is_low() -> ColumnElement[bool]:
    """Return what ``standing.is_low`` says where price and day are known (R-A1)."""
    below = case(
        *((Asset.acquired_on >= first, Asset.price < price) for first, price in THRESHOLDS),
        else_=false(),
    )
    decided = Asset.standing_override
    return case(
        (decided.is_not(None), decided == Standing.LOW_VALUE),
        else_=or_(Asset.below_threshold, below),
    )


def _taken_off(price: Any, life: Any, on: date, convention: Convention) -> Any:  # noqa: ANN401 - SQL expressions
    """Return the satang taken off one unit that costs more than is kept."""
    year, month, day = (DayPart(Asset.acquired_on, part) for part in PARTS)
    begun = year * MONTHS + month - 1
    if convention == Convention.A:
        begun += case((day > LAST_DAY_OF_HALF, 1), else_=0)
    after = on + timedelta(days=1)
    over = after.year * MONTHS + after.month - 1 - begun
    if convention != Convention.A:
        over -= case((day > after.day, 1), else_=0)
    most = price - LEFT
    if convention == Convention.B:
        years = _by_days(most, life, on, (year, month, day))
    else:
        first = MONTHS - (begun + MONTHS + 1 - OCTOBER) % MONTHS
        if convention == Convention.C:
            first -= case((day > 1, 1), else_=0)
        years = _by_months(price, life, over, first)
    return case((over >= life * MONTHS, most), else_=Lesser(years, most))


def _by_months(price: Any, life: Any, over: Any, first: Any) -> Any:  # noqa: ANN401 - SQL expressions
    """Return the sum of what the years took off, by months that are over, first year and later."""
    later = Greater(over - first, 0)
    begun = _rounded(price * Lesser(Greater(over, 0), first), life * MONTHS)
    full = later // MONTHS * _rounded(price, life)
    return begun + full + _rounded(price * (later % MONTHS), life * MONTHS)


def _by_days(spread: Any, life: Any, on: date, begun: tuple[Any, Any, Any]) -> Any:  # noqa: ANN401 - SQL expressions
    """Return the sum of what the years took off, by days of 365."""

    def rounded(days: Any) -> Any:  # noqa: ANN401 - a SQL expression
        return _rounded(spread * Lesser(days, DAYS), life * DAYS)

    this = fiscal_year(on) - BUDDHIST_OFFSET
    year = begun[0] + case((begun[1] >= OCTOBER, 1), else_=0)
    number = _day_number(*begun)
    full = (this - year - 1) * _rounded(spread, life)
    so_far = (on - date(this - 1, OCTOBER, 1)).days + 1
    return case(
        (number > on.toordinal(), 0),
        (year >= this, rounded(on.toordinal() + 1 - number)),
        else_=rounded(_day_number(year, OCTOBER, 1) - number) + full + rounded(so_far),
    )


def _rounded(amount: Any, parts: Any) -> Any:  # noqa: ANN401 - SQL expressions
    """Return an amount divided into parts, half a satang upwards (R-DP3)."""
    return (2 * amount + parts) // (2 * parts)


def _day_number(year: Any, month: Any, day: Any) -> Any:  # noqa: ANN401 - SQL expressions or numbers
    """Return the number of a day as ``date.toordinal`` counts; years begin in March."""
    early = (14 - month) // MONTHS
    years, months = year - early, month + MONTHS * early - 3
    leaps = years // 4 - years // 100 + years // 400
    return day + (153 * months + 2) // 5 + 365 * years + leaps - 306


class Lesser(FunctionElement[int]):
    """The lesser of two numbers; SQLite calls it otherwise than PostgreSQL."""

    name, type, inherit_cache = "least", BigInteger(), True


class Greater(FunctionElement[int]):
    """The greater of two numbers."""

    name, type, inherit_cache = "greatest", BigInteger(), True


class DayPart(FunctionElement[int]):
    """Year, month or day of a date; reading its letters is the quickest way where it is a text."""

    name, type, inherit_cache = "date_part", Integer(), True

    def __init__(self, day: Any, part: str) -> None:  # noqa: ANN401 - a column
        super().__init__(day, literal_column(f"'{part}'"), *map(literal_column, PARTS[part]))


@compiles(Lesser)
@compiles(Greater)
def _least(element: FunctionElement[int], compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401
    return f"{element.name}({compiler.process(element.clauses, **how)})"


@compiles(Lesser, "sqlite")
@compiles(Greater, "sqlite")
def _scalar_min(element: FunctionElement[int], compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401
    name = "min" if isinstance(element, Lesser) else "max"
    return f"{name}({compiler.process(element.clauses, **how)})"


@compiles(DayPart)
def _date_part(element: DayPart, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401
    day, part, *_places = (compiler.process(one, **how) for one in element.clauses)
    return f"CAST(date_part({part}, {day}) AS INTEGER)"


@compiles(DayPart, "sqlite")
def _letters(element: DayPart, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401
    day, _part, first, length = (compiler.process(one, **how) for one in element.clauses)
    return f"CAST(substr({day}, {first}, {length}) AS INTEGER)"
