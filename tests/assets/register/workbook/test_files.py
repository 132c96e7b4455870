"""Files of every sort: read, or refused with a sentence that says what to do."""

import datetime as dt
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from assets.register.workbook import marks
from assets.register.workbook.files import read_book
from assets.register.workbook.reasons import Unreadable
from kernel.i18n import speaking
from tests.assets.register.workbook.sheets import HEAD, kinds, line, plan, write_book


def why(path: Path) -> str:
    with pytest.raises(Unreadable) as refused:
        read_book(path)
    with speaking("th"):
        thai = refused.value.reason.text
    with speaking("en"):
        assert refused.value.reason.text != thai
    return refused.value.reason.code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"  \n ", "empty_file"),
        (b"%PDF-1.7 renamed", "not_a_workbook"),
        (b"\x89PNG\r\n", "not_a_workbook"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "not_a_workbook"),
        (b"PK\x03\x04 torn archive", "corrupt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "corrupt"),
        (bytes(range(256)) * 40, "no_table"),
    ],
)
def test_what_is_no_workbook_is_refused_with_a_reason(
    tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(content)
    assert why(path) == code


def test_a_protected_workbook_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100
    path.write_bytes(head + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 400)
    assert why(path) == "encrypted"


def test_another_archive_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "photos.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photo.txt", "x")
    assert why(path) == "not_a_workbook"


def test_a_torn_workbook_is_damaged(tmp_path: Path) -> None:
    whole = write_book(tmp_path / "a.xlsx", {"a": [HEAD, line()]}).read_bytes()
    path = tmp_path / "torn.xlsx"
    path.write_bytes(whole[: len(whole) // 2])
    assert why(path) == "corrupt"


def test_a_file_over_the_limit_is_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assets.register.workbook.files.MAX_BYTES", 10)
    path = tmp_path / "a.csv"
    path.write_text("a,b,c\n1,2,3\n", encoding="utf-8")
    assert why(path) == "too_large"


def test_an_archive_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assets.register.workbook.files.MAX_UNPACKED", 100)
    assert why(write_book(tmp_path / "a.xlsx", {"a": [HEAD]})) == "too_large"


def test_a_stray_cell_far_out_is_refused_before_memory_is_spent(tmp_path: Path) -> None:
    path = tmp_path / "far.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("a")
    sheet.write(0, 0, "x")
    sheet.write(1_000_000, 16_000, "stray")
    book.close()
    with pytest.raises(Unreadable) as refused:
        read_book(path)
    assert refused.value.reason.values["cell"] == "WQK1000001"


def rewritten(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """Write a small workbook with one part of its archive changed."""
    source = write_book(path.with_name("whole.xlsx"), {"a": [HEAD, line()]})
    with zipfile.ZipFile(source) as read, zipfile.ZipFile(path, "w") as write:
        for name in read.namelist():
            content = read.read(name)
            assert name != part or old in content
            write.writestr(name, content.replace(old, new, 1) if name == part else content)
    return path


SHEET_XML = "xl/worksheets/sheet1.xml"


def test_a_workbook_under_another_ending_is_read_by_its_content(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"a": [HEAD, line()]})
    for ending in ("xls", "xlsb", "ods", "csv"):
        other = path.rename(path.with_suffix(f".{ending}"))
        assert kinds(plan(other).rows) == ["header", "item"]
        path = other


def test_a_sheet_that_declares_entities_is_refused_not_lost(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet'
    assert why(rewritten(tmp_path / "a.xlsx", SHEET_XML, b"<worksheet", bomb)) == "corrupt"


def test_a_cell_named_beyond_all_columns_is_refused(tmp_path: Path) -> None:
    far = b'r="ZZZZZ99999999"'
    assert why(rewritten(tmp_path / "a.xlsx", SHEET_XML, b'r="A2"', far)) == "too_many_cells"


def test_an_archive_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    path = write_book(tmp_path / "a.xlsx", {"a": [HEAD, *[line()] * 500]})
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(SHEET_XML.encode()))
    content[entry + 24 : entry + 28] = (100).to_bytes(4, "little")
    path.write_bytes(content)
    assert why(path) == "corrupt"


def test_error_cells_refuse_their_row_with_the_cell(tmp_path: Path) -> None:
    path = tmp_path / "errors.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("a")
    sheet.write_row(0, 0, HEAD)
    for row in (1, 2, 3):
        sheet.write_row(row, 0, line(f"7440-001-000{row}"))
    sheet.write_formula(1, 2, "=VLOOKUP(A1,B1,2)", None, "#REF!")
    sheet.write_formula(2, 5, "=1/0", None, "#DIV/0!")
    sheet.write_formula(3, 5, "=4000+5000", None, 9000)
    book.close()
    planned = plan(path).rows
    assert kinds(planned) == ["header", "refuse error_cell", "refuse error_cell", "item"]
    assert [row.cell for row in planned] == [None, "C2", "F3", None]
    assert str(planned[3].fields["price"]) == "9000.00"


def test_a_formula_without_result_is_refused_and_never_computed(tmp_path: Path) -> None:
    rows = [HEAD, line(name='=A1&"x"'), line("7440-001-0002", price="=1+1")]
    planned = plan(write_book(tmp_path / "a.xlsx", {"a": rows})).rows
    assert kinds(planned) == ["header", "refuse formula_cell", "refuse formula_cell"]
    assert planned[2].cell == "F3"


def test_excel_dates_of_both_eras_are_read(tmp_path: Path) -> None:
    rows = [
        HEAD,
        line(day=dt.date(2017, 10, 1)),
        line("7440-001-0002", day=dt.date(2560, 10, 1)),
        line("7440-001-0003", day=43_009.0),
        line("7440-001-0004", day=dt.date(9999, 12, 31)),
        line("7440-001-0005", day=dt.date(2100, 1, 1)),
    ]
    planned = plan(write_book(tmp_path / "a.xlsx", {"a": rows})).rows[1:]
    assert [row.fields["acquired_on"] for row in planned[:3]] == [dt.date(2017, 10, 1)] * 3
    assert kinds(planned[3:]) == ["refuse bad_date", "refuse date_in_future"]


def test_merged_cells_speak_for_all_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("a")
    sheet.write_row(0, 0, HEAD)
    for row in (1, 2, 3):
        sheet.write_row(row, 0, line(f"7440-001-000{row}")[:7])
    sheet.merge_range("H2:H4", "ห้อง 9")
    book.close()
    assert [row.fields["room_text"] for row in plan(path).rows[1:]] == ["ห้อง 9"] * 3


def test_hidden_rows_and_columns_count_like_others(tmp_path: Path) -> None:
    path = tmp_path / "hidden.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("front")
    sheet = book.add_worksheet("back")
    sheet.write_row(0, 0, HEAD)
    sheet.write_row(1, 0, line())
    sheet.set_row(1, None, None, {"hidden": True})
    sheet.set_column("B:B", None, None, {"hidden": True})
    book.close()
    assert plan(path).rows[1].asset_number == "7440-001-0001"


CSV = "ลำดับ{0}เลขครุภัณฑ์{0}รายการ{0}ราคา\r\n1{0}7440-001-0001{0}จอภาพ{0}3500\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "tis-620", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_of_every_sort_is_read(tmp_path: Path, encoding: str, mark: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(CSV.format(mark).encode(encoding))
    planned = plan(path).rows
    assert kinds(planned) == ["header", "item"]
    assert (planned[1].sheet, planned[1].fields["name"]) == ("list", "จอภาพ")


def test_the_sheet_of_an_uploaded_csv_has_the_name_the_person_knows(tmp_path: Path) -> None:
    path = tmp_path / "tmp123"
    path.write_bytes(CSV.format(",").encode())
    assert plan(path, name="ทะเบียน 2569.csv").rows[0].sheet == "ทะเบียน 2569"


def test_quoted_commas_and_line_breaks_stay_in_their_csv_cell(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        'เลขครุภัณฑ์,รายการ,ราคา\n7440-001-0001,"จอ, ใหญ่\n24 นิ้ว","3,500.00"\n', encoding="utf-8-sig"
    )
    row = plan(path).rows[1]
    assert (row.fields["name"], str(row.fields["price"])) == ("จอ, ใหญ่ 24 นิ้ว", "3500.00")


def test_scanning_finds_formulas_errors_and_merges_with_any_prefix() -> None:
    xml = (
        b'<x:c r="A1"><x:f>1+1</x:f><x:v>2</x:v></x:c><x:c r="B1" s="3"/>'
        b'<x:c r="C2" t="e"><x:v>#N/A</x:v></x:c><mergeCell ref="A1:B2"/>'
    )
    found = marks.scan("a", xml)
    assert found.formulas == {(0, 0): "1+1"}
    assert found.errors == {(1, 2): "#N/A"}
    assert found.merged == [((0, 0), (1, 1))]
