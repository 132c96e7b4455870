"""Reading changes of many items: the change with its counts, and its lines page by page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from assets.catalogue.models import AssetClass
from assets.register.bulk_models import BulkChange, BulkLine
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.people.models import Person
from office.places.models import Room

PAGE = 100


def change_of(viewer: Viewer, change_id: int) -> BulkChange:
    """Return a change that the person has made.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    change = db.session.scalar(
        select(BulkChange).where(BulkChange.id == change_id, BulkChange.by_id == viewer.id)
    )
    if change is None:
        raise NotFound(_("There is no such change, or somebody else made it."))
    return change


def counts_of(change: BulkChange) -> dict[str, int]:
    """Return how many items a change has of each outcome."""
    rows = db.session.execute(
        select(BulkLine.outcome, func.count())
        .where(BulkLine.change_id == change.id)
        .group_by(BulkLine.outcome)
    )
    return {str(outcome): number for outcome, number in rows}


def lines_of(change: BulkChange, outcome: str = "", *, page: int = 1) -> Sequence[BulkLine]:
    """Return one page of the lines of a change with their items, and one more if any."""
    terms = [BulkLine.change_id == change.id]
    if outcome:
        terms.append(BulkLine.outcome == outcome)
    return db.session.scalars(
        select(BulkLine)
        .where(*terms)
        .options(joinedload(BulkLine.asset))
        .order_by(BulkLine.id)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    ).all()


def named(lines: Iterable[BulkLine]) -> dict[str, dict[int, str]]:
    """Return the names of the classes, rooms and people that lines speak of by their ids."""
    tables: tuple[tuple[str, Any], ...] = (
        ("class_id", AssetClass),
        ("room_id", Room),
        ("custodian_id", Person),
    )
    lines = list(lines)
    found: dict[str, dict[int, str]] = {}
    for field, table in tables:
        ids = {
            side[field] for line in lines for side in (line.before, line.after) if side.get(field)
        }
        rows = db.session.scalars(select(table).where(table.id.in_(ids))) if ids else ()
        found[field] = {row.id: row.name for row in rows}
    return found


def people_named(name: str) -> Sequence[Person]:
    """Return the people who carry exactly this name and have not left."""
    return db.session.scalars(
        select(Person)
        .where((Person.name_th == name) | (Person.name_en == name), Person.left_on.is_(None))
        .limit(2)
    ).all()
