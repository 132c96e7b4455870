"""The fiscal years of budgets: kept in the Buddhist era, read and typed in that of the reader."""

from __future__ import annotations

from kernel.i18n import language
from kernel.thai import BUDDHIST_OFFSET

# No Buddhist year that anybody means lies below it, no year of the Common Era above.
FIRST_BUDDHIST = 2400


def shown(year: int) -> int:
    """Return a Buddhist fiscal year in the era of the language spoken now."""
    return year if language() == "th" else year - BUDDHIST_OFFSET


def read(typed: int | None) -> int | None:
    """Return a fiscal year as it was typed, in either era, in the Buddhist one."""
    if typed is None or typed >= FIRST_BUDDHIST:
        return typed
    return typed + BUDDHIST_OFFSET
