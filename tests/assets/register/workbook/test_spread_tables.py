"""What a sheet spreads over columns: days in three, tables side by side; and sheets kept hidden."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from assets.register.workbook.files import read_book
from assets.register.workbook.plan import Plan, plan_book
from assets.register.workbook.planned import PlannedRow
from tests.assets.register.workbook.sheets import TODAY, write_book

HEAD = ["ลำดับ", "เลขครุภัณฑ์", "รายการ", "วัน", "เดือน", "ปี", "ราคา"]


def planned(tmp_path: Path, rows: list[list[Any]]) -> Plan:
    path = write_book(tmp_path / "book.xlsx", {"ทะเบียน": rows})
    return plan_book(read_book(path), today=TODAY)


def with_day(tmp_path: Path, *day: Any) -> PlannedRow:
    rows = [
        HEAD,
        [1, "7440-001-0001", "จอภาพ", *day, 4500],
        [2, "7440-001-0002", "จอภาพ", 1, 2, 2566, 1],
    ]
    return planned(tmp_path, rows).rows[1]


@pytest.mark.parametrize(
    "day", [(1, "ต.ค.", 2565), (1, 10, 2565), ("๑", "ตุลาคม", "๒๕๖๕"), ("01", "10", "65")]
)
def test_a_day_in_three_columns_is_one_day(tmp_path: Path, day: tuple[Any, ...]) -> None:
    assert with_day(tmp_path, *day).fields["acquired_on"] == dt.date(2022, 10, 1)


def test_a_year_alone_stays_a_year(tmp_path: Path) -> None:
    row = with_day(tmp_path, "", "", 2565)
    assert (row.fields.get("acquired_on"), row.fields["extra"]["acquired_year"]) == (None, 2022)


@pytest.mark.parametrize("day", [(31, "ก.พ.", 2565), (5, "", 2565), (5, "ต.ค.", "")])
def test_a_day_that_does_not_exist_refuses_the_row_with_its_cell(
    tmp_path: Path, day: tuple[Any, ...]
) -> None:
    row = with_day(tmp_path, *day)
    assert (row.kind.value, row.reason and row.reason.code, row.cell) == (
        "refuse",
        "bad_date",
        "D2",
    )


def test_the_parts_below_one_heading_are_joined(tmp_path: Path) -> None:
    path = tmp_path / "grouped.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("ทะเบียน")
        page.write_row(0, 0, ["เลขครุภัณฑ์", "รายการ"])
        page.merge_range(0, 2, 0, 4, "วันที่ได้มา")
        page.write(0, 5, "ราคา")
        page.write_row(1, 2, ["วัน", "เดือน", "ปี"])
        page.write_row(2, 0, ["7440-001-0001", "จอภาพ", 1, "ต.ค.", 2565, 4500])
        page.write_row(3, 0, ["7440-001-0002", "จอภาพ", 2, "ต.ค.", 2565, 4500])
    rows = plan_book(read_book(path), today=TODAY).rows
    days = [row.fields["acquired_on"] for row in rows if row.kind == "item"]
    assert days == [dt.date(2022, 10, 1), dt.date(2022, 10, 2)]


def test_two_tables_side_by_side_are_read_both(tmp_path: Path) -> None:
    head = ["เลขครุภัณฑ์", "รายการ", "ราคา"]
    rows = [
        [*head, "", *head],
        ["7440-001-0001", "จอภาพ", 100, "", "7110-001-0001", "ตู้เหล็ก", 200],
        ["7440-001-0002", "จอภาพ", 100, "", "7110-001-0002", "ตู้เหล็ก", -5],
    ]
    plan = planned(tmp_path, rows)
    told = [(row.sheet, row.row, row.asset_number) for row in plan.items]
    assert told == [
        ("ทะเบียน", 2, "7440-001-0001"),
        ("ทะเบียน", 3, "7440-001-0002"),
        ("ทะเบียน (E-G)", 2, "7110-001-0001"),
    ]
    refused = [row for row in plan.rows if row.kind == "refuse"]
    assert [row.cell for row in refused] == ["G3"]


def test_one_table_with_a_gap_stays_one(tmp_path: Path) -> None:
    rows = [
        ["เลขครุภัณฑ์", "รายการ", "ราคา", "", "หมายเหตุ", "สถานที่"],
        ["7440-001-0001", "จอภาพ", 100, "", "", "ห้อง 1"],
    ]
    plan = planned(tmp_path, rows)
    assert [(row.sheet, row.fields["room_text"]) for row in plan.items] == [("ทะเบียน", "ห้อง 1")]


def test_a_hidden_sheet_is_named_and_left_out(tmp_path: Path) -> None:
    path = tmp_path / "hidden.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("front").write_row(0, 0, ["เลขครุภัณฑ์", "รายการ", "ราคา"])
        page = book.add_worksheet("back")
        page.hide()
        page.write_row(0, 0, ["เลขครุภัณฑ์", "รายการ", "ราคา"])
        page.write_row(1, 0, ["7440-001-0001", "จอภาพ", 100])
    plan = plan_book(read_book(path), today=TODAY)
    told = {(row.sheet, row.reason.code) for row in plan.rows if row.reason}
    assert told == {("front", "header"), ("back", "hidden_sheet")}


@pytest.mark.parametrize(
    ("text", "quantity"),
    [("7440-001-0001 ถึง ...0005", 5), ("7440-001-0001 ถึง -0005", ""), ("0001-0005", 5)],
)
def test_a_range_in_a_number_cell_is_that_many_items(
    tmp_path: Path, text: str, quantity: Any
) -> None:
    rows = [["เลขครุภัณฑ์", "รายการ", "ราคา", "จำนวน"], [text, "เก้าอี้", 100, quantity]]
    row = planned(tmp_path, rows).rows[1]
    assert (row.kind.value, len(row.numbers), row.numbers[-1][-4:]) == ("item", 5, "0005")


def test_a_range_that_is_not_the_quantity_is_refused_with_the_cell(tmp_path: Path) -> None:
    rows = [["เลขครุภัณฑ์", "รายการ", "ราคา", "จำนวน"], ["7440-001-0001 ถึง ...0005", "เก้าอี้", 1, 4]]
    row = planned(tmp_path, rows).rows[1]
    assert (row.kind.value, row.cell) == ("refuse", "D2")
