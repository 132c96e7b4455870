"""Pages that stay true: news of a list, who else is on a ticket, replies that cross."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from helpdesk.tickets.jobs import forget_presence
from helpdesk.tickets.models import Ticket, TicketEntry
from helpdesk.tickets.presence_models import TicketPresence
from helpdesk.tickets.rules import talk
from helpdesk.tickets.states import State
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Stale
from kernel.work import work
from office.people.access import Role
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.counting import counted
from tests.factories.office import make_person, sign_in, viewer_for
from tests.factories.tickets import make_ticket


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


@pytest.fixture
def thep(cast: Cast) -> Viewer:
    return viewer_for(cast.thep)


@pytest.fixture
def other(cast: Cast) -> Viewer:
    return viewer_for(make_person(Role.TECHNICIAN))


def mark_of(page: str) -> str:
    return page.partition('data-live-seen="')[2].partition('"')[0]


def note(ticket: Ticket, by: Viewer, words: str = "โทรแล้ว") -> None:
    with work():
        talk.comment(db.session.get_one(Ticket, ticket.id), words, public=False, by=by)


def newest(ticket: Ticket) -> int:
    return (
        db.session.scalar(
            select(func.max(TicketEntry.id)).where(TicketEntry.ticket_id == ticket.id)
        )
        or 0
    )


def test_without_news_the_answer_is_304_after_two_queries(
    client: FlaskClient, cast: Cast, thep: Viewer
) -> None:
    make_ticket(unit=cast.school, state=State.ACCEPTED, technician=thep)
    sign_in(client, cast.thep)
    mark = mark_of(client.get("/tickets").text)
    with counted() as asked:
        answer = client.get(f"/tickets/news?seen={mark}", headers={"If-None-Match": f'W/"{mark}"'})
    assert (answer.status_code, answer.data, len(asked)) == (304, b"", 2)


def test_what_others_do_in_the_view_is_counted_once_and_what_i_do_is_not(
    client: FlaskClient, cast: Cast, thep: Viewer, other: Viewer
) -> None:
    mine, free = make_ticket(unit=cast.school), make_ticket(unit=cast.school)
    sign_in(client, cast.thep)
    mark = mark_of(client.get("/tickets").text)

    def bar(query: str = "") -> str:
        return client.get(f"/tickets/news?seen={mark}&{query}").text

    note(mine, thep)
    assert bar() == ""
    note(free, other)
    note(free, other, "ครั้งที่สอง")
    make_ticket(unit=cast.school)
    assert "2 งาน" in bar()
    assert bar("show=mine") == ""
    assert "1 งาน" in bar(f"show=mine&on={free.id}")


def test_nobody_hears_of_another_school(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.kanda)
    mark = mark_of(client.get("/tickets").text)
    elsewhere = make_ticket(unit=cast.other_school)
    assert client.get(f"/tickets/news?seen={mark}&on={elsewhere.id}").text == ""


@pytest.mark.parametrize("seen", ["", "x", "1", "1.x", "-1.2", "9" * 40 + ".1"])
def test_a_mark_that_is_nonsense_is_no_error(client: FlaskClient, cast: Cast, seen: str) -> None:
    sign_in(client, cast.thep)
    assert client.get(f"/tickets/news?seen={seen}&on=a,1").status_code == 200


def test_others_are_seen_on_a_ticket_while_they_are_there(
    client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    ticket = make_ticket(unit=cast.school)
    here = f"/tickets/{ticket.id}/here"
    sign_in(client, cast.kanda)
    assert client.post(here, data={"writing": "1"}).text.strip() == ""
    sign_in(client, cast.thep)
    assert "กานดา ตัวอย่าง กำลังเขียน" in client.post(here, data={"writing": "0"}).text
    clock.forward(seconds=50)
    assert "กานดา" not in client.post(here).text
    assert forget_presence() == 1
    assert db.session.scalar(select(func.count()).select_from(TicketPresence)) == 1


def test_presence_tells_of_words_that_came_since_the_page_was_shown(
    client: FlaskClient, cast: Cast, other: Viewer
) -> None:
    ticket = make_ticket(unit=cast.school)
    sign_in(client, cast.thep)
    data = {"seen": str(newest(ticket))}
    assert "ข้อความใหม่" not in client.post(f"/tickets/{ticket.id}/here", data=data).text
    note(ticket, other)
    assert "ข้อความใหม่" in client.post(f"/tickets/{ticket.id}/here", data=data).text


def test_presence_is_for_those_who_may_see_the_ticket(client: FlaskClient, cast: Cast) -> None:
    ticket = make_ticket(unit=cast.other_school)
    found = {}
    for person in (cast.kanda, cast.malee, cast.thep):
        sign_in(client, person)
        found[person.name_en.split()[0]] = client.post(f"/tickets/{ticket.id}/here").status_code
    assert found == {"Kanda": 404, "Malee": 403, "Thep": 200}


def test_a_reply_that_crossed_another_is_kept_shown_with_it_and_sent_by_a_second_tap(
    client: FlaskClient, cast: Cast, other: Viewer
) -> None:
    ticket = make_ticket(unit=cast.school)
    sign_in(client, cast.thep)
    page = client.get(f"/tickets/{ticket.id}").text
    seen = page.partition('name="seen"')[2].partition('value="')[2].partition('"')[0]
    note(ticket, other, "เปลี่ยนสายแล้ว ใช้ได้")
    data = {"body": "จะไปดูพรุ่งนี้", "public": "no", "seen": seen, "key": "s" * 22}
    refused = client.post(f"/tickets/{ticket.id}/comment", data=data)
    assert refused.status_code == 409
    assert "จะไปดูพรุ่งนี้" in refused.text
    assert "เปลี่ยนสายแล้ว ใช้ได้" in refused.text.partition('id="between"')[2].partition("</form>")[0]
    again = refused.text.partition('name="seen"')[2].partition('value="')[2].partition('"')[0]
    sent = client.post(f"/tickets/{ticket.id}/comment", data={**data, "seen": again})
    assert sent.status_code == 302
    bodies = db.session.scalars(
        select(TicketEntry.body).where(TicketEntry.ticket_id == ticket.id).order_by(TicketEntry.id)
    ).all()
    assert list(bodies) == ["เปลี่ยนสายแล้ว ใช้ได้", "จะไปดูพรุ่งนี้"]


def test_own_words_of_a_moment_ago_do_not_stop_the_next_ones(
    client: FlaskClient, cast: Cast, thep: Viewer
) -> None:
    ticket = make_ticket(unit=cast.school)
    note(ticket, thep)
    sign_in(client, cast.thep)
    data = {"body": "เพิ่มเติม", "public": "no", "seen": "0", "key": "t" * 22}
    assert client.post(f"/tickets/{ticket.id}/comment", data=data).status_code == 302


def test_of_two_replies_at_once_one_is_sent_and_one_is_asked(
    app: Flask, cast: Cast, thep: Viewer, other: Viewer
) -> None:
    ticket_id = make_ticket(unit=cast.school).id
    db.session.rollback()
    start, ended = threading.Barrier(2), []

    def reply(me: Viewer) -> None:
        with app.app_context():
            start.wait()
            try:
                with work():
                    ticket = db.session.get_one(Ticket, ticket_id)
                    talk.check_read(ticket, 0, by=me)
                    talk.comment(ticket, f"จาก {me.name}", public=False, by=me)
                ended.append("sent")
            except Stale:
                ended.append("asked")

    threads = [threading.Thread(target=reply, args=(one,)) for one in (thep, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == ["asked", "sent"]
