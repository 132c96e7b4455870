"""Other offices' workbooks: the same things in another shape are accounted for all the same."""

import csv
import random
from collections.abc import Callable

import pytest

from assets.register.workbook.cells import Book, Sheet
from assets.register.workbook.files import read_book
from assets.register.workbook.plan import plan_book
from kernel.thai import thai_digits
from tests.assets.register.workbook.sheets import DATA, TODAY

Place = tuple[str, int]


def office() -> Book:
    return read_book(DATA / "register_office.xlsx")


def unmoved(sheet: str, row: int) -> Place:
    return sheet, row


def misread(book: Book, back: Callable[[str, int], Place] = unmoved) -> list[object]:
    """Return the truth's rows that the plan of a changed book sees otherwise."""
    planned = plan_book(book, today=TODAY).rows
    got = {back(row.sheet, row.row): row.kind.value for row in planned}
    with (DATA / "register_office.truth.csv").open(encoding="utf-8-sig", newline="") as file:
        told = {(line["sheet"], int(line["row"])): line["kind"] for line in csv.DictReader(file)}
    return [
        (place, kind, got.get(place))
        for place, kind in told.items()
        if kind != "blank" and got.get(place) != kind
    ]


def shuffled(sheet: Sheet, seed: int) -> Sheet:
    """Return the sheet with its columns in another order; grouped headings stay together."""
    if any(left != right and top > 1 for (top, left), (_bottom, right) in sheet.merged):
        return sheet
    order = list(range(sheet.width))
    random.Random(seed).shuffle(order)  # noqa: S311 - a reproducible order, no secret
    place = {old: new for new, old in enumerate(order)}
    return Sheet(
        sheet.name,
        [[row[old] for old in order] for row in sheet.rows],
        [((t, place[x]), (b, place[x])) for (t, x), (b, right) in sheet.merged if x == right],
        {(row, place[column]): text for (row, column), text in sheet.formulas.items()},
    )


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_columns_may_stand_in_any_order(seed: int) -> None:
    book = office()
    assert misread(Book("x", [shuffled(sheet, seed) for sheet in book.sheets])) == []


def test_the_header_may_stand_lower() -> None:
    lower = []
    for sheet in office().sheets:
        above = [["ส่วนราชการตัวอย่าง"] + [""] * (sheet.width - 1), [""] * sheet.width]
        lower.append(
            Sheet(
                sheet.name,
                above + sheet.rows if sheet.rows else sheet.rows,
                [((t + 2, x), (b + 2, y)) for (t, x), (b, y) in sheet.merged],
                {(row + 2, column): text for (row, column), text in sheet.formulas.items()},
            )
        )
    assert misread(Book("x", lower), lambda sheet, row: (sheet, row - 2)) == []


def test_room_lists_may_come_before_the_register_and_sheets_may_have_any_name() -> None:
    book = office()
    names = {}
    for index, sheet in enumerate(book.sheets):
        names[f"Sheet{index}"] = sheet.name
        sheet.name = f"Sheet{index}"
    backwards = Book("x", book.sheets[::-1])
    assert misread(backwards, lambda sheet, row: (names[sheet], row)) == []


def test_merged_cells_may_be_unknown() -> None:
    plain = [Sheet(sheet.name, sheet.rows, [], sheet.formulas) for sheet in office().sheets]
    assert misread(Book("x", plain)) == []


OTHER_WORDS = {
    "เลขครุภัณฑ์": "หมายเลขทะเบียน", "ชื่อครุภัณฑ์": "รายการทรัพย์สิน", "ยี่ห้อ/รุ่น": "ยี่ห้อ รุ่น",
    "วันที่ได้มา": "ว.ด.ป. ที่ได้มา", "ราคา": "ราคาทุน (บาท)", "ต่อหน่วย": "หน่วยละ", "รวม": "รวมเงิน",
    "แหล่งเงิน": "ประเภทเงิน", "วิธีการได้มา": "ได้มาโดยวิธี", "หน่วยงาน": "สังกัด", "สถานะ": "สภาพการใช้งาน",
    "สถานที่/ผู้รับผิดชอบ": "ที่ตั้ง/ผู้รับผิดชอบ", "รหัสครุภัณฑ์": "หมายเลขสินทรัพย์", "รายการ": "ชื่อรายการ",
    "เลขที่ครุภัณฑ์": "รหัสพัสดุ", "จำนวน": "จำนวน (หน่วย)", "ลำดับที่": "ลำดับ", "หมายเหตุ": "หมายเหตุ/ข้อสังเกต",
    "ประเภทครุภัณฑ์คอมพิวเตอร์": "หมวดครุภัณฑ์คอมพิวเตอร์", "รายการชำรุด": "ครุภัณฑ์ที่ชำรุด",
    "รวมทั้งสิ้น": "ยอดรวมทั้งหมด", "MACHINE_NUMBER": "SERIAL NO.", "NUMBER_ASSET": "ASSET CODE",
    "VALUE_ASSET": "QTY", "COST_ASSET": "UNIT PRICE", "ราคาต่อหน่วย (บาท)": "ราคา/หน่วย",
}  # fmt: skip


def test_headings_sections_and_totals_may_use_other_words() -> None:
    book = office()
    for sheet in book.sheets:
        for row in sheet.rows:
            row[:] = [OTHER_WORDS.get(v, v) if isinstance(v, str) else v for v in row]
    assert misread(book) == []


def test_all_digits_may_be_thai() -> None:
    book = office()
    for sheet in book.sheets:
        for row in sheet.rows:
            row[:] = [
                thai_digits(v) if isinstance(v, str) and not v.startswith("=") else v for v in row
            ]
    assert misread(book) == []


def test_totals_may_stand_between_the_rows() -> None:
    book = office()
    main = book.sheets[0]
    main.rows.insert(500, ["", "รวมหน้านี้", "", "", "", "", "", 123_456.0, *[""] * 6])
    main.formulas.clear()

    def back(sheet: str, row: int) -> Place:
        if sheet != main.name or row <= 500:
            return sheet, row
        return ("inserted", row) if row == 501 else (sheet, row - 1)

    assert misread(book, back) == []
    planned = {(row.sheet, row.row): row for row in plan_book(book, today=TODAY).rows}
    assert planned[(main.name, 501)].kind.value == "total"
