"""The office's workbook: every row is what the truth file says it is."""

import csv
from decimal import Decimal

import pytest

from assets.register.workbook.plan import Plan
from assets.register.workbook.planned import PlannedRow
from assets.register.workbook.rows import Kind
from tests.assets.register.workbook.sheets import DATA, plan

MAIN, LOW = "ทะเบียนคุมทรัพย์สิน", "ต่ำกว่าเกณฑ์"


def truth() -> list[dict[str, str]]:
    with (DATA / "register_office.truth.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def office() -> Plan:
    return plan(DATA / "register_office.xlsx")


@pytest.fixture(scope="module")
def rows(office: Plan) -> dict[tuple[str, int], PlannedRow]:
    return {(row.sheet, row.row): row for row in office.rows}


def test_every_row_of_the_truth_is_accounted_for(
    rows: dict[tuple[str, int], PlannedRow],
) -> None:
    wrong = []
    for line in truth():
        row = rows.get((line["sheet"], int(line["row"])))
        kind = row.kind.value if row else "blank"
        if kind != line["kind"]:
            wrong.append((line, kind))
    assert wrong == []


def test_no_row_is_invented(rows: dict[tuple[str, int], PlannedRow]) -> None:
    assert rows.keys() <= {(line["sheet"], int(line["row"])) for line in truth()}


def test_quantities_are_those_of_the_truth(rows: dict[tuple[str, int], PlannedRow]) -> None:
    told = [line for line in truth() if line["note"].startswith("quantity ")]
    assert len(told) > 500
    for line in told:
        row = rows[(line["sheet"], int(line["row"]))]
        assert row.quantity == int(line["note"].split()[1])
        assert len(row.numbers) in (1, row.quantity)


@pytest.mark.parametrize("note", ["date", "price", "quantity", "number of another item"])
def test_each_refusal_names_the_cell_that_is_wrong(
    note: str, rows: dict[tuple[str, int], PlannedRow]
) -> None:
    column = {"date": "F", "price": "G", "quantity": "I", "number of another item": "B"}[note]
    for line in truth():
        if line["kind"] == "refuse" and line["note"] == note:
            assert rows[(line["sheet"], int(line["row"]))].cell == f"{column}{line['row']}"


def test_a_row_of_the_main_register_is_read_in_full(
    rows: dict[tuple[str, int], PlannedRow],
) -> None:
    fields = rows[(MAIN, 5)].fields
    assert fields["asset_no"] == "4120-001-0001"
    assert (fields["brand"], fields["model"]) == ("Daikin", "FTM24")
    assert fields["acquired_on"].isoformat() == "2024-05-19"
    assert (fields["price"], fields["total_price"]) == (Decimal("35400.00"), Decimal("35400.00"))
    assert (fields["fund_type"], fields["acquire_method"]) == ("non_budget", "price_inquiry")
    assert (fields["condition"], fields["condition_text"]) == ("good", "พร้อมใช้งาน")
    assert (fields["unit_text"], fields["room_text"]) == ("โรงเรียนตัวอย่างวุฒิชัย", "ห้องสมุด")


def test_a_range_gives_every_number_with_its_year(
    rows: dict[tuple[str, int], PlannedRow],
) -> None:
    row = rows[(LOW, 8)]
    assert row.asset_number == "7440-008-0170/63 ถึง 0179"
    assert row.numbers[0] == "7440-008-0170/63"
    assert row.numbers[-1] == "7440-008-0179/63"
    assert (len(row.numbers), row.quantity, row.fields["below_threshold"]) == (10, 10, True)


def test_things_without_number_price_or_date_are_items(
    rows: dict[tuple[str, int], PlannedRow],
) -> None:
    assert rows[(MAIN, 252)].asset_number is None
    assert rows[(MAIN, 98)].fields["price"] is None
    assert rows[(MAIN, 169)].fields["acquired_on"] is None


def test_a_link_formula_gives_its_label_and_nothing_else(
    rows: dict[tuple[str, int], PlannedRow],
) -> None:
    assert rows[(MAIN, 121)].fields["name"] == "ชุดอุปกรณ์รับสัญญาณ DLTV"


def test_a_very_long_name_is_shortened_and_kept_whole(
    rows: dict[tuple[str, int], PlannedRow],
) -> None:
    row = rows[(MAIN, 31)]
    assert len(row.fields["name"]) <= 300 < len(row.fields["description"])
    assert [remark.code for remark in row.remarks] == ["name_shortened"]


def test_a_match_points_at_the_item_and_proposes_the_room(
    rows: dict[tuple[str, int], PlannedRow], office: Plan
) -> None:
    for row in office.rows:
        if row.kind is Kind.MATCH:
            assert row.same_as is not None
            first = rows[row.same_as]
            same = first.fields["room_text"] == row.fields["room_text"]
            assert row.room == ("confirmed" if same else "proposed")


def test_sections_speak_for_the_rows_below(rows: dict[tuple[str, int], PlannedRow]) -> None:
    room = "ห้อง 231"
    assert rows[(room, 7)].fields["class_text"] == "ครุภัณฑ์คอมพิวเตอร์"
    assert rows[(room, 34)].fields["below_threshold"] is True
    assert rows[(room, 44)].fields["condition"] == "damaged"
    assert rows[(room, 7)].fields["unit_text"] == "โรงเรียนบางตัวอย่างวิทยา"


def test_buddhist_years_in_iso_form_and_old_numbers_are_read(
    rows: dict[tuple[str, int], PlannedRow],
) -> None:
    fields = rows[("รับโอน", 3)].fields
    assert fields["acquired_on"].isoformat() == "2012-12-12"
    assert (fields["old_numbers"], fields["acquire_method"]) == (["384/55"], "transferred")


def test_unknown_columns_are_kept(rows: dict[tuple[str, int], PlannedRow]) -> None:
    assert rows[("EXPORT", 2)].fields["extra"]["INSPECTION_RESULTS"] == "พบ"
