"""The summary of operations (F09): counted per period, with remarks, and printed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpdesk.figures import jobs, summing
from helpdesk.figures.advice_states import Result
from helpdesk.figures.periods import Period, this_year
from helpdesk.figures.queries import Asked
from helpdesk.figures.rules import advising
from helpdesk.figures.summary_models import OperationSummary
from helpdesk.figures.summary_paper import paper_of
from helpdesk.tickets.states import Kind, State
from kernel.db import db
from kernel.i18n import speaking
from kernel.work import work
from office.people.access import Role
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import sign_in, viewer_for
from tests.factories.tickets import make_symptom, make_ticket
from tests.office.papers import paper_reading as reading


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def a_month_of_work(cast: Cast) -> None:
    thep = viewer_for(cast.thep)
    chip = make_symptom(text_th="ปั๊มน้ำหมึกไม่ทำงาน", text_en="Ink pump")
    make_ticket(unit=cast.school, state=State.CLOSED, technician=thep, symptoms=[chip])
    make_ticket(unit=cast.school)
    make_ticket(unit=cast.other_school, kind=Kind.ADVICE)
    with work():
        advising.note(
            "ใช้ที่เก็บไฟล์กลางอย่างไร",
            "สอนแล้ว",
            advising.Noted("office", Result.TAUGHT, 20),
            unit_id=cast.school.id,
            asked_by="",
            by=thep,
        )
    jobs.gather()


def test_repairs_and_advice_are_counted_apart_and_together(cast: Cast) -> None:
    a_month_of_work(cast)
    told = summing.summary_of(viewer_for(cast.orn), Asked(this_year()))
    assert (told.repairs.came, told.repairs.ended, told.repairs.still_open) == (2, 1, 1)
    assert (told.advice.came, told.advice.ended, told.advice.still_open) == (2, 1, 1)
    assert (told.whole.came, told.whole.ended, told.whole.still_open) == (4, 2, 2)
    assert [(one.count, one.minutes) for one in told.topics] == [(1, 20)]
    assert [one.came for one in told.symptoms] == [1]
    empty = summing.summary_of(viewer_for(cast.orn), Asked(Period(this_year().year - 2)))
    assert (empty.whole.came, empty.schools, empty.topics) == (0, [], [])


@pytest.mark.parametrize(
    ("mean", "level"),
    [
        ("5.00", "มากที่สุด"),
        ("4.51", "มากที่สุด"),
        ("4.50", "มาก"),
        ("3.50", "ปานกลาง"),
        ("1.50", "น้อยที่สุด"),
        ("1.00", "น้อยที่สุด"),
    ],
)
def test_the_mean_has_the_word_of_its_band_r_e1(app: Flask, mean: str, level: str) -> None:
    with speaking("th"):
        assert summing.level_of(Decimal(mean)) == level


def test_remarks_are_kept_for_each_period_and_a_stale_save_is_refused(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.chai)
    said = {"problems": "อะไหล่มาช้า", "suggestions": "ตั้งงบสำรอง", "version": "0"}
    assert client.post("/figures/summary?year=2569", data=said).status_code == 302
    stale = client.post("/figures/summary?year=2569", data={**said, "problems": "อีกคน"})
    assert stale.status_code == 409
    assert "อีกคน" in stale.text
    assert "อะไหล่มาช้า" in client.get("/figures/summary?year=2569").text
    assert "อะไหล่มาช้า" not in client.get("/figures/summary?year=2570").text
    assert db.session.scalars(select(OperationSummary.code)).all() == ["2569"]


def test_a_coordinator_reads_the_own_school_and_writes_no_remarks(
    client: FlaskClient, cast: Cast
) -> None:
    a_month_of_work(cast)
    sign_in(client, cast.kanda)
    page = client.get("/figures/summary").text
    assert cast.school.name_th in page
    assert cast.other_school.name_th not in page
    assert client.get(f"/figures/summary?unit={cast.other_school.id}").status_code == 404
    assert client.get(f"/figures/summary.pdf?unit={cast.other_school.id}").status_code == 404
    assert client.post("/figures/summary", data={"version": "0"}).status_code == 403


SEE = {Role.TECHNICIAN, Role.APPROVER, Role.COORDINATOR, Role.AUDITOR, Role.ADMIN}


def test_who_reads_the_summary(client: FlaskClient, cast: Cast) -> None:
    wrong = []
    for role, person in cast.by_role().items():
        sign_in(client, person)
        if client.get("/figures/summary").status_code != (200 if role in SEE else 403):
            wrong.append(role)
    assert wrong == []


def test_the_paper_says_all_of_it_with_whole_thai_letters_and_thai_digits(cast: Cast) -> None:
    a_month_of_work(cast)
    paper = paper_of(
        summing.summary_of(viewer_for(cast.orn), Asked(this_year())),
        this_year(),
        office="สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาตัวอย่าง",
        unit="",
        problems="ครุภัณฑ์เก่า ที่ชำรุดซ้ำ",
        suggestions="",
    )
    assert set(reading.sizes_mm(paper)) == {(210.0, 297.0)}
    text = "".join(reading.texts(paper))
    for part in (
        "แบบสรุปผลการดำเนินงาน",
        "กระบวนงานให้คำปรึกษาแนะนำและแก้ไขปัญหา",
        "ประจำปีงบประมาณพ.ศ.๒๕๗๐",
        "ตั้งแต่วันที่๑ตุลาคม๒๕๖๙ถึงวันที่๓๐กันยายน๒๕๗๐",
        "แจ้งซ่อม๒๑๑",
        "ให้คำปรึกษา๒๑๑",
        "รวม๔๒๒",
        "ตอบรับครั้งแรก",
        "ปัญหาและอุปสรรค",
        "ครุภัณฑ์เก่าที่ชำรุดซ้ำ",
        "ปั๊มน้ำหมึกไม่ทำงาน",
        "โรงเรียนบางตัวอย่างวิทยา",
        "ยังไม่มีผู้ประเมิน",
        "ผู้อำนวยการ",
    ):
        assert part in text, part


def test_the_paper_is_sent_as_pdf(client: FlaskClient, cast: Cast) -> None:
    a_month_of_work(cast)
    sign_in(client, cast.thep)
    client.post("/language", data={"language": "en"})
    answer = client.get("/figures/summary.pdf?year=2570&month=11")
    assert answer.mimetype == "application/pdf"
    text = "".join(reading.texts(answer.data))
    # English stands beside the labels; the names of schools and symptoms are Thai for everybody.
    for part in ("ประจำเดือนพฤศจิกายน๒๕๖๙", "โรงเรียนบางตัวอย่างวิทยา", "ปั๊มน้ำหมึกไม่ทำงาน"):
        assert part in text, part
