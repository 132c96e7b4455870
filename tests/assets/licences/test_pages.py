"""The pages of licences: every role, both languages, what people do on them."""

from __future__ import annotations

import io
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from assets.licences.models import Licence, LicenceFile, Seat
from assets.licences.rules import seating
from assets.register.models import Asset
from kernel.db import db
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.licences import make_licence
from tests.factories.office import in_work, sign_in, viewer_for

KEY = "a key that is long enough"


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def typed(cast: Cast, **overrides: str) -> dict[str, str]:
    return {
        "kind": "domain",
        "name": "โดเมน ตัวอย่าง.go.th",
        "starts_on": "1/10/2569",
        "ends_on": "30/9/2570",
        "cost": "1,800",
        "seats": "",
        "unit_id": str(cast.office.id),
        "vendor_id": "0",
        "caretaker": "",
        **overrides,
    }


def test_who_sees_and_keeps_licences(cast: Cast, client: FlaskClient) -> None:
    made = make_licence(cast.school, cost="4321.00")
    sees = {"technician", "storekeeper", "approver", "coordinator", "auditor", "admin"}
    keeps = {"technician", "storekeeper", "admin"}
    wrong = []
    for role, person in cast.by_role().items():
        sign_in(client, person)
        page = client.get(f"/licences/{made.id}")
        may_see = page.status_code == 200
        may_keep = client.get(f"/licences/{made.id}/edit").status_code == 200
        sees_cost = "4,321" in page.text
        if (may_see, may_keep, sees_cost) != (
            role in sees,
            role in keeps,
            role in sees - {"coordinator"},
        ):
            wrong.append((role, may_see, may_keep, sees_cost))
    assert wrong == []


def test_a_coordinator_sees_nothing_of_other_schools(cast: Cast, client: FlaskClient) -> None:
    other = make_licence(cast.other_school, name="โปรแกรมของโรงเรียนอื่น")
    sign_in(client, cast.kanda)
    assert client.get(f"/licences/{other.id}").status_code == 404
    assert other.name not in client.get("/licences/").text


def test_a_licence_is_written_down_found_renewed_and_given_up(
    cast: Cast, client: FlaskClient
) -> None:
    sign_in(client, cast.sri)
    assert client.post("/licences/new", data=typed(cast)).status_code == 302
    made = db.session.scalars(select(Licence)).one()
    at = f"/licences/{made.id}"
    assert "ตัวอย่าง.go.th" in client.get("/licences/?q=โดเมน&kind=domain").text
    assert "ตัวอย่าง.go.th" not in client.get("/licences/?kind=software").text
    assert "1/10/2570" in client.get(f"{at}/renew").text
    renewal = {"starts_on": "1/10/2570", "ends_on": "30/9/2571", "cost": "1900", "version": "0"}
    assert client.post(f"{at}/renew", data=renewal).status_code == 409
    renewal["version"] = str(made.version)
    assert client.post(f"{at}/renew", data=renewal).status_code == 302
    assert client.post(f"{at}/give-up", data={"words": "เลิกใช้"}).status_code == 302
    assert "ตัวอย่าง.go.th" not in client.get("/licences/").text
    assert "ตัวอย่าง.go.th" in client.get("/licences/?standing=given_up").text
    assert client.post(f"{at}/take-up").status_code == 302
    assert "ตัวอย่าง.go.th" in client.get("/licences/").text


def test_wrong_typing_is_said_beside_the_field(cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast.sri)
    wrong = {
        "name": "",
        "starts_on": "เมื่อวาน",
        "ends_on": "1/1/2560",
        "cost": "แพง",
        "seats": "0",
        "caretaker": "ไม่มีใครรู้จัก",
        "unit_id": "999",
        "vendor_id": "999",
    }
    accepted = [
        field
        for field, value in wrong.items()
        if client.post("/licences/new", data=typed(cast, **{field: value})).status_code != 422
    ]
    assert accepted == []
    assert db.session.scalars(select(Licence)).all() == []


def test_seats_go_to_people_and_scanned_items(cast: Cast, client: FlaskClient) -> None:
    made, item = make_licence(cast.office, seats=2), make_asset(cast.school)
    sign_in(client, cast.thep)
    at = f"/licences/{made.id}/seats"
    assert client.post(at, data={"holder": "มาลี ตัวอย่าง", "key": KEY + "1"}).status_code == 302
    assert client.post(at, data={"holder": item.asset_no, "key": KEY + "2"}).status_code == 302
    assert client.post(at, data={"holder": item.asset_no, "key": KEY + "2"}).status_code == 302
    assert client.post(at, data={"holder": "ไม่มี", "key": KEY + "3"}).status_code == 422
    page = client.get(f"/licences/{made.id}").text
    assert "มาลี ตัวอย่าง" in page
    assert (item.asset_no or "-") in page
    seat = db.session.scalars(select(Seat).order_by(Seat.id)).first()
    assert seat is not None
    assert client.post(f"{at}/{seat.id}/give-back").status_code == 302
    assert client.post(f"{at}/{seat.id}/give-back").status_code == 404


def test_a_file_is_kept_for_those_who_may_see_the_cost(cast: Cast, client: FlaskClient) -> None:
    made = make_licence(cast.school)
    sign_in(client, cast.sri)
    sent = {"file": (io.BytesIO("สัญญา".encode()), "contract.txt")}
    at = f"/licences/{made.id}/files"
    assert client.post(at, data=sent).status_code == 302
    kept_id = db.session.scalars(select(LicenceFile)).one().id
    assert client.get(f"{at}/{kept_id}").data.decode() == "สัญญา"
    sign_in(client, cast.kanda)
    assert client.get(f"{at}/{kept_id}").status_code == 403
    sign_in(client, cast.sri)
    assert client.post(f"{at}/{kept_id}/drop").status_code == 302
    assert client.get(f"{at}/{kept_id}").status_code == 404


def test_the_table_holds_exactly_what_the_list_shows(cast: Cast, client: FlaskClient) -> None:
    make_licence(cast.school, name="ของโรงเรียน", cost="100")
    make_licence(cast.other_school, name="ของที่อื่น", cost="100")
    sign_in(client, cast.kanda)
    sheet = load_workbook(io.BytesIO(client.get("/licences/table.xlsx").data)).worksheets[0]
    names = [row[0].value for row in sheet.iter_rows(min_row=2)]
    costs = [row[9].value for row in sheet.iter_rows(min_row=2)]
    assert (names, costs) == (["ของโรงเรียน"], [None])


def test_the_pages_are_whole_in_english(cast: Cast, client: FlaskClient) -> None:
    made = make_licence(cast.office, days_left=10, seats=3)
    sign_in(client, cast.sri)
    client.set_cookie("language", "en")
    client.post("/language", data={"language": "en"})
    assert client.get(f"/licences/{made.id}").status_code == 200
    assert client.get("/licences/").status_code == 200
    assert client.get("/licences/new").status_code == 200


def seat(cast: Cast, *holders: Person | Asset, name: str) -> Licence:
    made = make_licence(cast.office, name=name)
    with in_work():
        found = db.session.get_one(Licence, made.id)
        for holder in holders:
            seating.give(found, db.session.merge(holder), by=viewer_for(cast.admin))
    return made


def test_the_page_of_an_item_shows_the_licences_it_uses(cast: Cast, client: FlaskClient) -> None:
    item, other = make_asset(cast.school), make_asset(cast.school)
    made = seat(cast, item, name="โปรแกรมตัดต่อ")
    sign_in(client, cast.thep)
    assert f'href="/licences/{made.id}"' in client.get(f"/items/{item.id}").text
    assert "โปรแกรมตัดต่อ" not in client.get(f"/items/{other.id}").text
    sign_in(client, cast.kanda)
    assert "โปรแกรมตัดต่อ" not in client.get(f"/items/{item.id}").text


def test_who_leaves_gives_the_seats_back_first(cast: Cast, client: FlaskClient) -> None:
    seat(cast, cast.malee, name="โปรแกรมตัดต่อ")
    sign_in(client, cast.admin)
    there = f"/licences/people/{cast.malee.id}"
    assert f'href="{there}"' in client.get(f"/people/{cast.malee.id}").text
    refused = client.post(f"/people/{cast.malee.id}/leave")
    assert (refused.status_code, "โปรแกรมตัดต่อ" in refused.text) == (422, True)
    assert f'href="{there}"' in refused.text
    (taken,) = re.findall(rf'action="({there}/seats/\d+/give-back)"', client.get(there).text)
    assert client.post(taken).status_code == 302
    assert client.post(taken).status_code == 404
    assert "โปรแกรมตัดต่อ" not in client.get(there).text
    assert client.post(f"/people/{cast.malee.id}/leave").status_code == 302


def test_who_may_see_and_take_back_the_seats_of_a_person(cast: Cast, client: FlaskClient) -> None:
    seat(cast, cast.malee, name="โปรแกรมตัดต่อ")
    answers = {}
    for role, person in cast.by_role().items():
        sign_in(client, person)
        page = client.get(f"/licences/people/{cast.malee.id}")
        answers[role] = (page.status_code, "โปรแกรมตัดต่อ" in page.text, "/give-back" in page.text)
    assert answers == {
        "requester": (403, False, False),
        "inspector": (403, False, False),
        "coordinator": (200, False, False),
        "approver": (200, True, False),
        "auditor": (200, True, False),
        **dict.fromkeys(("technician", "storekeeper", "admin"), (200, True, True)),
    }
    sign_in(client, cast.kanda)
    assert client.get(f"/licences/people/{cast.thep.id}").status_code == 404
