"""Workbooks for the tests: written with the code that offices' own files never saw."""

import datetime as dt
from pathlib import Path
from typing import Any

import xlsxwriter

from assets.register.workbook.cells import Book, Sheet
from assets.register.workbook.plan import Plan, plan_book, plan_file
from assets.register.workbook.planned import PlannedRow

DATA = Path(__file__).resolve().parents[3] / "data"
TODAY = dt.date(2026, 11, 22)


def write_book(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    """Write rows to an .xlsx; `=…` becomes a formula without result, dates become Excel dates."""
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "d mmm yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if isinstance(value, dt.date):
                    sheet.write_datetime(row, column, value, day)
                elif isinstance(value, str) and value.startswith("="):
                    sheet.write_formula(row, column, value, None, "")
                elif value is not None:
                    sheet.write(row, column, value)
    book.close()
    return path


def plan(path: Path, **how: Any) -> Plan:
    """Plan a file as of the tests' day."""
    return plan_file(path, today=TODAY, **how)


def plan_rows(rows: list[list[Any]], name: str = "ทะเบียน", **how: Any) -> list[PlannedRow]:
    """Plan one sheet given as rows of raw values."""
    return plan_sheets({name: rows}, **how).rows


def plan_sheets(sheets: dict[str, list[list[Any]]], **how: Any) -> Plan:
    """Plan sheets given as rows of raw values."""
    return plan_book(
        Book("book.xlsx", [Sheet(name, padded(rows)) for name, rows in sheets.items()]),
        today=TODAY,
        **how,
    )


def padded(rows: list[list[Any]]) -> list[list[Any]]:
    """Return the rows at one width, blanks as the reader gives them."""
    width = max((len(row) for row in rows), default=0)
    return [["" if v is None else v for v in row] + [""] * (width - len(row)) for row in rows]


def kinds(rows: list[PlannedRow]) -> list[str]:
    """Return the kind of each row, with the code of what refuses it."""
    return [
        f"refuse {row.reason.code}" if row.kind == "refuse" and row.reason else row.kind.value
        for row in rows
    ]


HEAD = ["ลำดับ", "เลขครุภัณฑ์", "รายการ", "ยี่ห้อ", "วันที่ได้มา", "ราคา", "จำนวน", "ที่ตั้ง", "หมายเหตุ"]


def line(
    number: Any = "7440-001-0001",
    name: Any = "เครื่องพิมพ์เลเซอร์",
    brand: Any = "Epson",
    day: Any = "1 ต.ค. 2560",
    price: Any = 9_000.0,
    quantity: Any = 1.0,
    room: Any = "ห้อง 231",
    note: Any = "",
) -> list[Any]:
    """Return one row under `HEAD`."""
    return [1.0, number, name, brand, day, price, quantity, room, note]
