"""Bringing a workbook into the register: read, plan, compare; ``import_writer`` writes.

A file is written in steps of some hundred rows, each its own unit of work opened by the door: a
large file does not lock out people who report faults meanwhile, progress is real, and a killed
server leaves whole items only. Starting again goes on where it stopped, because what is in the
register is found again and never taken twice (R-M4).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select

from assets.register import mappings, shapes
from assets.register.import_models import SavedMapping
from assets.register.index import DatabaseIndex
from assets.register.own_columns import OwnFields
from assets.register.workbook.cells import Book
from assets.register.workbook.files import read_book
from assets.register.workbook.outcomes import Outcome, decide
from assets.register.workbook.plan import Plan, plan_book
from assets.register.workbook.reading import Progress
from assets.register.workbook.reasons import Unreadable
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from office.bookkeeping import audit
from office.places.models import Unit

# The column that the file of refused rows adds; brought in again, it is not kept.
REASON_HEADINGS = ("สาเหตุที่ไม่รับ", "Why it was refused")


@dataclass(frozen=True)
class Examined:
    """A file as read and compared: what would become of each row, and how it was read.

    ``remembered`` names the saved mapping by which a sheet was read, by sheet.
    """

    outcomes: list[Outcome]
    plan: Plan
    book: Book
    strange_units: Mapping[str, int]
    remembered: Mapping[str, str] = field(default_factory=dict)


def examine(
    path: Path,
    *,
    name: str,
    unit: Unit,
    kept: Sequence[Mapping[str, Any]] = (),
    saved: Sequence[SavedMapping] = (),
    progress: Progress | None = None,
) -> Examined:
    """Say what bringing in a file would do, row by row; nothing is written.

    Args:
        path: the file.
        name: what the person calls it.
        unit: whose books it is for.
        kept: how its sheets are to be read, where a person chose that (see ``mappings``).
        saved: readings kept for headings like these; the first that fits a sheet reads it.
        progress: called with rows done and rows in all.

    Raises:
        Unreadable: the file cannot be read at all; its reason says why and what to do.
    """
    book = read_book(path, name=name)
    chosen = mappings.chosen_by_people(book, kept)
    settled = chosen.keys() | {entry["sheet"] for entry in kept}
    remembered = shapes.recalled(book, saved, settled)
    chosen |= {sheet: mapping for sheet, (_name, mapping) in remembered.items()}
    own = OwnFields()
    chosen = {sheet: own.only_known(mapping) for sheet, mapping in chosen.items()}
    plan = plan_book(book, today=clock.today(), mappings=chosen, progress=progress)
    own.remark(plan)
    outcomes = decide(plan, DatabaseIndex(plan, unit, own))
    names = {sheet: name for sheet, (name, _mapping) in remembered.items()}
    return Examined(outcomes, plan, book, _strange_units(plan, unit), names)


def _strange_units(plan: Plan, unit: Unit) -> dict[str, int]:
    """Return the units that the file names and the service does not know, with their rows."""
    known = units_below(unit)
    named = Counter(text for row in plan.items if (text := row.fields.get("unit_text") or ""))
    return {text: count for text, count in named.items() if thai.search_key(text) not in known}


def units_below(unit: Unit) -> dict[str, int]:
    """Return the ids of a unit and of those under it by every name they have."""
    found: dict[str, int] = {}
    query = select(Unit.id, Unit.code, Unit.name_th, Unit.name_en).where(
        Unit.path.startswith(unit.path, autoescape=True)
    )
    for row in db.session.execute(query.order_by(Unit.path)):
        for text in (row.code, row.name_th, row.name_en):
            if text:
                found.setdefault(thai.search_key(text), row.id)
    return found


def compare(path: Path, *, name: str, unit: Unit) -> list[Outcome]:
    """Say what bringing in a file would do (see ``examine``).

    Raises:
        Refusal: the file cannot be read at all; the sentence says why and what to do.
    """
    try:
        return examine(path, name=name, unit=unit).outcomes
    except Unreadable as error:
        raise Refusal(error.reason.text) from error


def note_import(subject: Any, *, by: Viewer, counts: Mapping[str, int]) -> None:  # noqa: ANN401
    """Write down that a file was brought in, with what became of its rows."""
    audit.record("brought_in", subject, by=by, after=dict(counts))
