"""Records of processing (section 39): shipped, edited in editions, printed."""

from __future__ import annotations

import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from pypdfium2 import PdfDocument
from sqlalchemy import select

from kernel.db import db
from office.privacy import records
from office.privacy.forms import part_names
from office.privacy.models import ProcessingEdition
from office.privacy.states import LANGUAGES, PARTS
from tests.cast import Cast, make_cast
from tests.factories.office import sign_in

AT = "/privacy/processing"


@pytest.fixture
def cast(app: Flask) -> Cast:
    assert app.name
    return make_cast()


def typed(code: str, **overrides: str) -> dict[str, str]:
    now = records.editions(code)[0]
    return {**now.texts, "base": now.base, "version": str(now.edition), **overrides}


def test_every_shipped_activity_says_every_part_in_both_languages() -> None:
    wanted = {f"{part}_{code}" for part in PARTS for code in LANGUAGES}
    missing = {
        code: wanted - {name for name, text in one.texts.items() if text}
        for code, one in records.shipped().items()
    }
    assert {code: names for code, names in missing.items() if names} == {}
    assert len(missing) >= 10


def test_everybody_signed_in_reads_the_records_and_administrators_keep_them(
    cast: Cast, client: FlaskClient
) -> None:
    assert client.get(AT).status_code == 302
    wrong = []
    for role, person in cast.by_role().items():
        sign_in(client, person)
        reads = client.get(f"{AT}/loans").status_code == 200
        keeps = client.get(f"{AT}/loans/edit").status_code == 200
        if (reads, keeps) != (True, role == "admin"):
            wrong.append((role, reads, keeps))
    assert wrong == []


def test_an_activity_is_edited_in_editions_and_nothing_is_overwritten(
    cast: Cast, client: FlaskClient
) -> None:
    sign_in(client, cast.admin)
    at = f"{AT}/loans/edit"
    assert client.post(at, data=typed("loans")).status_code == 422
    assert client.post(at, data=typed("loans", purpose_th="")).status_code == 422
    changed = typed("loans", retention_th="สิบเอ็ดปี")
    assert client.post(at, data=changed).status_code == 302
    assert client.post(at, data=changed | {"name_th": "อื่น"}).status_code == 409
    assert [one.edition for one in records.editions("loans")] == [1, 0]
    page = client.get(f"{AT}/loans").text
    assert "สิบเอ็ดปี" in page
    assert records.shipped()["loans"].texts["retention_th"] in page


def test_an_own_activity_is_added_and_ended_with_a_reason(cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast.admin)
    texts = dict.fromkeys(part_names(), "กล้องวงจรปิดหน้าอาคาร")
    assert client.post(f"{AT}/new", data={**texts, "base": "legitimate"}).status_code == 302
    made = db.session.scalars(select(ProcessingEdition)).one()
    assert made.code in {one.code for one in records.current()}
    end = f"{AT}/{made.code}/end"
    assert client.post(end, data={"why": "สั้น", "version": "1"}).status_code == 422
    why = {"why": "ถอดกล้องออกแล้วทั้งหมด", "version": "1"}
    assert client.post(end, data=why).status_code == 302
    assert made.code not in {one.code for one in records.current()}
    assert "กล้องวงจรปิดหน้าอาคาร" in client.get(f"{AT}?ended=1").text


def test_the_records_go_out_as_pdf_in_both_languages_and_as_a_table(
    cast: Cast, client: FlaskClient
) -> None:
    sign_in(client, cast.orn)
    for variant, sentence in (("th", "(มาตรา ๓๙)"), ("en", "Records of processing of personal")):
        pdf = PdfDocument(client.get(f"{AT}.pdf?paper={variant}").data)
        assert sentence in "".join(page.get_textpage().get_text_bounded() for page in pdf)
    book = load_workbook(io.BytesIO(client.get(f"{AT}/table.xlsx").data))
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert len(rows) == len(records.shipped())
