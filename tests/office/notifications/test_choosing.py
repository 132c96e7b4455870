"""Who gets what on which way and when: choices, quiet hours, the daily digest, bad addresses."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from kernel import clock as kernel_clock
from kernel.db import db
from kernel.work import work
from office.bookkeeping import rules as bookkeeping
from office.bookkeeping.models import OutgoingMessage
from office.notifications import jobs
from office.notifications.kinds import GROUPS, group_of
from office.notifications.models import Delivery
from office.notifications.rules import choosing
from office.notifications.rules.routing import quiet_until, usual
from office.notifications.states import Rhythm, State, Way
from office.people.models import Person
from tests.conftest import Clock
from tests.factories.office import make_person, sign_in, viewer_for
from tests.office.notifications.mail_server import Letterbox

pytestmark = pytest.mark.usefixtures("clock")


def leave(person: Person, kind: str = "ticket_resolved", subject: str = "เสร็จแล้ว") -> None:
    with work():
        bookkeeping.send(
            kind=kind, subject=subject, body="…", language="th", person_id=person.id, link="/x"
        )


def choose(
    person: Person,
    changes: dict[tuple[str, Way], Rhythm] | None = None,
    *,
    quiet: tuple[time, time] | None = None,
    digest_at: time | None = None,
) -> None:
    house = {(group.name, way): usual(group.urgent, way) for group in GROUPS for way in Way}
    with work():
        choosing.choose(
            {**house, **(changes or {})},
            quiet_from=quiet[0] if quiet else None,
            quiet_until=quiet[1] if quiet else None,
            digest_at=digest_at,
            by=viewer_for(person),
        )


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Delivery.state).order_by(Delivery.id)))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("ticket_resolved", "tickets"),
        ("loan_due", "loans"),
        ("approval_waiting", "approvals"),
        ("service_due", "care"),
        ("something_new", "others"),
    ],
)
def test_a_kind_belongs_to_the_group_it_begins_with(kind: str, name: str) -> None:
    assert group_of(kind).name == name


def test_what_a_person_switched_off_stays_in_the_inbox(letterbox: Letterbox) -> None:
    person = make_person()
    choose(person, {("tickets", Way.MAIL): Rhythm.OFF})
    leave(person)
    leave(person, kind="loan_due")
    assert jobs.deliver() == 1
    assert db.session.scalar(select(OutgoingMessage.person_id)) == person.id


def test_a_password_link_comes_whatever_was_chosen(letterbox: Letterbox) -> None:
    person = make_person()
    everything_off = {(group.name, Way.MAIL): Rhythm.OFF for group in GROUPS}
    choose(person, everything_off, quiet=(time(0, 0), time(23, 59)))
    leave(person, kind="password_link")
    assert jobs.deliver() == 1


def test_in_quiet_hours_nothing_leaves_and_afterwards_it_does(
    letterbox: Letterbox, clock: Clock
) -> None:
    person = make_person()
    choose(person, quiet=(time(9, 30), time(10, 30)))
    leave(person)
    assert jobs.deliver() == 0
    clock.forward(minutes=29)
    assert jobs.deliver() == 0
    clock.forward(minutes=1)
    assert jobs.deliver() == 1


@given(
    begins=st.times(timezones=st.none()).map(lambda t: t.replace(second=0, microsecond=0)),
    ends=st.times(timezones=st.none()).map(lambda t: t.replace(second=0, microsecond=0)),
    minutes=st.integers(0, 3 * 24 * 60),
)
def test_quiet_hours_agree_with_looking_at_every_minute(
    begins: time, ends: time, minutes: int
) -> None:
    moment = datetime(2026, 12, 30, 17, 0, tzinfo=UTC) + timedelta(minutes=minutes)

    def is_quiet(when: datetime) -> bool:
        now = kernel_clock.local(when).time()
        if begins < ends:
            return begins <= now < ends
        return begins != ends and (now >= begins or now < ends)

    walked = moment
    while is_quiet(walked):
        walked += timedelta(minutes=1)
    expected = walked if walked != moment else None
    assert quiet_until(begins, ends, moment) == expected


def test_the_digest_tells_of_all_that_waits_once_a_day(letterbox: Letterbox, clock: Clock) -> None:
    person = make_person()
    choose(person, {("tickets", Way.MAIL): Rhythm.DIGEST}, digest_at=time(16, 0))
    leave(person, subject="หนึ่ง")
    leave(person, subject="สอง")
    assert jobs.deliver() == 0
    assert jobs.send_digests() == 0
    clock.forward(hours=6)
    assert jobs.send_digests() == 1
    assert jobs.send_digests() == 0
    assert jobs.deliver() == 1
    (letter,) = letterbox.letters
    body = letter.get_body(("plain",))
    assert body is not None
    assert "วันนี้มี 2 ข้อความ" in letter["Subject"]
    assert "• หนึ่ง\n• สอง" in body.get_content().replace("\r\n", "\n")
    assert states() == [State.STORED, State.STORED, State.SENT]


def test_what_comes_after_the_digest_waits_for_the_next_day(
    letterbox: Letterbox, clock: Clock
) -> None:
    person = make_person()
    choose(person, {("tickets", Way.MAIL): Rhythm.DIGEST}, digest_at=time(10, 0))
    leave(person, subject="หนึ่ง")
    assert jobs.send_digests() == 1
    leave(person, subject="สอง")
    assert jobs.send_digests() == 0
    clock.forward(days=1)
    assert jobs.send_digests() == 1


def test_the_digest_is_no_message_of_its_own_in_the_inbox(
    client: FlaskClient, letterbox: Letterbox
) -> None:
    person = make_person()
    choose(person, {("tickets", Way.MAIL): Rhythm.DIGEST}, digest_at=time(9, 0))
    leave(person, subject="เรื่องเดียว")
    jobs.send_digests()
    sign_in(client, person)
    page = client.get("/inbox").text
    assert "เรื่องเดียว" in page
    assert "วันนี้มี 1 ข้อความ" not in page


def test_nothing_is_sent_to_an_address_that_mails_come_back_from(
    client: FlaskClient, letterbox: Letterbox
) -> None:
    person = make_person(email="Malee@school.example.test")
    letterbox.on_rcpt = ["550 5.7.1 looks like spam"]
    leave(person)
    jobs.deliver()
    letterbox.on_rcpt = ["550 5.1.1 no such mailbox"]
    leave(person)
    jobs.deliver()
    leave(person)
    assert jobs.deliver() == 0
    assert letterbox.letters == []
    sign_in(client, person)
    assert "550 5.1.1 no such mailbox" in client.get("/profile/messages").text
    sign_in(client, make_person("admin"))
    assert "550 5.1.1 no such mailbox" in client.get("/messages").text
    newest = db.session.scalar(select(func.max(OutgoingMessage.id)))
    # Sending it again would come to nothing, so the page of the message says what to do first.
    assert "/messages/trust" in client.get(f"/messages/{newest}").text
    client.post("/messages/trust", data={"address": "malee@school.example.test"})
    leave(person)
    assert jobs.deliver() == 1


def form(**changes: str) -> dict[str, str]:
    return {f"mail_{group.name}": "now" for group in GROUPS} | changes


def test_a_person_chooses_on_the_own_page(client: FlaskClient) -> None:
    person = sign_in(client, make_person())
    data = form(mail_loans="digest", quiet_from="๒๑.๐๐", quiet_until="6:30", digest_at="15:00")
    assert client.post("/profile/messages", data=data).status_code == 302
    db.session.rollback()
    chosen, quietness = choosing.chosen(viewer_for(person))
    assert chosen["loans", Way.MAIL] is Rhythm.DIGEST
    assert chosen["tickets", Way.LINE] is Rhythm.OFF
    assert quietness is not None
    assert (quietness.quiet_from, quietness.quiet_until) == (time(21, 0), time(6, 30))


def test_one_end_of_the_quiet_hours_is_asked_for_the_other(client: FlaskClient) -> None:
    sign_in(client, make_person())
    answer = client.post("/profile/messages", data=form(quiet_from="21:00"))
    assert answer.status_code == 422
    assert "กรุณาระบุเวลางดรบกวนทั้งเริ่มและสิ้นสุด" in answer.text
    assert 'value="21:00"' in answer.text


def test_a_rhythm_that_is_none_is_refused(client: FlaskClient) -> None:
    sign_in(client, make_person())
    assert client.post("/profile/messages", data=form(mail_loans="never")).status_code == 422


def test_the_page_speaks_english(client: FlaskClient) -> None:
    sign_in(client, make_person(language="en"))
    page = client.get("/profile/messages").text
    assert "How I am told" in page
    assert "In the daily digest" in page
