"""An item is found by its name in any of the usual spellings, on both engines."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from assets.register.models import Asset
from kernel.db import db
from kernel.search import contains, first, first_of, sought, words
from kernel.thai import search_key
from tests.factories.assets import make_asset

NAMES = ("เครื่องคอมพิวเตอร์โน้ตบุ๊ก", "จอภาพสี 24 นิ้ว", "เก้าอี้สำนักงาน")


@pytest.fixture(autouse=True)
def items(app: Flask) -> None:
    for name in NAMES:
        make_asset(name=name, search_key=search_key(name))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("notebook", NAMES[0]),
        ("โน๊ตบุ้ค", NAMES[0]),
        ("โนตบุค คอม", NAMES[0]),
        ("monitor", NAMES[1]),
        ("จอ", NAMES[1]),
        ("24 มอนิเตอร์", NAMES[1]),
    ],
)
def test_a_word_finds_what_is_spelt_another_way(typed: str, found: str) -> None:
    by_term = select(Asset.name).where(contains(Asset.search_key, typed))
    assert db.session.scalars(by_term).all() == [found]
    by_order = first(select(Asset.name), Asset.search_key, typed)
    assert db.session.scalars(by_order).all() == [found]


def test_words_that_do_not_stand_together_find_nothing() -> None:
    term = contains(Asset.search_key, "notebook monitor")
    assert db.session.scalars(select(Asset.name).where(term)).all() == []


HOSTILE = (
    "o'brien",
    "''",
    "100%",
    "%s",
    "%(a)s",
    "a\\b",
    "\\",
    "\\'",
    ":word_0_0",
    "__[post",
    "a_b",
    '"x"',
    "--",
    ";",
    "{0}",
)


@pytest.mark.parametrize("typed", [*HOSTILE, "x\0y", "\ud800"])
def test_no_sign_of_a_word_speaks_to_the_database(typed: str) -> None:
    held = typed.encode("utf-8", "ignore").decode().replace("\0", "")
    make_asset(name=f"ก {held} ข", search_key=search_key(f"ก {held} ข"))
    by_term = select(Asset.search_key).where(contains(Asset.search_key, typed))
    by_order = first(select(Asset.search_key), Asset.search_key, typed)
    looked_for = sought(typed)
    kept = first_of(select(Asset.search_key), Asset.search_key, looked_for)
    keys = db.session.scalars(select(Asset.search_key)).all()
    holding = sorted(key for key in keys if all(word in key for word in words(typed)))
    assert holding
    assert sorted(db.session.scalars(by_term)) == holding
    assert sorted(db.session.scalars(by_order)) == holding
    assert sorted(db.session.scalars(kept, looked_for.values)) == holding
