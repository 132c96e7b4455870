"""Two people at the same moment, on the engine that the run is about."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from helpdesk.tickets.models import Ticket
from kernel.db import db
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.office import make_person, sign_in
from tests.factories.tickets import make_tag, make_ticket


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def test_a_double_tap_at_the_same_moment_makes_one_ticket(app: Flask, cast: Cast) -> None:
    code = make_tag(make_asset(cast.school)).code
    db.session.rollback()
    together = Barrier(4)
    data = {"detail": "จอไม่ติด", "name": "ครู", "key": "a key of twenty letters"}

    def send(_number: int) -> str:
        client = app.test_client()
        together.wait(20)
        return str(client.post(f"/q/{code}/report", data=data).location)

    with ThreadPoolExecutor(4) as pool:
        led_to = set(pool.map(send, range(4)))
    db.session.rollback()
    assert len(led_to) == 1
    assert db.session.scalar(select(func.count(Ticket.id))) == 1


def test_many_reports_at_once_get_numbers_without_gaps(app: Flask, cast: Cast) -> None:
    codes = [make_tag(make_asset(cast.school)).code for _number in range(6)]
    db.session.rollback()
    together = Barrier(6)

    def send(code: str) -> int:
        client = app.test_client()
        together.wait(20)
        data = {"detail": "จอไม่ติด", "name": "ครู"}
        return client.post(f"/q/{code}/report", data=data).status_code

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(send, codes)) == {302}
    db.session.rollback()
    numbers = db.session.scalars(select(Ticket.number)).all()
    counted = sorted(int(number.split(".")[1].split("/")[0]) for number in numbers)
    assert counted == [1, 2, 3, 4, 5, 6]


def test_two_technicians_take_one_ticket_and_one_of_them_gets_it(app: Flask, cast: Cast) -> None:
    ticket = make_ticket(unit=cast.school)
    ticket_id, version = ticket.id, ticket.version
    people = [make_person("technician"), make_person("technician")]
    clients = [app.test_client() for _person in people]
    for client, person in zip(clients, people, strict=True):
        sign_in(client, person)
    ids = {person.id for person in people}
    db.session.rollback()
    together = Barrier(2)

    def take(number: int) -> int:
        together.wait(20)
        path = f"/tickets/{ticket_id}/take"
        return clients[number].post(path, data={"version": version}).status_code

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(take, range(2)))
    db.session.rollback()
    assert answers == [302, 409]
    assert db.session.get_one(Ticket, ticket_id).assignee_id in ids
