"""The pages: cards on the phone, one request, paths with their preview, absences; who sees what."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from kernel.db import db
from office.approvals.models import Absence, Approval, ApprovalPath, ApprovalStep
from office.approvals.rules import signing
from office.approvals.states import State
from office.people.models import Person
from tests.factories.counting import counted
from tests.factories.office import sign_in
from tests.office.approvals.conftest import People
from tests.office.approvals.wishes import Wishes, act, ask

MOST_QUERIES = 8


def step_on(page: str) -> str:
    found = re.search(r'name="step" type="hidden" value="(\d+)"|name="step" value="(\d+)"', page)
    assert found
    return found[1] or found[2]


def state_of(approval: Approval) -> str:
    return db.session.scalars(select(Approval.state).where(Approval.id == approval.id)).one()


def speak(person: Person, language: str) -> None:
    from kernel.work import work

    with work():
        db.session.get_one(Person, person.id).language = language


@pytest.mark.parametrize(("language", "words"), [("th", "รอฉันพิจารณา"), ("en", "Waiting for me")])
def test_the_card_tells_who_asks_what_for_how_much(
    client: FlaskClient, people: People, room: Wishes, language: str, words: str
) -> None:
    ask(people.malee, amount=Decimal(12000))
    speak(people.head, language)
    page = client.get("/approvals") if sign_in(client, people.head) else None
    assert page is not None
    for told in (words, "12,000.00", "ขอเครื่องพิมพ์ใหม่"):
        assert told in page.text


def test_one_tap_on_the_card_approves(client: FlaskClient, people: People, room: Wishes) -> None:
    approval = ask(people.malee)
    sign_in(client, people.head)
    step = step_on(client.get("/approvals").text)
    answer = client.post(
        f"/approvals/{approval.id}/approve?back=list", data={"step": step, "key": "k" * 22}
    )
    assert answer.location == "/approvals"
    assert "ขอเครื่องพิมพ์ใหม่" not in client.get("/approvals").text
    assert "ขอเครื่องพิมพ์ใหม่" in client.get("/approvals/decided").text


def test_refusing_without_a_sentence_shows_the_page_again(
    client: FlaskClient, people: People, room: Wishes
) -> None:
    approval = ask(people.malee)
    sign_in(client, people.head)
    step = step_on(client.get(f"/approvals/{approval.id}").text)
    answer = client.post(f"/approvals/{approval.id}/reject", data={"step": step})
    assert answer.status_code == 422
    assert state_of(approval) == State.WAITING


def test_a_page_that_is_behind_signs_no_other_step(
    client: FlaskClient, people: People, room: Wishes
) -> None:
    approval = ask(people.malee)
    sign_in(client, people.head)
    step = step_on(client.get(f"/approvals/{approval.id}").text)
    act(signing.approve, approval, by=people.head)
    sign_in(client, people.director)
    answer = client.post(f"/approvals/{approval.id}/approve", data={"step": step})
    assert answer.status_code == 422
    assert people.head.name_th in answer.text
    assert state_of(approval) == State.WAITING


def test_the_asker_sees_where_it_stands_and_takes_it_back(
    client: FlaskClient, people: People, room: Wishes
) -> None:
    approval = ask(people.malee)
    sign_in(client, people.malee)
    assert people.head.name_th in client.get("/approvals/mine").text
    client.post(f"/approvals/{approval.id}/recall", data={"key": "k" * 22})
    assert state_of(approval) == State.RECALLED


def test_the_asker_answers_on_the_page(client: FlaskClient, people: People, room: Wishes) -> None:
    approval = ask(people.malee)
    act(signing.send_back, approval, "กี่เครื่อง", by=people.head)
    sign_in(client, people.malee)
    page = client.get(f"/approvals/{approval.id}").text
    assert ("กี่เครื่อง" in page, "หัวหน้าหน่วยงาน: ส่งกลับ" in page) == (True, True)
    client.post(f"/approvals/{approval.id}/answer", data={"words": "สองเครื่อง"})
    assert state_of(approval) == State.WAITING


def test_who_has_nothing_to_do_with_it_finds_no_such_request(
    client: FlaskClient, people: People, room: Wishes
) -> None:
    approval = ask(people.malee)
    roles = people.cast.by_role()
    seen = {}
    for role, person in roles.items():
        sign_in(client, person)
        seen[role] = client.get(f"/approvals/{approval.id}").status_code
    open_to = {"requester", "admin", "auditor"}  # Malee asked herself
    assert {role for role, status in seen.items() if status == 200} == open_to
    assert {status for role, status in seen.items() if role not in open_to} == {404}


@pytest.mark.parametrize("verb", ["approve", "reject", "send_back", "delegate"])
def test_an_auditor_reads_but_decides_nothing(
    client: FlaskClient, people: People, room: Wishes, verb: str
) -> None:
    approval = ask(people.malee)
    sign_in(client, people.cast.orn)
    step = db.session.scalars(select(ApprovalStep.id).order_by(ApprovalStep.id)).first()
    data = {"words": "x", "person": "deputy", "step": str(step)}
    assert client.post(f"/approvals/{approval.id}/{verb}", data=data).status_code == 403
    assert state_of(approval) == State.WAITING


def test_pages_ask_the_database_the_same_however_long_the_list(
    client: FlaskClient, people: People, room: Wishes
) -> None:
    counts = []
    for person, page in ((people.head, "/approvals"), (people.malee, "/approvals/mine")):
        for number in (1, 6):
            for _more in range(number):
                ask(people.malee, subject_id=db.session.query(Approval).count() + 1)
            db.session.rollback()
            sign_in(client, person)
            with counted() as asked:
                client.get(page)
            counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[2] == counts[3]
    assert max(counts) <= MOST_QUERIES


def test_one_request_is_shown_with_few_queries(
    client: FlaskClient, people: People, room: Wishes
) -> None:
    approval = ask(people.malee)
    sign_in(client, people.head)
    with counted() as asked:
        client.get(f"/approvals/{approval.id}")
    assert len(asked) <= MOST_QUERIES, asked


def path_fields(**changes: str) -> dict[str, str]:
    fields = {
        "edition": "0",
        "steps-0-order": "1",
        "steps-0-name_th": "ผู้อำนวยการ",
        "steps-0-place": "office",
        "steps-0-role": "approver",
        "steps-0-all_sign": "",
    }
    return {**fields, **changes}


def test_an_administrator_writes_a_new_edition(
    client: FlaskClient, people: People, room: Wishes
) -> None:
    sign_in(client, people.admin)
    assert "หัวหน้าหน่วยงาน" in client.get("/approvals/paths/wish").text
    client.post("/approvals/paths/wish", data=path_fields())
    path = db.session.scalars(select(ApprovalPath)).one()
    assert [step.name_th for step in path.steps] == ["ผู้อำนวยการ"]


def test_a_step_names_people_by_their_names(
    client: FlaskClient, people: People, room: Wishes
) -> None:
    sign_in(client, people.admin)
    named = {"steps-0-place": "people", "steps-0-people": f"{people.deputy.name_th}\nไม่มีคนนี้"}
    answer = client.post("/approvals/paths/wish", data=path_fields(**named))
    assert answer.status_code == 422
    assert "ไม่มีคนนี้" in answer.text
    named["steps-0-people"] = people.deputy.name_th
    client.post("/approvals/paths/wish", data=path_fields(**named))
    (step,) = db.session.scalars(select(ApprovalPath)).one().steps
    assert [person.id for person in step.people] == [people.deputy.id]


def test_of_two_who_write_a_path_the_second_is_told(
    client: FlaskClient, people: People, room: Wishes
) -> None:
    sign_in(client, people.admin)
    client.post("/approvals/paths/wish", data=path_fields())
    assert client.post("/approvals/paths/wish", data=path_fields()).status_code == 409


def test_the_preview_tells_the_path_for_an_amount_from_a_school(
    client: FlaskClient, people: People, room: Wishes
) -> None:
    sign_in(client, people.admin)
    page = client.get(f"/approvals/paths/wish?amount=12,000&unit={people.cast.school.id}").text
    assert people.head.name_th in page
    assert people.director.name_th in page


def test_only_administrators_of_the_office_write_paths(
    client: FlaskClient, people: People, room: Wishes
) -> None:
    for role, person in people.cast.by_role().items():
        sign_in(client, person)
        status = client.post("/approvals/paths/wish", data=path_fields()).status_code
        assert (status == 302) == (role == "admin")


def test_a_person_enters_and_ends_the_own_absence(
    client: FlaskClient, people: People, room: Wishes
) -> None:
    sign_in(client, people.head)
    days = {"first_day": "23/11/2569", "last_day": "25/11/2569"}
    client.post("/approvals/absences", data={**days, "stand_in": "deputy", "capacity": "acting"})
    absence = db.session.scalars(select(Absence)).one()
    assert absence.stand_in_id == people.deputy.id
    sign_in(client, people.deputy)
    there = f"/approvals/absences/{absence.id}/cancel"
    assert client.post(there).status_code == 404
    sign_in(client, people.head)
    client.post(there)
    db.session.rollback()
    assert db.session.scalars(select(Absence.cancelled_at)).one() is not None


def test_nobody_enters_an_absence_for_a_stranger(
    client: FlaskClient, people: People, room: Wishes
) -> None:
    sign_in(client, people.deputy)
    data = {
        "person": people.head.username,
        "first_day": "23/11/2569",
        "last_day": "25/11/2569",
        "stand_in": "deputy",
        "capacity": "acting",
    }
    assert client.post("/approvals/absences", data=data).status_code == 422
    assert db.session.scalars(select(Absence)).all() == []


@pytest.mark.parametrize(
    "path", ["/approvals", "/approvals/decided", "/approvals/mine", "/approvals/absences"]
)
@pytest.mark.parametrize("language", ["th", "en"])
def test_empty_pages_say_what_to_do(
    client: FlaskClient, people: People, path: str, language: str
) -> None:
    speak(people.malee, language)
    sign_in(client, people.malee)
    page = client.get(path)
    assert page.status_code == 200
    assert 'class="empty"' in page.text
    assert client.get("/approvals/stuck").status_code == 403


def test_the_administrator_sees_stuck_requests_and_paths(
    client: FlaskClient, people: People, room: Wishes
) -> None:
    ask(people.malee)
    sign_in(client, people.admin)
    assert client.get("/approvals/stuck").status_code == 200
    assert "คำขอทดสอบ" in client.get("/approvals/paths").text


def test_the_first_page_counts_what_waits(
    client: FlaskClient, people: People, room: Wishes
) -> None:
    ask(people.malee)
    sign_in(client, people.head)
    assert "รอฉันอนุมัติ" in client.get("/").text
