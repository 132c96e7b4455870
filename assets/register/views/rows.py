"""The rows of the list as they are drawn, which is kept.

A row is drawn from its values alone: one that has not changed since the last time, for whoever
reads the same columns in the same language on the same day, is not drawn again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from flask import current_app
from markupsafe import Markup

from assets.register.columns import EXTRA, ListColumn
from assets.register.views.cells import Show, shower
from kernel import clock
from kernel.i18n import language

MOST_KEPT = 4096
# Names of places and people, which in a narrow column would break at every second syllable.
ROOMY = ("place", "holder", "owner", "class", "custodian", "vendor", "note")


@dataclass(frozen=True, eq=False)
class Look:
    """How the rows of a list are drawn.

    Attributes:
        cells: of each column its label, its class, and what makes a cell's content.
        ticks: a row can be ticked.
    """

    cells: tuple[tuple[str, str, Show], ...]
    ticks: bool


def drawn(
    rows: Sequence[Any], shown: Sequence[ListColumn], stem: str, *, ticks: bool
) -> Iterator[Markup]:
    """Return the rows in the language spoken now.

    Args:
        rows: of ``list_queries.items``.
        shown: the columns, in their order.
        stem: the address of an item without its number.
        ticks: rows can be ticked.
    """
    look = _look(tuple(shown), stem, ticks, language(), clock.today())
    # The fields of a class lie in a dictionary, which no row with them can be found again by.
    own_fields = any(column.key.startswith(EXTRA) for column in shown)
    draw = _row.__wrapped__ if own_fields or current_app.debug else _row
    return (draw(row, look) for row in rows)


@lru_cache(64)
def _look(
    shown: tuple[ListColumn, ...],
    stem: str,
    ticks: bool,  # noqa: FBT001 - a cache key
    _spoken: str,
    _today: date,
) -> Look:
    cells = tuple((str(one.label), _class_of(one), shower(one, stem)) for one in shown)
    return Look(cells, ticks)


def _class_of(column: ListColumn) -> str:
    if column.key == "name":
        return "cell-main"
    if column.key in ROOMY:
        return "cell-roomy"
    return "number" if column.is_number else ""


@lru_cache(MOST_KEPT)
def _row(row: Any, look: Look) -> Markup:  # noqa: ANN401 - a row of the list
    cells = [(label, css, show(row)) for label, css, show in look.cells]
    template: Any = current_app.jinja_env.get_template("assets/register/_row.html").module
    return Markup(template.row(row.id, cells, look.ticks))  # noqa: S704 - our own template
