"""Letters for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from kernel.access import Viewer
from kernel.db import db
from office.letters.models import Letter
from office.letters.rules import registering
from office.letters.states import Book
from office.places.models import Unit
from tests.factories.office import TESTER, in_work

FIELDS = {
    "letter_no": "ศธ 04999/15",
    "dated_on": date(2026, 11, 20),
    "sender": "หน่วยงานตัวอย่าง",
    "recipient": "สำนักงานเขตตัวอย่าง",
    "subject": "ขอข้อมูลระบบเครือข่าย",
}


def make_letter(
    unit: Unit, book: Book = Book.IN, *, by: Viewer = TESTER, again: bool = True, **overrides: Any
) -> Letter:
    """Return a letter in the register of a unit; ``code`` and ``answers`` go to the rule."""
    told = {name: overrides.pop(name) for name in ("code", "answers") if name in overrides}
    fields = {**FIELDS, **overrides}
    if book != Book.IN:
        fields.pop("letter_no")
    with in_work():
        if told.get("answers") is not None:
            told["answers"] = db.session.get_one(Letter, told["answers"].id)
        return registering.register(book, unit.id, fields, by=by, again=again, **told)
