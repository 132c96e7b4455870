"""Figures that the service counts by itself; rooms register theirs under a name.

A programme's indicator or log names a source by its key; a key whose room is gone counts nothing
and is said to be unknown, the indicator stays.

A room above this one registers its figures in its ``filling.fill()``, which ``helpdesk.app`` calls
once, and never takes a key away again::

    sources.register(Source("studies", _l("Studies finished"), _studies, frozenset({8})))

    def _studies(period: Period) -> Select[int]:
        return select(func.count(Study.id)).where(
            Study.done_on.between(period.first, period.last), period.within(Study.unit_id)
        )

A room beside this one, which may not import it, is counted by ``helpdesk.desk.counted``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, select, true

from kernel import clock
from kernel.db import db


@dataclass(frozen=True)
class Period:
    """From which day to which (both counted), and for which units; None for the whole office."""

    first: date
    last: date
    units: frozenset[int] | None = None

    @property
    def begin(self) -> datetime:
        """The first moment of the period."""
        return clock.at(self.first, time())

    @property
    def end(self) -> datetime:
        """The first moment after the period."""
        return clock.at(self.last + timedelta(days=1), time())

    def within(self, column: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a mapped column
        """Return the WHERE term: the unit column lies in the units of the period."""
        return true() if self.units is None else column.in_(self.units)


@dataclass(frozen=True)
class Source:
    """One figure: its key, its (lazy) name, the query that counts it, the processes it tells of."""

    key: str
    label: Any
    query: Callable[[Period], Select[int]]
    processes: frozenset[int] = frozenset()


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make a source known; registering it a second time takes the place of the first."""
    _sources[source.key] = source


def registered() -> tuple[Source, ...]:
    """Return every source, in the order in which the rooms registered them."""
    return tuple(_sources.values())


def of_process(number: int) -> tuple[Source, ...]:
    """Return the sources that say most of a process."""
    return tuple(one for one in _sources.values() if number in one.processes)


def counted(keys: Iterable[str], period: Period) -> dict[str, int]:
    """Return figures by their keys, counted in one query; a key that nobody knows is left out."""
    known = sorted({key for key in keys if key in _sources})
    if not known:
        return {}
    columns = [_sources[key].query(period).scalar_subquery() for key in known]
    row = db.session.execute(select(*columns)).one()
    return dict(zip(known, row, strict=True))
