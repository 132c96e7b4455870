"""Columns that are fields of the item's class."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from assets.catalogue.models import ExtraField
from assets.catalogue.states import FieldKind
from assets.register.models import Asset
from assets.register.rules import import_writer, imports
from kernel.db import db
from kernel.work import work
from tests.assets.register.workbooks import xlsx
from tests.factories.assets import make_class
from tests.factories.office import TESTER, in_work, make_office

HEAD = ("เลขครุภัณฑ์", "รายการ", "ราคา", "ขนาดจอ", "สี")


@pytest.mark.parametrize(
    ("said", "kept"), [("๑๕.๖ นิ้ว", {"x_size": "15.6"}), ("ใหญ่", {"ขนาดจอ": "ใหญ่"})]
)
def test_a_heading_named_as_a_field_of_the_class_fills_it(
    said: str, kept: dict[str, str], app: Flask, tmp_path: Path
) -> None:
    unit = make_office()
    made = make_class(code="7440-009")
    with in_work():
        db.session.add(
            ExtraField(
                class_id=made.id,
                key="x_size",
                name_th="ขนาดจอ",
                kind=FieldKind.NUMBER,
                unit_th="นิ้ว",
            )
        )
    path = tmp_path / "file.xlsx"
    path.write_bytes(xlsx(("7440-009-0001", "โน้ตบุ๊ก", 100, said, "ดำ"), head=HEAD))
    examined = imports.examine(path, name=path.name, unit=unit)
    with work():
        import_writer.Writer(unit=unit, by=TESTER).write(examined.outcomes)
    assert db.session.scalars(select(Asset.extra)).one() == {**kept, "สี": "ดำ"}
