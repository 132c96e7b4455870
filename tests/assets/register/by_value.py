"""How the order by book value is read in tests, and what it has to be by the one function."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from assets.register import columns, list_queries, valuation, worth_kept
from assets.register.filters import Filters
from kernel import clock
from kernel.access import Viewer

MOST_PAGES = 90
BOUGHT: dict[str, Any] = {"acquired_on": date(2024, 1, 1), "useful_life_years": 5}


def is_read() -> bool:
    """Tell whether the kept values may be read now."""
    return worth_kept.whole(clock.today(), valuation.in_force()) is not None


def listed(filters: Filters, me: Viewer) -> list[int]:
    """Return the ids of a list, page by page."""
    found: list[int] = []
    for page in range(1, MOST_PAGES):
        rows = list_queries.items(filters, columns.chosen(()), me, page=page)
        found += [row.id for row in rows[: list_queries.PAGE]]
        if len(rows) <= list_queries.PAGE:
            break
    return found


def by_the_function(filters: Filters, me: Viewer) -> list[int]:
    """Return the ids of a list, put in order by what the function says of every card."""
    down = filters.sort.startswith("-")
    seen = list(list_queries.exported(replace(filters, sort=""), (columns.COLUMNS["net"],), me))
    said = {row.id: valuation.of_row(row, clock.today()) for row in seen}
    told = [row.id for row in seen if (worth := said[row.id]) and worth.net is not None]
    rest = [row.id for row in seen if row.id not in set(told)]
    place = {row.id: number for number, row in enumerate(seen)}

    def key(one: int) -> tuple[Decimal, int]:
        worth = said[one]
        return (worth.net or Decimal(0) if worth else Decimal(0)), place[one]

    return [*sorted(told, key=key, reverse=down), *(reversed(rest) if down else rest)]
