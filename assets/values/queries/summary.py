"""Sums for each class and for each unit on a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import select

from assets.catalogue.models import AssetClass
from assets.values.queries import books
from assets.values.queries.books import Figures, Wanted
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import language
from office.places.models import Unit


class By(StrEnum):
    """What is summed up: each class of items, or each unit."""

    CLASS = "class"
    UNIT = "unit"


@dataclass(frozen=True)
class Row:
    """One line of a summary: what it is of, and its sums; ``id`` None for what has no class."""

    id: int | None
    code: str
    name: str
    figures: Figures = field(default_factory=Figures)


def summary(viewer: Viewer, wanted: Wanted, by: By) -> tuple[list[Row], Figures]:
    """Return the lines of a summary by their codes, what has no class last, and the total."""
    found: dict[int | None, Figures] = {}
    for group in books.groups(viewer, wanted):
        key = group.class_id if by == By.CLASS else group.owner_id
        found.setdefault(key, Figures()).add(group.worth, group.items)
    named = {row.id: row for row in _named(by)}
    rows = [
        Row(key, named[key].code, _name(named[key]), figures)
        if key is not None
        else Row(None, "", _("without a class"), figures)
        for key, figures in found.items()
    ]
    total = Figures()
    for row in rows:
        total.take(row.figures)
    return sorted(rows, key=lambda row: (row.id is None, row.code, row.name)), total


def _named(by: By) -> list[AssetClass] | list[Unit]:
    if by == By.CLASS:
        return list(db.session.scalars(select(AssetClass)))
    return list(db.session.scalars(select(Unit)))


def _name(row: AssetClass | Unit) -> str:
    return (row.name_en if language() == "en" else "") or row.name_th
