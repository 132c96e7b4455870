# ruff: noqa: N802 - a test that holds a rule bears the rule's number as the domain writes it
"""The import on the web: look first, decide, follow, mend."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook
from sqlalchemy import event, func, select

from assets.register.models import Asset, ImportRow, RegisterImport
from assets.register.states import ImportState
from assets.register.views import imports
from kernel.db import db
from office.people.models import Person
from tests.assets.register.workbooks import decide, number_of, upload, xlsx
from tests.cast import Cast, make_cast
from tests.factories.office import in_work, sign_in

ROWS = (("7440-001-0001", "โน้ตบุ๊ก", 100), ("7440-001-0002", "จอภาพ", -5))


@pytest.fixture
def cast(app: Flask, client: FlaskClient) -> Cast:
    people = make_cast()
    sign_in(client, people.sri)
    return people


@contextmanager
def counted(asked: list[str]) -> Iterator[None]:
    """Write down every statement that goes to the database."""

    def note(*details: object) -> None:
        asked.append(str(details[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def items() -> int:
    return db.session.scalar(select(func.count()).select_from(Asset)) or 0


def test_R_M1_the_plan_is_shown_and_nothing_is_in_the_register(
    cast: Cast, client: FlaskClient
) -> None:
    sent = upload(client, cast.office.id, xlsx(*ROWS))
    page = client.get(sent.location).text
    assert "7440-001-0001" in page
    assert "ราคาติดลบ: -5" in page
    assert "C3" in page
    assert items() == 0


def test_applying_writes_the_plan(cast: Cast, client: FlaskClient) -> None:
    number = number_of(upload(client, cast.office.id, xlsx(*ROWS)))
    assert decide(client, number).status_code == 302
    assert db.session.scalars(select(Asset.asset_no)).all() == ["7440-001-0001"]
    record = db.session.get_one(RegisterImport, number)
    assert (record.state, record.rows_done) == (ImportState.APPLIED, 3)


def test_the_finished_page_leads_to_the_items_of_this_import(
    cast: Cast, client: FlaskClient
) -> None:
    number = number_of(upload(client, cast.office.id, xlsx(*ROWS)))
    decide(client, number)
    assert f"/items?import={number}" in client.get(f"/register/imports/{number}").text
    assert "โน้ตบุ๊ก" in client.get(f"/items?import={number}").text
    assert "โน้ตบุ๊ก" not in client.get(f"/items?import={number + 1}").text


def test_a_double_tap_applies_once(cast: Cast, client: FlaskClient) -> None:
    number = number_of(upload(client, cast.office.id, xlsx(*ROWS)))
    decide(client, number, version=str(db.session.get_one(RegisterImport, number).version))
    again = decide(client, number)
    assert again.status_code == 302
    assert items() == 1


def test_a_plan_that_changed_meanwhile_is_not_applied(cast: Cast, client: FlaskClient) -> None:
    number = number_of(upload(client, cast.office.id, xlsx(*ROWS)))
    answer = decide(client, number, version="1")
    assert answer.status_code == 409
    assert items() == 0


def test_a_reason_is_told_in_the_language_of_the_reader(cast: Cast, client: FlaskClient) -> None:
    sent = upload(client, cast.office.id, xlsx(*ROWS))
    with in_work():
        db.session.get_one(Person, cast.sri.id).language = "en"
    assert "The price is below zero: -5" in client.get(sent.location).text


def test_rows_are_narrowed_to_one_outcome(cast: Cast, client: FlaskClient) -> None:
    sent = upload(client, cast.office.id, xlsx(*ROWS))
    page = client.get(f"{sent.location}?outcome=refused").text
    assert "7440-001-0002" in page
    assert "7440-001-0001" not in page.split('id="rows"')[1]


def test_the_preview_asks_as_often_for_many_rows_as_for_few(
    cast: Cast, client: FlaskClient
) -> None:
    many = [(f"7440-001-{n:04}", "โน้ตบุ๊ก", 100) for n in range(1, 250)]
    few_sent = upload(client, cast.office.id, xlsx(*ROWS))
    many_sent = upload(client, cast.office.id, xlsx(*many))
    counts = []
    for sent in (few_sent, many_sent):
        asked: list[str] = []
        with counted(asked):
            client.get(sent.location)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


def test_the_refused_rows_come_back_as_a_workbook_to_mend(cast: Cast, client: FlaskClient) -> None:
    formula = ("7440-001-0003", "=1+1 <b>ชื่อ</b>", -1)
    number = number_of(upload(client, cast.office.id, xlsx(*ROWS, formula)))
    answer = client.get(f"/register/imports/{number}/refused.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert rows[0][:3] == ["เลขครุภัณฑ์", "รายการ", "ราคา"]
    assert rows[1][:3] == ["7440-001-0002", "จอภาพ", "-5"]
    assert "ราคาติดลบ" in str(rows[1][3])
    assert rows[2][1] == "=1+1 <b>ชื่อ</b>"


def test_mended_rows_are_taken_in_without_the_column_of_reasons(
    cast: Cast, client: FlaskClient
) -> None:
    head = ("เลขครุภัณฑ์", "รายการ", "ราคา", "สาเหตุที่ไม่รับ")
    mended = xlsx(("7440-001-0002", "จอภาพ", 250, "C3: ไม่ใช่ราคา"), head=head)
    decide(client, number_of(upload(client, cast.office.id, mended)))
    assert db.session.scalars(select(Asset.extra)).one() == {}


def test_a_list_without_items_says_which_headings_are_looked_for(
    cast: Cast, client: FlaskClient
) -> None:
    people = xlsx(("สมชาย ตัวอย่าง", "ครู", "08"), ("สมหญิง ตัวอย่าง", "ครู", "09"), head=("ก", "ข", "ค"))
    sent = upload(client, cast.office.id, people)
    page = client.get(sent.location).text
    assert "ไม่พบรายการครุภัณฑ์ในไฟล์นี้" in page
    assert "หมายเลขครุภัณฑ์" in page
    refused = upload(client, cast.office.id, xlsx(("7440-001-0001", "จอภาพ", -5)))
    page = client.get(refused.location).text
    assert "ทุกแถวในไฟล์นี้ไม่ผ่าน" in page
    assert "ไม่พบรายการครุภัณฑ์ในไฟล์นี้" not in page
    assert items() == 0


def test_columns_chosen_by_hand_make_items_of_it(cast: Cast, client: FlaskClient) -> None:
    odd = xlsx(("A-1", "โน้ตบุ๊ก", 100), ("A-2", "จอภาพ", 200), head=("ก", "ข", "ค"))
    number = number_of(upload(client, cast.office.id, odd))
    chosen = {"field-0-0": "asset_no", "field-0-1": "name", "field-0-2": "price"}
    decide(client, number, "columns", **chosen)
    decide(client, number)
    assert db.session.scalars(select(Asset.asset_no).order_by(Asset.id)).all() == ["A-1", "A-2"]


def test_one_field_for_two_columns_is_refused_and_the_choice_is_kept(
    cast: Cast, client: FlaskClient
) -> None:
    number = number_of(upload(client, cast.office.id, xlsx(*ROWS)))
    answer = decide(client, number, "columns", **{"field-0-0": "name"})
    assert answer.status_code == 422
    assert "กรุณาเลือกไว้เพียงคอลัมน์เดียว" in answer.text


def test_a_sheet_left_out_is_not_read(cast: Cast, client: FlaskClient) -> None:
    number = number_of(upload(client, cast.office.id, xlsx(*ROWS)))
    answer = decide(client, number, "columns", **{"leave-0": "1"})
    assert "ไม่ได้เลือกแผ่นงานใดเลย" in answer.text
    rows = select(ImportRow.outcome).where(ImportRow.import_id == number)
    assert "new" in db.session.scalars(rows).all()


BROKEN = {
    "a renamed PDF": (b"%PDF-1.7 letter", "PDF"),
    "a cut-off workbook": (b"PK\x03\x04 nothing", "ไฟล์เสียหาย"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "PNG"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_file_that_is_no_workbook_is_told_so(kind: str, cast: Cast, client: FlaskClient) -> None:
    content, sentence = BROKEN[kind]
    sent = upload(client, cast.office.id, content)
    page = client.get(sent.location).text
    assert sentence in page
    assert "ไม่มีข้อมูลใดถูกบันทึกเข้าทะเบียน" in page


def test_an_empty_file_is_refused_at_once(cast: Cast, client: FlaskClient) -> None:
    answer = upload(client, cast.office.id, b"")
    assert answer.status_code == 422
    assert "ไฟล์ว่างเปล่า" in answer.text
    assert db.session.scalar(select(func.count()).select_from(RegisterImport)) == 0


def test_a_file_that_is_too_large_is_refused(
    cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports, "MAX_BYTES", 200_000)
    answer = upload(client, cast.office.id, b"a,b\n" * 60_000)
    assert answer.status_code == 413
    assert "ไฟล์ใหญ่เกินไป" in answer.text


def test_names_with_brackets_are_shown_as_text(cast: Cast, client: FlaskClient) -> None:
    evil = xlsx(("7440-001-0001", "<script>alert(1)</script>", 1))
    page = client.get(upload(client, cast.office.id, evil, name='<img src="x">.xlsx').location).text
    assert "<script>alert(1)" not in page
    assert '<img src="x">' not in page


def test_a_date_of_the_year_9999_refuses_its_row(cast: Cast, client: FlaskClient) -> None:
    head = ("เลขครุภัณฑ์", "รายการ", "ราคา", "วันที่ได้มา")
    sent = upload(client, cast.office.id, xlsx(("1-1", "จอ", 1, "31/12/9999"), head=head))
    page = client.get(f"{sent.location}?outcome=refused").text
    assert "D2" in page
