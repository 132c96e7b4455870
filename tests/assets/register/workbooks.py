"""Small workbooks to send, and the way through the import's pages."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from assets.register.views import import_thread

HEAD = ("เลขครุภัณฑ์", "รายการ", "ราคา")
PATIENCE = 60.0


def xlsx(*rows: Sequence[Any], head: Sequence[str] = HEAD, sheet: str = "ทะเบียน") -> bytes:
    """Return a workbook with one sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as made:
        page = made.add_worksheet(sheet)
        for number, row in enumerate([head, *rows]):
            page.write_row(number, 0, row)
    return out.getvalue()


def upload(
    client: FlaskClient, unit_id: int, data: bytes, name: str = "ทะเบียน.xlsx"
) -> TestResponse:
    """Send a file and wait until its plan is made; return the answer to the upload."""
    answer = client.post(
        "/register/imports",
        data={"file": (io.BytesIO(data), name), "unit_id": str(unit_id)},
        content_type="multipart/form-data",
    )
    if answer.location:
        import_thread.wait(number_of(answer), PATIENCE)
    return answer


def number_of(answer: TestResponse) -> int:
    """Return the number of the import that an answer leads to."""
    return int(answer.location.rsplit("/", 1)[1])


def decide(client: FlaskClient, import_id: int, act: str = "apply", **fields: str) -> TestResponse:
    """Press a button of an import's page as it stands now, and wait until the work is done."""
    page = client.get(f"/register/imports/{import_id}").text
    version = re.search(r'name="version"[^>]*value="(\d+)"', page)
    sent = {"version": version[1] if version else "", "key": f"key of {act} {import_id} abcdef"}
    answer = client.post(f"/register/imports/{import_id}/{act}", data={**sent, **fields})
    import_thread.wait(import_id, PATIENCE)
    return answer
