"""The queue and the ticket page of those who handle tickets."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from helpdesk.tickets import queries
from helpdesk.tickets.models import Ticket, TicketEntry
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import Priority, State
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from office.people.access import Role
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.office import make_person, sign_in, viewer_for
from tests.factories.pictures import picture
from tests.factories.tickets import make_ticket


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


@pytest.fixture
def thep(cast: Cast) -> Viewer:
    return viewer_for(cast.thep)


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect the statements that the database is asked."""
    asked: list[str] = []

    def listen(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)


def found(viewer: Viewer, **filters: object) -> list[int]:
    rows = queries.queue(viewer, queries.Filters(**filters), 1, 50)  # type: ignore[arg-type]
    return [row.id for row in rows]


def test_what_is_due_next_stands_on_top(cast: Cast, thep: Viewer, clock: Clock) -> None:
    low = make_ticket(unit=cast.school, priority=Priority.LOW)
    urgent = make_ticket(unit=cast.school, priority=Priority.URGENT)
    clock.forward(minutes=5)
    normal = make_ticket(unit=cast.school)
    assert found(thep) == [urgent.id, normal.id, low.id]


def test_each_view_holds_its_tickets_and_counts_them(
    cast: Cast, thep: Viewer, clock: Clock
) -> None:
    late = make_ticket(unit=cast.school, priority=Priority.URGENT)
    clock.forward(hours=3)
    new = make_ticket(unit=cast.school)
    mine = make_ticket(unit=cast.school, state=State.IN_PROGRESS, technician=thep)
    waiting = make_ticket(unit=cast.school, state=State.WAITING_PARTS, technician=thep)
    done = make_ticket(unit=cast.school, state=State.RESOLVED, technician=thep)
    closed = make_ticket(unit=cast.school, state=State.CLOSED, technician=thep)
    assert set(found(thep)) == {late.id, new.id, mine.id, waiting.id}
    assert set(found(thep, view="mine")) == {mine.id, waiting.id}
    assert set(found(thep, view="unassigned")) == {late.id, new.id}
    assert late.id in found(thep, view="late")
    assert new.id not in found(thep, view="late")
    assert found(thep, view="waiting") == [waiting.id]
    assert found(thep, view="resolved") == [done.id]
    assert found(thep, view="closed") == [closed.id]
    counts = queries.view_counts(thep)
    assert (counts["open"], counts["mine"], counts["unassigned"], counts["waiting"]) == (4, 2, 2, 1)
    assert counts["late"] == len(found(thep, view="late"))


def test_a_coordinator_sees_the_own_school_and_no_other(client: FlaskClient, cast: Cast) -> None:
    own = make_ticket(unit=cast.school, detail="ของโรงเรียนเรา")
    other = make_ticket(unit=cast.other_school, detail="ของโรงเรียนอื่น")
    sign_in(client, cast.kanda)
    page = client.get("/tickets").text
    assert "ของโรงเรียนเรา" in page
    assert "ของโรงเรียนอื่น" not in page
    assert client.get(f"/tickets/{own.id}").status_code == 200
    assert client.get(f"/tickets/{other.id}").status_code == 404
    assert found(viewer_for(cast.kanda), unit_id=cast.other_school.id) == []


MAY_SEE = {Role.TECHNICIAN, Role.APPROVER, Role.COORDINATOR, Role.AUDITOR, Role.ADMIN}
MAY_TAKE = {Role.TECHNICIAN}


@pytest.mark.parametrize("role", Role)
def test_who_opens_the_queue_the_ticket_and_the_acts(
    client: FlaskClient, cast: Cast, role: Role
) -> None:
    ticket = make_ticket(unit=cast.school)
    sign_in(client, cast.by_role()[role])
    assert client.get("/tickets").status_code == (200 if role in MAY_SEE else 403)
    assert client.get(f"/tickets/{ticket.id}").status_code == (200 if role in MAY_SEE else 404)
    answer = client.post(f"/tickets/{ticket.id}/take", data={"version": ticket.version})
    assert answer.status_code == (302 if role in MAY_TAKE else 403)


@pytest.mark.parametrize(
    "path", ["/tickets", "/tickets/1", "/reports", "/tickets/1/photos/1", "/items/1/report"]
)
def test_a_guest_is_asked_to_sign_in(client: FlaskClient, cast: Cast, path: str) -> None:
    assert client.get(path).status_code == 302


def test_contacts_are_for_those_who_handle_the_ticket(client: FlaskClient, cast: Cast) -> None:
    ticket = make_ticket(unit=cast.school)
    for person, sees in ((cast.thep, True), (cast.kanda, True), (cast.orn, False)):
        sign_in(client, person)
        page = client.get(f"/tickets/{ticket.id}").text
        assert ("teacher@example.test" in page) == sees


def test_a_technician_of_another_school_cannot_act(client: FlaskClient, cast: Cast) -> None:
    ticket = make_ticket(unit=cast.school)
    sign_in(client, make_person("technician", over=cast.other_school))
    data = {"version": ticket.version}
    assert client.post(f"/tickets/{ticket.id}/start", data=data).status_code == 404
    db.session.rollback()
    assert db.session.get_one(Ticket, ticket.id).state == State.NEW


def test_the_story_from_new_to_closed_on_pages(client: FlaskClient, cast: Cast) -> None:
    ticket_id = make_ticket(make_asset(cast.school)).id
    sign_in(client, cast.thep)
    steps = [
        ("start", {}, State.IN_PROGRESS),
        ("wait", {"action": "await_parts", "reason": "รอจอ"}, State.WAITING_PARTS),
        ("resume", {}, State.IN_PROGRESS),
        (
            "resolve",
            {"outcome": "fixed", "cause": "hardware", "action_taken": "เปลี่ยนจอ"},
            State.RESOLVED,
        ),
        ("close", {}, State.CLOSED),
        ("reopen", {"reopen_reason": "ยังไม่หาย"}, State.IN_PROGRESS),
        ("cancel", {"cancel_reason": "แจ้งซ้ำ"}, State.CANCELLED),
    ]
    for verb, fields, state in steps:
        version = db.session.get_one(Ticket, ticket_id).version
        answer = client.post(f"/tickets/{ticket_id}/{verb}", data={"version": version, **fields})
        assert answer.status_code == 302, (verb, answer.text)
        db.session.rollback()
        assert db.session.get_one(Ticket, ticket_id).state == state
        assert client.get(f"/tickets/{ticket_id}").status_code == 200


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("wait", {"action": "nonsense", "reason": "รอ"}),
        ("wait", {"action": "await_parts", "reason": ""}),
        ("wait", {"action": "await_parts", "reason": "รอ", "look_again": "31/2/2569"}),
        ("wait", {"action": "await_parts", "reason": "รอ", "look_again": "1/1/2560"}),
        ("wait", {"action": "await_parts", "reason": "รอ", "look_again": "1/1/9999"}),
        ("resolve", {"outcome": "nonsense", "cause": "user", "action_taken": "ทำแล้ว"}),
        ("resolve", {"outcome": "fixed", "cause": "", "action_taken": "ทำแล้ว"}),
        ("cancel", {"cancel_reason": ""}),
        ("prioritize", {"priority": "nonsense"}),
        ("assign", {"person": "999999"}),
        ("close", {}),
        ("comment", {"body": " "}),
    ],
)
def test_what_cannot_be_taken_is_said_and_changes_nothing(
    client: FlaskClient, cast: Cast, thep: Viewer, verb: str, fields: dict[str, str]
) -> None:
    ticket = make_ticket(unit=cast.school, state=State.IN_PROGRESS, technician=thep)
    sign_in(client, cast.thep)
    data = {"version": str(ticket.version), **fields}
    answer = client.post(f"/tickets/{ticket.id}/{verb}", data=data)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    db.session.rollback()
    assert db.session.get_one(Ticket, ticket.id).state == State.IN_PROGRESS


def test_a_stale_act_is_told_and_keeps_the_words(
    client: FlaskClient, cast: Cast, thep: Viewer
) -> None:
    ticket = make_ticket(unit=cast.school, state=State.IN_PROGRESS, technician=thep)
    sign_in(client, cast.thep)
    fields = {"outcome": "fixed", "cause": "user", "action_taken": "พิมพ์ไว้ยาวมาก"}
    answer = client.post(f"/tickets/{ticket.id}/resolve", data={"version": "1", **fields})
    assert answer.status_code == 409
    assert "พิมพ์ไว้ยาวมาก" in answer.text
    assert f'name="version" type="hidden" value="{ticket.version}"' in answer.text
    again = client.post(f"/tickets/{ticket.id}/resolve", data={"version": ticket.version, **fields})
    assert again.status_code == 302


def test_a_double_tap_is_one_act(client: FlaskClient, cast: Cast) -> None:
    ticket = make_ticket(unit=cast.school)
    sign_in(client, cast.thep)
    data = {"version": ticket.version, "key": "a key of twenty letters"}
    for _number in range(2):
        assert client.post(f"/tickets/{ticket.id}/take", data=data).status_code == 302
    taken = select(TicketEntry).where(TicketEntry.act == "assigned")
    assert len(db.session.scalars(taken).all()) == 1


def test_a_forged_act_changes_nothing(client: FlaskClient, cast: Cast) -> None:
    ticket = make_ticket(unit=cast.school)
    sign_in(client, cast.thep)
    data = {"version": ticket.version}
    assert client.post(f"/tickets/{ticket.id}/take", data=data, forged=True).status_code == 422
    db.session.rollback()
    assert db.session.get_one(Ticket, ticket.id).assignee_id is None


def test_a_coordinator_answers_but_writes_no_notes(client: FlaskClient, cast: Cast) -> None:
    ticket = make_ticket(unit=cast.school)
    sign_in(client, cast.kanda)
    path = f"/tickets/{ticket.id}/comment"
    assert client.post(path, data={"body": "ครูรออยู่", "public": "yes"}).status_code == 302
    assert client.post(path, data={"body": "ลับ", "public": "no"}).status_code == 403


def test_the_page_shows_the_last_three_faults_of_the_item(
    client: FlaskClient, cast: Cast, thep: Viewer
) -> None:
    asset = make_asset(cast.school)
    for number in range(4):
        make_ticket(asset, state=State.CLOSED, technician=thep, detail=f"เสียครั้งที่ {number}")
    ticket = make_ticket(asset, detail="ครั้งนี้")
    sign_in(client, cast.thep)
    page = client.get(f"/tickets/{ticket.id}").text
    assert [f"เสียครั้งที่ {n}" in page for n in range(4)] == [False, True, True, True]


def test_the_queue_asks_at_most_eight_times_however_long_it_is(
    client: FlaskClient, cast: Cast, thep: Viewer
) -> None:
    sign_in(client, cast.thep)
    asked_by_length = []
    for _round in range(2):
        for _number in range(6):
            make_ticket(make_asset(cast.school), state=State.ACCEPTED, technician=thep)
        with counted() as asked:
            assert client.get("/tickets").status_code == 200
        asked_by_length.append(len(asked))
    assert asked_by_length[0] == asked_by_length[1] <= 8


def test_a_ticket_page_asks_at_most_twelve_times(
    client: FlaskClient, cast: Cast, thep: Viewer
) -> None:
    asset = make_asset(cast.school)
    make_ticket(asset, state=State.CLOSED, technician=thep)
    ticket = make_ticket(asset, state=State.WAITING_PARTS, technician=thep)
    sign_in(client, cast.thep)
    photo = (io.BytesIO(picture()), "a.jpg")
    client.post(f"/tickets/{ticket.id}/comment", data={"body": "ดูรูป", "photos": photo})
    with counted() as asked:
        assert "ดูรูป" in client.get(f"/tickets/{ticket.id}").text
    assert len(asked) <= 12


@pytest.mark.parametrize("language", ["th", "en"])
def test_empty_and_filtered_queues_say_what_to_do(
    client: FlaskClient, cast: Cast, language: str
) -> None:
    with work():
        db.session.merge(cast.thep).language = language
    sign_in(client, cast.thep)
    words = {
        "th": ("ไม่มีงานค้าง", "ไม่พบงานตามเงื่อนไขนี้"),
        "en": ("Nothing is waiting here.", "Nothing fits these filters."),
    }[language]
    assert words[0] in client.get("/tickets").text
    assert words[1] in client.get("/tickets?q=xyz").text


@pytest.mark.parametrize(
    "query", ["view=zzz", "unit=abc", "unit=99999999999999", "page=-1", "q=%00"]
)
def test_nonsense_in_the_address_is_no_error(client: FlaskClient, cast: Cast, query: str) -> None:
    sign_in(client, cast.thep)
    assert client.get(f"/tickets?{query}").status_code == 200


def test_the_technicians_next_job_is_the_one_due_first(
    cast: Cast, thep: Viewer, clock: Clock
) -> None:
    assert queries.next_job(thep) is None
    make_ticket(unit=cast.school, state=State.ACCEPTED, technician=thep)
    urgent = make_ticket(
        unit=cast.school, state=State.ACCEPTED, technician=thep, priority=Priority.URGENT
    )
    found_job = queries.next_job(thep)
    assert found_job is not None
    assert found_job.id == urgent.id
    assert queries.waiting_for(thep) == 2


def test_a_late_ticket_stays_late_after_a_break(cast: Cast, thep: Viewer, clock: Clock) -> None:
    ticket = make_ticket(unit=cast.school, priority=Priority.URGENT)
    due = ticket.next_due_at
    clock.forward(hours=5)
    with work():
        rules.start(db.session.get_one(Ticket, ticket.id), by=thep)
    assert db.session.get_one(Ticket, ticket.id).next_due_at == due
    assert due == clock.now - timedelta(hours=3)
