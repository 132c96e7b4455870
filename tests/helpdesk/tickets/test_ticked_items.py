"""One report on the items that were ticked in the register, by the rules of a room."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.register.models import Asset
from helpdesk.tickets.models import Ticket
from kernel.db import db
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.counting import counted
from tests.factories.office import make_room, sign_in
from tests.factories.tickets import make_ticket

KEY = "a key of twenty letters"
BUTTON = 'formaction="/items/report"'


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def page_of(*items: Asset) -> str:
    return "/items/report?" + "&".join(f"item={one.id}" for one in items)


def tickets() -> list[Ticket]:
    db.session.rollback()
    return list(db.session.scalars(select(Ticket).order_by(Ticket.id)))


def test_the_register_offers_it_to_those_who_report_many(client: FlaskClient, cast: Cast) -> None:
    make_asset(cast.school)
    wrong = {}
    for role, person in cast.by_role().items():
        sign_in(client, person)
        found = BUTTON in client.get("/items?view=all").text
        answer = client.get("/items/report?item=1").status_code
        may = role in ("technician", "coordinator", "admin")
        if (found, answer != 403) != (may, may):
            wrong[role] = (found, answer)
    assert wrong == {}


def test_ticked_items_get_a_ticket_each_under_one_in_the_room_they_share(
    client: FlaskClient, cast: Cast
) -> None:
    room = make_room(cast.school, "ห้อง 231")
    chosen = [make_asset(cast.school, room_id=room.id, name=f"จอ {n}") for n in range(3)]
    make_ticket(chosen[0])
    sign_in(client, cast.thep)
    page = client.get(page_of(*chosen)).text
    assert page.count(" checked") >= len(chosen)
    assert "มีเรื่องค้างอยู่" in page or tickets()[0].number in page
    data = {"items": [str(one.id) for one in chosen[:2]], "detail": "ลงโปรแกรมใหม่", "key": KEY}
    answers = [client.post(page_of(*chosen), data={**data, "how": "each"}) for _tap in range(2)]
    _earlier, whole, *parts = tickets()
    assert {one.location for one in answers} == {f"/tickets/{whole.id}"}
    assert [one.asset_id for one in parts] == [one.id for one in chosen[:2]]
    assert (whole.room_id, whole.unit_id) == (room.id, cast.school.id)


def test_a_refused_report_keeps_what_was_ticked(client: FlaskClient, cast: Cast) -> None:
    chosen = [make_asset(cast.school) for _number in range(3)]
    sign_in(client, cast.thep)
    answer = client.post(page_of(*chosen), data={"items": [str(chosen[1].id)], "detail": ""})
    assert answer.status_code == 422
    assert re.findall(r'value="(\d+)" data-tick checked', answer.text) == [str(chosen[1].id)]
    assert tickets() == []


def test_items_of_two_schools_and_of_no_school_of_mine_are_refused(
    client: FlaskClient, cast: Cast
) -> None:
    mine, strange = make_asset(cast.school), make_asset(cast.other_school)
    both = {"items": [str(mine.id), str(strange.id)], "detail": "x", "how": "each"}
    sign_in(client, cast.thep)
    assert client.post(page_of(mine, strange), data=both).status_code == 422
    sign_in(client, cast.by_role()["coordinator"])
    for path in (page_of(strange), "/items/report", "/items/report?item=x&item=99999999999"):
        assert client.get(path).status_code == 422, path
    assert tickets() == []


def test_the_queries_do_not_grow_with_the_items(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.thep)
    items = [make_asset(cast.school) for _number in range(8)]
    pages = [page_of(*items[:2]), page_of(*items)]
    client.get(pages[0])  # what is kept for a minute is read once
    counts = []
    for page in pages:
        with counted() as asked:
            client.get(page)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8
