"""The value that the database reckons is the value of the one function, to the satang."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask import Flask
from sqlalchemy import insert, select

from assets.register import valuation, worth_in_sql
from assets.register.book_value import Convention
from assets.register.columns import COLUMNS, JOINS, WORTH
from assets.register.models import Asset
from assets.register.states import Lifecycle, Standing
from kernel import clock
from kernel.db import db
from tests.factories.assets import make_class
from tests.factories.office import in_work, make_office

CARDS = 300
DAYS_OF_MONTH = (1, 2, 14, 15, 16, 28, 29, 30, 31)
MONTHS_OF_YEAR = (1, 2, 3, 9, 10, 12)
TEXTS = ("", "", "", "ครุภัณฑ์คอมพิวเตอร์", "ที่ดิน", "สิ่งก่อสร้าง คอนกรีต", "ไม่รู้")
WHEN = (date(2026, 11, 23), date(2026, 9, 30), date(2024, 2, 29), date(2023, 10, 1))


def day(dice: random.Random) -> date:
    """Return a day, most often one at which something ends or begins."""
    if dice.random() < 0.3:
        return date(1995, 1, 1) + timedelta(days=dice.randrange(12_000))
    first = date(dice.randrange(1996, 2027), dice.choice(MONTHS_OF_YEAR), 1)
    return first + timedelta(days=dice.choice(DAYS_OF_MONTH) - 1)


def card(dice: random.Random, number: int, unit_id: int, classes: list[int]) -> dict[str, Any]:
    satang = dice.choice((0, 99, 100, 101, 3700, 499_999, 500_000, 999_999, 1_000_000))
    if dice.random() < 0.6:
        satang = dice.randrange(10 ** dice.randrange(1, 11))
    return {
        "name": f"{number}",
        "owner_unit_id": unit_id,
        "holding_unit_id": unit_id,
        "class_id": dice.choice([None, *classes]),
        "class_text": dice.choice(TEXTS),
        "price": None if dice.random() < 0.05 else Decimal(satang) / 100,
        "acquired_on": None if dice.random() < 0.05 else day(dice),
        "quantity": dice.choice((1, 1, 1, 7, 60)),
        "useful_life_years": dice.choice((None, None, 1, 3, 5, 8, 25)),
        "below_threshold": dice.random() < 0.1,
        "standing_override": dice.choice((None, None, Standing.CAPITAL, *Standing)),
        "lifecycle": dice.choice((Lifecycle.IN_SERVICE, Lifecycle.IN_SERVICE, *Lifecycle)),
        "created_at": clock.now(),
    }


def classes() -> list[int]:
    wide = make_class(name_th="ครุภัณฑ์สำนักงาน", useful_life_years=8)
    under = make_class(name_th="โต๊ะ", parent_id=wide.id)
    silent = make_class(name_th="อื่น ๆ")
    return [one.id for one in (wide, under, silent, make_class(name_th="ที่ดิน"), make_class())]


def test_every_card_is_worth_in_the_database_what_the_function_says(app: Flask) -> None:
    dice, office, of_class = random.Random(2569), make_office(), classes()  # noqa: S311 - not secret
    with in_work():
        db.session.execute(
            insert(Asset), [card(dice, n, office.id, of_class) for n in range(CARDS)]
        )
    words, wrong, told = worth_in_sql.words_in_use(), [], 0
    for convention in Convention:
        for on in WHEN:
            reckoned = worth_in_sql.net(on, convention, words)
            for row in db.session.execute(with_worth(reckoned)):
                worth = valuation.of_row(row, on, convention)
                said = worth.net if worth else None
                told += said is not None
                if row.reckoned != said:
                    wrong.append((convention, on, row._asdict(), said))
    assert not wrong, wrong[:3]
    assert told > CARDS * len(WHEN)


def with_worth(reckoned: Any) -> Any:
    reads = [read.label(name) for name, read in COLUMNS[WORTH].reads]
    query = select(*reads, reckoned.label("reckoned"))
    for name in COLUMNS[WORTH].joins:
        query = query.outerjoin(*JOINS[name])
    return query


def test_words_that_tell_no_life_are_not_looked_for(app: Flask) -> None:
    make_class(name_th="อื่น ๆ")
    told = make_class(name_th="ครุภัณฑ์คอมพิวเตอร์")
    assert worth_in_sql.words_in_use() == (("3", ((told.id, ""),)),)
