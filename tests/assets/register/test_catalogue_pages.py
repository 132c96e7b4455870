"""Pages of the catalogue, of numbers and of what is expected, as people use them."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.catalogue.models import AssetClass, ExtraField, ProductModel
from assets.catalogue.rules import fields, products
from assets.catalogue.states import FieldKind
from assets.register.models import Asset
from assets.register.number_models import NumberPattern
from assets.register.states import Lifecycle
from kernel.db import db
from kernel.work import work
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset, make_class
from tests.factories.office import TESTER, sign_in

PAGES = ("/catalogue", "/catalogue/models", "/register/numbers", "/items/expected")

UNSAID = {"fund_type": "", "acquire_method": ""}


@pytest.fixture
def cast(app: Flask, client: FlaskClient) -> Cast:
    people = make_cast()
    sign_in(client, people.sri)
    return people


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["th", "en"])
def test_each_page_opens_empty_in_both_languages(
    address: str, language: str, cast: Cast, client: FlaskClient
) -> None:
    with work():
        db.session.get_one(Person, cast.sri.id).language = language
    assert client.get(address).status_code == 200


def typed_class(**more: str) -> dict[str, str]:
    return {
        "code": "7440-555", "name_th": "โน้ตบุ๊กทดสอบ", "parent_id": "0", "icon": "laptop",
        "loan_days": "๗", "borrowers": "everyone", "symptoms": "จอดับ | No picture\nร้อน", **more,
    }  # fmt: skip


def test_a_class_is_added_with_its_symptoms_and_shown(cast: Cast, client: FlaskClient) -> None:
    answer = client.post("/catalogue/classes/new", data=typed_class(dep_rate="33.33"))
    assert answer.status_code == 302
    page = client.get(answer.headers["Location"]).text
    assert "จอดับ" in page
    assert "33.33" in page


def test_a_coordinator_reads_the_catalogue_and_changes_nothing(
    cast: Cast, client: FlaskClient
) -> None:
    made = make_class()
    sign_in(client, cast.kanda)
    assert client.get(f"/catalogue/classes/{made.id}").status_code == 200
    assert client.post("/catalogue/classes/new", data=typed_class()).status_code == 403


def test_a_field_of_the_class_is_asked_kept_shown_and_found(
    cast: Cast, client: FlaskClient
) -> None:
    made = make_class()
    form = {"name_th": "หน่วยความจำ", "kind": "number", "unit_th": "กิกะไบต์", "searched": "y"}
    address = f"/catalogue/classes/{made.id}/fields/new"
    assert client.post(address, data={**form, "required": "y"}).status_code == 302
    key = db.session.scalars(select(ExtraField.key)).one()
    card = {"name": "เครื่องใหม่", "quantity": "1", "unit_id": str(cast.office.id),
            "class_id": str(made.id), "condition": "good", **UNSAID}  # fmt: skip
    assert client.post("/items/new", data=card).status_code == 422
    assert client.post("/items/new", data={**card, key: "๑,๐๒๔ กิกะไบต์"}).status_code == 302
    item = db.session.scalars(select(Asset)).one()
    assert item.extra == {key: "1024"}
    assert "1,024 กิกะไบต์" in client.get(f"/items/{item.id}").text
    assert "เครื่องใหม่" in client.get("/items?q=1024").text


def test_retiring_a_field_keeps_its_values_when_the_card_is_saved(
    cast: Cast, client: FlaskClient
) -> None:
    made = make_class()
    with work():
        given = {"name_th": "สี", "kind": FieldKind.TEXT}
        field = fields.add(db.session.get_one(AssetClass, made.id), given, by=TESTER)
        field_id, key = field.id, field.key
    item = make_asset(class_id=made.id, extra={key: "ดำ", "fund_text": "งบ"})
    client.post(f"/catalogue/fields/{field_id}/retire")
    card = {"name": item.name, "quantity": "1", "unit_id": str(cast.office.id),
            "class_id": str(made.id), "condition": "good", "version": "1"}  # fmt: skip
    card["version"] = str(item.version)
    assert client.post(f"/items/{item.id}/edit", data=card).status_code == 302
    assert db.session.get_one(Asset, item.id).extra == {key: "ดำ", "fund_text": "งบ"}
    assert "ดำ" in client.get(f"/items/{item.id}").text


def test_the_card_proposes_the_next_number_and_saves_nothing(
    cast: Cast, client: FlaskClient
) -> None:
    made = make_class(code="7440-777")
    card = {"name": "ใหม่", "class_id": str(made.id), "unit_id": str(cast.office.id), "look": "1"}
    answer = client.post("/items/new", data=card)
    assert 'value="7440-777-0001/70"' in answer.text
    assert db.session.scalars(select(Asset)).all() == []


def test_a_pattern_is_previewed_before_it_is_saved(cast: Cast, client: FlaskClient) -> None:
    make_class(code="7440-001")
    typed = {"template": "{prefix}{class}-{kind}-{seq:5}", "prefix": "สพ", "per_class": "y"}
    address = f"/register/numbers/{cast.office.id}"
    assert "สพ7440-001-00001" in client.post(address, data={**typed, "look": "1"}).text
    assert db.session.scalars(select(NumberPattern)).all() == []
    assert client.post(address, data={**typed, "version": "0"}).status_code == 302
    assert db.session.scalars(select(NumberPattern.prefix)).one() == "สพ"


def test_a_wrong_pattern_is_refused_at_its_field(cast: Cast, client: FlaskClient) -> None:
    typed = {"template": "{class}-{kind}", "per_class": "y", "version": "0"}
    answer = client.post(f"/register/numbers/{cast.office.id}", data=typed)
    assert answer.status_code == 422
    assert 'id="template-error"' in answer.text


def test_what_is_reserved_is_received_with_serials(cast: Cast, client: FlaskClient) -> None:
    made = make_class(code="7440-001")
    typed = {"name": "โน้ตบุ๊ก", "unit_id": str(cast.office.id), "class_id": str(made.id),
             "model_id": "0", "pieces": "2", "numbered": "y"}  # fmt: skip
    assert client.post("/items/expected/reserve", data=typed).status_code == 302
    first, second = db.session.scalars(select(Asset.id).order_by(Asset.id)).all()
    assert "7440-001-0002/70" in client.get("/items/expected").text
    assert client.get(f"/items/expected/receive?item={first}&item={second}").status_code == 200
    came = {
        **UNSAID,
        "item": [str(first), str(second)],
        f"serial-{first}": "SN-1",
        f"serial-{second}": "SN-2",
        "acquired_on": "23/11/2569",
        "total": "20,000.01",
        "room": "ห้องพัสดุ",
    }
    assert client.post("/items/expected/receive", data=came).status_code == 302
    rows = db.session.scalars(select(Asset).order_by(Asset.id)).all()
    assert [row.serial_no for row in rows] == ["SN-1", "SN-2"]
    assert {row.lifecycle for row in rows} == {Lifecycle.IN_SERVICE}
    assert {row.room.name for row in rows if row.room} == {"ห้องพัสดุ"}


def test_an_expected_item_is_cancelled_with_a_reason(cast: Cast, client: FlaskClient) -> None:
    draft = make_asset(lifecycle=Lifecycle.DRAFT)
    assert client.post(f"/items/{draft.id}/cancel", data={"why": ""}).status_code == 422
    assert client.post(f"/items/{draft.id}/cancel", data={"why": "ไม่ส่ง"}).status_code == 302
    assert db.session.get_one(Asset, draft.id).lifecycle == Lifecycle.CANCELLED


def test_a_part_is_added_by_its_number_and_shown_on_the_set(
    cast: Cast, client: FlaskClient
) -> None:
    whole, part = make_asset(), make_asset(name="จอภาพ 24 นิ้ว")
    said = {"part": str(part.asset_no), "along": "y"}
    assert client.post(f"/items/{whole.id}/parts/add", data=said).status_code == 302
    assert "จอภาพ 24 นิ้ว" in client.get(f"/items/{whole.id}").text
    assert client.post(f"/items/{part.id}/parts/let-move").status_code == 302
    assert client.post(f"/items/{part.id}/parts/take-out").status_code == 302


def test_the_item_page_says_why_it_is_kept_below_the_threshold(
    cast: Cast, client: FlaskClient
) -> None:
    item = make_asset(price="9999.99", acquired_on=None)
    door = f"/items/{item.id}/stand"
    assert door in client.get(f"/items/{item.id}").text
    assert "ตามหนังสือสั่งการ" not in client.get(door).text
    decided = {"standing": "low_value", "reason": "", "version": str(item.version)}
    refused = client.post(door, data=decided)
    assert refused.status_code == 422
    assert '<option selected value="low_value">' in refused.text
    decided["reason"] = "ตามหนังสือสั่งการ"
    assert client.post(door, data=decided).status_code == 302
    assert "ตามหนังสือสั่งการ" in client.get(door).text
    assert "ตามหนังสือสั่งการ" in client.get(f"/items/{item.id}").text


def test_items_are_gathered_under_a_model_after_a_look(cast: Cast, client: FlaskClient) -> None:
    item = make_asset(brand="Acer", model="Aspire 5")
    with work():
        product_id = products.add({"brand": "ACER", "name": "Aspire 5"}, by=TESTER).id
    assert (
        f"/catalogue/models/{product_id}/gather"
        in client.get(f"/catalogue/models/{product_id}").text
    )
    assert "checked" in client.get(f"/catalogue/models/{product_id}/gather").text
    client.post(f"/catalogue/models/{product_id}/gather", data={"item": [str(item.id)]})
    assert db.session.get_one(Asset, item.id).model_id == product_id


def test_a_card_without_brand_takes_that_of_its_model(cast: Cast, client: FlaskClient) -> None:
    with work():
        product_id = products.add({"brand": "Acer", "name": "Aspire 5"}, by=TESTER).id
    card = {
        "name": "เครื่องใหม่",
        "quantity": "1",
        "unit_id": str(cast.office.id),
        "class_id": "0",
        "condition": "good",
        "model_id": str(product_id),
        **UNSAID,
    }
    assert client.post("/items/new", data=card).status_code == 302
    item = db.session.scalars(select(Asset)).one()
    assert (item.brand, item.model) == ("Acer", "Aspire 5")
    assert db.session.scalars(select(ProductModel.brand)).one() == "Acer"
