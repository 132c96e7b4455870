"""Finding the ids of one page of the list of items, whatever it is ordered by and however long.

An order that stands in the item's own row is walked through its index, and so is that of the book
values, which are kept beside it. The order of another table's names is walked group by group: the
items of a room, of a class, of a unit lie together, so only the groups that make up the page are
looked into.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    func,
    or_,
    select,
)

from assets.register import columns
from assets.register.columns import JOINS, ListColumn
from assets.register.models import Asset
from assets.register.worth_models import AssetWorth
from kernel import thai
from kernel.access import Scope
from kernel.db import db, unindexed

# So far the first pages of the whole list are walked without counting what lies before them.
WALKED_ITEMS = 1000
NARROW_TRIES = 2
# For the first pages of a narrowed list so many times as many kept values are looked through.
LOOKED_THROUGH = 4


@dataclass(frozen=True)
class Listed:
    """A list of items: who sees how much of it, its order, and what it is narrowed to."""

    reach: Scope
    sort: str
    by: ListColumn | None
    terms: tuple[ColumnElement[bool], ...] = ()

    @property
    def goes_down(self) -> bool:
        """The order is turned round."""
        return self.sort.startswith("-")

    def ids(self, *terms: ColumnElement[bool], filled: bool = False) -> Select[Any]:
        """Return the ids in the list's order; ``filled``: all have something to order by."""
        query = select(Asset.id).where(self.seen, *self.terms, *terms)
        ordered = columns.order_of(
            self.sort, self.by, filled=filled, gathered=self.reach.units is not None
        )
        return joined(query, self.by.joins if self.by and not self.by.is_own else ()).order_by(
            *ordered
        )

    def numbered(self, *terms: ColumnElement[bool]) -> Select[Any]:
        """Return the ids of items that are all alike in the column, so by their numbers."""
        return Listed(self.reach, "-" if self.goes_down else "", None, self.terms).ids(*terms)

    @property
    def seen(self) -> ColumnElement[bool]:
        """What the viewer may see."""
        return self.reach.clause(Asset.owner_unit_id, Asset.holding_unit_id)


def joined(query: Select[Any], joins: Sequence[str]) -> Select[Any]:
    """Return a query of items with the tables of some columns beside it."""
    for name, join in JOINS.items():
        if name in joins:
            query = query.outerjoin(*join)
    return query


def page_ids(listed: Listed, first: int, number: int) -> Sequence[int] | None:
    """Return the ids of a page, None where nothing better is known than to order the whole list.

    Args:
        listed: the list.
        first: how many to pass over.
        number: how many at most.
    """
    by = listed.by
    if by is None:
        return None
    begins = listed.reach.units is None and first + number <= WALKED_ITEMS
    if by.group:
        if begins and len(by.group) == 1:
            ids = _walked(listed, _all_groups(listed), first + number)
            # Of a list that is not narrowed these are all there are.
            if len(ids) == first + number or not listed.terms:
                return ids[first:]
        return _counted(listed, first, number)
    if by.is_kept and listed.reach.units is None and not listed.terms:
        return _by_kept(listed, first, number)
    if by.is_kept and begins:
        return _among_first_kept(listed, first, number)
    return None


def _by_kept(listed: Listed, first: int, number: int) -> Sequence[int]:
    """Return ids of the whole list by what is kept of every item; the cards are not looked into."""
    filled = AssetWorth.net.is_not(None)
    query = _kept_ids(listed)
    ids = db.session.scalars(query.where(filled).offset(first).limit(number)).all()
    if len(ids) == number:
        return ids
    counted = select(func.count()).select_from(AssetWorth).where(filled)
    before = first + len(ids) if ids else db.session.scalar(counted) or 0
    blanks = query.where(AssetWorth.net.is_(None)).offset(max(first - before, 0))
    return [*ids, *db.session.scalars(blanks.limit(number - len(ids)))]


def _among_first_kept(listed: Listed, first: int, number: int) -> Sequence[int] | None:
    """Return ids of a narrowed list where the first of all values have enough of it, else None."""
    leading = _kept_ids(listed).where(AssetWorth.net.is_not(None))
    ids = db.session.scalars(leading.limit((first + number) * LOOKED_THROUGH)).all()
    wanted = set(db.session.scalars(select(Asset.id).where(Asset.id.in_(ids), *listed.terms)))
    found = [one for one in ids if one in wanted][first : first + number]
    return found if len(found) == number else None


def _kept_ids(listed: Listed) -> Select[Any]:
    keys = (AssetWorth.net, AssetWorth.asset_no_sort, AssetWorth.asset_id)
    ordered = (key.desc() if listed.goes_down else key.asc() for key in keys)
    return select(AssetWorth.asset_id).order_by(*ordered)


@dataclass
class _Group:
    """Items of one name; ``keys`` are the rows that bear it, ``items`` how many it has."""

    keys: list[tuple[Any, ...]]
    names: tuple[Any, ...]
    items: int = 0


def _walked(listed: Listed, groups: Sequence[_Group], number: int) -> list[int]:
    """Return ids from the groups in their order, asking for ever more of them at once.

    Of a narrowed list it asks a few times only: what is rare is found sooner by counting.
    """
    ids: list[int] = []
    at, size, last = 0, 1, 2**NARROW_TRIES - 1 if listed.terms else len(groups)
    while len(ids) < number and at < min(last, len(groups)):
        ids += _ids_of(listed, groups[at : at + size], 0, number - len(ids))
        at, size = at + size, size * 2
    return ids


def _counted(listed: Listed, first: int, number: int) -> list[int]:
    """Return the ids of a page from the groups it is made of, knowing what each of them has."""
    page: list[_Group] = []
    before = reached = 0
    for group in _filled_groups(listed):
        if reached >= first + number:
            break
        if reached + group.items > first:
            page.append(group)
        else:
            before += group.items
        reached += group.items
    ids: list[int] = []
    for part in (page[:1], page[1:-1], page[1:][-1:]):  # those between are part of it as they are
        if part:
            skipped = first - before if part[0] is page[0] else 0
            ids += _ids_of(listed, part, skipped, number - len(ids))
    return ids


def _ids_of(listed: Listed, groups: Sequence[_Group], first: int, number: int) -> Sequence[int]:
    keys = [key for group in groups for key in group.keys]
    term = or_(*(_is(listed, key) for key in keys)) if len(keys) > 1 else _is(listed, keys[0])
    query = listed.ids(term) if len(keys) > 1 else listed.numbered(term)
    return db.session.scalars(query.offset(first).limit(number)).all()


def _is(listed: Listed, key: tuple[Any, ...]) -> ColumnElement[bool]:
    leads = [leads for leads, _id, _name in _group_of(listed)]
    return and_(*(column == value for column, value in zip(leads, key, strict=True)))


def _group_of(listed: Listed) -> tuple[tuple[Any, Any, Any], ...]:
    return (listed.by.group if listed.by else None) or ()


def _all_groups(listed: Listed) -> list[_Group]:
    """Return the groups there could be, whether they have items or not; none comes last."""
    ((_leads, group_id, name),) = _group_of(listed)
    rows = db.session.execute(select(group_id, name).order_by(*_named(listed), group_id))
    found = _alike((((row[0],), (row[1],)), 0) for row in rows)
    return [*found, _Group([(None,)], (None,))]


def _filled_groups(listed: Listed) -> list[_Group]:
    """Return the groups that have items of the list, with how many."""
    steps = _group_of(listed)
    leads = [leads.label(f"lead_{at}") for at, (leads, _id, _name) in enumerate(steps)]
    counts = select(*leads, func.count().label("together")).where(listed.seen, *listed.terms)
    few = listed.reach.units is not None
    apart = [unindexed(leads) if few else leads for leads, _id, _name in steps]
    groups = counts.group_by(*apart).subquery()
    own = [groups.c[f"lead_{at}"] for at in range(len(steps))]
    names = [name for _leads, _id, name in steps]
    query = select(*[*own, *names, groups.c.together]).select_from(groups)
    tables = [JOINS[name][0] for name in (listed.by.joins if listed.by else ())]
    for lead, table, (_leads, group_id, _name) in zip(own, tables, steps, strict=True):
        query = query.outerjoin(table, group_id == lead)
    rows = db.session.execute(query.order_by(*_named(listed), *own))
    size = len(steps)
    return _alike(((tuple(row[:size]), tuple(row[size:-1])), row[-1]) for row in rows)


def _named(listed: Listed) -> list[Any]:
    order = (listed.by.order if listed.by else None) or ()
    return [(key.desc() if listed.goes_down else key.asc()).nulls_last() for key in order]


def _alike(rows: Any) -> list[_Group]:  # noqa: ANN401 - pairs of keys and names, and a count
    """Return groups in their order, those of one name together: their items lie mixed."""
    found: list[_Group] = []
    for (key, names), items in rows:
        if found and _same(found[-1].names, names):
            found[-1].keys.append(key)
            found[-1].items += items
        else:
            found.append(_Group([key], names, items))
    return found


def _same(names: tuple[Any, ...], others: tuple[Any, ...]) -> bool:
    return all(
        one is other if one is None or other is None else not thai.collate(one, other)
        for one, other in zip(names, others, strict=True)
    )
