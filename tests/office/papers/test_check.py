"""Anybody who holds a paper can check it by its code, and learns nothing more."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from flask import Flask
from flask.testing import FlaskClient

from kernel import clock
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.papers import engine, records, rules
from office.papers.models import IssuedPaper
from office.papers.records import Signer
from tests.factories.office import TESTER
from tests.office.papers.paper_reading import pages

HASH = "a" * 64


def issue(number: str = "ย.1/2570", content_hash: str = HASH) -> IssuedPaper:
    signer = Signer("ผู้อนุมัติ", "สมหญิง ตัวอย่าง", "ผู้อำนวยการ", "", clock.now())
    with work():
        return rules.issue(
            "loan_slip",
            number,
            title_th="ใบยืมพัสดุ",
            title_en="Loan slip",
            content_hash=content_hash,
            by=TESTER,
            signers=[] if number == "ย.2/2570" else [signer],
        )


def test_the_page_confirms_number_signer_and_hash(client: FlaskClient) -> None:
    paper = issue()
    page = client.get(f"/papers/check/{paper.code}").text
    for told in ("ใบยืมพัสดุ", "ย.1/2570", "สมหญิง ตัวอย่าง", "ผู้อำนวยการ", HASH):
        assert told in page


def test_a_void_paper_says_so(client: FlaskClient) -> None:
    code = issue().code
    with work():
        assert rules.void_number("loan_slip", "ย.1/2570", "พิมพ์ผิด", by=TESTER) == 1
    page = client.get(f"/papers/check/{code}").text
    assert "พิมพ์ผิด" in page
    assert "ยังใช้ได้" not in page


def test_a_paper_becomes_void_once(app: Flask) -> None:
    paper_id = issue().id
    for times in (1, 2):
        paper = db.session.get_one(IssuedPaper, paper_id)
        if times == 1:
            with work():
                rules.void(paper, "พิมพ์ผิด", by=TESTER)
        else:
            with pytest.raises(Refusal), work():
                rules.void(paper, "อีกครั้ง", by=TESTER)


@pytest.mark.parametrize("typed", ["{}", "{}-", " {} "])
def test_a_code_is_read_as_people_type_it(client: FlaskClient, typed: str) -> None:
    paper = issue()
    shown = typed.format(paper.shown_code.lower().replace("0", "o").replace("1", "l"))
    answer = client.get("/papers/check", query_string={"code": shown}, follow_redirects=True)
    assert "ย.1/2570" in answer.text


@pytest.mark.parametrize("code", ["000000000000", "x", "ก" * 12])
def test_an_unknown_code_is_not_found(client: FlaskClient, code: str) -> None:
    issue()
    assert client.get(f"/papers/check/{code}").status_code == 404


def test_the_same_content_keeps_its_code(app: Flask) -> None:
    first = issue("ย.2/2570").code
    assert issue("ย.2/2570").code == first


def test_other_content_under_the_number_makes_the_first_paper_void(client: FlaskClient) -> None:
    first = issue("ย.2/2570").code
    second = issue("ย.2/2570", "b" * 64).code
    assert first != second
    assert "เป็นโมฆะตั้งแต่" in client.get(f"/papers/check/{first}").text


def test_the_mark_on_the_paper_leads_to_the_page(app: Flask, tmp_path: Path) -> None:
    paper = issue()
    data, files = rules.check_mark(paper, "https://desk.example.go.th")
    template = tmp_path / "mark.typ"
    template.write_text('#import "/official.typ": *\n#show: official\n#check-mark(data.check)\n')
    pdf = engine.render(template, {"check": data}, files=files)
    (read,) = zxingcpp.read_barcodes(pages(pdf)[0], formats=zxingcpp.BarcodeFormat.QRCode)
    assert read.text == f"https://desk.example.go.th/papers/check/{paper.code}"


def test_codes_are_long_and_read_back() -> None:
    code = records.new_code()
    assert len(code) == 12
    assert records.read_code(code.lower()) == code
