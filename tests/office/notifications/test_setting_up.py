"""Other systems that are told of acts, and the office's own words for messages."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.notifications import jobs
from office.notifications.models import Hook
from office.notifications.rules import hooks, wording
from office.people.models import Person
from tests.cast import make_cast
from tests.conftest import Clock
from tests.factories.office import make_person, sign_in
from tests.office.notifications.mail_server import Letterbox

ADMIN = Viewer(name="a test")
pytestmark = pytest.mark.usefixtures("app", "clock")


@dataclass
class OtherSystem:
    """What another system was told, and what it answers."""

    url: str = ""
    told: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    system: OtherSystem

    def log_message(self, *_words: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = self.system.answers.pop(0) if self.system.answers else 204
        if status < 300:
            self.system.told.append(json.loads(body))
            self.system.bodies.append(body)
            self.system.headers.append(dict(self.headers))
        self.send_response(status)
        if 300 <= status < 400:
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()


@contextmanager
def other_system() -> Iterator[OtherSystem]:
    system = OtherSystem()
    handler = type("Handler", (_Handler,), {"system": system})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    system.url = f"http://127.0.0.1:{server.server_port}/told"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield system
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def system() -> Iterator[OtherSystem]:
    with other_system() as one:
        yield one


def set_up(system: OtherSystem, acts: str = "person.*") -> Hook:
    with work():
        return hooks.add("ระบบกลาง", system.url, acts, by=ADMIN)


def act(name: str, person: Person) -> None:
    with work():
        audit.record(name, db.session.get_one(Person, person.id), by=ADMIN, after={"name": "ลับ"})


def hook() -> Hook:
    db.session.rollback()
    return db.session.scalars(select(Hook)).one()


def test_acts_are_told_in_their_order_and_once(system: OtherSystem) -> None:
    person = make_person()
    set_up(system)
    for name in ("edited", "closed", "edited"):
        act(name, person)
    assert jobs.tell_hooks() == 3
    assert jobs.tell_hooks() == 0
    assert [one["event"] for one in system.told] == [
        "person.edited",
        "person.closed",
        "person.edited",
    ]
    assert system.told[0]["subject"] == {"kind": "person", "id": person.id}
    assert all("ลับ" not in body.decode() for body in system.bodies)


def test_what_happened_before_the_set_up_is_not_told(system: OtherSystem) -> None:
    act("edited", make_person())
    set_up(system)
    assert jobs.tell_hooks() == 0


def test_only_the_wanted_acts_are_told(system: OtherSystem) -> None:
    person = make_person()
    set_up(system, "person.closed\nticket.*")
    act("edited", person)
    act("closed", person)
    assert jobs.tell_hooks() == 1


def test_the_signature_is_that_of_the_timestamp_and_the_body(system: OtherSystem) -> None:
    secret = set_up(system).secret
    act("edited", make_person())
    jobs.tell_hooks()
    headers = system.headers[0]
    signed = headers["X-Helpdesk-Timestamp"].encode() + b"." + system.bodies[0]
    made = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    assert headers["X-Helpdesk-Signature"] == f"sha256={made}"


@pytest.mark.parametrize("answer", [500, 404, 302])
def test_a_system_that_does_not_take_an_act_is_told_again_later(
    system: OtherSystem, clock: Clock, answer: int
) -> None:
    set_up(system)
    system.answers = [answer]
    act("edited", make_person())
    assert jobs.tell_hooks() == 0
    assert jobs.tell_hooks() == 0
    clock.forward(minutes=2)
    assert jobs.tell_hooks() == 1
    assert hook().last_error == ""


def test_after_a_day_in_vain_it_is_switched_off_and_says_why(
    client: FlaskClient, system: OtherSystem, clock: Clock
) -> None:
    set_up(system)
    system.answers = [503] * 20
    act("edited", make_person())
    while hook().active:
        jobs.tell_hooks()
        clock.set(max(clock.now, hook().next_try_at))
    sign_in(client, make_person("admin"))
    assert "503" in client.get("/messages/systems").text


@pytest.mark.parametrize(
    ("url", "acts"),
    [
        ("ftp://a.test/", "ticket.*"),
        ("https://name:word@a.test/", "ticket.*"),
        ("a.test", "ticket.*"),
        ("https://a.test/", "ticket"),
        ("https://a.test/", "  "),
        ("https://a.test/", "ticket.closed; drop"),
    ],
)
def test_nonsense_is_refused(url: str, acts: str) -> None:
    with work(), pytest.raises(Refusal):
        hooks.add("ระบบ", url, acts, by=ADMIN)


def test_an_administrator_sets_one_up_changes_it_and_takes_it_away(client: FlaskClient) -> None:
    sign_in(client, make_person("admin"))
    data = {"name": "ระบบกลาง", "url": "https://central.example.test/", "acts": "ticket.*"}
    page = client.post("/messages/systems", data=data).location
    assert hook().secret in client.get(page).text
    stale = client.post(page, data={**data, "name": "ใหม่", "version": "7"})
    assert stale.status_code == 409
    version = str(hook().version)
    client.post(page, data={**data, "name": "ใหม่", "version": version})
    assert (hook().name, hook().active) == ("ใหม่", False)
    client.post(f"{page}/remove")
    db.session.rollback()
    assert db.session.scalars(select(Hook)).all() == []


PAGES = ("/messages/systems", "/messages/words", "/messages/words/ticket_resolved/th")


def test_only_the_administrator_sets_up(client: FlaskClient) -> None:
    cast = make_cast()
    leave(cast.malee)
    for role, person in cast.by_role().items():
        sign_in(client, person)
        for page in PAGES:
            assert client.get(page).status_code == (200 if role == "admin" else 403), (role, page)


def leave(person: Person) -> None:
    with work():
        bookkeeping.send(
            kind="ticket_resolved",
            subject="ซ.1/2570 ซ่อมเสร็จแล้ว",
            body="เปลี่ยนสาย {name}",
            language="th",
            person_id=person.id,
            link="/tickets/1",
        )


def reword(client: FlaskClient, **changes: str) -> Any:
    data = {"subject": "[ICT] {subject}", "body": "เรียน {name}\n{text}\n{office}", "version": "1"}
    return client.post("/messages/words/ticket_resolved/th", data={**data, **changes})


def test_own_words_stand_around_what_the_service_writes(
    client: FlaskClient, letterbox: Letterbox
) -> None:
    malee = make_person(name_th="มาลี {text} ตัวอย่าง")
    leave(malee)
    jobs.deliver()
    sign_in(client, make_person("admin"))
    assert reword(client).status_code == 302
    leave(malee)
    jobs.deliver()
    letter = letterbox.letters[1]
    body = letter.get_body(("plain",))
    assert body is not None
    assert letter["Subject"] == "[ICT] ซ.1/2570 ซ่อมเสร็จแล้ว"
    # What is put in is never read for names again.
    assert "เรียน มาลี {text} ตัวอย่าง\nเปลี่ยนสาย {name}\n" in body.get_content().replace("\r\n", "\n")
    client.post("/messages/words/ticket_resolved/th/restore")
    leave(malee)
    jobs.deliver()
    assert letterbox.letters[2]["Subject"] == "ซ.1/2570 ซ่อมเสร็จแล้ว"


def test_a_preview_shows_the_newest_message_and_saves_nothing(client: FlaskClient) -> None:
    leave(make_person(name_th="มาลี ตัวอย่าง"))
    sign_in(client, make_person("admin"))
    page = reword(client, preview="yes")
    assert "เรียน มาลี ตัวอย่าง" in page.text
    assert "/restore" not in client.get("/messages/words/ticket_resolved/th").text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"body": "เรียนท่าน"}, "กรุณาคง {text} ไว้"),
        ({"body": "{text} {password}"}, "“{password}” ไม่มีความหมาย"),
        ({"subject": "{config.secret}"}, "ไม่มีความหมาย"),
        ({"body": "{text} {name.__class__}"}, "“{name.__class__}” ไม่มีความหมาย"),
    ],
)
def test_words_that_would_not_do_are_refused_and_kept(
    client: FlaskClient, changes: dict[str, str], sentence: str
) -> None:
    leave(make_person())
    sign_in(client, make_person("admin"))
    for answer in (reword(client, **changes), reword(client, **changes, preview="yes")):
        assert (answer.status_code, sentence in answer.text) == (422, True)
        assert next(iter(changes.values())) in answer.text


def test_what_looks_like_code_is_only_text(client: FlaskClient) -> None:
    leave(make_person())
    sign_in(client, make_person("admin"))
    page = reword(client, body="{{ 7 * 7 }} <script>1</script> {text}", preview="yes").text
    assert page.count("{{ 7 * 7 }} &lt;script&gt;1&lt;/script&gt;") == 2
    assert "<script>1" not in page


def test_two_who_reword_at_once_do_not_write_over_each_other(client: FlaskClient) -> None:
    leave(make_person())
    sign_in(client, make_person("admin"))
    reword(client)
    reword(client, body="{text} ครับ")
    assert reword(client, body="{text} ค่ะ").status_code == 409


def test_a_subject_stays_one_line() -> None:
    values = {"subject": "ก", "name": "ข\nค", "text": ""}
    assert wording.filled("{subject}\n{name}", "{text}", values).subject == "ก ข ค"
