"""The first page of each role: what waits, what is late, what changed since the last visit."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpdesk.desk.duties import duties_for
from helpdesk.desk.since import PAUSE, Visit, kept_of, visit_after
from helpdesk.privacy_requests.rules import asking
from helpdesk.privacy_requests.states import Kind
from helpdesk.tickets.states import State
from kernel import clock as now
from kernel.access import Viewer
from kernel.kept import forget_all
from office.bookkeeping import rules as bookkeeping
from office.people.access import Role
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.counting import counted
from tests.factories.counts import make_round
from tests.factories.incidents import make_breach
from tests.factories.office import in_work, make_person, sign_in, viewer_for
from tests.factories.studies import make_development
from tests.factories.tickets import make_ticket

MOST_QUESTIONS = 15  # of somebody with every role


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def _tell(person: Person, subject: str) -> None:
    with in_work():
        bookkeeping.send(
            kind="ticket.told", subject=subject, body=subject, language="th", person_id=person.id
        )


def test_a_first_visit_looks_back_a_week(app: Flask, clock: Clock) -> None:
    visit = visit_after(None)
    assert visit.begun is None
    assert visit.since == now.now() - timedelta(days=7)


def test_a_visit_after_a_pause_is_a_new_one(app: Flask, clock: Clock) -> None:
    first = visit_after(None)
    clock.forward(seconds=PAUSE.total_seconds() + 60)
    second = visit_after(kept_of(first))
    assert second.begun == first.seen.replace(microsecond=0)
    clock.forward(minutes=5)
    assert visit_after(kept_of(second)).begun == second.begun


def test_nonsense_in_the_cookie_counts_as_no_visit(app: Flask) -> None:
    for nonsense in ("", "x", "a|b", "2026-01-01T00:00:00", 7):
        assert visit_after(nonsense).begun is None


def test_what_is_new_never_reaches_back_more_than_a_month(app: Flask) -> None:
    long_ago = Visit(now.now(), now.now() - timedelta(days=400))
    assert long_ago.since == long_ago.seen - timedelta(days=30)


def test_only_what_came_after_the_last_visit_is_new(
    client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    sign_in(client, cast.thep)
    _tell(cast.thep, "ข้อความเก่า")
    make_ticket(unit=cast.school, detail="เรื่องเก่ามาก")
    clock.forward(minutes=5)
    assert "ข้อความเก่า" in client.get("/").text
    clock.forward(hours=2)
    _tell(cast.thep, "ข้อความใหม่")
    make_ticket(unit=cast.school, detail="เรื่องใหม่เอี่ยม")
    page = client.get("/").text
    assert "ข้อความใหม่" in page
    assert "เรื่องใหม่เอี่ยม" in page
    assert "ข้อความเก่า" not in page
    assert "เรื่องเก่ามาก" not in page


def test_nothing_of_another_school_is_new_to_a_coordinator(client: FlaskClient, cast: Cast) -> None:
    make_ticket(unit=cast.other_school, detail="ของโรงเรียนอื่น")
    make_ticket(unit=cast.school, detail="ของโรงเรียนเรา")
    page = sign_in_and_open(client, cast.kanda)
    assert "ของโรงเรียนเรา" in page
    assert "ของโรงเรียนอื่น" not in page


def sign_in_and_open(client: FlaskClient, person: Person) -> str:
    sign_in(client, person)
    return client.get("/").text


def test_a_coordinator_sees_the_late_repairs_of_the_own_school(
    client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    make_ticket(unit=cast.school, detail="ช้ามานาน")
    make_ticket(unit=cast.other_school, detail="ช้าที่อื่น")
    clock.forward(days=40)
    page = sign_in_and_open(client, cast.kanda)
    assert "งานซ่อมที่เกินกำหนด" in page
    assert "ช้ามานาน" in page
    assert "ช้าที่อื่น" not in page


def test_an_inspector_sees_the_round_that_is_counted(client: FlaskClient, cast: Cast) -> None:
    make_round(cast.school)
    page = sign_in_and_open(client, cast.anong)
    assert "/counts/" in page


def test_every_role_has_a_home_in_both_languages(client: FlaskClient, cast: Cast) -> None:
    wrong = []
    for role, person in cast.by_role().items():
        sign_in(client, person)
        if "ข้อความถึงฉัน" not in client.get("/").text:
            wrong.append((role, "th"))
        with in_work():
            person.language = "en"
        if "What I was told" not in client.get("/").text:
            wrong.append((role, "en"))
    assert wrong == []


def test_the_home_asks_the_same_however_much_there_is(client: FlaskClient, cast: Cast) -> None:
    everything = make_person(*[one for one in Role if one != Role.REQUESTER])
    sign_in(client, everything)
    lengths = []
    for _round in range(3):
        make_ticket(unit=cast.school)
        _tell(everything, "ข้อความ")
        with counted() as asked:
            assert client.get("/").status_code == 200
        lengths.append(len(asked))
    assert lengths[2] <= lengths[1] <= MOST_QUESTIONS, lengths


def test_a_guest_viewer_has_no_duties(app: Flask) -> None:
    make_ticket()
    assert duties_for(Viewer(), []) == []


def test_who_must_act_sees_the_72_hours_and_requests_about_personal_data(
    client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    incident = make_breach(cast.malee, cast.thep)
    with in_work():
        asked = asking.ask(Kind.ERASE, "", by=viewer_for(cast.malee))
    here = (f"/incidents/{incident.id}", f"/privacy/requests/{asked.id}")
    seen = {}
    for role, person in cast.by_role().items():
        page = sign_in_and_open(client, person)
        seen[role] = tuple(page.count(f'"{one}"') for one in here)
    # In red above, and in the list; an administrator answers requests, the director once proposed.
    none, reads = (0, 0), (2, 0)
    assert seen == {
        **dict.fromkeys(seen, none),
        Role.TECHNICIAN: reads,
        Role.APPROVER: reads,
        Role.ADMIN: (2, 1),
    }
    forget_all()
    clock.forward(days=4)
    assert "เกิน 72 ชั่วโมงแล้ว" in sign_in_and_open(client, cast.chai)


def test_work_of_mine_that_is_late_is_given_to_me(client: FlaskClient, cast: Cast) -> None:
    near = make_development(cast.thep, ends_on=now.today())
    page = sign_in_and_open(client, cast.thep)
    assert f"/developments/{near.id}" in page


def test_there_are_three_blocks_however_many_duties_and_what_is_late_stands_in_its_own(
    client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    everything = make_person(*[one for one in Role if one != Role.REQUESTER])
    me = viewer_for(everything)
    for number in range(7):
        make_ticket(
            unit=cast.school, detail=f"ช้ามานาน {number}", state=State.ACCEPTED, technician=me
        )
    make_round(cast.school)
    clock.forward(days=40)
    make_development(everything, ends_on=now.today() + timedelta(days=3))
    for person, blocks in ((everything, 4), (cast.thep, 3), (cast.malee, 3)):
        today = sign_in_and_open(client, person).partition('class="today"')[2]
        assert today.count('class="section-title"') == blocks, person.name_th  # with the year's six
    page = sign_in_and_open(client, everything)
    waits, late, changed = (
        page.index("เรื่องที่รอฉัน"),
        page.index("เกินกำหนดและ"),
        page.index("7 วันที่ผ่านมา"),
    )
    assert waits < page.index("/developments/") < late
    assert late < page.index("ช้ามานาน") < changed
    assert "รายการ</span>" in page[late:changed]  # more than five are folded
