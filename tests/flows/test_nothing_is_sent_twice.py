"""The story of a message that must not arrive twice, whatever dies on its way.

A rule leaves it with its act; the timetable delivers it. Several processes may try at once, and
the one that sends may be killed at the worst moment: after the mail server took the message and
before that was written down. Then nobody can tell, and the administrator is asked to look.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from config import BASE_DIR, Settings
from kernel.db import db
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.bookkeeping.models import OutgoingMessage
from office.notifications import jobs, rounds
from office.notifications.models import Delivery
from office.notifications.states import State
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import sign_in
from tests.office.notifications.conftest import use
from tests.office.notifications.mail_server import Letterbox, mail_server

MANY = 25
PATIENCE = 60


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def leave(cast: Cast, subject: str) -> None:
    with work():
        bookkeeping.send(
            kind="ticket_resolved",
            subject=subject,
            body="เครื่องของท่านซ่อมเสร็จแล้ว",
            language="th",
            person_id=cast.malee.id,
        )


def message() -> OutgoingMessage:
    db.session.rollback()
    return db.session.scalars(select(OutgoingMessage)).one()


def delivery() -> Delivery:
    db.session.rollback()
    return db.session.scalars(select(Delivery)).one()


def deliver_in_a_process(settings: Settings, box: Letterbox) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "HELPDESK_ENVIRONMENT": "test",
        "HELPDESK_DATABASE_URL": settings.database_url,
        "HELPDESK_VAR_DIR": str(settings.var_dir),
        "HELPDESK_SECRET_KEY": settings.secret_key,
        "HELPDESK_SMTP_URL": box.url,
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "job", "run", "deliver_messages"]
    return subprocess.Popen(
        command, cwd=BASE_DIR, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def test_many_who_deliver_at_once_send_every_message_once(
    app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(MANY):
        leave(cast, f"ฉบับที่ {number}")
    together = Barrier(4)

    def round_of_one(_number: int) -> int:
        with app.app_context():
            together.wait(PATIENCE)
            return jobs.deliver()

    with mail_server() as box:
        use(app, monkeypatch, box.url)
        with ThreadPoolExecutor(4) as pool:
            sent = sum(pool.map(round_of_one, range(4)))

    assert sent == MANY
    assert set(Counter(letter["Subject"] for letter in box.letters).values()) == {1}
    assert len(box.letters) == MANY


def test_a_message_that_left_before_the_kill_is_not_sent_again(
    app: Flask,
    client: FlaskClient,
    cast: Cast,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    clock: Clock,
) -> None:
    # The process is another one and goes by the real time; the test begins long after it.
    leave(cast, "ซ่อมเสร็จแล้ว")
    rounds.route_new()
    with work():
        delivery().next_try_at = clock.now.replace(year=2020)

    # 1. A process sends the message and is killed before it can write that down.
    with mail_server() as box:
        process = deliver_in_a_process(settings, box)
        box.on_taken = lambda: process.send_signal(signal.SIGKILL)
        assert process.wait(PATIENCE) == -signal.SIGKILL
        assert len(box.letters) == 1
        assert delivery().state == State.SENDING
        first_id = box.letters[0]["Message-ID"]

        # 2. Whoever takes over does not send it again, neither at once nor later.
        box.on_taken = None
        use(app, monkeypatch, box.url)
        clock.set(delivery().next_try_at)
        assert jobs.deliver() == 0
        clock.forward(days=2)
        assert jobs.deliver() == 0
        assert len(box.letters) == 1
        assert delivery().state == State.UNSURE

        # 3. The recipient has it in the inbox in any case; the administrator sees it is unsure.
        sign_in(client, cast.malee)
        assert "ซ่อมเสร็จแล้ว" in client.get("/inbox").text
        sign_in(client, cast.admin)
        page = client.get(f"/messages/{message().id}").text
        assert "จึงไม่ทราบว่าถึงผู้รับหรือไม่" in page

        # 4. Sent again by hand it carries the same id, so that a mailbox can recognise it.
        client.post(f"/messages/deliveries/{delivery().id}/resend")
        assert jobs.deliver() == 1
        assert delivery().state == State.SENT
        assert box.letters[1]["Message-ID"].partition("@")[0] == first_id.partition("@")[0]


def test_a_message_that_was_asked_for_twice_is_stored_once(cast: Cast) -> None:
    for _time in range(2):
        with work():
            bookkeeping.send(
                kind="loan_due",
                subject="ครบกำหนดคืน",
                body="โปรดคืนพัสดุ",
                language="th",
                person_id=cast.malee.id,
                dedupe_key="loan-due:1:2026-11-23",
            )
    assert message().subject == "ครบกำหนดคืน"
