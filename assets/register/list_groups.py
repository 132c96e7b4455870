"""The groups of a list that is ordered by names of other tables: units, rooms, classes.

The items of a room, of a class, of a unit lie together in an index, so only the groups that make up
a page are looked into.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from assets.register import columns
from assets.register.columns import JOINS, ListColumn
from assets.register.models import Asset
from kernel import thai
from kernel.access import Scope
from kernel.db import db, unindexed


@dataclass(frozen=True)
class Listed:
    """A list of items: who sees how much of it, its order, and what it is narrowed to.

    Attributes:
        reach: whose items the viewer may see.
        sort: the key of the order, led by ``-`` for the other direction.
        by: the column it is ordered by; None is the order of numbers, or of taking in.
        terms: what it is narrowed to.
        turned: it is read from its end to its beginning.
    """

    reach: Scope
    sort: str
    by: ListColumn | None
    terms: tuple[ColumnElement[bool], ...] = ()
    turned: bool = False

    @property
    def goes_down(self) -> bool:
        """What is greatest is read first."""
        return (self.sort.startswith("-") or self.sort == columns.NEWEST) != self.turned

    def ids(self, *terms: ColumnElement[bool], filled: bool = False) -> Select[Any]:
        """Return the ids in the list's order; ``filled``: all have something to order by."""
        query = select(Asset.id).where(self.seen, *self.terms, *terms)
        ordered = columns.order_of(
            self.sort,
            self.by,
            filled=filled,
            gathered=self.reach.units is not None,
            turned=self.turned,
        )
        return joined(query, self.by.joins if self.by and not self.by.is_own else ()).order_by(
            *ordered
        )

    def numbered(self, *terms: ColumnElement[bool]) -> Select[Any]:
        """Return the ids of items that are all alike in the column, so by their numbers."""
        sort = "-" if self.sort.startswith("-") else ""
        return replace(self, sort=sort, by=None).ids(*terms)

    @property
    def seen(self) -> ColumnElement[bool]:
        """What the viewer may see."""
        return self.reach.clause(Asset.owner_unit_id, Asset.holding_unit_id)

    @property
    def steps(self) -> tuple[tuple[Any, Any, Any], ...]:
        """What leads to a group (``ListColumn.group``)."""
        return self.by.group if self.by else ()


@dataclass
class Group:
    """Items of one name: the ``keys`` of the rows that bear it; ``items`` is 0 until counted."""

    keys: list[tuple[Any, ...]]
    names: tuple[Any, ...]
    items: int = 0


def joined(query: Select[Any], joins: Sequence[str]) -> Select[Any]:
    """Return a query of items with the tables of some columns beside it."""
    for name, join in JOINS.items():
        if name in joins:
            query = query.outerjoin(*join)
    return query


def first_groups(listed: Listed) -> list[Group]:
    """Return the groups of the first step there could be, whether they have items or not."""
    _leads, group_id, name = listed.steps[0]
    order = _named(listed)[:1]
    rows = db.session.execute(select(group_id, name).order_by(*order, group_id))
    found = _alike((((row[0],), (row[1],)), 0) for row in rows)
    blank = Group([(None,)], (None,))
    return [blank, *found] if listed.turned else [*found, blank]


def filled_groups(listed: Listed, *terms: ColumnElement[bool]) -> list[Group]:
    """Return the groups that have items of the list, as far as the terms hold, with how many."""
    leads = [leads.label(f"lead_{at}") for at, (leads, _id, _name) in enumerate(listed.steps)]
    counts = select(*leads, func.count().label("together"))
    few = listed.reach.units is not None or bool(listed.terms)
    apart = [unindexed(leads) if few else leads for leads, _id, _name in listed.steps]
    groups = counts.where(listed.seen, *listed.terms, *terms).group_by(*apart).subquery()
    own = [groups.c[f"lead_{at}"] for at in range(len(listed.steps))]
    names = [name for _leads, _id, name in listed.steps]
    query = select(*[*own, *names, groups.c.together]).select_from(groups)
    tables = [JOINS[name][0] for name in (listed.by.joins if listed.by else ())]
    for lead, table, (_leads, group_id, _name) in zip(own, tables, listed.steps, strict=True):
        query = query.outerjoin(table, group_id == lead)
    rows = db.session.execute(query.order_by(*_named(listed), *own))
    size = len(listed.steps)
    return _alike(((tuple(row[:size]), tuple(row[size:-1])), row[-1]) for row in rows)


def ids_of(listed: Listed, groups: Sequence[Group], first: int, number: int) -> Sequence[int]:
    """Return ids of the items of some groups that follow one another, in the list's order."""
    return db.session.scalars(grouped(listed, groups).offset(first).limit(number)).all()


def grouped(listed: Listed, groups: Sequence[Group]) -> Select[Any]:
    """Return the ids of all items of some groups that follow one another, in the list's order."""
    alike, term = sum(len(group.keys) for group in groups) == 1, within(listed, groups)
    return listed.numbered(term) if alike else listed.ids(term)


def within(listed: Listed, groups: Sequence[Group]) -> ColumnElement[bool]:
    """Tell in SQL that an item lies in one of some groups."""
    keys = [key for group in groups for key in group.keys]
    return or_(*(_is(listed, key) for key in keys)) if len(keys) > 1 else _is(listed, keys[0])


def _is(listed: Listed, key: tuple[Any, ...]) -> ColumnElement[bool]:
    leads = [leads for leads, _id, _name in listed.steps]
    return and_(*(column == value for column, value in zip(leads, key, strict=False)))


def _named(listed: Listed) -> list[Any]:
    order = (listed.by.order if listed.by else None) or ()
    ways = [key.desc() if listed.goes_down else key.asc() for key in order]
    return [way.nulls_first() if listed.turned else way.nulls_last() for way in ways]


def _alike(rows: Iterable[tuple[Any, int]]) -> list[Group]:
    """Return groups in their order, those of one name together: their items lie mixed."""
    found: list[Group] = []
    for (key, names), items in rows:
        if found and _same(found[-1].names, names):
            found[-1].keys.append(key)
            found[-1].items += items
        else:
            found.append(Group([key], names, items))
    return found


def _same(names: tuple[Any, ...], others: tuple[Any, ...]) -> bool:
    return all(
        one is other if one is None or other is None else not thai.collate(one, other)
        for one, other in zip(names, others, strict=True)
    )
