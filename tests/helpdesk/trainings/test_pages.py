"""The pages of trainings, the certificate, and who may open what."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from openpyxl import load_workbook
from pypdfium2 import PdfDocument
from sqlalchemy import event, select

from helpdesk.trainings.models import TrainingCertificate, TrainingEnrolment, TrainingSession
from helpdesk.trainings.rules import holding
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.files import store
from office.cards.codes import new_code
from office.cards.models import UserCard
from office.cards.states import Reason, StaffKind
from office.cards.states import State as CardState
from office.people.models import Person
from tests.factories.office import TESTER, in_work, sign_in
from tests.helpdesk.trainings.conftest import Trainings

MOST_QUERIES = 8
CODE = new_code()


def card_of(person: Person) -> UserCard:
    """Return a card that its holder has in the hand."""
    photo, now = store().put(b"a face", "jpg"), kernel_clock.now()
    return UserCard(
        person_id=person.id,
        unit_id=person.unit_id,
        state=CardState.HANDED_OVER,
        reason=Reason.FIRST,
        staff_kind=next(iter(StaffKind)),
        name_th=person.name_th,
        photo_key=photo,
        thumbnail_key=photo,
        code=CODE,
        number="บ.1/2570",
        asked_at=now,
        issued_on=now.date(),
        valid_until=now.date() + timedelta(days=300),
        handed_over_at=now,
    )


def certified(trainings: Trainings) -> TrainingCertificate:
    """Return Malee's certificate."""
    session = trainings.session()
    place = trainings.enrol(session, trainings.cast.malee)
    trainings.clock.forward(days=1)
    with in_work():
        holding.note(place, session.first_day, by=TESTER)
        holding.finish(session, by=TESTER)
    return db.session.scalars(select(TrainingCertificate)).one()


def test_a_course_is_planned_and_somebody_takes_a_seat_and_gives_it_back(
    trainings: Trainings, client: FlaskClient
) -> None:
    sign_in(client, trainings.cast.thep)
    there = client.post("/trainings/courses/new", data={"title_th": "สอนออนไลน์", "hours": "๑๒"})
    fields = {"course_id": there.location.rpartition("=")[2], "seats": "1", "times": "09:00–16:00"}
    days = {"first_day": "1/12/2569", "last_day": "2/12/2569"}
    here = client.post("/trainings/new", data={**fields, **days}).location
    assert db.session.scalars(select(TrainingSession.seats)).one() == 1
    sign_in(client, trainings.cast.malee)
    assert "สอนออนไลน์" in client.get("/trainings").text
    client.post(here + "/enrol")
    assert "ได้ที่นั่งแล้ว" in client.get(here).text
    assert "สอนออนไลน์" in client.get("/trainings/mine").text
    client.post(here + "/withdraw")
    assert "สละสิทธิ์แล้ว" in client.get(here).text


def test_the_certificate_says_name_hours_and_number_and_anybody_can_check_it(
    trainings: Trainings, client: FlaskClient
) -> None:
    found = certified(trainings)
    sign_in(client, trainings.cast.malee)
    assert found.number in client.get("/trainings/mine").text
    pdf = client.get(f"/trainings/certificates/{found.id}.pdf").data
    with PdfDocument(io.BytesIO(pdf)) as document:
        width, height = document[0].get_size()
        text = document[0].get_textpage().get_text_range()
        assert (len(document), width > height) == (1, True)
    # The reader of the PDF leaves narrow spaces out.
    assert "มาลีตัวอย่าง" in text.replace(" ", "")
    assert "นวน๖ช" in text.replace(" ", "")
    guest = client.application.test_client()
    page = guest.get(f"/certificates/{found.code}")
    assert page.status_code == 200
    assert "มาลี ตัวอย่าง" in page.text
    assert guest.get("/certificates/000000000000").status_code == 404
    assert guest.get(f"/papers/check/{found.code}").status_code == 200


def test_nobody_opens_the_certificate_of_somebody_else(
    trainings: Trainings, client: FlaskClient
) -> None:
    found = certified(trainings)
    sign_in(client, trainings.cast.kanda)
    assert client.get(f"/trainings/certificates/{found.id}.pdf").status_code == 404
    sign_in(client, trainings.cast.orn)
    assert client.get(f"/trainings/certificates/{found.id}.pdf").status_code == 200


def test_the_hours_of_a_year_are_a_list_and_a_workbook(
    trainings: Trainings, client: FlaskClient
) -> None:
    certified(trainings)
    sign_in(client, trainings.cast.orn)
    assert "มาลี ตัวอย่าง" in client.get("/trainings/hours").text
    assert "มาลี ตัวอย่าง" not in client.get("/trainings/hours?year=2569").text
    data = client.get("/trainings/hours.xlsx").data
    rows = list(load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[3]) for row in rows] == [("มาลี ตัวอย่าง", 6)]


def test_who_arranges_edits_enrols_others_and_takes_them_off(
    trainings: Trainings, client: FlaskClient
) -> None:
    cast, session = trainings.cast, trainings.session()
    here = f"/trainings/{session.id}"
    sign_in(client, cast.thep)
    typed = {"version": "1", "first_day": "1/12/2569", "last_day": "2/12/2569", "seats": "๑๒"}
    assert client.post(f"{here}/edit", data=typed).location == here
    assert "1 ธันวาคม" in client.get(here).text
    assert client.post(f"{here}/edit", data={"version": "1", "seats": "1"}).status_code in (
        409,
        422,
    )
    refused = client.post(f"{here}/enrol-person", data={"person": "ไม่มีใครชื่อนี้"})
    assert refused.status_code == 422
    client.post(f"{here}/enrol-person", data={"person": "มาลี ตัวอย่าง"})
    assert "มาลี ตัวอย่าง" in client.get(here).text
    place = db.session.scalars(select(TrainingEnrolment)).one()
    table = load_workbook(io.BytesIO(client.get(f"{here}/participants.xlsx").data)).active
    assert [row[0] for row in table.iter_rows(min_row=2, values_only=True)] == ["มาลี ตัวอย่าง"]
    client.post(f"{here}/take-off/{place.id}")
    db.session.expire_all()
    assert place.state == "withdrawn"


def test_cards_are_shown_to_the_camera_of_a_phone_one_after_the_other(
    trainings: Trainings, client: FlaskClient
) -> None:
    session = trainings.session()
    place = trainings.enrol(session, trainings.cast.malee)
    trainings.clock.forward(days=1)
    with in_work():
        db.session.add(card_of(trainings.cast.malee))
    sign_in(client, trainings.cast.thep)
    here = f"/trainings/{session.id}"
    page = client.get(here).text
    assert "data-scan-camera" in page.split(f'action="{here}/scan"')[1].split("</form>")[0]
    assert "data-scan-again" in page
    refused = client.post(f"{here}/scan", data={"code": "no card"})
    assert (refused.status_code, "ไม่ใช่บัตร" in refused.text) == (422, True)
    answer = client.post(f"{here}/scan", data={"code": CODE})
    assert "1 / 1" in client.get(answer.location).text
    assert place.state == "enrolled"


def test_attendance_of_an_earlier_day_is_noted_and_taken_back_by_hand(
    trainings: Trainings, client: FlaskClient
) -> None:
    session = trainings.session(days=3)
    place = trainings.enrol(session, trainings.cast.malee)
    trainings.clock.forward(days=3)
    sign_in(client, trainings.cast.thep)
    here, day = f"/trainings/{session.id}", session.first_day.isoformat()
    seen = []
    for way in ("attend", "unattend"):
        answer = client.post(f"{here}/{way}/{place.id}", data={"day": day})
        page = client.get(answer.location).text
        seen.append(("1 / 3" in page, "ไม่ได้มา" in page))
    assert seen == [(True, True), (False, False)]


def test_a_course_is_edited_and_a_stale_save_is_refused(
    trainings: Trainings, client: FlaskClient
) -> None:
    course = trainings.session().course
    sign_in(client, trainings.cast.thep)
    here = f"/trainings/courses/{course.id}/edit"
    typed = {"title_th": "ความปลอดภัยไซเบอร์ รุ่นใหม่", "hours": "9", "version": "1"}
    assert client.post(here, data=typed).location == "/trainings/courses"
    assert "รุ่นใหม่" in client.get("/trainings/courses").text
    assert client.post(here, data=typed).status_code == 409


def test_the_page_of_a_person_leads_to_the_hours_of_every_year(
    trainings: Trainings, client: FlaskClient
) -> None:
    cast, found = trainings.cast, certified(trainings)
    sign_in(client, cast.admin)
    here = f"/trainings/people/{cast.malee.id}"
    assert here in client.get(f"/people/{cast.malee.id}").text
    assert found.number in client.get(here).text
    data = client.get(f"{here}/hours.xlsx").data
    rows = list(load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[2], row[3]) for row in rows] == [(2570, found.number, 6)]
    sign_in(client, cast.kanda)
    assert client.get(here).status_code == 403


def test_who_may_open_the_pages_in_both_languages(
    trainings: Trainings, client: FlaskClient
) -> None:
    here = f"/trainings/{trainings.session().id}"
    pages = (here, "/trainings/hours", "/trainings/new", "/trainings/courses/new")
    may = {
        "technician": (200, 200, 200, 200),
        "admin": (200, 200, 200, 200),
        "approver": (200, 200, 403, 403),
        "auditor": (200, 200, 403, 403),
    }
    wrong = []
    for role, person in trainings.cast.by_role().items():
        sign_in(client, person)
        got = tuple(client.get(page).status_code for page in pages)
        if got != may.get(role, (200, 403, 403, 403)):
            wrong.append((role, got))
    assert wrong == []


def test_only_who_arranges_sees_the_places_of_others(
    trainings: Trainings, client: FlaskClient
) -> None:
    session = trainings.session()
    trainings.enrol(session, trainings.cast.malee)
    sign_in(client, trainings.cast.kanda)
    assert "มาลี ตัวอย่าง" not in client.get(f"/trainings/{session.id}").text
    sign_in(client, trainings.cast.thep)
    assert "มาลี ตัวอย่าง" in client.get(f"/trainings/{session.id}").text


def test_the_list_asks_the_database_the_same_number_of_times(
    trainings: Trainings, client: FlaskClient
) -> None:
    for _one in range(5):
        trainings.session()
    sign_in(client, trainings.cast.thep)
    client.get("/trainings")
    said: list[str] = []

    def note(*about: Any) -> None:
        said.append(str(about[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert client.get("/trainings").status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert 0 < len([one for one in said if one.lstrip().startswith("SELECT")]) <= MOST_QUERIES
