"""Keeping the sums of months in step with the rows of the tickets that they are made of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import delete, select, text

from helpdesk.figures.models import TicketFigure, TicketMonth
from kernel.db import db, inserting

SUMS = (
    "came",
    "ended",
    "resolution_of",
    "resolution_met",
    "rated_1",
    "rated_2",
    "rated_3",
    "rated_4",
    "rated_5",
    "cost",
)
Sums = dict[str, int | Decimal]
_RATED = ", ".join(f"SUM(CASE WHEN rating = {level} THEN 1 ELSE 0 END)" for level in range(1, 6))
_RENEWED = f"""
INSERT INTO ticket_month (month, unit_id, {", ".join(SUMS)})
SELECT month, unit_id, {", ".join(f"SUM({name})" for name in SUMS)} FROM (
    SELECT opened_month AS month, unit_id, COUNT(*) AS came,
        {", ".join(f"0 AS {name}" for name in SUMS[1:])}
    FROM ticket_figure GROUP BY opened_month, unit_id
    UNION ALL
    SELECT ended_month, unit_id, 0, COUNT(*),
        SUM(CASE WHEN resolution_met IS NULL THEN 0 ELSE 1 END),
        SUM(CASE WHEN resolution_met THEN 1 ELSE 0 END), {_RATED}, SUM(COALESCE(cost, 0))
    FROM ticket_figure WHERE ended_month IS NOT NULL GROUP BY ended_month, unit_id
) AS counted GROUP BY month, unit_id
"""  # noqa: S608 - put together from the names above


def counted(ticket_ids: Sequence[int]) -> Sequence[Any]:
    """Return what the rows of these tickets count for now."""
    return (
        db.session.execute(
            select(
                TicketFigure.unit_id,
                TicketFigure.opened_month,
                TicketFigure.ended_month,
                TicketFigure.resolution_met,
                TicketFigure.rating,
                TicketFigure.cost,
            ).where(TicketFigure.ticket_id.in_(ticket_ids))
        )
        .mappings()
        .all()
    )


def move(before: Sequence[Any], after: Sequence[Any]) -> None:
    """Take out of the months what tickets counted for before, and put in what they count for now.

    Args:
        before: rows as ``counted`` returns them.
        after: the same, or the values that were just written.
    """
    sums: dict[tuple[int, int], Sums] = defaultdict(_nothing)
    for times, rows in ((-1, before), (1, after)):
        for row in rows:
            _add(sums, row, times)
    # In one order, so that two who write wait for each other instead of blocking one another.
    written = [
        {"month": month, "unit_id": unit_id, **sums[month, unit_id]}
        for month, unit_id in sorted(sums)
        if any(sums[month, unit_id].values())
    ]
    if written:
        db.session.execute(_added(), written)


def renew() -> None:
    """Make all sums of months anew, in case a row was changed past this room."""
    db.session.execute(delete(TicketMonth))
    db.session.execute(text(_RENEWED))


def _nothing() -> Sums:
    return {**dict.fromkeys(SUMS, 0), "cost": Decimal(0)}


def _add(sums: dict[tuple[int, int], Sums], row: Any, times: int) -> None:  # noqa: ANN401 - a row or values
    sums[row["opened_month"], row["unit_id"]]["came"] += times
    if row["ended_month"] is None:
        return
    ended = sums[row["ended_month"], row["unit_id"]]
    ended["ended"] += times
    ended["cost"] += times * (row["cost"] or Decimal(0))
    if row["resolution_met"] is not None:
        ended["resolution_of"] += times
        ended["resolution_met"] += times * int(row["resolution_met"])
    if row["rating"] is not None:
        ended[f"rated_{row['rating']}"] += times


def _added() -> Any:  # noqa: ANN401 - an INSERT
    """Return the sentence that adds to a month, which begins with nothing."""
    first = inserting(TicketMonth, db.engine.dialect.name)
    table = TicketMonth.__table__
    return first.on_conflict_do_update(
        index_elements=["month", "unit_id"],
        set_={name: table.c[name] + first.excluded[name] for name in SUMS},
    )
