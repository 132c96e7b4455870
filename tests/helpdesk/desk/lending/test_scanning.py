"""What a scan at the desk means, in a browser without JavaScript."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.loans.models import LoanBasket
from assets.register.models import EarlierNumber
from kernel.db import db
from kernel.work import work
from office.people.access import Role
from office.people.models import Person
from tests.factories.assets import make_asset
from tests.factories.office import make_person, make_unit, sign_in
from tests.helpdesk.desk.lending.counter import in_thai, on_the_list, scan, tag


def test_an_empty_counter_says_what_to_do(client: FlaskClient, sri: Person) -> None:
    assert "ยังไม่มีรายการบนเคาน์เตอร์" in client.get("/desk").text


def test_every_way_to_name_an_item_finds_it(client: FlaskClient, sri: Person) -> None:
    named = {
        "label": (a := make_asset(), f"HTTP://LOCALHOST/Q/{tag(a, 'AB12CD34')}"),
        "small label": (b := make_asset(), f"http://localhost/q/{tag(b, 'AB12CD35').lower()}"),
        "code": (c := make_asset(), tag(c, "AB12CD36")),
        "thai code": (d := make_asset(), in_thai(tag(d, "AB12CD37").lower())),
        "number": (make_asset(asset_no="7440-001-8001/69"), "7440-001-8001/69"),
        "thai digits": (make_asset(asset_no="7440-001-8002/69"), "๗๔๔๐-๐๐๑-๘๐๐๒/๖๙"),
        "spaces": (make_asset(asset_no="7440-001-8003/69"), "7440 - 001 – 8003 / 69"),
        "serial": (make_asset(serial_no="PF2X9Q"), "pf2x9q"),
        "thai serial": (make_asset(serial_no="PF3X9Q"), in_thai("pf3x9q")),
    }
    earlier = make_asset()
    with work():
        db.session.add(EarlierNumber(asset_id=earlier.id, number="เก่า 12", key="เก่า12"))
    named["earlier number"] = (earlier, "เก่า 12")
    for way, (asset, code) in named.items():
        scan(client, code)
        assert on_the_list()[-1] == asset.id, way


def test_every_way_to_name_a_person_finds_them(client: FlaskClient, sri: Person) -> None:
    malee = make_person(name_th="มาลี ตัวอย่าง", username="malee", card_code="KT55001")
    for code in ("KT55001", "kt55001", in_thai("kt55001"), "Malee", "มาลี"):
        client.post("/desk/clear")
        scan(client, code)
        assert db.session.scalar(select(LoanBasket.borrower_id)) == malee.id, code


def test_words_that_fit_several_are_picked_from_a_list(client: FlaskClient, sri: Person) -> None:
    make_person(name_th="สมชาย ตัวอย่าง")
    other = make_person(name_th="สมศรี ตัวอย่าง")
    page = scan(client, "สม")
    assert "สมชาย" in page
    assert "สมศรี" in page
    client.post("/desk/pick", data={"pick": f"person-{other.id}"})
    assert db.session.scalar(select(LoanBasket.borrower_id)) == other.id


def test_words_never_choose_an_item_by_themselves(client: FlaskClient, sri: Person) -> None:
    asset = make_asset(name="ขาตั้งกล้อง")
    page = scan(client, "ขาตั้ง")
    assert on_the_list() == []
    assert f"item-{asset.id}" in page
    client.post("/desk/pick", data={"pick": f"item-{asset.id}"})
    assert on_the_list() == [asset.id]


def test_a_number_that_two_schools_gave_means_the_own_one(app: Flask, client: FlaskClient) -> None:
    school, other = make_unit(), make_unit()
    sign_in(client, make_person(Role.STOREKEEPER, unit=school, over=school))
    own = make_asset(school, asset_no="7440-001-0001/69", serial_no="X1")
    make_asset(other, asset_no="7440-001-0001/69", serial_no="X2")
    scan(client, "7440-001-0001/69")
    assert on_the_list() == [own.id]


def test_another_schools_item_is_refused_without_its_name(app: Flask, client: FlaskClient) -> None:
    school, other = make_unit(), make_unit()
    sign_in(client, make_person(Role.STOREKEEPER, unit=school, over=school))
    make_asset(other, asset_no="7440-001-0009/69", name="กล้องลับ")
    page = scan(client, "7440-001-0009/69")
    assert "เป็นของโรงเรียนอื่น" in page
    assert "กล้องลับ" not in page
    assert on_the_list() == []


def test_a_code_from_elsewhere_is_said_to_be_unknown(client: FlaskClient, sri: Person) -> None:
    for typed in ("ไม่มีอะไรเลย", "x\x00y"):
        assert "ไม่พบ" in scan(client, typed)
    assert "รหัสนี้เป็นของระบบอื่น" in scan(client, "HTTPS://ELSEWHERE.EXAMPLE/ticket?id=9")


def test_a_blank_label_is_said_to_be_blank(client: FlaskClient, sri: Person) -> None:
    assert "ป้ายนี้ยังไม่ได้ผูกกับพัสดุ" in scan(client, tag(None, "ZZ12CD34"))


def test_an_item_is_on_the_list_once(client: FlaskClient, sri: Person) -> None:
    asset = make_asset()
    assert "อยู่ในรายการแล้ว" in scan(client, asset.asset_no, asset.asset_no)
    assert on_the_list() == [asset.id]


def test_the_officer_cannot_be_the_borrower(client: FlaskClient, sri: Person) -> None:
    assert "ให้ตนเองไม่ได้" in scan(client, sri.card_code)
    assert db.session.scalar(select(LoanBasket.borrower_id)) is None


def test_a_code_from_an_items_page_waits_in_the_box(client: FlaskClient, sri: Person) -> None:
    page = client.get("/desk", query_string={"scan": '7440-001"><b>'}).text
    assert 'value="7440-001&#34;&gt;&lt;b&gt;"' in page
