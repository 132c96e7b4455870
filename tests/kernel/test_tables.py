"""Tables that leave the house: no formula comes alive, days are days, nothing is lost."""

from __future__ import annotations

import csv
import io
import tracemalloc
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from kernel.i18n import speaking
from kernel.tables import Column, Kind, csv_bytes, safe_text, xlsx_bytes

TEXT = [Column[str]("ชื่อ", lambda row: row)]


def as_csv(columns: list[Column[Any]], rows: list[Any]) -> list[list[str]]:
    data = b"".join(csv_bytes(columns, rows)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(data, newline="")))


def as_sheet(columns: list[Column[Any]], rows: list[Any], name: str = "ทะเบียน") -> Any:
    data = b"".join(xlsx_bytes(columns, rows, sheet=name))
    return load_workbook(io.BytesIO(data)).worksheets[0]


@given(st.text())
def test_no_cell_of_a_csv_begins_like_a_formula(text: str) -> None:
    cell = as_csv(TEXT, [text])[1:]
    first = cell[0][0] if cell and cell[0] else ""
    assert first == "-" or not first.strip(" \xa0\n").startswith(("=", "+", "-", "@", "\t"))


@given(st.text(alphabet=st.characters(categories=("L", "N", "M", "P"))))
def test_a_harmless_text_is_handed_out_as_it_is(text: str) -> None:
    assert safe_text(text) in (text, "'" + text)


@pytest.mark.parametrize("text", ["=1+1", "+66", "-5", "@SUM(A1)", "＝1", " =1", "\t=1", "--"])
def test_a_text_that_could_be_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe_text(text) == "'" + text


def test_a_lone_dash_stays_a_dash() -> None:
    assert safe_text("-") == "-"


def test_a_csv_begins_with_the_mark_that_spreadsheets_need_for_thai() -> None:
    assert b"".join(csv_bytes(TEXT, ["ก"])).startswith(b"\xef\xbb\xbf")


def test_quotes_commas_and_lines_survive_a_csv() -> None:
    assert as_csv(TEXT, ['ก "ข", ค\nง'])[1] == ['ก "ข", ค\nง']


@given(st.text(max_size=200))
def test_any_text_makes_a_workbook_that_opens_and_is_no_formula(text: str) -> None:
    cell = as_sheet(TEXT, [text])["A2"]
    assert cell.data_type != "f"


def test_a_formula_typed_by_a_person_is_a_text_in_a_workbook() -> None:
    cell = as_sheet(TEXT, ["=HYPERLINK(1)"])["A2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)", "s", True)


def test_a_day_is_a_day_and_an_amount_a_number() -> None:
    columns = [
        Column[None]("วัน", lambda _row: date(2026, 10, 1), Kind.DAY),
        Column[None]("ราคา", lambda _row: Decimal("12500.50"), Kind.MONEY),
        Column[None]("เวลา", lambda _row: datetime(2026, 1, 1, 18, 0, tzinfo=UTC), Kind.MOMENT),
    ]
    day, price, moment = next(as_sheet(columns, [None]).iter_rows(min_row=2))
    assert day.value == datetime(2026, 10, 1)  # noqa: DTZ001 - a workbook knows no zones
    assert price.value == 12500.5
    assert moment.value == datetime(2026, 1, 2, 1, 0)  # noqa: DTZ001


@pytest.mark.parametrize(("language", "era"), [("th", True), ("en", False)])
def test_a_day_shows_the_buddhist_year_in_thai_alone(language: str, era: bool) -> None:
    columns = [Column[None]("วัน", lambda _row: date(2026, 10, 1), Kind.DAY)]
    with speaking(language):
        cell = as_sheet(columns, [None])["A2"]
    assert ("107041E" in cell.number_format) is era


@pytest.mark.parametrize(("language", "told"), [("th", "01/10/2569"), ("en", "2026-10-01")])
def test_a_csv_tells_days_in_the_reader_s_era(language: str, told: str) -> None:
    columns = [Column[None]("วัน", lambda _row: date(2026, 10, 1), Kind.DAY)]
    with speaking(language):
        assert as_csv(columns, [None])[1] == [told]


def test_a_text_that_looks_coded_is_not_decoded() -> None:
    assert "_x005F_x000D_" in b"".join(part for part in _sheet_xml("_x000D_")).decode()


def _sheet_xml(text: str) -> Iterator[bytes]:
    data = b"".join(xlsx_bytes(TEXT, [text], sheet="s"))
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        yield packed.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("write", [csv_bytes, lambda c, r: xlsx_bytes(c, r, sheet="s")])
def test_a_long_table_takes_no_more_memory_than_a_short_one(write: Any) -> None:
    def peak(rows: int) -> int:
        tracemalloc.start()
        for part in write(TEXT, (f"แถว {n}" for n in range(rows))):
            del part
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(80_000) < peak(20_000) + 300_000
