"""Notes on devices: encrypted for the browser, signed by the service, gone with the device."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from kernel import clock
from kernel.db import db
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.notifications import jobs, rounds
from office.notifications.models import Delivery, PushDevice
from office.notifications.states import State, Way
from office.notifications.ways import push
from office.people.models import Person
from tests.conftest import Clock
from tests.factories.office import make_person, sign_in
from tests.office.notifications.push_service import Browser, plain, subscribed_browser

ALLOWED = ("push.example.test", "*.push.example.test")


@pytest.fixture
def browser(clock: Clock) -> Iterator[Browser]:
    with subscribed_browser() as one:
        yield one


@pytest.fixture
def _allowed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = replace(app.extensions["settings"], push_hosts=ALLOWED)
    monkeypatch.setitem(app.extensions, "settings", wanted)


def subscribe(person: Person, browser: Browser) -> None:
    with work():
        db.session.add(
            PushDevice(
                person_id=person.id,
                endpoint=browser.url,
                public_key=browser.public_key,
                secret=plain(browser.secret),
                called="โทรศัพท์",
                added_at=clock.now(),
            )
        )


def leave(person: Person) -> None:
    with work():
        bookkeeping.send(
            kind="ticket_answered",
            subject="มีคำตอบ",
            body="รหัสผ่านของท่านคือ …",
            language="th",
            person_id=person.id,
            link="/tickets/1",
        )


def run() -> int:
    rounds.route_new()
    return jobs.deliver_to_devices()


def delivery() -> Delivery:
    db.session.rollback()
    return db.session.scalars(select(Delivery).where(Delivery.way == Way.PUSH)).one()


def test_a_note_arrives_signed_and_tells_the_subject_alone(app: Flask, browser: Browser) -> None:
    person = make_person()
    subscribe(person, browser)
    leave(person)
    assert run() == 1
    (note,) = browser.notes
    assert (note["title"], note["body"], note["link"]) == ("มีคำตอบ", "", "/tickets/1")
    assert browser.signed_by == [push.public_key(str(app.extensions["settings"].secret_key))]


@pytest.mark.parametrize("status", [404, 410, 403])
def test_a_device_that_is_gone_is_not_tried_again(
    app: Flask, browser: Browser, status: int
) -> None:
    person = make_person()
    subscribe(person, browser)
    browser.trouble = [status]
    leave(person)
    run()
    assert delivery().state == State.FAILED
    leave(person)
    assert run() == 0
    assert browser.notes == []


def test_a_busy_service_is_asked_again_and_the_note_replaces_itself(
    app: Flask, browser: Browser, clock: Clock
) -> None:
    person = make_person()
    subscribe(person, browser)
    browser.trouble = [503]
    leave(person)
    run()
    assert delivery().state == State.WAITING
    clock.forward(minutes=2)
    assert run() == 1
    assert browser.notes[0]["tag"] == f"message-{delivery().message_id}"


def sent(endpoint: str, **fields: str) -> dict[str, str]:
    return {"endpoint": endpoint, "public_key": "BKey", "secret": "s", "called": "Chrome", **fields}


@pytest.mark.usefixtures("_allowed")
def test_a_browser_is_added_and_taken_away_on_the_own_page(client: FlaskClient) -> None:
    person = sign_in(client, make_person())
    address = "/profile/messages/devices"
    assert client.post(address, data=sent("https://eu.push.example.test/1")).status_code == 200
    assert "Chrome" in client.get("/profile/messages").text
    device = db.session.scalars(select(PushDevice)).one()
    assert device.person_id == person.id
    assert client.post(f"{address}/{device.id}/remove").status_code == 302
    assert "Chrome" not in client.get("/profile/messages").text


@pytest.mark.usefixtures("_allowed")
@pytest.mark.parametrize(
    "endpoint",
    [
        "https://169.254.169.254/latest/meta-data",
        "http://push.example.test/1",
        "https://push.example.test.evil.test/1",
        "file:///etc/passwd",
        "https://evil.test/?push.example.test",
        "https://evil.test\\@push.example.test/1",  # two programs read two hosts
        "https://push.example.test:22/1",
    ],
)
def test_no_other_machine_is_called_for_a_browser(client: FlaskClient, endpoint: str) -> None:
    sign_in(client, make_person())
    assert client.post("/profile/messages/devices", data=sent(endpoint)).status_code == 422
    assert db.session.scalars(select(PushDevice)).all() == []


@pytest.mark.usefixtures("_allowed")
def test_a_shared_browser_shows_the_notes_of_who_added_it_last(client: FlaskClient) -> None:
    for person in (make_person(), make_person()):
        sign_in(client, person)
        client.post("/profile/messages/devices", data=sent("https://push.example.test/1"))
    db.session.rollback()
    assert db.session.scalars(select(PushDevice.person_id)).all() == [person.id]


@pytest.mark.usefixtures("_allowed")
def test_nobody_takes_away_the_device_of_another(client: FlaskClient) -> None:
    sign_in(client, make_person())
    client.post("/profile/messages/devices", data=sent("https://push.example.test/1"))
    device = db.session.scalars(select(PushDevice)).one()
    sign_in(client, make_person())
    assert client.post(f"/profile/messages/devices/{device.id}/remove").status_code == 404
