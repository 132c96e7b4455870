"""What a check is, and how what it finds is named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Select

from kernel.db import db

MOST_SHOWN = 20
CHUNK = 2000


@dataclass(frozen=True)
class Check:
    """One invariant. ``find`` yields the things that break it, ``asset 12``, none where it holds.

    ``looks_at`` and ``mend`` are sentences for who keeps the service; ``engine`` names the one
    engine that it can be asked of.
    """

    name: str
    looks_at: Any
    mend: Any
    find: Callable[[], Iterable[str]]
    engine: str = ""


@dataclass(frozen=True)
class Result:
    """What a check found: how many things, and the first twenty of them."""

    check: Check
    count: int
    shown: tuple[str, ...]


def examine(check: Check) -> Result:
    """Run one check to its end, keeping only the findings that are shown."""
    found = iter(check.find())
    shown = tuple(islice(found, MOST_SHOWN))
    return Result(check, len(shown) + sum(1 for _more in found), shown)


def rows(query: Select[*tuple[Any, ...]]) -> Iterator[Any]:
    """Yield the rows of a query, read in chunks."""
    return iter(db.session.execute(query.execution_options(yield_per=CHUNK)))


def named(kind: str, query: Select[*tuple[Any, ...]]) -> Iterator[str]:
    """Yield ``kind id`` for every id that a query gives."""
    return (f"{kind} {row[0]}" for row in rows(query))
