"""What the bookkeeping does because time passed."""

from __future__ import annotations

from kernel.work import work
from office.bookkeeping import rules, runs


def tidy() -> int:
    """Remove spent keys, old tallies and old runs; return how many rows went."""
    with work():
        return rules.tidy() + runs.tidy()
