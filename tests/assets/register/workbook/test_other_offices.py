# ruff: noqa: N802 - a test that holds a rule bears the rule's number as the domain writes it
"""Other offices' workbooks: their words, shapes and habits, and what a clerk makes of them."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from assets.register.workbook.cells import Sheet
from assets.register.workbook.headings import find_mapping
from assets.register.workbook.rows import Kind
from tests.assets.register.workbook.sheets import (
    HEAD,
    kinds,
    line,
    padded,
    plan,
    plan_rows,
    plan_sheets,
)

SHORT = ["ที่", "เลขครุภัณฑ์", "รายการ", "ราคา"]


def fields_of(heading: str, value: Any) -> dict[str, Any]:
    """Return the fields of one item with one more column."""
    return plan_rows([[*SHORT, heading], [1.0, "7440-001-0001", "ตู้", 500.0, value]])[1].fields


def test_a_database_dump_with_coded_headings_is_read() -> None:
    head = [
        "id",
        "budget_year",
        "durable_code",
        "durable_name",
        "date_received",
        "price",
        "dept_name",
    ]
    first, item = plan_rows(
        [head, ["1", "2542", "7440-001-0001", "เครื่องพิมพ์", "2542-06-11", "45000", "งานพัสดุ"]]
    )
    assert (first.kind, item.kind) == (Kind.HEADER, Kind.ITEM)
    assert item.asset_number == "7440-001-0001"
    assert item.fields["acquired_on"].isoformat() == "1999-06-11"
    assert (item.fields["price"], item.fields["unit_text"]) == (Decimal("45000.00"), "งานพัสดุ")


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("เลขที่/รหัสครุภัณฑ์", "asset_no"), ("หมายเลข\nประจำครุภัณฑ์", "asset_no"),
        ("Asset Number", "asset_no"), ("EQUIP_NO", "asset_no"), ("รหัสครุภัณฑ์ (เก่า)", "old_numbers"),
        ("รายละเอียด/รายการ", "name"), ("ชื่อสินค้า", "name"), ("ASSET_DESC", "name"),
        ("ว.ด.ป. ที่รับ", "acquired_on"), ("ซื้อเมื่อ", "acquired_on"), ("ACQ_DATE", "acquired_on"),
        ("พ.ศ. ที่ได้มา", "_acquired_year"), ("Acquisition Cost", "price"),
        ("จำนวนครุภัณฑ์", "quantity"), ("ที่อยู่ครุภัณฑ์", "room_text"), ("LOC_NAME", "room_text"),
        ("หมวดเงิน", "fund_type"), ("จัดซื้อโดยวิธี", "acquire_method"), ("ซื้อ/จ้างจาก", "vendor_name"),
        ("เลขที่ใบสำคัญ", "doc_ref"), ("ประเภทของครุภัณฑ์", "class_text"),
    ],
)  # fmt: skip
def test_headings_of_no_list_are_understood_by_their_parts(heading: str, name: str) -> None:
    rows = padded([["ที่", "ยี่ห้อ", "หมายเหตุ", "เลขครุภัณฑ์", "รายการ", heading]])
    if name in ("asset_no", "name"):
        rows[0][3 if name == "asset_no" else 4] = "อื่น ๆ"
    assert find_mapping(Sheet("ก", rows)).columns[5] == name


@pytest.mark.parametrize("heading", ["มูลค่าสุทธิ", "ราคาซาก", "NET_VALUE", "วันที่ตรวจนับ"])
def test_values_after_depreciation_and_days_of_counts_are_no_price_and_no_date(
    heading: str,
) -> None:
    fields = fields_of(heading, "1")
    assert (fields["price"], fields.get("acquired_on")) == (Decimal("500.00"), None)
    assert fields["extra"] == {heading: "1"}


def test_many_columns_of_yearly_counts_do_not_hide_the_headings() -> None:
    years = [f"ตรวจสอบปี {year}" for year in range(2500, 2566)]
    rows = plan_rows([[*SHORT, *years], [1.0, "7440-001-0001", "ตู้", 500.0, *["✓"] * 66]])
    assert kinds(rows) == ["header", "item"]


def test_the_first_of_two_tables_is_kept_when_the_second_has_more_columns() -> None:
    rows = plan_rows(
        [
            SHORT,
            [1.0, "7440-001-0001", "ตู้", 500.0],
            ["ครุภัณฑ์ชำรุด"],
            ["ที่", "รายการ", "เลขครุภัณฑ์", "วันที่ได้มา", "ราคา", "ที่ตั้ง"],
            [1.0, "เก้าอี้", "7110-001-0001", "1/1/2560", 700.0, "ห้อง 1"],
        ]
    )
    assert kinds(rows) == ["header", "item", "section", "header", "item"]
    assert (rows[4].asset_number, rows[4].fields["condition"]) == ("7110-001-0001", "damaged")


@pytest.mark.parametrize(
    "head",
    [
        ["ลำดับ", "ชื่อ", "นามสกุล", "ตำแหน่ง", "กลุ่มงาน", "โทรศัพท์"],
        ["ที่", "ชื่อ-สกุล", "ตำแหน่ง", "โทรศัพท์"],
        ["วันที่", "เลขที่เอกสาร", "รายการ", "รับ", "จ่าย", "คงเหลือ"],
        ["code", "kind", "name", "parent", "size"],
        ["รหัสโรงเรียน", "ชื่อโรงเรียน", "อำเภอ", "จังหวัด"],
    ],
)
def test_lists_of_other_things_are_left_out_by_themselves(head: list[str]) -> None:
    planned = plan_sheets({"อื่น": [head, ["1", *["ก"] * (len(head) - 2), "2"]]})
    assert kinds(planned.rows) == ["left_out", "left_out"]
    assert planned.mappings["อื่น"].leave_out


def test_a_table_not_understood_points_at_its_rows() -> None:
    rows = plan_rows([["ก", "ข", "ค"], ["1", "7440-001-0001", "ตู้"], ["2", "7440-001-0002", "ตู้"]])
    assert [row.cell for row in rows] == ["A1", "A2", "A3"]


@pytest.mark.parametrize(
    "word", ["รวมสุทธิ", "ราคารวม", "มูลค่ารวมทั้งสิ้น", "รวมปีงบประมาณ 2566", "จำนวนเงินรวม", "TOTAL:"]
)
def test_totals_in_other_words_are_no_items(word: str) -> None:
    assert kinds(plan_rows([SHORT, [None, None, word, 500.0]])) == ["header", "total"]


@pytest.mark.parametrize(
    "name",
    [
        "รวมสายสัญญาณ",
        "Total Station กล้องสำรวจ",
        "Sum pump",
        "กระดานลงชื่อ",
        "โต๊ะผู้อำนวยการ",
        "ชั้นวางหนังสือ",
    ],
)
def test_things_called_like_furniture_of_the_table_are_items(name: str) -> None:
    rows = plan_rows([HEAD, line(number=None, name=name), line(name=name)])
    assert kinds(rows) == ["header", "item", "item"]


def test_names_and_ranks_below_the_signatures_are_no_items() -> None:
    rows = plan_rows(
        [
            HEAD,
            line(),
            [None, None, "ลงชื่อ..........ผู้ตรวจ", None, "ลงชื่อ..........ผู้รับรอง"],
            [None, None, "นายตัวอย่าง ทดสอบ", None, "นางตัวอย่าง ทดลอง"],
            [None, None, "ครูชำนาญการ", None, "ผู้บริหาร"],
        ]
    )
    assert kinds(rows)[2:] == ["signature"] * 3


def test_the_yearly_lines_of_a_register_card_are_no_items() -> None:
    head = ["วัน เดือน ปี", "รายการ", "จำนวนหน่วย", "ราคาต่อหน่วย", "ค่าเสื่อมราคาสะสม", "มูลค่าสุทธิ"]
    rows = plan_rows(
        [
            head,
            ["1 ต.ค. 2560", "เครื่องพิมพ์", 1.0, 9000.0, None, 9000.0],
            ["30 ก.ย. 2561", "ค่าเสื่อมราคา ปี 2561", None, None, 3000.0, 6000.0],
        ]
    )
    assert kinds(rows) == ["header", "item", "total"]


@pytest.mark.parametrize(
    "text", ["12,500/-", "12,500,-", "= 12,500", "12, 500", "ราคา 12,500 บาท", "'12500"]
)
def test_R_M3_prices_are_read_with_what_hands_add(text: str) -> None:
    assert plan_rows([HEAD, line(price=text)])[1].fields["price"] == Decimal("12500.00")


@pytest.mark.parametrize("text", ["ฟรี", "รับบริจาค", "ไม่ปรากฏหลักฐาน", "ได้รับจัดสรร"])
def test_words_for_why_there_is_no_price_are_kept(text: str) -> None:
    row = plan_rows([HEAD, line(price=text)])[1]
    assert (row.kind, row.fields["price"], row.fields["extra"]["price"]) == (Kind.ITEM, None, text)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("44835", "2022-10-01"), ("1 ตุลา 65", "2022-10-01"), ("1-Oct-22", "2022-10-01"),
        ("1-Oct-65", "2022-10-01"), ("ลว. 1 ต.ค. 65", "2022-10-01"), ("25651001", "2022-10-01"),
        ("0000-00-00", None), ("ไม่ทราบวันที่", None),
    ],
)  # fmt: skip
def test_days_of_dumps_and_of_hands_are_read(text: str, day: str | None) -> None:
    row = plan_rows([HEAD, line(day=text)])[1]
    assert row.kind is Kind.ITEM
    assert (row.fields["acquired_on"].isoformat() if day else row.fields["acquired_on"]) == day


@pytest.mark.parametrize("text", ["ม.ค. 65", "10/2565", "ปีงบ 65", "มกราคม - มีนาคม 2565"])
def test_a_month_alone_gives_its_year(text: str) -> None:
    row = plan_rows([HEAD, line(day=text)])[1]
    assert (row.kind, row.fields["extra"]["acquired_year"]) == (Kind.ITEM, 2022)


@pytest.mark.parametrize("text", ["?", "ไม่มี", "1+1", "2-3", "สิบ"])
def test_a_doubt_is_no_quantity(text: str) -> None:
    row = plan_rows([HEAD, line(quantity=text)])[1]
    assert (kinds([row]), row.cell) == (["refuse bad_quantity"], "G2")


@pytest.mark.parametrize("text", ["ยังไม่ออกเลข", "อยู่ระหว่างขอเลข", "เลขลบเลือน", "x", "0"])
def test_words_in_place_of_a_number_are_no_number_and_are_kept(text: str) -> None:
    row = plan_rows([HEAD, line(number=text)])[1]
    assert (row.asset_number, row.fields["extra"]["asset_no"]) == (None, text)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("7110-001-0001 - 7110-001-0005", 5), ("7110-001-0001/65-0005/65", 5),
        ("7110-001-0001-0003, 0007", 4), ("7110-001-0001 ถึง 7110-001-0005 รวม 5 ตัว", 5),
        ("7110-001-0001 7110-001-0002", 2), ("7110-001-0001,2,3", 3),
    ],
)  # fmt: skip
def test_ranges_and_lists_in_other_writings_give_every_number(text: str, count: int) -> None:
    row = plan_rows([HEAD, line(number=text, quantity=float(count))])[1]
    assert (row.kind, len(row.numbers), row.quantity) == (Kind.ITEM, count, count)


@pytest.mark.parametrize("text", ["58-0001-59-0001", "7440-0101-7440", "12-06-12-06/62"])
def test_a_single_number_of_many_groups_is_no_range(text: str) -> None:
    row = plan_rows([HEAD, line(number=text)])[1]
    assert (row.numbers, row.quantity) == ((text,), 1)


def test_a_count_behind_the_number_is_the_quantity() -> None:
    row = plan_rows([HEAD, line(number="7110-001-0001 จำนวน 10 เครื่อง", quantity=None)])[1]
    assert (row.asset_number, row.quantity) == ("7110-001-0001", 10)


@pytest.mark.parametrize("value", ["1.0E+11", 1e17])
def test_a_number_that_excel_has_changed_is_refused(value: Any) -> None:
    row = plan_rows([HEAD, line(number=value)])[1]
    assert (kinds([row]), row.cell) == (["refuse number_changed_by_excel"], "B2")


@pytest.mark.parametrize("written", ["7440 001 0004", "7440-1-4", "7440.001.0004", "7440/001/0004"])
def test_a_number_written_otherwise_in_a_room_list_is_a_match(written: str) -> None:
    rows = plan_sheets(
        {
            "ใหญ่": [HEAD, line(number="7440-001-0004")],
            "ห้อง": [["ที่", "เลขครุภัณฑ์", "รายการ"], [1.0, written, "เครื่องพิมพ์เลเซอร์ Epson"]],
        }
    ).rows
    assert (rows[3].kind, rows[3].same_as) == (Kind.MATCH, ("ใหญ่", 2))
    assert [remark.code for remark in rows[3].remarks] == ["written_otherwise"]


def test_another_thing_with_a_number_only_alike_stays_an_item() -> None:
    rows = plan_sheets(
        {
            "ใหญ่": [HEAD, line(number="7440-001-0004")],
            "ห้อง": [["ที่", "เลขครุภัณฑ์", "รายการ"], [1.0, "7440-1-4", "พัดลมติดผนัง"]],
        }
    ).rows
    assert rows[3].kind is Kind.ITEM


def test_a_ditto_under_a_blank_repeats_the_last_word_and_a_refusal_names_its_own_cell() -> None:
    rows = plan_rows(
        [
            HEAD,
            line(),
            line(number="7440-001-0002", name=None),
            line(number="7440-001-0003", name='"'),
        ]
    )
    assert kinds(rows) == ["header", "item", "refuse no_name", "item"]
    assert rows[2].cell == "C3"
    bad = plan_rows([HEAD, line(price="abc"), line(number="7440-001-0002", price='"')])
    assert [row.cell for row in bad[1:]] == ["F2", "F3"]


def test_a_line_of_dashes_is_blank() -> None:
    assert kinds(plan_rows([SHORT, ["4", "-", "-", "-"]])) == ["header", "blank"]


def test_a_number_spread_over_columns_is_joined(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "split.xlsx")
    sheet = book.add_worksheet("ก")
    sheet.write_row(0, 0, ["ที่", "", "", "", "รายการ", "ราคา"])
    sheet.merge_range("B1:D1", "หมายเลขครุภัณฑ์")
    sheet.write_row(1, 1, ["กลุ่ม", "ชนิด", "ลำดับ"])
    sheet.write_row(2, 0, [1, "7440", "001", "0001", "ตู้", 500])
    sheet.write_row(3, 0, [2, "7440", "001", "0002", "ตู้", 500])
    book.close()
    rows = plan(tmp_path / "split.xlsx").rows
    assert kinds(rows) == ["header", "header", "item", "item"]
    assert [row.asset_number for row in rows[2:]] == ["7440-001-0001", "7440-001-0002"]
