"""The doctor finds each fault that is planted in imports, and nothing before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from assets.register.rules import import_runs, imports
from kernel.work import work
from tests.assets.register.workbooks import xlsx
from tests.factories.office import TESTER, make_office
from tests.helpdesk.doctor.planting import found, plant, take_back

HEAD = ("เลขครุภัณฑ์", "รายการ", "ราคา")


@pytest.fixture(autouse=True)
def _one_import(app: Flask, tmp_path: Path) -> Iterator[None]:
    unit, path = make_office(), tmp_path / "file.xlsx"
    path.write_bytes(xlsx(("7440-009-0001", "โน้ตบุ๊ก", 100), head=HEAD))
    examined = imports.examine(path, name=path.name, unit=unit)
    with work():
        record = import_runs.keep(unit, "file.xlsx", path.name, by=TESTER)
        import_runs.note_plan(record, examined)
    yield
    take_back()


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("import_rows", "DELETE FROM import_row"),
        ("import_rows", "UPDATE register_import SET rows_total = rows_total + 1"),
        ("imports_alive", "UPDATE register_import SET state = 'applying', touched_at = NULL"),
        (
            "imports_alive",
            "UPDATE register_import SET state = 'applying', touched_at = '2001-01-01 00:00:00'",
        ),
    ],
)
def test_a_planted_fault_in_imports_is_found_and_none_before(name: str, fault: str) -> None:
    assert found(name) == []
    plant(fault)
    (one,) = found(name)
    assert one.startswith("register_import ")


def test_an_import_that_beats_is_not_stuck() -> None:
    plant("UPDATE register_import SET state = 'applying'")
    assert found("imports_alive") == []
