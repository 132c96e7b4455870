# ruff: noqa: N802 - a test that holds a rule bears the rule's number as the domain writes it
"""`flask register import`: every row of the office's real workbook is accounted for."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from assets.register.models import Asset, RegisterImport
from assets.register.states import ImportState
from kernel.db import Model, db
from tests.factories.office import make_office, make_unit

DATA = Path(__file__).resolve().parents[2] / "data"
WORKBOOK = DATA / "register_office.xlsx"
OUTCOMES = {"item": "new", "match": "match", "refuse": "refused"}
CANNOT_READ, NO_UNIT = 1, 2
PASSWORD = "EncryptedPackage".encode("utf-16-le")
BROKEN_FILES = {
    "renamed.xlsx": (b"%PDF-1.7 a letter", "PDF"),
    "nothing.xlsx": (b"", "ไฟล์ว่างเปล่า"),
    "cut-off.xlsx": (b"PK\x03\x04 and then nothing", "ไฟล์เสียหาย"),
    "locked.xlsx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + PASSWORD, "รหัสผ่าน"),
}


def bring_in(app: Flask, *arguments: str | Path) -> Result:
    return app.test_cli_runner().invoke(args=["register", "import", *map(str, arguments)])


def lines(result: Result) -> list[dict[str, Any]]:
    return [json.loads(line) for line in result.output.splitlines()]


def truth() -> list[dict[str, str]]:
    with (DATA / "register_office.truth.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def row_counts() -> dict[str, int]:
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in Model.metadata.sorted_tables
    }


def workbook(path: Path, *rows: list[str | int]) -> Path:
    with xlsxwriter.Workbook(path) as made:
        page = made.add_worksheet("ทะเบียน")
        for number, row in enumerate([["เลขครุภัณฑ์", "รายการ", "ราคา"], *rows]):
            page.write_row(number, 0, row)
    return path


def test_a_dry_run_accounts_for_every_row_as_the_truth_does(app: Flask) -> None:
    make_office()
    result = bring_in(app, WORKBOOK, "--dry-run", "--json")
    told = {(line["sheet"], line["row"]): line for line in lines(result)}
    wrong = []
    for row in truth():
        line = told.pop((row["sheet"], int(row["row"])), None)
        outcome = line["outcome"] if line else "blank"
        expected = "blank" if row["kind"] == "blank" else OUTCOMES.get(row["kind"], "skipped")
        if outcome != expected:
            wrong.append((row, outcome))
        if row["note"].startswith("quantity ") and line:
            assert line["quantity"] == int(row["note"].split()[1])
        if outcome == "refused":
            assert line
            assert line["cell"]
            assert line["reason"]
    assert (wrong, told, result.exit_code) == ([], {}, 0)


def test_a_dry_run_writes_nothing(app: Flask) -> None:
    make_office()
    before = row_counts()
    bring_in(app, WORKBOOK, "--dry-run")
    assert row_counts() == before


def test_the_register_holds_the_items_of_the_truth_and_again_brings_nothing_new(
    app: Flask,
) -> None:
    make_office()
    first = lines(bring_in(app, WORKBOOK, "--json"))
    new = {(line["sheet"], line["row"]): line for line in first if line["outcome"] == "new"}
    assert new.keys() == {(r["sheet"], int(r["row"])) for r in truth() if r["kind"] == "item"}
    pieces = sum(line["quantity"] for line in new.values())
    assert db.session.scalar(select(func.sum(Asset.quantity))) == pieces
    items = db.session.scalar(select(func.count()).select_from(Asset))

    again = Counter(line["outcome"] for line in lines(bring_in(app, WORKBOOK, "--json")))
    assert again["new"] == again["changed"] == 0
    assert db.session.scalar(select(func.count()).select_from(Asset)) == items


def test_R_M5_the_import_is_kept_with_its_counts(app: Flask, tmp_path: Path) -> None:
    make_office()
    rows: list[list[str | int]] = [["7440-001-0001", "โน้ตบุ๊ก", 100], ["7440-001-0002", "จอ", -5]]
    bring_in(app, workbook(tmp_path / "two.xlsx", *rows))
    record = db.session.scalars(select(RegisterImport)).one()
    assert record.state == ImportState.APPLIED
    assert record.rows_done == record.rows_total == 3
    assert (record.counts["new"], record.counts["refused"], record.counts["skipped"]) == (1, 1, 1)


@pytest.mark.parametrize("name", BROKEN_FILES)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(
    name: str, app: Flask, tmp_path: Path
) -> None:
    make_office()
    content, sentence = BROKEN_FILES[name]
    (tmp_path / name).write_bytes(content)
    before = row_counts()
    result = bring_in(app, tmp_path / name)
    assert result.exit_code == CANNOT_READ
    assert sentence in result.output
    assert "Traceback" not in result.output
    assert row_counts() == before


def test_without_any_unit_nothing_can_be_brought_in(app: Flask) -> None:
    result = bring_in(app, WORKBOOK)
    assert result.exit_code == NO_UNIT
    assert "ยังไม่มีหน่วยงาน" in result.output


def test_an_unknown_unit_is_told_with_the_known_ones(app: Flask) -> None:
    unit = make_unit(code="S777")
    result = bring_in(app, WORKBOOK, "--unit", "nowhere")
    assert result.exit_code == NO_UNIT
    assert unit.code in result.output


def test_a_unit_gets_the_items_into_its_own_books(app: Flask, tmp_path: Path) -> None:
    unit = make_unit()
    bring_in(
        app, workbook(tmp_path / "one.xlsx", ["7440-001-0001", "โน้ตบุ๊ก", 100]), "--unit", unit.code
    )
    assert db.session.scalars(select(Asset.owner_unit_id)).all() == [unit.id]


def test_what_differs_stays_as_the_register_has_it(app: Flask, tmp_path: Path) -> None:
    make_office()
    bring_in(app, workbook(tmp_path / "a.xlsx", ["7440-001-0001", "โน้ตบุ๊ก", 100]))
    result = bring_in(app, workbook(tmp_path / "b.xlsx", ["7440-001-0001", "โน้ตบุ๊ก", 250]))
    assert "มีอยู่แล้วแต่ข้อมูลต่าง" in result.output
    assert db.session.scalars(select(Asset.price)).one() == 100


def test_what_differs_is_taken_over_when_asked(app: Flask, tmp_path: Path) -> None:
    make_office()
    bring_in(app, workbook(tmp_path / "a.xlsx", ["7440-001-0001", "โน้ตบุ๊ก", 100]))
    bring_in(app, workbook(tmp_path / "b.xlsx", ["7440-001-0001", "โน้ตบุ๊ก", 250]), "--take-over")
    assert db.session.scalars(select(Asset.price)).one() == 250
