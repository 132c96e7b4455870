"""The registers of letters as PDF (forms 13 and 14 of the regulation) and as a table.

The PDF is in Thai with Thai digits, whatever the reader speaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.tables import Column
from kernel.tables import Kind as Cell
from kernel.thai import format_date, thai_digits
from office.letters.models import Letter
from office.letters.states import BOOKS, LETTERS, URGENCIES, Book, State, Urgency
from office.papers import engine

FOLDER = Path(__file__).parent / "paper"
TITLES = {
    Book.IN: "ทะเบียนหนังสือรับ",
    Book.OUT: "ทะเบียนหนังสือส่ง",
    Book.CIRCULAR: "ทะเบียนหนังสือเวียน",
}
FORMS = {Book.IN: "แบบที่ ๑๓", Book.OUT: "แบบที่ ๑๔", Book.CIRCULAR: "แบบที่ ๑๔"}


@dataclass(frozen=True)
class Line:
    """One line of a register as it is printed."""

    number: int
    letter_no: str
    dated_on: date
    sender: str
    recipient: str
    subject: str
    action: str
    remark: str


def line_of(letter: Letter) -> Line:
    """Return the line of a letter."""
    with speaking("th"):
        return Line(
            letter.number,
            letter.letter_no,
            letter.dated_on,
            letter.sender,
            letter.recipient,
            letter.subject,
            action_of(letter),
            remark_of(letter),
        )


def action_of(letter: Letter) -> str:
    """Return what stands under การปฏิบัติ: the outcome, else who holds it."""
    if letter.state == State.CANCELLED:
        return _("cancelled: %(why)s", why=letter.cancelled_why)
    if letter.outcome:
        return letter.outcome
    return letter.holder.name if letter.holder else ""


def remark_of(letter: Letter) -> str:
    """Return urgency, enclosures and remark in a line."""
    hurry = "" if letter.urgency == Urgency.NORMAL else str(URGENCIES[Urgency(letter.urgency)])
    return " · ".join(part for part in (hurry, letter.enclosures, letter.note) if part)


def columns() -> list[Column[Letter]]:
    """Return the columns of the table, named in the language spoken now."""
    return [
        Column(_("Register book"), lambda one: str(BOOKS[Book(one.book)])),
        Column(_("Number in the register"), lambda one: one.shown_number),
        Column(_("Registered"), lambda one: one.registered_at, Cell.MOMENT),
        Column(_("Number on the letter"), lambda one: one.letter_no, width=24),
        Column(_("Dated"), lambda one: one.dated_on, Cell.DAY),
        Column(_("Sender of the letter"), lambda one: one.sender, width=32),
        Column(_("To"), lambda one: one.recipient, width=32),
        Column(_("Subject of the letter"), lambda one: one.subject, width=48),
        Column(_("What was done"), action_of, width=32),
        Column(_("State"), lambda one: str(LETTERS.faces[State(one.state)].label)),
        Column(_("Wants an answer by"), lambda one: one.answer_by, Cell.DAY),
        Column(_("Remark"), remark_of, width=32),
        Column(_("Register of"), lambda one: one.unit.name, width=32),
    ]


WIDTHS = (
    ("เลขทะเบียน", 18, "center"),
    ("ที่", 34, "left"),
    ("ลงวันที่", 23, "left"),
    ("จาก", 38, "left"),
    ("ถึง", 38, "left"),
    ("เรื่อง", 0, "left"),
    ("การปฏิบัติ", 38, "left"),
    ("หมายเหตุ", 30, "left"),
)


def register(book: Book, year: int, lines: Sequence[Line], *, unit: str, office: str) -> bytes:
    """Print a register of one unit and calendar year.

    Args:
        book: letters in, letters out, circulars.
        year: in the Buddhist era.
        lines: in the order of their numbers.
        unit: whose register.
        office: the name of the agency.
    """
    data = {
        "title": TITLES[book],
        "form": FORMS[book],
        "year": thai_digits(str(year)),
        "unit": unit,
        "office": office,
        "list": {
            "columns": [
                {"label": label, "width": width, "align": align, "ticks": False}
                for label, width, align in WIDTHS
            ],
            "rows": [{"group": "", "cells": _cells(one)} for one in lines],
            "sum": "",
        },
    }
    return engine.render(FOLDER / "register.typ", data, tagged=len(lines) < 1000)


def _cells(one: Line) -> list[str]:
    return [
        thai_digits(str(one.number)),
        thai_digits(one.letter_no),
        format_date(one.dated_on, language="th", style="short", digits="thai"),
        one.sender,
        one.recipient,
        one.subject,
        one.action,
        one.remark,
    ]
