"""The register of a day that has passed: what stood there, where, in whose books."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from assets.register.book_value import Convention
from assets.register.models import Asset
from assets.register.rules import items, moving
from assets.register.states import Lifecycle, MoveCause
from assets.values import columns
from assets.values.queries import books, changes
from assets.values.queries.books import Book, Wanted
from assets.values.queries.changes import Way
from kernel import clock
from kernel.db import db
from kernel.i18n import speaking
from kernel.work import work
from office.bookkeeping import audit
from office.people.access import Role
from office.places.models import Room, Unit
from tests.factories.assets import make_asset, make_class
from tests.factories.office import (
    TESTER,
    make_office,
    make_person,
    make_room,
    make_unit,
    viewer_for,
)

JUNE, SEPTEMBER = date(2026, 6, 30), date(2026, 9, 30)
CARD: dict[str, Any] = {
    "price": Decimal(24_000),
    "acquired_on": date(2024, 3, 15),
    "useful_life_years": 3,
}
IN_JULY = datetime(2026, 7, 15, 3, 0, tzinfo=UTC)


def wanted(on: date, **further: Any) -> Wanted:
    return Wanted(on=on, convention=Convention.A, **further)


def told(on: date, **further: Any) -> list[tuple[str, str, str]]:
    auditor = viewer_for(make_person(Role.AUDITOR))
    return [
        (line.card.unit_name_th, line.card.room or "", line.card.custodian or "")
        for line in books.lines(auditor, wanted(on, **further))
    ]


def send(asset: Asset, room: Room, unit: Unit | None = None, moment: datetime = IN_JULY) -> None:
    """Move an item; with a unit it also goes into that unit's books, as a transfer does."""
    with clock.frozen(moment), work():
        found = db.session.get_one(Asset, asset.id)
        cause = MoveCause.TRANSFER if unit else MoveCause.HAND
        moving.move(found, room=db.session.get_one(Room, room.id), why=cause, by=TESTER)
        if unit is not None:
            items.edit(found, {"owner_unit_id": unit.id}, by=TESTER, why=MoveCause.TRANSFER)


def strike_off(asset: Asset, moment: datetime = IN_JULY) -> None:
    with clock.frozen(moment), work():
        found = db.session.get_one(Asset, asset.id)
        audit.record_changes("lost", found, {"lifecycle": Lifecycle.LOST}, by=TESTER)


def test_an_item_stands_where_it_stood_on_the_day(app: Flask) -> None:
    school = make_unit(name_th="โรงเรียนหนึ่ง")
    before, after = make_room(school, "ห้อง 1"), make_room(school, "ห้อง 2")
    send(make_asset(school, room_id=before.id, custodian_text="ครูหนึ่ง", **CARD), after)
    assert told(JUNE) == [("โรงเรียนหนึ่ง", "ห้อง 1", "ครูหนึ่ง")]
    assert told(SEPTEMBER) == [("โรงเรียนหนึ่ง", "ห้อง 2", "ครูหนึ่ง")]
    assert told(JUNE, room_id=before.id)
    assert not told(JUNE, room_id=after.id)


def test_an_english_reader_is_told_the_english_names_of_the_day(app: Flask) -> None:
    first = make_unit(name_th="โรงเรียนหนึ่ง", name_en="First School")
    second = make_unit(name_th="โรงเรียนสอง", name_en="Second School")
    keeper = make_person(unit=first, name_th="ครูหนึ่ง", name_en="First Teacher")
    asset = make_asset(first, room_id=make_room(first, "1").id, custodian_id=keeper.id, **CARD)
    send(asset, make_room(second, "2"), second)
    auditor = viewer_for(make_person(Role.AUDITOR))
    for on, school in ((JUNE, "First School"), (SEPTEMBER, "Second School"), (clock.today(), "")):
        (line,) = books.lines(auditor, wanted(on))
        assert columns.then_named(line.card, "holder") == line.card.holder
        with speaking("en"):
            said = [columns.then_named(line.card, what) for what in ("holder", "custodian")]
        assert said == [school or "Second School", "First Teacher"]


def test_an_item_is_in_the_books_of_the_school_that_had_it_on_the_day(app: Flask) -> None:
    giver, taker = make_unit(name_th="โรงเรียนผู้ให้"), make_unit(name_th="โรงเรียนผู้รับ")
    there = make_room(taker, "คลัง")
    asset = make_asset(giver, room_id=make_room(giver, "ห้อง 1").id, **CARD)
    send(asset, there, taker)
    assert told(JUNE, unit=giver) == [("โรงเรียนผู้ให้", "ห้อง 1", "")]
    assert told(SEPTEMBER, unit=taker) == [("โรงเรียนผู้รับ", "คลัง", "")]
    assert not told(SEPTEMBER, unit=giver)


def test_only_the_books_of_the_day_are_read_by_a_school(app: Flask) -> None:
    giver, taker = make_unit(), make_unit()
    send(make_asset(giver, **CARD), make_room(taker, "คลัง"), taker)
    kanda = viewer_for(make_person(Role.COORDINATOR, unit=giver, over=giver))
    assert len(list(books.lines(kanda, wanted(JUNE)))) == 1
    assert not list(books.lines(kanda, wanted(SEPTEMBER)))


def test_what_came_later_or_went_before_is_left_out(app: Flask) -> None:
    make_asset(**{**CARD, "acquired_on": date(2026, 8, 1)})
    strike_off(make_asset(**CARD))
    auditor = viewer_for(make_person(Role.AUDITOR))
    june, september = (books.figures(auditor, wanted(on)) for on in (JUNE, SEPTEMBER))
    assert (june.items, september.items) == (1, 1)
    assert june.accumulated > 0
    assert september.accumulated == Decimal("1333.33")  # August and September of 24,000 in 3 years


def test_sums_are_those_of_the_lines(app: Flask) -> None:
    school = make_unit()
    for number in range(7):
        make_asset(
            school, **{**CARD, "price": Decimal(12_000 + number % 3), "quantity": 1 + number}
        )
    make_asset(school, price=None)
    auditor = viewer_for(make_person(Role.AUDITOR))
    figures = books.figures(auditor, wanted(SEPTEMBER))
    lines = list(books.lines(auditor, wanted(SEPTEMBER)))
    assert (figures.items, figures.untold) == (8, 1)
    assert figures.net == sum(line.worth.net or 0 for line in lines)
    assert figures.accumulated == sum(line.worth.accumulated or 0 for line in lines)


@pytest.mark.parametrize(
    ("card", "book"),
    [
        ({"price": Decimal("9999.99"), "acquired_on": date(2019, 10, 1)}, Book.LOW),
        ({"price": Decimal("9999.99"), "acquired_on": date(2019, 9, 30)}, Book.CAPITAL),
        ({"price": None, "below_threshold": True}, Book.LOW),
        ({"price": None, "acquired_on": None}, Book.CAPITAL),
    ],
)
def test_R_A1_an_item_stands_in_one_of_the_two_registers(  # noqa: N802 - the rule's number
    app: Flask, card: dict[str, Any], book: Book
) -> None:
    make_asset(useful_life_years=3, **card)
    auditor = viewer_for(make_person(Role.AUDITOR))
    found = [one for one in Book if list(books.lines(auditor, wanted(SEPTEMBER, book=one)))]
    assert found == [book]


def test_a_year_opens_with_what_stood_there_and_closes_after_its_changes(app: Flask) -> None:
    make_office()
    school, other = make_unit(), make_unit()
    make_asset(school, **CARD)
    make_asset(school, **{**CARD, "acquired_on": date(2026, 1, 5)})
    strike_off(make_asset(school, **CARD))
    send(make_asset(school, **CARD), make_room(other, "คลัง"), other)
    auditor = viewer_for(make_person(Role.AUDITOR))
    of_school = changes.changes(auditor, wanted(SEPTEMBER, unit=school), 2569)
    assert [one.way for one in of_school.came] == [Way.ACQUIRED]
    assert {one.way for one in of_school.went} == {Way.STRUCK_OFF, Way.TRANSFERRED_OUT}
    sums = of_school.opening.cost + of_school.added.cost - of_school.removed.cost
    assert sums == of_school.closing.cost == Decimal(48_000)
    of_other = changes.changes(auditor, wanted(SEPTEMBER, unit=other), 2569)
    assert [one.way for one in of_other.came] == [Way.TRANSFERRED_IN]
    of_all = changes.changes(auditor, wanted(SEPTEMBER), 2569)
    assert [one.way for one in of_all.went] == [Way.STRUCK_OFF]


def test_a_class_is_read_by_its_id(app: Flask) -> None:
    kind = make_class()
    make_asset(class_id=kind.id, **CARD)
    make_asset(**CARD)
    assert len(told(SEPTEMBER, class_ids=frozenset({kind.id}))) == 1
