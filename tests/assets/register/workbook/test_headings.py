# ruff: noqa: N802 - a test that holds a rule bears the rule's number as the domain writes it
"""Headings: found wherever they stand and whatever they are called (DOMAIN section 15)."""

import pytest

from assets.register.workbook.cells import Sheet
from assets.register.workbook.headings import SheetMapping, find_mapping
from tests.assets.register.workbook.sheets import HEAD, kinds, line, padded, plan_rows, plan_sheets


def fields(heads: list[str], *rows: list[object]) -> dict[str, str]:
    sheet = Sheet("a", padded([heads, *rows]))
    return {heads[column]: name for column, name in find_mapping(sheet).columns.items()}


MUNICIPAL = {
    "ลำดับที่": "_sequence", "รหัสครุภัณฑ์": "asset_no", "รายการ": "name", "รุ่น/ยี่ห้อ": "_brand_model",
    "วันเดือนปี ที่ได้รับ": "acquired_on", "ปีที่ได้รับ (พ.ศ.)": "_acquired_year",
    "สถานที่ติดตั้ง/กอง": "room_text", "ประเภทครุภัณฑ์": "class_text", "จำนวน": "quantity",
    "หน่วยนับ": "unit_word", "ราคาต่อหน่วย (บาท)": "price", "ราคารวม (บาท)": "total_price",
    "สถานะการใช้งาน": "condition", "หมายเหตุ": "note",
}  # fmt: skip
SCHOOL = {
    "เลขครุภัณฑ์": "asset_no", "ชื่อครุภัณฑ์": "name", "ประเภท": "class_text", "วันที่ได้มา": "acquired_on",
    "ราคาทุน": "price", "อายุ (ปี)": "useful_life_years", "สถานที่/ผู้รับผิดชอบ": "room_text",
    "แหล่งเงิน": "fund_type", "ผู้ขาย": "vendor_name", "สถานะ": "condition",
}  # fmt: skip
DUMP = {
    "NUMBER_ASSET": "asset_no", "NAME_ASSET": "name", "VALUE_ASSET": "quantity",
    "UNIT": "unit_word",
    "COST_ASSET": "price", "BRAND": "brand", "MODEL": "model", "MACHINE_NUMBER": "serial_no",
    "STATUS": "condition", "OWNER": "unit_text", "PLACE": "room_text",
}  # fmt: skip
CARD = {
    "ที่": "_sequence", "รหัส": "asset_no", "รายการ": "name", "ลักษณะ/คุณสมบัติ": "description",
    "รุ่น/แบบ": "model",
    "ชื่อผู้ขาย/ผู้รับจ้าง/ผู้บริจาค": "vendor_name", "ที่อยู่": "vendor_address", "โทรศัพท์": "vendor_phone",
    "ประเภทเงิน": "fund_type", "วิธีการได้มา": "acquire_method", "ที่เอกสาร": "doc_ref",
    "วัน เดือน ปี": "acquired_on", "จำนวนหน่วย": "quantity", "ราคาต่อหน่วย/ชุด/กลุ่ม": "price",
    "มูลค่ารวม": "total_price", "อายุใช้งาน": "useful_life_years", "อัตราค่าเสื่อมราคา": "dep_rate",
    "ส่วนราชการ": "unit_text", "ผู้ครอบครอง": "custodian_text", "วันหมดประกัน": "warranty_until",
}  # fmt: skip


@pytest.mark.parametrize("table", [MUNICIPAL, SCHOOL, DUMP, CARD])
def test_R_M2_known_layouts_are_mapped_in_full(table: dict[str, str]) -> None:
    assert fields(list(table)) == table


def test_depreciation_columns_are_kept_as_extra() -> None:
    rows = plan_rows([[*HEAD, "มูลค่าซาก", "ค่าเสื่อมสะสม"], [*line(), 1.0, 500.0]])
    assert rows[1].fields["extra"] == {"มูลค่าซาก": "1", "ค่าเสื่อมสะสม": "500"}


def test_a_column_headed_number_that_counts_is_the_running_number() -> None:
    rows = [[float(n), f"7440-001-000{n}", "จอภาพ"] for n in range(1, 6)]
    assert fields(["เลขที่", "หมายเลขครุภัณฑ์", "รายการ"], *rows)["เลขที่"] == "_sequence"
    assert fields(["เลขที่", "รายการ", "ราคา"], *[row[1:] for row in rows])["เลขที่"] == "asset_no"


def test_codes_are_found_under_a_heading_nobody_knows() -> None:
    rows = [[f"7440-001-000{n}", "จอภาพ", 3500.0, 1.0] for n in range(1, 6)]
    assert fields(["FSN-X", "รายการ", "ราคา", "จำนวน"], *rows)["FSN-X"] == "asset_no"


def test_unit_and_quantity_are_told_apart_by_their_values() -> None:
    rows = [["7440-001-0001", "จอภาพ", "เครื่อง", 2.0]] * 4
    found = fields(["เลขครุภัณฑ์", "รายการ", "จำนวน", "หน่วย"], *rows)
    assert (found["จำนวน"], found["หน่วย"]) == ("unit_word", "quantity")


def test_a_row_of_column_numbers_belongs_to_the_headings() -> None:
    rows = plan_rows([HEAD, [f"({n})" for n in range(1, 10)], line()])
    assert kinds(rows) == ["header", "header", "item"]


def test_groups_above_the_headings_belong_to_them() -> None:
    groups = ["ที่", "รายการครุภัณฑ์", "", "", "การได้มา", "", "", "", "หมายเหตุ"]
    below = ["", "เลขครุภัณฑ์", "ชื่อ", "ยี่ห้อ", "วันที่", "ราคา", "จำนวน", "ที่ตั้ง", ""]
    rows = plan_rows([["ทะเบียน"], groups, below, line()])
    assert kinds(rows) == ["title", "header", "header", "item"]
    assert rows[3].fields["brand"] == "Epson"


def test_a_sheet_without_a_table_is_titles_only() -> None:
    assert (
        kinds(plan_rows([["แบบสำรวจ"], ["โรงเรียน ........"], ["ลงชื่อ ........"]])) == ["title"] * 3
    )


def test_a_table_with_unknown_headings_asks_for_a_choice_and_loses_nothing() -> None:
    rows = [["ก", "ข", "ค"], ["x1", "y1", "z1"], ["x2", "y2", "z2"]]
    plan = plan_sheets({"a": rows})
    assert plan.mappings["a"].needs_choice
    assert kinds(plan.rows) == ["refuse no_headings"] * 3


def test_a_mapping_chosen_on_screen_is_obeyed() -> None:
    rows = [["ก", "ข", "ค"], ["7440-001-0001", "จอภาพ", "๓,๕๐๐"]]
    chosen = SheetMapping(header_rows=(1,), columns={0: "asset_no", 1: "name", 2: "price"})
    planned = plan_rows(rows, mappings={"ทะเบียน": chosen})
    assert kinds(planned) == ["header", "item"]
    assert str(planned[1].fields["price"]) == "3500.00"


def test_a_sheet_may_be_left_out() -> None:
    planned = plan_rows([HEAD, line()], mappings={"ทะเบียน": SheetMapping(leave_out=True)})
    assert kinds(planned) == ["left_out", "left_out"]


def test_a_grouped_quantity_divides_into_number_and_unit() -> None:
    heads = ["เลขครุภัณฑ์", "รายการ", "จำนวน", ""]
    planned = plan_rows([heads, ["", "", "จำนวน", "หน่วย"], ["7440-001-0001", "จอภาพ", 2.0, "จอ"]])
    assert kinds(planned) == ["header", "header", "item"]
    assert (planned[2].quantity, planned[2].fields["unit_word"]) == (2, "จอ")


def test_a_description_alone_is_the_name() -> None:
    planned = plan_rows([["No.", "Asset number", "Description"], [1.0, "A-001", "Printer"]])
    assert kinds(planned) == ["header", "item"]
    assert planned[1].fields["name"] == "Printer"
