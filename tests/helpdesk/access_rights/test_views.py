"""The pages of access rights: a keeper grants, an owner reviews, strangers see nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event

from helpdesk.access_rights.models import AccessRight, InformationSystem, ReviewRound
from kernel.db import db
from kernel.work import work
from office.people.models import Person
from tests.factories.access_rights import Systems, approved_access, granted, make_right
from tests.factories.office import make_person, make_unit, sign_in


def test_a_keeper_writes_down_that_the_account_is_made(place: Systems, client: FlaskClient) -> None:
    request = approved_access(place)
    sign_in(client, place.keeper)
    assert request.number in client.get("/access/to-do").text
    page = client.get(f"/access/grant/{request.id}").text
    assert 'value="malee.e"' in page
    assert "password" not in page.replace("Hand the first password", "").lower().split("<main")[1]
    missing = client.post(f"/access/grant/{request.id}", data={"account": "", "key": "a" * 20})
    assert missing.status_code == 409 or "กรุณากรอกชื่อบัญชี" in missing.text
    answer = client.post(
        f"/access/grant/{request.id}", data={"account": "malee.e", "key": "b" * 20}
    )
    assert answer.location == "/access/to-do"
    assert db.session.query(AccessRight).one().account == "malee.e"
    sign_in(client, place.ground.asker)
    assert "อีเมลสำนักงาน" in client.get("/access").text


def test_an_account_is_switched_off_after_its_end(place: Systems, client: FlaskClient) -> None:
    right = granted(place)
    sign_in(client, place.keeper)
    page = f"/access/rights/{right.id}"
    client.post(f"{page}/revoke", data={"words": "เลิกใช้", "version": str(right.version)})
    assert "รอปิดบัญชี" in client.get(page).text
    client.post(f"{page}/switch-off")
    db.session.rollback()
    assert db.session.get_one(AccessRight, right.id).switched_off_at is not None


def test_an_owner_reviews_on_one_page(place: Systems, client: FlaskClient) -> None:
    make_right(place, place.ground.asker, date(2027, 9, 30))
    sign_in(client, place.owner)
    address = client.post(f"/access/systems/{place.system.id}/review").location
    page = client.get(address).text
    name = page.split('name="line_')[1].split('"')[0]
    client.post(address, data={f"line_{name}": "revoke", "key": "c" * 20})
    db.session.rollback()
    assert db.session.query(ReviewRound).one().closed_at is not None
    assert db.session.query(AccessRight).one().revoked_at is not None


def test_an_administrator_enters_a_system_and_typed_nonsense_is_kept(
    place: Systems, client: FlaskClient
) -> None:
    sign_in(client, place.ground.admin)
    data = {
        "code": "NET", "name_th": "อินเทอร์เน็ต", "unit_id": str(place.ground.office.id),
        "owners": "ไม่มีใคร", "keepers": place.keeper.name_th,
        "review_months": "12", "longest_months": "24", "key": "d" * 20,
    }  # fmt: skip
    refused = client.post("/access/systems/new", data=data)
    assert "ไม่พบบุคคล" in refused.text
    assert "อินเทอร์เน็ต" in refused.text
    data["owners"] = place.owner.name_th
    assert client.post("/access/systems/new", data=data).status_code == 302
    assert db.session.query(InformationSystem).count() == 2


def test_every_page_is_closed_to_strangers(place: Systems, client: FlaskClient) -> None:
    request, right = approved_access(place), None
    right = granted(place, request)
    elsewhere = make_unit()
    stranger = make_person(unit=elsewhere)
    coordinator = make_person("coordinator", unit=elsewhere, over=elsewhere)
    hidden = (
        f"/access/grant/{request.id}", f"/access/rights/{right.id}",
        f"/access/systems/{place.system.id}/edit", "/access/systems/new",
        f"/access/people/{place.ground.asker.id}",
    )  # fmt: skip
    wrong = []
    for person in (stranger, coordinator):
        sign_in(client, person)
        wrong += [
            (person.id, address) for address in hidden
            if client.get(address).status_code not in (403, 404)
        ]  # fmt: skip
        wrong += [
            (person.id, "list")
            for address in ("/access/rights", "/access/rights.csv", "/access")
            if place.ground.asker.name_th in client.get(address).text
        ]
    assert not wrong


def test_the_list_takes_a_constant_number_of_queries(place: Systems, client: FlaskClient) -> None:
    sign_in(client, place.ground.admin)
    make_right(place, make_person(), date(2027, 9, 30))
    few = _queries(client)
    for _number in range(4):
        make_right(place, make_person(), date(2027, 9, 30))
    assert few == _queries(client) <= 8


def _queries(client: FlaskClient) -> int:
    said: list[str] = []

    def note(*args: Any) -> None:
        said.append(args[2])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert client.get("/access/rights").status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len([one for one in said if one.lstrip().startswith("SELECT")])


def test_every_page_reads_in_english(place: Systems, client: FlaskClient) -> None:
    right = granted(place)
    admin = place.ground.admin
    sign_in(client, admin)
    with work():
        db.session.get_one(Person, admin.id).language = "en"
    pages = (
        "/access",
        "/access/to-do",
        "/access/rights",
        "/access/systems",
        f"/access/systems/{place.system.id}",
        f"/access/rights/{right.id}",
        f"/access/people/{place.ground.asker.id}",
    )
    main = [client.get(one).text.split("<main")[1].split("</main")[0] for one in pages]
    assert not [page for page, text in zip(pages, main, strict=True) if "สิทธิ์" in text]
