"""What a scan shows, by who scans and by what the label stands for."""

from __future__ import annotations

import gzip
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assets.labels.models import Tag
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import State
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.files import store
from kernel.work import work
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.counting import counted
from tests.factories.office import make_room, sign_in, viewer_for
from tests.factories.pictures import picture
from tests.factories.tickets import make_tag, make_ticket

BUDGET = 15_000


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


@pytest.fixture
def tag(cast: Cast) -> Tag:
    asset = make_asset(
        cast.school, room_id=make_room(cast.school).id, class_id=make_class().id, asset_no="7440/1"
    )
    return make_tag(asset, code="AB12CD34")


@pytest.mark.parametrize(
    "path", ["/q/AB12CD34", "/Q/AB12CD34", "/q/ab12cd34", "/Q/ab-12-cd34", "/q/AB12CD34/"]
)
def test_a_code_is_read_in_any_case(client: FlaskClient, tag: Tag, path: str) -> None:
    assert client.get(path).status_code == 200


def test_a_guest_sees_the_item_and_one_big_button(client: FlaskClient, tag: Tag) -> None:
    page = client.get("/q/AB12CD34").text
    for word in ("เครื่องคอมพิวเตอร์โน้ตบุ๊ก", "7440/1", "ห้อง 231", "โรงเรียนบางตัวอย่างวิทยา"):
        assert word in page
    assert "/q/AB12CD34/report" in page
    assert "แจ้งซ่อม" in page


def test_a_guest_sees_an_open_fault_without_people(
    client: FlaskClient, cast: Cast, tag: Tag
) -> None:
    thep = viewer_for(cast.thep)
    ticket = make_ticket(
        tag.asset, state=State.IN_PROGRESS, technician=thep, detail="รหัสผ่านของครูสมศรีคือ 1234"
    )
    page = client.get("/q/AB12CD34").text
    assert "ช่างกำลังดำเนินการ" in page
    for secret in ("ครูสมมติ", "teacher@", "เทพ", "สมศรี", ticket.token, ticket.number):
        assert secret not in page


def test_a_technician_starts_work_from_the_scan(client: FlaskClient, cast: Cast, tag: Tag) -> None:
    ticket = make_ticket(tag.asset, detail="จอไม่ติด")
    sign_in(client, cast.thep)
    page = client.get("/q/AB12CD34").text
    assert f"/tickets/{ticket.id}/start" in page
    assert ticket.number in page
    client.post(f"/tickets/{ticket.id}/start", data={"version": ticket.version})
    db.session.rollback()
    assert db.session.get_one(Ticket, ticket.id).state == State.IN_PROGRESS


def test_a_storekeeper_goes_on_to_the_lending_desk(
    client: FlaskClient, cast: Cast, tag: Tag
) -> None:
    sign_in(client, cast.sri)
    assert "/desk?scan=AB12CD34" in client.get("/q/AB12CD34").text


def test_an_item_in_repair_is_not_offered_for_lending(
    client: FlaskClient, cast: Cast, tag: Tag
) -> None:
    make_ticket(tag.asset, state=State.IN_PROGRESS, technician=viewer_for(cast.thep))
    sign_in(client, cast.sri)
    page = client.get("/q/AB12CD34").text
    assert "/desk?scan=" not in page
    assert "อยู่ระหว่างซ่อม" in page


def test_a_storekeeper_may_claim_a_blank_label_and_a_guest_may_not(
    client: FlaskClient, cast: Cast
) -> None:
    code = make_tag().code
    assert f"/claim/{code}" not in client.get(f"/q/{code}").text
    sign_in(client, cast.sri)
    assert f"/claim/{code}" in client.get(f"/q/{code}").text


def test_an_old_label_leads_to_its_item_and_only_staff_hear_that_it_is_old(
    client: FlaskClient, cast: Cast, tag: Tag
) -> None:
    old = make_tag(tag.asset, retired_at=kernel_clock.now())
    assert "ป้ายนี้เป็นป้ายเก่า" not in client.get(f"/q/{old.code}").text
    assert f"/q/{old.code}/report" in client.get(f"/q/{old.code}").text
    sign_in(client, cast.sri)
    page = client.get(f"/q/{old.code}").text
    assert "ป้ายนี้เป็นป้ายเก่า" in page
    assert "AB12CD34" in page
    assert f"/labels/tags/{old.id}/move" in page


def test_a_coordinator_finds_the_card_of_the_item_but_not_of_another_school(
    client: FlaskClient, cast: Cast, tag: Tag
) -> None:
    other = make_tag(make_asset(cast.other_school))
    sign_in(client, cast.kanda)
    assert f"/items/{tag.asset_id}" in client.get("/q/AB12CD34").text
    assert f"/items/{other.asset_id}" not in client.get(f"/q/{other.code}").text


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("who", ["guest", "sri"])
def test_labels_that_stand_for_nothing_help(
    client: FlaskClient, cast: Cast, tag: Tag, language: str, who: str
) -> None:
    if who == "sri":
        sign_in(client, cast.sri)
    client.set_cookie("language", language)
    ended = make_tag(retired_at=kernel_clock.now())
    expected = {ended.code: 410, "ZZZZZZZ9": 404, "hello": 404, "<b>x": 404}
    if who == "guest":
        expected[make_tag().code] = 200
    for code, status in expected.items():
        answer = client.get(f"/q/{code}")
        assert answer.status_code == status, code
        assert "/report" in answer.text
        assert "<b>x" not in answer.text


def test_the_photo_of_an_item_is_public_by_its_label_only(
    client: FlaskClient, cast: Cast, tag: Tag
) -> None:
    assert client.get("/q/AB12CD34/photo").status_code == 404
    with work():
        asset = db.session.merge(tag.asset)
        asset.thumbnail_key = store().put(picture(), "jpg")
    assert client.get("/q/AB12CD34/photo").mimetype == "image/jpeg"
    assert 'src="/q/AB12CD34/photo"' in client.get("/q/AB12CD34").text


@pytest.mark.parametrize("who", ["guest", "thep", "sri", "kanda", "admin"])
def test_a_scan_asks_at_most_six_times(client: FlaskClient, cast: Cast, tag: Tag, who: str) -> None:
    make_ticket(tag.asset, state=State.CLOSED, technician=viewer_for(cast.thep))
    make_ticket(tag.asset)
    if who != "guest":
        sign_in(client, getattr(cast, who))
    with counted() as asked:
        assert client.get("/q/AB12CD34").status_code == 200
    assert len(asked) <= 6, asked


def test_the_landing_with_all_it_loads_stays_under_15_kb(client: FlaskClient, tag: Tag) -> None:
    for _number in range(3):
        make_ticket(tag.asset)
    zipped = {"Accept-Encoding": "gzip"}
    page = client.get("/q/AB12CD34", headers=zipped)
    html = gzip.decompress(page.data).decode()
    loaded = set(re.findall(r'(?:href|src)="(/static/[^"#?]+)', html))
    sizes = {}
    for path in loaded:
        with client.get(path, headers=zipped) as sent:
            sizes[path] = len(sent.data)
    assert sum(sizes.values()) > 1000
    assert "<script" not in html
    assert any(path.endswith("scan.css") for path in loaded)
    assert len(page.data) + sum(sizes.values()) < BUDGET, sizes
