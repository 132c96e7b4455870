"""What the address asks for: the day, the register, and the filters; and how the pages offer them.

The day may be typed in any way the service reads days: ``30/9/2569``, ``30 ก.ย. 2569``,
``2026-09-30``. What cannot be read is said, and today stands in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for
from sqlalchemy import select

from assets.catalogue import queries as catalogue
from assets.register import queries as register
from assets.register import valuation
from assets.register.views.naming import name_of
from assets.values import access
from assets.values.queries.books import Book, Wanted
from assets.values.queries.summary import By
from kernel import clock, thai
from kernel.access import viewer
from kernel.db import db, thai_order
from kernel.i18n import gettext as _
from kernel.i18n import language, speaking
from kernel.pages import show_date
from office.places.models import Unit
from office.places.naming import office_name

LONGEST_ID = 12
EARLIEST = date(1900, 1, 1)
NAMED = 3
NAMES = ("on", "book", "unit", "room", "class", "by", "year")
ENDINGS = (("xlsx", "Excel"), ("csv", "CSV"))


@dataclass(frozen=True)
class Asked:
    """The address, read: what is wanted, the day as it was typed, and what could not be read."""

    wanted: Wanted
    typed: str
    problem: str
    class_id: int | None
    classes: Sequence[Any]
    units: Sequence[Any]

    @property
    def units_are_many(self) -> bool:
        """Whether there is anything to choose between."""
        return len(self.units) > 1


def asked(book: Book | None = Book.CAPITAL) -> Asked:
    """Read the address; ``book`` is the register where it names none."""
    typed = request.args.get("on", "")[:40].strip()
    on, problem = _day(typed)
    classes, units = catalogue.classes(), _units()
    class_id = _id("class")
    by_id = {unit.id: unit for unit in units}
    wanted = Wanted(
        on=on,
        convention=valuation.in_force(),
        book=Book(request.args["book"]) if request.args.get("book") in set(Book) else book,
        unit=by_id.get(_id("unit") or 0),
        class_ids=_with_those_under(class_id, classes) if class_id else frozenset(),
        room_id=_id("room"),
    )
    return Asked(wanted, typed, problem, class_id, classes, units)


def year_asked() -> tuple[int, str]:
    """Return the fiscal year of the address (the last one that is over), and what was typed."""
    typed = request.args.get("year", "")[:10].strip()
    this = thai.fiscal_year(clock.today())
    try:
        year = thai.parse_year(typed) + thai.BUDDHIST_OFFSET if typed else this
    except ValueError:
        return this, typed
    return min(max(year, this - 60), this), typed


def _day(typed: str) -> tuple[date, str]:
    if not typed:
        return clock.today(), ""
    try:
        day = thai.parse_date(typed)
    except ValueError:
        return clock.today(), _("“%(typed)s” is not a day; this is today.", typed=typed)
    if day < EARLIEST:
        return clock.today(), _("“%(typed)s” is not a day; this is today.", typed=typed)
    return day, ""


def _id(name: str) -> int | None:
    raw = request.args.get(name, "")
    return int(raw) or None if raw.isdecimal() and len(raw) < LONGEST_ID else None


def _units() -> Sequence[Unit]:
    reach = viewer().scope(access.SEE)
    return db.session.scalars(
        select(Unit).where(reach.clause(Unit.id)).order_by(Unit.kind, thai_order(Unit.name_th))
    ).all()


def _with_those_under(class_id: int, classes: Sequence[Any]) -> frozenset[int]:
    found = {class_id}
    grown = True
    while grown:
        under = {one.id for one in classes if one.parent_id in found}
        grown = not under <= found
        found |= under
    return frozenset(found)


def books_of(found: Asked, code: str | None = None) -> str:
    """Return whose books are read, in a language: a unit, the office, or the reader's units."""
    with speaking(code or language()):
        if found.wanted.unit is not None:
            return name_of(found.wanted.unit)
        if viewer().scope(access.SEE).units is None:
            return office_name(language())
        names = [name_of(unit) for unit in found.units[:NAMED]]
        return ", ".join(names) + (" …" if len(found.units) > NAMED else "")


def address(endpoint: str, **parts: int | str) -> str:
    """Return the address of another page or file for what this page is asked for."""
    kept = {name: request.args[name] for name in NAMES if request.args.get(name)}
    everything: dict[str, Any] = {**kept, **parts}
    return url_for(endpoint, **everything)


def files(endpoint: str, **parts: int | str) -> list[tuple[str, str]]:
    """Return name and address of the workbook and of the CSV of what this page is asked for."""
    return [(name, address(endpoint, ending=ending, **parts)) for ending, name in ENDINGS]


def groups(found: Asked) -> list[dict[str, Any]]:
    """Return the filters as the filter bar wants them."""
    wanted, bars = found.wanted, []
    units = [(str(unit.id), name_of(unit)) for unit in found.units]
    unit_id = wanted.unit.id if wanted.unit else None
    if found.units_are_many:
        bars.append(_group("unit", _("Unit"), unit_id, units, _("all units")))
    if unit_id is not None:
        rooms = [(str(room.id), room.name) for room in register.rooms_of(unit_id)]
        bars.append(_group("room", _("Room"), wanted.room_id, rooms, _("all rooms")))
    classes = [(str(one.id), one.name) for one in found.classes]
    return [*bars, _group("class", _("Class"), found.class_id, classes, _("all classes"))]


def _group(name: str, label: str, value: object, choices: list[Any], every: str) -> dict[str, Any]:
    return {"name": name, "label": label, "value": value, "choices": choices, "any": every}


def tabs(active: str) -> list[dict[str, Any]]:
    """Return the pages of the room as tabs that keep the day and the filters."""
    kept: dict[str, Any] = {n: request.args[n] for n in ("on", "unit") if request.args.get(n)}
    entries = (
        ("capital", _("Capital items"), url_for("values.register", **kept)),
        ("low", _("Low-value items"), url_for("values.register", book=Book.LOW.value, **kept)),
        ("class", _("By class"), url_for("values.summary", **kept)),
        ("unit", _("By unit"), url_for("values.summary", by=By.UNIT.value, **kept)),
        ("changes", _("Additions and disposals"), url_for("values.changes", **kept)),
    )
    return [{"label": label, "href": at, "active": key == active} for key, label, at in entries]


def shortcuts() -> list[tuple[str, str]]:
    """Return days that are often asked for: today, and the ends of the last fiscal years."""
    today = clock.today()
    year = today.year if today.month >= 10 else today.year - 1
    ends = [date(year - back, 9, 30) for back in range(3)]
    return [("", _("Today")), *((end.isoformat(), show_date(end, "short")) for end in ends)]
