"""What the bookkeeping does because time passed."""

from __future__ import annotations

from kernel.db import count_rows_anew
from kernel.work import work
from office.bookkeeping import rules, runs


def tidy() -> int:
    """Remove spent keys, old tallies and old runs; return how many rows went.

    On SQLite the statistics of the planner are renewed besides.
    """
    with work():
        count_rows_anew()
    with work():
        return rules.tidy() + runs.tidy()
