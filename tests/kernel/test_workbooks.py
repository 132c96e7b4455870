"""A workbook that would end the process that opens it is refused by everybody who takes lists."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from flask import Flask

from assets.register.workbook.files import read_book
from assets.register.workbook.reasons import Unreadable
from kernel.errors import Refusal
from kernel.workbooks import is_bearable
from office.places import sheet
from tests.assets.register.workbooks import xlsx


def reaching(cell: str) -> bytes:
    """A workbook that says to reach to a cell, in words that a pattern does not find.

    Its book names the sheets between single quotes, as XML allows and no program writes it.
    """
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx(("1", "จอภาพ", 1)))) as honest,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as lying,
    ):
        for name in honest.namelist():
            part = honest.read(name)
            if name == "xl/workbook.xml":
                part = part.replace(b'"', b"'")
            if name == "xl/worksheets/sheet1.xml":
                row = "".join(one for one in cell if one.isdigit())
                far = f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData>'
                part = part.replace(b"</sheetData>", far.encode())
            lying.writestr(name, part)
    return made.getvalue()


def test_a_workbook_that_reaches_too_far_is_opened_by_nobody(app: Flask, tmp_path: Path) -> None:
    assert is_bearable(xlsx(("1", "จอภาพ", 1)))
    file = tmp_path / "far.xlsx"
    for cell in ("XFD1048576", "ZZ1048576"):
        file.write_bytes(reaching(cell))
        with app.app_context(), pytest.raises(Refusal):
            sheet.rows_of(file.read_bytes())
        with pytest.raises(Unreadable):
            read_book(file)


def test_what_is_broken_is_left_to_who_can_say_why() -> None:
    assert is_bearable(xlsx()[:-100])
