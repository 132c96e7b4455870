"""The annual report: who reads it, what it tells, and how it looks when nothing was done."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pypdfium2
import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpdesk.annual import gathering, papers
from helpdesk.annual.chapters import MOST_ROWS, Chapter, Column, Report, table
from helpdesk.annual.samples import made_up
from helpdesk.figures.periods import Period
from office.papers import variant
from tests.cast import Cast, make_cast
from tests.factories.assets import make_asset
from tests.factories.counting import counted
from tests.factories.office import sign_in, viewer_for
from tests.factories.programmes import make_programme, plan_line
from tests.office.papers.paper_reading import bare, texts

YEAR = Period(2570)
PAGE = "/year/2570/report.pdf"
CHAPTERS = 11


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def told(cast: Cast) -> Report:
    return gathering.report_of(viewer_for(cast.chai), YEAR, office="สำนักงานตัวอย่าง")


def chapter(report: Report, title: str) -> Chapter:
    return next(one for one in report.chapters if one.title == title)


def test_those_who_answer_for_the_office_read_the_report_and_nobody_else(
    client: FlaskClient, cast: Cast
) -> None:
    answers = {}
    for role, person in cast.by_role().items():
        sign_in(client, person)
        answers[str(role)] = client.get(PAGE).status_code
    allowed = {"approver", "auditor", "admin"}
    assert answers == {role: 200 if role in allowed else 403 for role in answers}


def test_a_year_that_is_none_is_not_found(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.chai)
    for year in ("0", "1", "99999"):
        assert client.get(f"/year/{year}/report.pdf").status_code == 404, year


def test_the_page_of_the_year_leads_to_its_report(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.chai)
    assert PAGE in client.get("/year?year=2570").text


def test_an_office_that_has_done_nothing_has_a_report_with_every_chapter(cast: Cast) -> None:
    report = told(cast)
    assert len(report.chapters) == CHAPTERS
    text = "".join(texts(papers.report_pdf(report)))
    for one in report.chapters:
        assert bare(one.title) in text, one.title
    assert bare("ไม่มีรายการในปีนี้") in text
    assert bare("ประจำปีงบประมาณ พ.ศ. ๒๕๗๐") in text


def test_every_process_is_told_with_its_programmes_and_their_plan(cast: Cast) -> None:
    programme = make_programme(cast.admin, unit_id=cast.office.id)
    plan_line(programme, cast.admin, "สำรวจเครื่อง 40 เครื่อง", date(2026, 11, 2), Decimal(1500))
    processes = chapter(told(cast), "ผลการดำเนินงานตามกระบวนงาน")
    assert sum(one.title.startswith("กระบวนงานที่") for one in processes.sections) == 9
    (own,) = [one for one in processes.sections if one.level == 3]
    assert own.title == "โครงการบำรุงรักษาเครื่องคอมพิวเตอร์ ปีงบประมาณ ๒๕๗๐"
    assert own.tables[0].rows == [("๑", "สำรวจเครื่อง ๔๐ เครื่อง", "ตามแผน", "๑,๕๐๐.๐๐", "๐.๐๐")]


def test_the_register_is_summed_by_unit(cast: Cast) -> None:
    make_asset(
        cast.office,
        name="เครื่องคอมพิวเตอร์",
        asset_no="7440-001-0001/69",
        price=Decimal(30000),
        acquired_on=date(2026, 10, 5),
        useful_life_years=4,
    )
    sections = chapter(told(cast), "ทะเบียนครุภัณฑ์").sections
    by_unit = next(one for one in sections if one.title == "มูลค่าครุภัณฑ์ตามหน่วยงาน")
    assert by_unit.tables[0].rows[-1][:3] == ("รวม", "๑", "๓๐,๐๐๐.๐๐")
    came = next(one for one in sections if one.title == "ครุภัณฑ์ที่เพิ่มในปี")
    assert "7440-001-0001/69" in came.tables[0].rows[0]


def test_the_questions_do_not_grow_with_items(cast: Cast) -> None:
    def asked() -> int:
        with counted() as questions:
            told(cast)
        return len(questions)

    make_asset(cast.office, name="หนึ่ง")
    first = asked()
    for number in range(5):
        make_asset(cast.office, name=f"อีก {number}")
    assert asked() <= first


def test_rows_beyond_what_is_read_are_counted_and_not_printed() -> None:
    rows = [(str(number),) for number in range(MOST_ROWS + 7)]
    (made,) = table((Column("ก"),), rows)
    assert (len(made.rows), made.left_out) == (MOST_ROWS, 7)
    report = Report(2570, "", "", [Chapter("ก", "A", tables=[made])])
    assert bare("และอีก ๗ รายการ") in "".join(texts(papers.report_pdf(report)))


def test_the_contents_name_the_page_of_every_chapter() -> None:
    pages = texts(papers.report_pdf(made_up()))
    first = next(n for n, text in enumerate(pages[2:], 3) if text.startswith(bare("๒ ผลการ")))
    digit = "๐๑๒๓๔๕๖๗๘๙"[first]
    assert digit in pages[1].split(bare("๒ ผลการดำเนินงานตามกระบวนงาน"))[1][:400]


def test_a_long_report_is_printed_whole() -> None:
    with pypdfium2.PdfDocument(papers.report_pdf(made_up(4, 4, 30))) as document:
        assert len(document) > 15


def test_every_title_of_a_chapter_has_english_beside_it_in_the_bilingual_report(
    cast: Cast,
) -> None:
    report = told(cast)
    for name in ("ภาพรวมของปี", "ผลการดำเนินงานตามกระบวนงาน", "ทะเบียนครุภัณฑ์"):
        bare_ones = [one.title for one in chapter(report, name).sections if not one.english]
        assert not bare_ones
    with variant.printing("en"):
        text = "".join(texts(papers.report_pdf(made_up())))
    assert bare("Results, part 1") in text
    assert bare("Results, part 1") not in "".join(texts(papers.report_pdf(made_up())))
