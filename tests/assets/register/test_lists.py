"""The list of the register: columns, order, filters, files of exactly what is seen."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from assets.catalogue.models import AssetClass, ExtraField
from assets.catalogue.states import FieldKind
from assets.register import columns
from assets.register.models import Asset
from kernel import thai
from kernel.db import db
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset, make_class
from tests.factories.attachments import make_product
from tests.factories.counting import counted
from tests.factories.office import in_work, make_room, sign_in


@pytest.fixture
def cast(app: Flask, client: FlaskClient) -> Cast:
    people = make_cast()
    sign_in(client, people.sri)
    return people


def names(client: FlaskClient, query: str) -> list[str]:
    answer = client.get(f"/items/list.csv?cols=name&{query}")
    assert answer.status_code == 200
    return [row[0] for row in csv.reader(io.StringIO(answer.data.decode("utf-8-sig")))][1:]


def test_every_column_shows_and_orders_the_list(cast: Cast, client: FlaskClient) -> None:
    make_asset(price=Decimal(500), acquired_on=date(2024, 1, 1), room_id=None)
    make_asset(cast.school, room_id=make_room(cast.school).id)
    for order in (f"{sign}{key}" for key in columns.COLUMNS for sign in ("", "-")):
        page = client.get(f"/items?cols=number,{order.removeprefix('-')}&sort={order}")
        assert (order, page.status_code) == (order, 200)
        assert (order, page.text.count("data-tick>")) == (order, 2)


def test_names_stand_in_the_order_of_a_thai_dictionary(cast: Cast, client: FlaskClient) -> None:
    for name in ("แขก", "เก้าอี้", "กล้อง", "โขน"):
        make_asset(name=name)
    assert names(client, "sort=name") == ["กล้อง", "เก้าอี้", "แขก", "โขน"]
    assert names(client, "sort=-name") == ["โขน", "แขก", "เก้าอี้", "กล้อง"]


def test_a_new_name_takes_its_place_in_the_order(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset(name="กล้อง")
    asset.name = "โขน"
    assert asset.name_sort == thai.sort_key("โขน")


def test_blanks_come_last_in_both_directions(cast: Cast, client: FlaskClient) -> None:
    make_asset(name="ไม่รู้")
    make_asset(name="ถูก", price=Decimal(1))
    make_asset(name="แพง", price=Decimal(9))
    assert names(client, "sort=price") == ["ถูก", "แพง", "ไม่รู้"]
    assert names(client, "sort=-price") == ["แพง", "ถูก", "ไม่รู้"]


@pytest.mark.parametrize(
    "query",
    [
        "fund=donation",
        "year=2569",
        "year=2026",
        "price_from=1,000&price_to=2,000.00",
        "service=passed",
        "warranty=30",
        "custodian=มาลี",
        "brand=acer",
        "model=X-9",
        "standing=low",
    ],
)
def test_a_filter_finds_what_fits_and_nothing_else(
    query: str, cast: Cast, client: FlaskClient, clock: object
) -> None:
    make_asset(name="อื่น", price=Decimal(90_000), below_threshold=False)
    make_asset(
        name="ใช่",
        fund_type="donation",
        acquired_on=date(2025, 10, 1),
        price=Decimal(1500),
        below_threshold=True,
        next_service_on=date(2026, 11, 1),
        warranty_until=date(2026, 12, 1),
        custodian_text="มาลี ตัวอย่าง",
        brand="Acer",
        model="X-9",
    )
    assert names(client, query) == ["ใช่"]


@pytest.mark.parametrize("lack", ["photo", "room", "price", "date", "class", "custodian", "number"])
def test_what_a_card_lacks_is_found(lack: str, cast: Cast, client: FlaskClient) -> None:
    make_asset(name="ขาด", asset_no=None)
    make_asset(
        name="ครบ",
        photo_key="k",
        room_id=make_room(cast.school).id,
        price=Decimal(1),
        acquired_on=date(2024, 1, 1),
        class_id=make_class().id,
        custodian_text="ก",
    )
    assert names(client, f"missing={lack}") == ["ขาด"]


def test_each_further_filter_has_a_chip_that_takes_it_out(cast: Cast, client: FlaskClient) -> None:
    make_asset(brand="Acer")
    page = client.get("/items?brand=Acer&fund=budget").text
    assert 'class="filter-chip" href="/items?fund=budget"' in page


@pytest.mark.parametrize("query", ["room=99999&unit=99999", "class=99999", "sort=nothing&cols=no"])
def test_what_is_gone_does_not_break_the_list(query: str, cast: Cast, client: FlaskClient) -> None:
    make_asset()
    assert client.get(f"/items?{query}").status_code == 200


def test_a_file_holds_the_columns_in_the_order_of_the_list(cast: Cast, client: FlaskClient) -> None:
    make_asset(name="จอ", price=Decimal("100.50"), acquired_on=date(2025, 10, 1))
    answer = client.get("/items/list.xlsx?cols=price,acquired,name")
    sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    row: list[Any] = [cell.value for cell in next(sheet.iter_rows(min_row=2))]
    assert row[0] == 100.5
    assert row[1].date() == date(2025, 10, 1)
    assert row[2] == "จอ"
    assert "filename*=UTF-8''%E0%B8" in answer.headers["Content-Disposition"]


def test_a_coordinator_takes_away_the_own_school_alone(cast: Cast, client: FlaskClient) -> None:
    make_asset(cast.school, name="ของเรา")
    make_asset(cast.other_school, name="ของเขา")
    sign_in(client, cast.kanda)
    assert names(client, "") == ["ของเรา"]


def test_a_file_goes_past_one_page(cast: Cast, client: FlaskClient) -> None:
    for _unused in range(60):
        make_asset()
    assert len(names(client, "")) == 60


def test_a_list_asks_as_often_for_many_items_with_every_column(
    cast: Cast, client: FlaskClient
) -> None:
    address = "/items?cols=" + ",".join(columns.COLUMNS) + "&sort=-custodian&q=โน้ตบุ๊ก"
    make_asset()
    client.get(address)
    with counted() as few:
        client.get(address)
    for _unused in range(30):
        make_asset()
    with counted() as many:
        client.get(address)
    assert len(few) == len(many) <= 8


def test_a_value_of_today_is_that_of_the_card(cast: Cast, client: FlaskClient) -> None:
    asset: Asset = make_asset(
        price=Decimal(36_500), acquired_on=date(2020, 10, 1), useful_life_years=3
    )
    assert asset.id
    answer = client.get("/items/list.csv?cols=net").data.decode("utf-8-sig")
    assert answer.splitlines()[1] == "1.00"


def test_the_list_is_ordered_by_book_value_page_and_file_alike(
    cast: Cast, client: FlaskClient
) -> None:
    own: dict[str, Any] = {"useful_life_years": 5, "acquired_on": date(2024, 1, 1)}
    make_asset(name="กลาง", price=Decimal(30_000), **own)
    make_asset(name="ไม่รู้")
    make_asset(name="ต่ำ", price=Decimal(20_000), **own)
    make_asset(name="สูง", price=Decimal(40_000), **own)
    assert names(client, "sort=net") == ["ต่ำ", "กลาง", "สูง", "ไม่รู้"]
    assert names(client, "sort=-net") == ["สูง", "กลาง", "ต่ำ", "ไม่รู้"]
    page = client.get("/items?sort=-net&cols=name,net").text
    places = [page.index(f">{name}<") for name in ("สูง", "กลาง", "ต่ำ", "ไม่รู้")]
    assert places == sorted(places)


def with_fields() -> AssetClass:
    made = make_class()
    choices = [{"key": "b", "th": "ขาว", "en": "White"}, {"key": "a", "th": "ดำ", "en": "Black"}]
    fields: tuple[tuple[str, FieldKind, list[dict[str, str]]], ...] = (
        ("x_size", FieldKind.NUMBER, []),
        ("x_look", FieldKind.CHOICE, choices),
        ("x_day", FieldKind.DATE, []),
        ("x_word", FieldKind.TEXT, []),
    )
    with in_work():
        for key, kind, choice in fields:
            db.session.add(
                ExtraField(class_id=made.id, key=key, name_th=key, kind=kind, choices=choice)
            )
    return made


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("x_size", ("9", "15.6", "100")),
        ("x_look", ("b", "a")),
        ("x_day", ("2024-01-31", "2026-10-01")),
        ("x_word", ("กล้อง", "เก้าอี้", "แขก")),
    ],
)
def test_a_field_of_the_class_orders_the_list(
    key: str, values: tuple[str, ...], cast: Cast, client: FlaskClient
) -> None:
    of_class = with_fields()
    make_asset(name="blank", class_id=of_class.id)
    for said in reversed(values):
        make_asset(name=said, class_id=of_class.id, extra={key: said})
    assert names(client, f"class={of_class.id}&sort=x-{key}") == [*values, "blank"]
    assert names(client, f"class={of_class.id}&sort=-x-{key}") == [*reversed(values), "blank"]
    page = client.get(f"/items?class={of_class.id}&sort=x-{key}&cols=name,x-{key}")
    assert page.status_code == 200
    assert f"sort=-x-{key}" in page.text


def test_the_list_is_summed_as_its_filters_narrow_it(cast: Cast, client: FlaskClient) -> None:
    make_asset(name="โต๊ะ", price=Decimal("1500.50"), quantity=4, acquired_on=date(2024, 1, 1))
    make_asset(name="เก้าอี้", price=Decimal(900))
    make_asset(cast.other_school, name="โต๊ะไม่รู้ราคา")
    said = client.get("/items/sum?q=โต๊ะ").text
    assert "2 รายการ" in said
    assert "5 ชิ้น" in said
    assert "ราคารวม 6,002.00 บาท" in said
    assert "มูลค่าสุทธิวันนี้ 6,002.00 บาท" in said
    assert "1 รายการไม่มีราคา" in said
    assert "6,902.00" in client.get("/items?sum=1").text
    assert 'hx-get="/items/sum?q=' in client.get("/items?q=โต๊ะ").text


def test_the_sums_of_a_school_are_of_its_own_items(cast: Cast, client: FlaskClient) -> None:
    make_asset(cast.school, price=Decimal(100))
    make_asset(cast.other_school, price=Decimal(900))
    sign_in(client, cast.kanda)
    assert "100.00" in client.get("/items/sum").text


def test_the_list_is_narrowed_to_one_model(cast: Cast, client: FlaskClient) -> None:
    of_class, product = make_class(), make_product(brand="Acer", name="A514")
    make_asset(name="ใช่", class_id=of_class.id, model_id=product.id)
    make_asset(name="อื่น", class_id=of_class.id)
    assert names(client, f"product={product.id}") == ["ใช่"]
    assert "Acer A514" in client.get(f"/items?class={of_class.id}").text
