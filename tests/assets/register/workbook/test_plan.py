"""Rows of every kind, and one thing that is one item however often it is shown."""

from decimal import Decimal

import pytest

from assets.register.workbook.rows import Kind
from tests.assets.register.workbook.sheets import HEAD, kinds, line, plan_rows, plan_sheets

ROOM_HEAD = ["ที่", "เลขที่ครุภัณฑ์", "รายการ", "ที่ตั้ง", "หมายเหตุ"]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["", "", "รวมทั้งสิ้น", "", "", 5000.0], "total"),
        (["รวม", "", "", "", "", 5000.0, 3.0], "total"),
        (["", "", "", "", "", 5000.0], "total"),
        (["", "", "", "ยอดยกไป", "", 5000.0], "total"),
        (["ประเภทครุภัณฑ์สำนักงาน"], "section"),
        (["", "", "หมวดงานบ้านงานครัว"], "section"),
        (["", "ครุภัณฑ์ยานพาหนะ"], "section"),
        (["ก. อาคาร 2"], "section"),
        (["ประเภท", "ครุภัณฑ์คอมพิวเตอร์"], "section"),
        (["", "", "", "", "", "(ลงชื่อ)..........เจ้าหน้าที่พัสดุ"], "signature"),
        (["", "", "ลงชื่อ ............ กรรมการ"], "signature"),
        (["", "", "( นายตัวอย่าง สมมติ )", "", "", "( นางสมมติ ตัวอย่าง )"], "signature"),
        (["", "", "ตำแหน่ง ผู้อำนวยการ"], "signature"),
        (["หน้า ๓"], "signature"),
        (["", "วันที่ ...../...../....."], "signature"),
        ([12.0], "blank"),
        (HEAD, "header"),
    ],
)
def test_furniture_of_the_table_is_told_from_items(row: list[object], kind: str) -> None:
    planned = plan_rows([HEAD, line(), row, line("7440-001-0002")])
    assert kinds(planned) == ["header", "item", kind, "item"]


def test_rows_without_a_number_that_name_people_are_still_items() -> None:
    planned = plan_rows(
        [ROOM_HEAD, [1.0, "", "เก้าอี้", "ผู้อำนวยการ", ""], [2.0, "-", "โต๊ะ", "ห้อง 1", ""]]
    )
    assert kinds(planned) == ["header", "item", "item"]


def test_words_for_nothing_and_a_dash_mean_no_number() -> None:
    planned = plan_rows([HEAD, *[line(text) for text in ("ไม่มีเลข", "-", "", "–", "ไม่มี", "N/A")]])
    assert kinds(planned[1:]) == ["item"] * 6
    assert {row.asset_number for row in planned[1:]} == {None}


def test_a_section_speaks_until_the_next_one() -> None:
    planned = plan_rows(
        [
            ROOM_HEAD,
            ["ประเภทครุภัณฑ์คอมพิวเตอร์"],
            [1.0, "7440-001-0001", "จอภาพ"],
            ["", "", "ครุภัณฑ์ต่ำกว่าเกณฑ์"],
            [2.0, "7440-001-0002", "จอภาพ"],
            ["ครุภัณฑ์ที่ชำรุด"],
            [3.0, "7440-001-0003", "จอภาพ"],
        ]
    )
    first, second, third = (row.fields for row in planned if row.kind is Kind.ITEM)
    assert first["class_text"] == "ครุภัณฑ์คอมพิวเตอร์"
    assert second["below_threshold"] is True
    assert "class_text" not in second
    assert third["condition"] == "damaged"
    assert "below_threshold" not in third


def test_a_number_repeated_among_its_neighbours_is_refused() -> None:
    planned = plan_rows([HEAD, line(), line("๗๔๔๐–๐๐๑–๐๐๐๑")])
    assert kinds(planned) == ["header", "item", "refuse number_repeated"]
    assert (planned[2].cell, planned[2].reason and planned[2].reason.values["row"]) == ("B3", 2)


def test_the_number_of_another_item_is_refused_in_any_sheet() -> None:
    plan = plan_sheets(
        {"main": [HEAD, line()], "room": [ROOM_HEAD, [1.0, "7440-001-0001", "ตู้เย็น", "ห้อง 1", ""]]}
    )
    assert kinds(plan.rows)[-1] == "refuse number_of_another_item"


def test_rooms_match_the_register_even_when_they_come_first() -> None:
    room = [ROOM_HEAD, [1.0, "7440 - 001 - 0001", "เครื่องพิมพ์เลเซอร์ Epson", "ห้อง 9", ""]]
    plan = plan_sheets({"room": room, "main": [HEAD, line()]})
    assert kinds(plan.rows) == ["header", "match", "header", "item"]
    assert (plan.rows[1].same_as, plan.rows[1].room) == (("main", 2), "proposed")


def test_the_damaged_section_of_a_room_shows_its_items_again() -> None:
    thing = [1.0, "7440-001-0001", "เครื่องพิมพ์", "ห้อง 1", ""]
    planned = plan_rows([ROOM_HEAD, thing, ["รายการชำรุด"], thing])
    assert kinds(planned) == ["header", "item", "section", "match"]
    assert planned[3].fields["condition"] == "damaged"


def test_a_thing_of_two_rooms_is_one_item() -> None:
    room = [ROOM_HEAD, [1.0, "7440-001-0001", "เครื่องพิมพ์", "ห้อง 1", ""]]
    plan = plan_sheets({"r1": room, "r2": room, "main": [HEAD, line()]})
    assert plan.count(Kind.ITEM) == 1
    assert [row.same_as for row in plan.rows if row.kind is Kind.MATCH] == [("main", 2)] * 2


def test_a_match_of_a_refused_row_says_so_and_makes_no_item() -> None:
    room = [ROOM_HEAD, [1.0, "7440-001-0001", "เครื่องพิมพ์เลเซอร์", "ห้อง 1", ""]]
    plan = plan_sheets({"main": [HEAD, line(price="แพง")], "room": room})
    assert plan.count(Kind.ITEM) == 0
    assert plan.rows[3].reason is not None
    assert plan.rows[3].reason.code == "in_refused_row"


def test_a_thing_without_number_matches_by_its_serial_in_another_sheet() -> None:
    head = ["เลขครุภัณฑ์", "รายการ", "S/N", "ราคา"]
    plan = plan_sheets(
        {
            "main": [head, ["7440-001-0001", "จอภาพ Dell", "ab-12", 3000.0]],
            "other": [["เลขครุภัณฑ์", "รายการ", "S/N"], ["-", "จอภาพ", "AB-12"]],
        }
    )
    assert kinds(plan.rows) == ["header", "item", "header", "match"]


def test_a_serial_used_twice_is_only_remarked() -> None:
    head = ["เลขครุภัณฑ์", "รายการ", "S/N"]
    planned = plan_rows([head, ["7440-001-0001", "จอภาพ", "X1"], ["7440-001-0002", "จอภาพ", "X1"]])
    assert kinds(planned) == ["header", "item", "item"]
    assert [remark.code for remark in planned[2].remarks] == ["serial_repeated"]


def test_a_member_of_a_range_is_a_match_elsewhere() -> None:
    plan = plan_sheets(
        {
            "main": [HEAD, line("7440-001-0001/63 ถึง 0010", quantity=10.0)],
            "room": [ROOM_HEAD, [1.0, "7440-001-0004/63", "เครื่องพิมพ์เลเซอร์", "ห้อง 1", ""]],
        }
    )
    assert kinds(plan.rows)[-1] == "match"


def test_a_range_that_overlaps_another_row_is_refused() -> None:
    planned = plan_rows([HEAD, line("7440-001-0004"), line("7440-001-0001 ถึง 0010", quantity=10.0)])
    assert kinds(planned)[-1] == "refuse range_overlaps"


def test_a_bad_total_or_a_strange_status_stops_nothing() -> None:
    head = ["เลขครุภัณฑ์", "รายการ", "ราคา", "ราคารวม", "สถานะ"]
    planned = plan_rows([head, ["7440-001-0001", "จอภาพ", 9.0, "#REF!", "ใช้บ้าง"]])
    assert kinds(planned) == ["header", "item"]
    assert [remark.cell for remark in planned[1].remarks] == ["D2", "E2"]
    assert planned[1].fields["condition_text"] == "ใช้บ้าง"


def test_quantity_with_its_unit_word_is_read() -> None:
    planned = plan_rows([HEAD, line(quantity="๓ เครื่อง")])
    assert (planned[1].quantity, planned[1].fields["unit_word"]) == (3, "เครื่อง")


@pytest.mark.parametrize("quantity", [0.0, -1.0, 1.5, "หลายตัว", "2-3"])
def test_a_quantity_that_is_none_is_refused(quantity: object) -> None:
    planned = plan_rows([HEAD, line(quantity=quantity)])
    assert (kinds(planned)[1], planned[1].cell) == ("refuse bad_quantity", "G2")


def test_a_place_that_names_a_person_is_the_custodian() -> None:
    planned = plan_rows(
        [HEAD, line(room="นางสาวตัวอย่าง สมมติ"), line("7440-001-0002", room="โรงเรียนตัวอย่าง / ห้อง 2")]
    )
    assert planned[1].fields["custodian_text"] == "นางสาวตัวอย่าง สมมติ"
    assert (planned[2].fields["unit_text"], planned[2].fields["room_text"]) == (
        "โรงเรียนตัวอย่าง",
        "ห้อง 2",
    )


def test_a_year_instead_of_a_date_is_kept_as_a_year() -> None:
    days = [2560.0, "พ.ศ. ๒๕๖๐", "ปี 2560", "ต.ค. 2560", "ตุลาคม ๒๕๖๐"]
    planned = plan_rows([HEAD, *[line(f"7440-001-000{n}", day=d) for n, d in enumerate(days)]])
    assert kinds(planned)[1:] == ["item"] * 5
    assert {row.fields["extra"]["acquired_year"] for row in planned[1:]} == {2017}
    assert planned[4].fields["extra"]["acquired_text"] == "ต.ค. 2560"


def test_quotes_and_angle_brackets_stay_as_they_are() -> None:
    planned = plan_rows([HEAD, line(name='<b>จอ</b> "24\'" & co', note="=ซ้ำ")])
    assert (planned[1].fields["name"], planned[1].fields["note"]) == (
        '<b>จอ</b> "24\'" & co',
        "=ซ้ำ",
    )


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    rows = [HEAD, *[line(f"7440-001-{n:04d}") for n in range(1, 500)]]
    plan_rows(rows, progress=lambda done, total: told.append((done, total)))
    assert told == [(200, 500), (400, 500), (500, 500)]


def test_prices_are_exact() -> None:
    planned = plan_rows([HEAD, line(price=0.1 + 0.2), line("7440-001-0002", price="๑๙,๐๐๐.๕๐ บาท")])
    assert [row.fields["price"] for row in planned[1:]] == [Decimal("0.30"), Decimal("19000.50")]


def test_a_section_may_stand_beside_its_count() -> None:
    planned = plan_rows([HEAD, ["", "", "ครุภัณฑ์สำนักงาน", "", "", "", "12 รายการ"], line()])
    assert kinds(planned) == ["header", "section", "item"]
    assert planned[2].fields["class_text"] == "ครุภัณฑ์สำนักงาน"


def test_a_second_table_below_the_first_may_have_other_columns() -> None:
    second = ["รายการ", "เลขครุภัณฑ์", "ราคา"]
    planned = plan_rows(
        [HEAD, line(), HEAD, line("7440-001-0002"), second, ["โต๊ะ", "7110-007-0001", 900.0]]
    )
    assert kinds(planned) == ["header", "item", "header", "item", "header", "item"]
    assert (planned[5].fields["name"], planned[5].asset_number) == ("โต๊ะ", "7110-007-0001")


def test_a_condition_may_be_ticked_in_its_own_column() -> None:
    rows = [
        ["ที่", "เลขครุภัณฑ์", "รายการ", "สภาพ", "", ""],
        ["", "", "", "ดี", "ชำรุด", "เสื่อมสภาพ"],
        [1.0, "7440-001-0001", "จอภาพ", "", "/", ""],
        [2.0, "7440-001-0002", "จอภาพ", "✓", "", ""],
    ]
    planned = plan_rows(rows)
    assert kinds(planned) == ["header", "header", "item", "item"]
    assert [row.fields.get("condition") for row in planned[2:]] == ["damaged", "good"]


def test_of_two_full_registers_the_first_in_the_file_speaks_first() -> None:
    dump = [["NUMBER_ASSET", "NAME_ASSET", "COST_ASSET"], ["7440-001-0001", "เครื่องพิมพ์เลเซอร์", 5.0]]
    plan = plan_sheets({"dump": dump, "main": [HEAD, line()], "again": [HEAD, line()]})
    assert kinds(plan.rows) == ["header", "match", "header", "item", "header", "match"]


def test_ditto_marks_repeat_the_cell_above() -> None:
    planned = plan_rows(
        [
            HEAD,
            line(),
            line("7440-001-0002", '"', "”", '"', '"', room='-"-'),
            line("7440-001-0003", '"'),
        ]
    )
    assert kinds(planned) == ["header", "item", "item", "item"]
    assert planned[3].fields["name"] == planned[1].fields["name"]
    for name in ("name", "brand", "acquired_on", "price", "room_text"):
        assert planned[2].fields[name] == planned[1].fields[name]


def test_the_title_of_a_room_list_names_its_room_and_school() -> None:
    planned = plan_rows(
        [
            ["โรงเรียนบ้านทดสอบ"],
            ["บัญชีครุภัณฑ์ประจำห้อง ป.1"],
            ["เลขครุภัณฑ์", "รายการ"],
            ["7110-001-0001", "โต๊ะ"],
        ]
    )
    fields = planned[3].fields
    assert (fields["unit_text"], fields["room_text"]) == ("โรงเรียนบ้านทดสอบ", "ห้อง ป.1")


def test_a_sheet_with_totals_only_gives_the_price_of_one() -> None:
    head = ["เลขครุภัณฑ์", "รายการ", "จำนวน", "จำนวนเงิน"]
    rows = [["7110-001-0001", "โต๊ะ", 4.0, "๒,๐๐๐"], ["7110-001-0002", "โต๊ะ", 3.0, 100.0]]
    planned = plan_rows([head, *rows, ["7110-001-0003", "โต๊ะ", 1.0, "แพง"]])
    assert kinds(planned) == ["header", "item", "item", "refuse bad_price"]
    assert [row.fields.get("price") for row in planned[1:3]] == [Decimal("500.00"), None]


def test_an_amount_without_a_quantity_is_the_price() -> None:
    planned = plan_rows([["เลขครุภัณฑ์", "รายการ", "จำนวนเงิน"], ["7110-001-0001", "โต๊ะ", 900.0]])
    assert planned[1].fields["price"] == Decimal("900.00")
