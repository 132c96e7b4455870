"""Fills what the night has to walk through into an office of ``bench.seed``: loans and plans.

Borrowers are people of their own, so that a night has thousands of messages to write.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from assets.loans.models import Loan, LoanLine
from assets.maintenance.models import Plan
from assets.register.models import Asset
from bench import seed
from kernel import clock
from kernel.db import db
from kernel.work import work
from office.bookkeeping.models import NumberSeries
from office.people.models import Person

FIRST_BORROWER = 10_001
CLASS_OF_PLANS = 1
LONGEST_OUT = 30


@dataclass(frozen=True)
class Lent:
    """How many loans there are: ``out`` of them are out, to so many borrowers.

    Those that are out are due between ``late`` days ago and ``LONGEST_OUT`` days from today,
    where ``due_today`` does not put them all on today.
    """

    loans: int
    out: int
    borrowers: int
    late: int = 25
    due_today: bool = False


def lend(lent: Lent) -> None:
    """Write loans and borrowers down; item n is lent by loan n."""
    now = clock.now()
    with work():
        connection = db.session.connection()
        seed.insert_rows(connection, Person, _borrowers(lent))
        seed.insert_rows(connection, Loan, _loans(lent, now))
        seed.insert_rows(connection, LoanLine, _lines(lent, now))
        year = int(_number(1).partition("/")[2])
        last = {"kind": "ย.", "fiscal_year": year, "last": lent.loans}
        connection.execute(insert(NumberSeries), last)
        _catch_up(connection, Person, Loan, LoanLine)


def plan() -> None:
    """Give every unit a yearly plan for the items of one class, and every item a warranty."""
    today = clock.today()
    with work():
        connection = db.session.connection()
        seed.insert_rows(connection, Plan, _plans(today))
        _catch_up(connection, Plan)
        day = today - timedelta(days=900)
        for part in range(180):
            connection.execute(
                update(Asset)
                .where(Asset.id % 180 == part)
                .values(warranty_until=day + timedelta(days=part * 10))
            )


def _catch_up(connection: Connection, *models: Any) -> None:  # noqa: ANN401 - table classes
    if connection.dialect.name == "sqlite":
        return
    for model in models:
        last = connection.execute(select(func.max(model.id))).scalar() or 1
        name = model.__tablename__
        connection.exec_driver_sql(
            f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {int(last)})"
        )


def _borrowers(lent: Lent) -> Iterator[dict[str, Any]]:
    for n in range(lent.borrowers):
        yield {
            "id": FIRST_BORROWER + n,
            "name_th": f"ผู้ยืมตัวอย่าง {n}",
            "unit_id": 1 + n % 21,
            "email": f"borrower{n}@office.example",
            "search_key": f"ผู้ยืมตัวอย่าง {n}",
        }


def _number(n: int) -> str:
    day = clock.today()
    return f"ย.{n}/{day.year + 543 + (day.month >= 10)}"


def _due(n: int, lent: Lent, today: date) -> date:
    if lent.due_today:
        return today
    span = lent.late + LONGEST_OUT
    return today + timedelta(days=n % span - lent.late)


def _loans(lent: Lent, now: datetime) -> Iterator[dict[str, Any]]:
    for n in range(1, lent.loans + 1):
        borrower, is_out = n % lent.borrowers, n <= lent.out
        ended = now - timedelta(days=30 + n % 600)
        yield {
            "id": n,
            "number": _number(n),
            "lending_unit_id": 1,
            "borrower_id": FIRST_BORROWER + borrower,
            "borrower_unit_id": 1 + borrower % 21,
            "purpose": "จัดการเรียนการสอน",
            "official": True,
            "place_kind": "inside",
            "due_on": _due(n, lent, clock.today()) if is_out else ended.date(),
            "out_at": now - timedelta(days=27) if is_out else ended - timedelta(days=7),
            "handed_by_id": 1,
            "closed_at": None if is_out else ended,
        }


def _lines(lent: Lent, now: datetime) -> Iterator[dict[str, Any]]:
    for loan in _loans(lent, now):
        is_out = loan["closed_at"] is None
        yield {
            "id": loan["id"],
            "loan_id": loan["id"],
            "asset_id": loan["id"],
            "state": "out" if is_out else "returned",
            "due_on": loan["due_on"],
            "first_due_on": loan["due_on"],
            "out_at": loan["out_at"],
            "returned_at": loan["closed_at"],
            "condition_out": "good",
            "condition_in": None if is_out else "good",
        }


def _plans(today: date) -> Iterator[dict[str, Any]]:
    # The plan of the office itself would reach every school; a second class makes up for it.
    reaches = [(CLASS_OF_PLANS, unit_id) for unit_id in range(2, 22)] + [(CLASS_OF_PLANS + 1, 2)]
    for number, (class_id, unit_id) in enumerate(reaches, 1):
        yield {
            "id": number,
            "name_th": f"บำรุงรักษาประจำปี แผนที่ {number}",
            "class_id": class_id,
            "unit_id": unit_id,
            "counts": "months",
            "every": 12,
            "starts_on": today + timedelta(days=number - 7),
            "created_at": clock.now(),
            "version": 1,
        }
