"""The pages of surveys: made, answered by a guest, read, reported and signed."""

from __future__ import annotations

import io
from typing import Any

from flask.testing import FlaskClient
from openpyxl import load_workbook
from pypdfium2 import PdfDocument
from sqlalchemy import event, select

from helpdesk.surveys.models import Survey, SurveyReport, SurveyResponse
from helpdesk.surveys.rules import reporting
from kernel.db import db
from office.approvals.models import Approval
from office.approvals.rules import signing
from office.papers.models import IssuedPaper
from tests.factories.office import in_work, sign_in, viewer_for
from tests.helpdesk.surveys.conftest import Surveys

MOST_QUERIES = 8


def test_a_survey_is_made_opened_answered_by_a_guest_and_read(
    surveys: Surveys, client: FlaskClient
) -> None:
    sign_in(client, surveys.cast.thep)
    form = {"template": "f10", "audience": "everyone", "anonymous": "y", "band": "usual"}
    here = client.post("/surveys/new", data=form).location
    assert "ตอนที่ 2" in client.get(here).text
    client.post(here + "/open", data={"version": "1"})
    survey = db.session.scalars(select(Survey)).one()
    guest = client.application.test_client()
    page = guest.get(f"/answer/{survey.code}").text
    assert "คำตอบจะเก็บโดยไม่ระบุชื่อของท่าน" in page
    fields = {f"q{one.id}": "4" for one in survey.questions if one.sort == "scale"}
    words = next(f"q{one.id}" for one in survey.questions if one.sort == "text")
    refused = guest.post(f"/answer/{survey.code}", data={**fields, words: "1-1017-00230-70-8"})
    assert (refused.status_code, "เลขประจำตัวประชาชน" in refused.text) == (422, True)  # R-PD1
    for number in range(3):
        sent = guest.post(f"/answer/{survey.code}", data={**fields, "key": f"{number}" * 20})
        assert sent.status_code == 302
    assert "ได้รับคำตอบของท่านแล้ว" in guest.get(sent.location).text
    assert len(db.session.scalars(select(SurveyResponse.id)).all()) == 3
    read = client.get(here + "/results").text
    assert "4.00" in read
    assert "<svg" in read
    client.post("/language", data={"language": "en"})
    assert client.get(here + "/results").status_code == 200


def test_the_report_is_filled_signed_and_can_be_checked(
    surveys: Surveys, client: FlaskClient
) -> None:
    survey = surveys.opened()
    for _one in range(3):
        surveys.fill(survey, [5, 4])
    surveys.close(survey)
    with in_work():
        report = reporting.begin(survey, by=viewer_for(surveys.cast.thep))
    assert "ค่าเฉลี่ย 4.50" in report.summary
    with in_work():
        reporting.send(report, by=viewer_for(surveys.cast.thep))
    approval = db.session.get_one(Approval, report.approval_id)
    while approval.state == "waiting":
        with in_work():
            signing.approve(approval, by=viewer_for(surveys.cast.chai))
    assert db.session.scalars(select(SurveyReport.state)).one() == "signed"
    issued = db.session.scalars(select(IssuedPaper)).one()
    sign_in(client, surveys.cast.thep)
    pdf = client.get(f"/surveys/reports/{report.id}/paper.pdf").data
    with PdfDocument(io.BytesIO(pdf)) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "แบบรายงานสรุปผลการประเมิน" in text
    assert "๔.๕๐" in text
    assert "ผู้ตอบในแต่ละระดับ" in text
    assert issued.shown_code in text


def test_the_workbook_blanks_what_few_people_have_in_common(
    surveys: Surveys, client: FlaskClient
) -> None:
    survey = surveys.opened()
    for choice in (0, 0, 0, 0, 1):
        surveys.fill(survey, [4], choice=choice)
    sign_in(client, surveys.cast.orn)
    data = client.get(f"/surveys/{survey.id}/answers.xlsx").data
    rows = list(load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2, values_only=True))
    assert {row[0] for row in rows} == {"(น้อยกว่า 3 คน)"}
    assert [row[1] for row in rows] == [4] * 5


def test_how_many_chose_each_level_stands_on_the_page_and_in_the_workbook(
    surveys: Surveys, client: FlaskClient
) -> None:
    survey = surveys.opened()
    few = f"/surveys/{survey.id}/results.xlsx"
    for level in (5, 5, 4, 2):
        surveys.fill(survey, [level, 3])
    sign_in(client, surveys.cast.orn)
    heads, first, *_rest = load_workbook(io.BytesIO(client.get(few).data)).active.values
    assert (heads[2], heads[6]) == ("5 มากที่สุด", "1 น้อยที่สุด")
    assert first[2:10] == (2, 1, 0, 1, 0, 4, 4, 1.41)
    assert "5 มากที่สุด" in client.get(f"/surveys/{survey.id}/results").text
    hidden = surveys.opened()
    surveys.fill(hidden, [5])
    assert client.get(f"/surveys/{hidden.id}/results.xlsx").status_code == 403


def test_who_may_open_the_pages(surveys: Surveys, client: FlaskClient) -> None:
    survey = surveys.opened()
    pages = ("/surveys", f"/surveys/{survey.id}", f"/surveys/{survey.id}/results", "/surveys/new")
    may = {
        "technician": (200, 200, 200, 200),
        "approver": (200, 200, 200, 200),
        "admin": (200, 200, 200, 200),
        "auditor": (200, 200, 200, 403),
    }
    wrong = []
    for role, person in surveys.cast.by_role().items():
        sign_in(client, person)
        got = tuple(client.get(page).status_code for page in pages)
        if got != may.get(role, (403,) * 4) or client.get("/surveys/mine").status_code != 200:
            wrong.append((role, got))
    assert wrong == []


def test_an_invitation_waits_on_my_page_until_it_is_answered(
    surveys: Surveys, client: FlaskClient
) -> None:
    survey = surveys.opened(audience="units", units=[surveys.cast.school.id])
    sign_in(client, surveys.cast.malee)
    assert survey.title_th in client.get("/surveys/mine").text
    for token in surveys.tokens(survey):
        client.post(
            f"/answer/{survey.code}/{token}", data={f"q{survey.questions[0].id}": "0", "key": token}
        )
    assert survey.title_th not in client.get("/surveys/mine").text
    assert "เฉพาะ" not in client.get(f"/answer/{survey.code}/{token}").text
    assert "ผู้ที่ได้รับเชิญ" in client.get(f"/answer/{survey.code}").text


def test_who_is_asked_and_reminded_is_counted_on_the_page(
    surveys: Surveys, client: FlaskClient
) -> None:
    survey = surveys.draft(audience="units", units=[surveys.cast.school.id])
    sign_in(client, surveys.cast.thep)
    here = f"/surveys/{survey.id}"
    for act, said in (("open", "ส่งแบบสอบถามถึง"), ("remind", "เตือนแล้ว")):
        answer = client.post(f"{here}/{act}", data={"version": "1"}, follow_redirects=True)
        assert f"{said} {len(surveys.tokens(survey))} คน" in answer.text, act


def test_the_list_asks_the_database_the_same_number_of_times(
    surveys: Surveys, client: FlaskClient
) -> None:
    for _one in range(6):
        surveys.draft()
    sign_in(client, surveys.cast.thep)
    client.get("/surveys")
    asked: list[str] = []

    def note(*about: Any) -> None:
        asked.append(str(about[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        client.get("/surveys")
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    selects = [one for one in asked if one.lstrip().upper().startswith(("SELECT", "WITH"))]
    assert 0 < len(selects) <= MOST_QUERIES
