"""Useful lives by the class words of the OBEC letter (DOMAIN 6), for items whose class has none.

The words stand in ``data/lives.csv``, the narrowest first: ``ครุภัณฑ์การเกษตร`` alone may be tools
(3 years) or machines (5 years), so its life cannot be told.
"""

from __future__ import annotations

import csv
from functools import cache, lru_cache
from pathlib import Path

from kernel import thai

TABLE = Path(__file__).resolve().parent / "data" / "lives.csv"
LAND = "land"
UNKNOWN = "unknown"


def life_by_words(class_text: str) -> int | None:
    """Return the useful life in years of a class as the office writes it; None where not told."""
    meaning = _meaning(class_text)
    return None if meaning in (LAND, UNKNOWN) else int(meaning)


def is_land(class_text: str) -> bool:
    """Tell whether a class is land, which never ages (R-DP4)."""
    return _meaning(class_text) == LAND


@cache
def _table() -> tuple[tuple[tuple[str, ...], str], ...]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple((tuple(row["words"].split()), row["years"]) for row in csv.DictReader(file))


@lru_cache(maxsize=1024)
def _meaning(class_text: str) -> str:
    key = thai.search_key(class_text)
    for words, years in _table():
        if all(word in key for word in words):
            return years
    return UNKNOWN
