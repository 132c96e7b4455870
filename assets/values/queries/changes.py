"""What came into the books and what left them in a fiscal year.

Into: acquired in the year, or put into these books by a transfer for good. Out of: struck off in
the year, or transferred into other books. For all books together a transfer is neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from assets.register import past, valuation
from assets.register.models import Asset, Movement
from assets.register.states import GONE, MoveCause
from assets.register.valuation import Worth
from assets.values import access
from assets.values.queries import books
from assets.values.queries.books import Figures, Wanted
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.thai import BUDDHIST_OFFSET
from office.bookkeeping.models import AuditEntry
from office.places.models import Unit

MOST = 5000
Giver, Taker = aliased(Unit), aliased(Unit)
FROM_UNIT = AuditEntry.before["owner_unit_id"].as_integer()
TO_UNIT = AuditEntry.after["owner_unit_id"].as_integer()


class Way(StrEnum):
    """How an item came into the books or left them."""

    ACQUIRED = "acquired"
    TRANSFERRED_IN = "transferred_in"
    STRUCK_OFF = "struck_off"
    TRANSFERRED_OUT = "transferred_out"


@dataclass(frozen=True)
class Change:
    """One item that came or went, on which day, and what it was worth at the end of that day."""

    way: Way
    on: date
    card: Any
    worth: Worth


@dataclass(frozen=True)
class YearOfChanges:
    """The changes of a year between its opening and its closing sums."""

    first: date
    last: date
    opening: Figures
    closing: Figures
    came: list[Change]
    went: list[Change]

    @property
    def added(self) -> Figures:
        """The sums of what came."""
        return _sums(self.came)

    @property
    def removed(self) -> Figures:
        """The sums of what went."""
        return _sums(self.went)


def days_of(fiscal_year: int) -> tuple[date, date]:
    """Return the first and the last day of a fiscal year of the Buddhist era (R-DP2)."""
    year = fiscal_year - BUDDHIST_OFFSET
    return date(year - 1, 10, 1), date(year, 9, 30)


def changes(viewer: Viewer, wanted: Wanted, fiscal_year: int) -> YearOfChanges:
    """Return what came and went in a fiscal year; ``wanted.on`` is not asked for.

    At most 5,000 of each kind are listed; the sums of opening and closing are of everything.
    """
    first, last = days_of(fiscal_year)
    before, after = (replace(wanted, on=day) for day in (first - timedelta(days=1), last))
    came = [*_acquired(viewer, wanted, first, last), *_rebooked(viewer, wanted, first, last, True)]
    went = [*_struck(viewer, wanted, first, last), *_rebooked(viewer, wanted, first, last, False)]
    return YearOfChanges(
        first=first,
        last=last,
        opening=books.figures(viewer, before),
        closing=books.figures(viewer, after),
        came=sorted(came, key=lambda change: change.on),
        went=sorted(went, key=lambda change: change.on),
    )


def _sums(found: list[Change]) -> Figures:
    total = Figures()
    for change in found:
        total.add(change.worth)
    return total


FURTHER: dict[str, Any] = {
    "unit_name_th": Unit.name_th,
    "unit_name_en": Unit.name_en,
    "unit_word": Asset.unit_word,
    "acquire_method": Asset.acquire_method,
    "doc_ref": Asset.doc_ref,
}


def _acquired(viewer: Viewer, wanted: Wanted, first: date, last: date) -> Iterator[Change]:
    """Yield what was acquired in the year, in the books of the unit that acquired it."""
    then = past.at_end_of(first - timedelta(days=1))
    inside = [
        Asset.lifecycle.not_in(past.NEVER_IN),
        Asset.acquired_on.between(first, last),
        or_(Asset.lifecycle.not_in(GONE), past.struck_off_at().is_not(None)),
    ]
    for row in _read(viewer, wanted, then, inside):
        worth = valuation.of_row_on(row, row.acquired_on, wanted.convention)
        yield Change(Way.ACQUIRED, row.acquired_on, row, worth)


def _struck(viewer: Viewer, wanted: Wanted, first: date, last: date) -> Iterator[Change]:
    then = past.at_end_of(last)
    inside = [
        Asset.lifecycle.in_(GONE),
        past.struck_off_at() >= past.morning_of(first),
        past.struck_off_at() < past.night_after(last),
    ]
    for row in _read(viewer, wanted, then, inside):
        day = clock.local(row.struck_off_at).date()
        yield Change(Way.STRUCK_OFF, day, row, valuation.of_row_on(row, day, wanted.convention))


def _read(viewer: Viewer, wanted: Wanted, then: past.Then, inside: list[Any]) -> Iterator[Any]:
    query = valuation.cards(then, FURTHER, inside)
    if wanted.room_id is not None:
        query = then.places_joined(query)
    query = query.where(*books.terms(viewer, wanted, then))
    return valuation.read(query.order_by(Asset.asset_no_sort, Asset.id).limit(MOST))


def _rebooked(
    viewer: Viewer,
    wanted: Wanted,
    first: date,
    last: date,
    came: bool,  # noqa: FBT001 - came or went
) -> Iterator[Change]:
    """Yield what a transfer for good brought across the border of the books that are read."""
    entries = _transfers(first, last).subquery()
    reach = viewer.scope(access.SEE)
    now = past.at_end_of(clock.today())
    read = {**FURTHER, "moved_at": entries.c.at}
    query = valuation.cards(now, read, [])
    query = (
        query.join(entries, entries.c.asset_id == Asset.id)
        .join(Giver, Giver.id == entries.c.from_unit_id)
        .join(Taker, Taker.id == entries.c.to_unit_id)
    )
    ours, theirs = (Taker, Giver) if came else (Giver, Taker)
    query = query.where(reach.clause(ours.id))
    if wanted.unit is not None:
        path = wanted.unit.path
        query = query.where(
            ours.path.startswith(path, autoescape=True),
            ~theirs.path.startswith(path, autoescape=True),
        )
    elif reach.units is None:
        return
    else:
        query = query.where(~reach.clause(theirs.id))
    if wanted.class_ids:
        query = query.where(Asset.class_id.in_(wanted.class_ids))
    if wanted.book is not None:
        query = query.where(books.is_low() if wanted.book == books.Book.LOW else ~books.is_low())
    way = Way.TRANSFERRED_IN if came else Way.TRANSFERRED_OUT
    for row in db.session.execute(query.order_by(entries.c.at).limit(MOST)):
        day = clock.local(row.moved_at).date()
        yield Change(way, day, row, valuation.of_row_on(row, day, wanted.convention))


def _transfers(first: date, last: date) -> Select[Any]:
    span = (past.morning_of(first), past.night_after(last))
    moved = select(Movement.asset_id).where(
        Movement.cause == MoveCause.TRANSFER, Movement.at >= span[0], Movement.at < span[1]
    )
    return select(
        AuditEntry.subject_id.label("asset_id"),
        AuditEntry.at,
        FROM_UNIT.label("from_unit_id"),
        TO_UNIT.label("to_unit_id"),
    ).where(
        AuditEntry.subject_kind == Asset.__tablename__,
        AuditEntry.subject_id.in_(moved),
        AuditEntry.act == past.EDITED,
        AuditEntry.at >= span[0],
        AuditEntry.at < span[1],
        FROM_UNIT.is_not(None),
    )
