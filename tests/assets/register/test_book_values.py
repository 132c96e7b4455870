# ruff: noqa: N802 - a test that holds a rule bears the rule's number as the domain writes it
"""`flask register value` and the line of figures on the item page: which items, which figures."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient

from assets.register import valuation
from assets.register.lives import is_land, life_by_words
from assets.register.models import Asset
from assets.register.states import Lifecycle
from kernel import clock
from kernel.db import db
from kernel.work import work
from office.bookkeeping import audit
from office.people.access import Role
from tests.factories.assets import make_asset, make_class
from tests.factories.counting import counted
from tests.factories.office import TESTER, make_office, make_person, make_unit, sign_in

DAY = "2026-09-30"
NO_UNIT = 2
CARD: dict[str, Any] = {
    "price": Decimal(24_000),
    "acquired_on": date(2024, 3, 15),
    "useful_life_years": 3,
}


def told(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["register", "value", *arguments])


def lines(app: Flask, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in told(app, "--json", *arguments).output.splitlines()]


def line_of(app: Flask, *arguments: str, **card: Any) -> dict[str, Any]:
    make_asset(**{**CARD, **card})
    (line,) = lines(app, *(arguments or ("--on", DAY)))
    return line


def strike_off(asset: Asset, moment: datetime) -> None:
    with clock.frozen(moment), work():
        gone = db.session.get_one(Asset, asset.id)
        audit.record_changes("lost", gone, {"lifecycle": Lifecycle.LOST}, by=TESTER)


def test_a_line_tells_number_unit_and_figures(app: Flask) -> None:
    school = make_unit(code="S9")
    make_asset(school, asset_no="7440-001-0001/67", name="จอภาพ", **CARD)
    assert lines(app, "--on", DAY) == [
        {
            "asset_number": "7440-001-0001/67",
            "name": "จอภาพ",
            "unit": "S9",
            "acquired_on": "2024-03-15",
            "quantity": 1,
            "cost": "24000.00",
            "accumulated": "20666.67",
            "net": "3333.33",
            "this_year": "8000.00",
            "life_years": 3,
            "depreciable": True,
            "convention": "A",
            "reason": None,
        }
    ]


@pytest.mark.parametrize(
    ("convention", "accumulated"), [("A", "4666.67"), ("B", "4383.38"), ("C", "4000.00")]
)
def test_R_DP5_the_convention_is_asked_for_and_told(
    app: Flask, convention: str, accumulated: str
) -> None:
    line = line_of(app, "--on", "2024-09-30", "--convention", convention)
    assert (line["convention"], line["accumulated"]) == (convention, accumulated)


def test_R_DP1_each_unit_of_a_lot_keeps_its_baht(app: Flask) -> None:
    line = line_of(app, quantity=3, acquired_on=date(2010, 1, 1))
    assert (line["cost"], line["accumulated"], line["net"]) == ("72000.00", "71997.00", "3.00")


def test_R_A1_the_threshold_is_for_one_unit_not_for_the_lot(app: Flask) -> None:
    line = line_of(app, quantity=10, price=Decimal("9999.99"))
    assert (line["depreciable"], line["net"]) == (False, "99999.90")


def test_R_DP4_a_card_kept_below_the_threshold_keeps_its_cost(app: Flask) -> None:
    line = line_of(app, below_threshold=True, useful_life_years=None)
    assert (line["depreciable"], line["accumulated"], line["reason"]) == (False, "0.00", None)


def test_R_DP4_land_keeps_its_cost(app: Flask) -> None:
    line = line_of(app, class_text="ที่ดิน", useful_life_years=None)
    assert (line["depreciable"], line["net"], line["reason"]) == (False, "24000.00", None)


@pytest.mark.parametrize(
    ("card", "reason"),
    [
        ({"price": None}, "no_price"),
        ({"acquired_on": None}, "no_date"),
        ({"useful_life_years": None}, "no_life"),
    ],
)
def test_a_value_that_cannot_be_told_says_why(
    app: Flask, card: dict[str, Any], reason: str
) -> None:
    line = line_of(app, **card)
    assert (line["reason"], line["net"], line["accumulated"]) == (reason, None, None)


def test_the_life_is_of_the_class_and_of_the_wider_one_where_the_card_has_none(app: Flask) -> None:
    wider = make_class(useful_life_years=5)
    narrow = make_class(parent_id=wider.id, useful_life_years=None)
    own = make_class(useful_life_years=8)
    lives = {
        make_asset(**{**CARD, "useful_life_years": None, "class_id": one.id}).asset_no: years
        for one, years in ((narrow, 5), (own, 8))
    }
    assert {line["asset_number"]: line["life_years"] for line in lines(app)} == lives


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("ครุภัณฑ์คอมพิวเตอร์", 3),
        ("ครุภัณฑ์สำนักงาน", 8),
        ("ครุภัณฑ์โฆษณาและเผยแพร่", 5),
        ("ครุภัณฑ์ไฟฟ้าและวิทยุ", 5),
        ("ครุภัณฑ์ไฟฟ้าและวิทยุ (เครื่องกำเนิดไฟฟ้า)", 20),
        ("ครุภัณฑ์การศึกษา", 2),
        ("ครุภัณฑ์การเกษตร เครื่องจักร", 5),
        ("ครุภัณฑ์การเกษตร เครื่องมือ", 3),
        ("ครุภัณฑ์การเกษตร", None),
        ("สิ่งก่อสร้างคอนกรีต", 15),
        ("ที่ดินและสิ่งก่อสร้าง", None),
        ("อาคารสำนักงาน", None),
        ("ที่ดิน", None),
        ("", None),
    ],
)
def test_the_class_words_of_the_letter_give_a_life_where_they_are_clear(
    words: str, years: int | None
) -> None:
    assert life_by_words(words) == years


def test_R_DP4_only_the_plain_word_means_land() -> None:
    assert is_land("ที่ดิน")
    assert not is_land("ที่ดินและสิ่งก่อสร้าง")


def test_what_came_later_and_what_is_only_expected_is_left_out(app: Flask) -> None:
    on_the_day = make_asset(**{**CARD, "acquired_on": date(2026, 9, 30)})
    make_asset(**{**CARD, "acquired_on": date(2026, 10, 1)})
    make_asset(**CARD, lifecycle=Lifecycle.DRAFT)
    assert [line["asset_number"] for line in lines(app, "--on", DAY)] == [on_the_day.asset_no]


@pytest.mark.parametrize(
    ("day", "stands"), [("2026-06-29", True), ("2026-06-30", True), ("2026-07-01", False)]
)
def test_what_was_struck_off_stands_until_that_day_in_bangkok(
    app: Flask, day: str, stands: bool
) -> None:
    # 17:30 in London is half past midnight of the 30th in Bangkok.
    strike_off(make_asset(**CARD), datetime(2026, 6, 29, 17, 30, tzinfo=UTC))
    assert bool(lines(app, "--on", day)) is stands


def test_what_came_into_the_register_struck_off_was_never_in_it(app: Flask) -> None:
    make_asset(**CARD, lifecycle=Lifecycle.DISPOSED)
    assert lines(app, "--on", DAY) == []


def test_a_unit_is_told_with_the_units_under_it(app: Flask) -> None:
    school = make_unit(code="S9")
    under = make_unit(code="S91", parent=school, kind="group")
    for owner in (school, under, make_unit(), make_office()):
        make_asset(owner, **CARD)
    assert {line["unit"] for line in lines(app, "--unit", "S9")} == {"S9", "S91"}


def test_an_unknown_unit_is_refused_with_the_known_ones(app: Flask) -> None:
    make_office()
    refused = told(app, "--unit", "nowhere")
    assert refused.exit_code == NO_UNIT
    assert "nowhere" in refused.output


def test_the_table_has_totals_and_says_what_cannot_be_told(app: Flask) -> None:
    make_asset(**CARD)
    make_asset(**{**CARD, "acquired_on": date(2010, 1, 1)})
    make_asset(**{**CARD, "price": None})
    table = told(app, "--on", DAY).output
    assert "30 กันยายน 2569" in table
    assert "48,000.00" in table
    assert "3,334.33" in table
    assert "ไม่มีราคาในบัตรทะเบียน" in table


def test_the_register_is_read_in_chunks(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(valuation, "CHUNK", 2)
    numbers = [make_asset(**CARD).asset_no for _number in range(5)]
    with counted() as asked:
        assert [line["asset_number"] for line in lines(app)] == sorted(map(str, numbers))
    assert sum("FROM asset " in one or "FROM asset\n" in one for one in asked) == 1


def test_the_item_page_tells_the_book_value_of_today(app: Flask, client: FlaskClient) -> None:
    asset = make_asset(**CARD)
    sign_in(client, make_person(Role.STOREKEEPER))
    with clock.frozen(datetime(2026, 9, 30, 3, 0, tzinfo=UTC)):
        page = client.get(f"/items/{asset.id}").text
    assert "มูลค่าตามบัญชี" in page
    assert "20,666.67" in page
    assert "3,333.33" in page


def test_the_item_page_says_that_a_value_cannot_be_told(app: Flask, client: FlaskClient) -> None:
    asset = make_asset(**{**CARD, "price": None})
    sign_in(client, make_person(Role.STOREKEEPER))
    assert "ยังบอกไม่ได้" in client.get(f"/items/{asset.id}").text
