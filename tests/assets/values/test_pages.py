"""Pages, papers and workbooks of the values: who reads them, what they say, how often they ask."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook

from assets.values import papers
from office.people.access import Role
from tests.cast import Cast, make_cast
from tests.doors import answers
from tests.factories.assets import make_asset
from tests.factories.counting import counted
from tests.factories.office import sign_in
from tests.factories.repairs import repaired
from tests.office.papers import paper_reading as reading

CARD: dict[str, Any] = {
    "price": Decimal(24_000),
    "acquired_on": date(2024, 3, 15),
    "useful_life_years": 3,
    "name": "เครื่องฉายภาพ ตัวอย่าง",
}
ON = "on=30/9/2569"
READERS = {
    Role.STOREKEEPER,
    Role.APPROVER,
    Role.COORDINATOR,
    Role.INSPECTOR,
    Role.AUDITOR,
    Role.ADMIN,
}
PAGES = (
    "/values",
    "/values/summary",
    "/values/changes",
    "/values/register.xlsx",
    "/values/cards.csv",
)


@pytest.fixture
def cast(app: Flask, client: FlaskClient) -> Cast:
    people = make_cast()
    sign_in(client, people.orn)
    return people


def pdf(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.mimetype == "application/pdf"
    return " ".join(reading.texts(answer.data))


def test_only_those_who_answer_for_values_read_them(cast: Cast, client: FlaskClient) -> None:
    make_asset(cast.school, **CARD)
    found = answers(client, cast, PAGES)
    assert found == {(page, role): 200 if role in READERS else 403 for page, role in found}


def test_a_school_reads_its_own_books_only(cast: Cast, client: FlaskClient) -> None:
    mine = make_asset(cast.school, **CARD)
    other = make_asset(cast.other_school, **{**CARD, "name": "ของโรงเรียนอื่น"})
    sign_in(client, cast.kanda)
    for page in ("/values", "/values/register.csv", f"/values?unit={cast.other_school.id}"):
        said = client.get(page).text
        assert mine.name in said
        assert other.name not in said
    assert client.get(f"/items/{other.id}/card.pdf").status_code == 404


@pytest.mark.parametrize("typed", ["30/9/2569", "30 ก.ย. 2569", "2026-09-30", "๓๐/๙/๒๕๖๙"])
def test_the_day_is_typed_in_either_era(cast: Cast, client: FlaskClient, typed: str) -> None:
    make_asset(cast.school, **CARD)
    said = client.get("/values", query_string={"on": typed}).text
    assert "30 กันยายน 2569" in said
    assert "3,333.33" in said


def test_nonsense_in_the_address_breaks_nothing(cast: Cast, client: FlaskClient) -> None:
    for nonsense in (
        *("on=wann", "on=31/2/2569", "on=1/1/0001"),
        *("unit=x&room=9&class=99", "book=x&by=x", "year=abc"),
    ):
        for page in ("/values", "/values/summary", "/values/changes"):
            address = f"{page}?{nonsense}&endpoint=x&_external=1&ending=zip"
            assert client.get(address).status_code == 200, address


def test_the_days_that_cannot_be_read_are_said(cast: Cast, client: FlaskClient) -> None:
    assert "ไม่ใช่วันที่" in client.get("/values?on=31/2/2569").text


def test_the_pages_ask_as_often_for_many_items_as_for_few(cast: Cast, client: FlaskClient) -> None:
    asset = make_asset(cast.school, **CARD)
    pages = ("/values", "/values/summary", "/values/changes", f"/items/{asset.id}/card")
    few = [asked(client, page) for page in pages]
    for number in range(30):
        make_asset(cast.school, **{**CARD, "price": Decimal(20_000 + number)})
    assert [asked(client, page) for page in pages] == few
    assert max(few) <= 8


def asked(client: FlaskClient, page: str) -> int:
    client.get(page)
    with counted() as statements:
        assert client.get(page).status_code == 200
    return len(statements)


def test_the_card_is_in_the_layout_of_the_comptroller_general(
    cast: Cast, client: FlaskClient
) -> None:
    asset = make_asset(cast.school, vendor_name="บริษัท ตัวอย่าง จำกัด", **CARD)
    repaired(asset, cast.thep, "เปลี่ยนหลอดภาพ", Decimal(2850))
    text = pdf(client, f"/items/{asset.id}/card.pdf?on=31/12/2569")
    for words in ("ทะเบียนคุมทรัพย์สิน", "อัตราค่าเสื่อม", "๓๓.๓๓", "บริษัทตัวอย่างจำกัด"):
        assert reading.bare(words) in text
    for words in ("๔,๖๖๖.๖๗", "๒๐,๖๖๖.๖๗", "๓,๓๓๓.๓๓", "เปลี่ยนหลอดภาพ", "๒,๘๕๐.๐๐", "แบบA"):
        assert reading.bare(words) in text
    history = pdf(client, f"/items/{asset.id}/repairs.pdf?on=31/12/2569")
    assert reading.bare("ประวัติการซ่อมบำรุงรักษาทรัพย์สิน") in history
    assert "๒,๘๕๐.๐๐" in history


def test_every_card_of_a_room_or_unit_is_printed_on_a_sheet_of_its_own(
    cast: Cast, client: FlaskClient
) -> None:
    for _unused in range(3):
        make_asset(cast.school, **CARD)
    make_asset(cast.other_school, **CARD)
    answer = client.get(f"/values/cards.pdf?unit={cast.school.id}")
    assert len(reading.sizes_mm(answer.data)) == 3
    assert reading.sizes_mm(answer.data)[0] == (297.0, 210.0)


def test_a_long_register_is_split_into_volumes_that_carry_their_sums(
    cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "MOST_ROWS", 2)
    for _unused in range(3):
        make_asset(cast.school, **CARD)
    first, second = (pdf(client, f"/values/register.pdf?{ON}&part={part}") for part in (1, 2))
    assert reading.bare("เล่มที่ ๑ จาก ๒") in first
    assert reading.bare("ยอดยกมา") not in first
    assert reading.bare("ยอดยกมา") in second
    assert "๔๘,๐๐๐.๐๐" in second  # two items brought forward
    assert "๗๒,๐๐๐.๐๐" in second  # all three
    assert client.get(f"/values/register.pdf?{ON}&part=3").status_code == 404


def test_the_papers_say_the_day_and_the_convention(cast: Cast, client: FlaskClient) -> None:
    make_asset(cast.school, **CARD)
    for page in ("register.pdf", "summary.pdf", "summary.pdf?by=unit", "changes.pdf?year=2567"):
        text = pdf(client, f"/values/{page}{'&' if '?' in page else '?'}{ON}")
        assert reading.bare("แบบ A นับเดือนเต็ม") in text
        assert "๒๔,๐๐๐.๐๐" in text
    assert "๓๐กันยายน๒๕๖๙" in pdf(client, f"/values/register.pdf?{ON}")


def test_a_paper_holds_what_no_typeface_breaks(cast: Cast, client: FlaskClient) -> None:
    make_asset(cast.school, **{**CARD, "name": "#panic(1) " + "X" * 300 + "😀"})
    assert "#panic(1)" in pdf(client, "/values/register.pdf")
    assert client.get("/values/changes.pdf?year=2567").status_code == 200


def test_a_workbook_holds_amounts_and_no_formula(cast: Cast, client: FlaskClient) -> None:
    make_asset(cast.school, **{**CARD, "name": "=1+1"})
    answer = client.get(f"/values/register.xlsx?{ON}")
    sheet = load_workbook(io.BytesIO(answer.data)).active
    rows = list(sheet.iter_rows(values_only=True))
    line = dict(zip(rows[0], rows[1], strict=True))
    assert line["มูลค่าสุทธิ"] == 3333.33
    assert "=1+1" in rows[1]


def test_page_list_command_and_workbook_tell_the_same_value(
    app: Flask, cast: Cast, client: FlaskClient
) -> None:
    asset = make_asset(cast.school, **CARD)
    command = app.test_cli_runner().invoke(args=["register", "value", "--on", "2026-09-30"])
    said = [client.get(page).text for page in (f"/values?{ON}", f"/items/{asset.id}/card?{ON}")]
    said.append(client.get(f"/values/register.csv?{ON}").text.replace("3333.33", "3,333.33"))
    assert all("3,333.33" in one for one in (*said, command.output))
