"""Advice without a repair: noted in one step, counted by topic and result."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from helpdesk.figures import advice_queries as queries
from helpdesk.figures import jobs
from helpdesk.figures.advice_models import Consultation
from helpdesk.figures.advice_states import Result
from helpdesk.figures.periods import this_year
from helpdesk.figures.queries import Asked
from helpdesk.figures.rules import advising
from helpdesk.figures.rules.advising import Noted
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import Kind, State
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from office.people.access import Role
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.counting import counted
from tests.factories.office import TESTER, sign_in, viewer_for
from tests.factories.tickets import make_ticket

NOTED = Noted("printer", Result.TAUGHT, 10)


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def make_note(cast: Cast, noted: Noted = NOTED, *, other: bool = False, asked: str = "ถาม") -> None:
    with work():
        unit = cast.other_school if other else cast.school
        by = viewer_for(cast.thep)
        advising.note(asked, "บอกวิธี", noted, unit_id=unit.id, asked_by="ครูสมมติ", by=by)


def test_a_consultation_is_a_closed_ticket_of_advice_and_nobody_is_told(cast: Cast) -> None:
    make_note(cast)
    ticket = db.session.scalars(select(Ticket)).one()
    assert (ticket.kind, ticket.state) == (Kind.ADVICE, State.CLOSED)
    assert ticket.action_taken == "บอกวิธี"
    assert db.session.scalar(select(func.count()).select_from(OutgoingMessage)) == 0
    found = queries.consultation_of(ticket.id)
    assert found is not None
    assert (found.topic, found.minutes) == ("printer", 10)


@pytest.mark.parametrize(
    "noted",
    [
        Noted("no such topic", Result.SOLVED, 5),
        Noted("printer", Result.SOLVED, -1),
        Noted("printer", Result.SOLVED, 10**9),
    ],
)
def test_nonsense_is_refused_and_leaves_no_ticket(cast: Cast, noted: Noted) -> None:
    with pytest.raises(Refusal):
        make_note(cast, noted)
    assert db.session.scalar(select(func.count()).select_from(Ticket)) == 0


def test_a_repair_has_no_topic_of_advice(cast: Cast) -> None:
    ticket = make_ticket(unit=cast.school)
    with pytest.raises(Refusal), work():
        advising.classify(db.session.get_one(Ticket, ticket.id), NOTED, by=TESTER)


def test_consultations_are_counted_by_topic_and_result_within_the_own_school(cast: Cast) -> None:
    make_note(cast)
    make_note(cast)
    make_note(cast, Noted("account", Result.SOLVED, 3), other=True)
    asked = Asked(this_year())
    everything = sorted(queries.counts(viewer_for(cast.orn), asked))
    assert everything == [("account", "solved", 1, 3), ("printer", "taught", 2, 20)]
    assert queries.counts(viewer_for(cast.kanda), asked) == [("printer", "taught", 2, 20)]


def test_advice_that_came_as_a_ticket_is_named_until_it_has_a_topic(
    client: FlaskClient, cast: Cast
) -> None:
    ticket = make_ticket(unit=cast.school, kind=Kind.ADVICE)
    jobs.gather()
    sign_in(client, cast.thep)
    page = client.get("/advice").text
    assert ticket.number in page
    assert 'class="rail"' in page
    data = {"topic": "network", "result": "solved", "minutes": "15"}
    for _again in range(2):
        assert client.post(f"/advice/tickets/{ticket.id}", data=data).status_code == 302
    assert db.session.scalar(select(func.count()).select_from(Consultation)) == 1
    assert queries.without_topic(viewer_for(cast.thep), Asked(this_year())) == []


def test_the_form_notes_once_however_often_it_is_sent(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.thep)
    data = {
        "question": "ตั้งค่าเครื่องพิมพ์อย่างไร",
        "answer": "สอนทางโทรศัพท์",
        "topic": "printer",
        "result": "taught",
        "minutes": "๑๐",
        "unit": str(cast.school.id),
        "asked_by": "ครูสมมติ",
        "key": "a-key-that-is-long-enough",
    }
    assert client.get("/advice/new").status_code == 200
    for _tap in range(2):
        assert client.post("/advice/new", data=data).status_code == 302
    assert db.session.scalars(select(Consultation)).one().minutes == 10
    page = client.get("/advice").text
    assert "ตั้งค่าเครื่องพิมพ์อย่างไร" in page
    assert client.get("/advice/list.xlsx").data[:2] == b"PK"
    assert "สอนทางโทรศัพท์" in client.get("/advice/list.csv").text


def test_what_was_typed_stays_when_something_is_missing(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.thep)
    data = {"question": "จำไม่ได้", "minutes": "x", "unit": str(cast.school.id)}
    answer = client.post("/advice/new", data=data)
    assert answer.status_code == 422
    assert "จำไม่ได้" in answer.text


def test_topics_are_added_renamed_and_retired_by_the_administrator(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.admin)
    client.post("/advice/topics", data={"name_th": "ระบบเงินเดือน", "name_en": "Payroll"})
    client.post("/advice/topics", data={"code": "printer", "name_th": "เครื่องพิมพ์ทุกชนิด"})
    client.post("/advice/topics/network/retire")
    known = {one.code: one for one in queries.topics()}
    assert known["payroll"].name == "ระบบเงินเดือน"
    assert known["printer"].name == "เครื่องพิมพ์ทุกชนิด"
    assert known["network"].retired
    client.post("/advice/topics/network/reopen")
    assert not {one.code: one for one in queries.topics()}["network"].retired
    assert client.post("/advice/topics/none-such/retire").status_code == 404


SEE = {Role.TECHNICIAN, Role.APPROVER, Role.COORDINATOR, Role.AUDITOR, Role.ADMIN}


def test_who_sees_notes_and_names(client: FlaskClient, cast: Cast) -> None:
    wrong = []
    for role, person in cast.by_role().items():
        sign_in(client, person)
        got = [client.get(f"/advice{path}").status_code for path in ("", "/new", "/topics")]
        may = [role in SEE, role == Role.TECHNICIAN, role == Role.ADMIN]
        if got != [200 if one else 403 for one in may]:
            wrong.append((role, got))
    assert wrong == []


def test_a_coordinator_reads_of_the_own_school_only(client: FlaskClient, cast: Cast) -> None:
    make_note(cast, asked="ของเรา")
    make_note(cast, other=True, asked="ของเขา")
    sign_in(client, cast.kanda)
    for path in ("/advice", "/advice/list.csv", f"/advice?unit={cast.other_school.id}"):
        assert "ของเขา" not in client.get(path).text
    assert "ของเรา" in client.get("/advice").text


def test_the_list_asks_the_same_however_long_it_is(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.thep)
    lengths = []
    for _round in range(2):
        make_note(cast)
        with counted() as asked:
            assert client.get("/advice").status_code == 200
        lengths.append(len(asked))
    assert lengths[0] == lengths[1] <= 7
