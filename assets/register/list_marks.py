"""Pages deep in the list of items, found beside a row instead of by counting what lies before.

The address of a further page names the row it goes on from. Only what follows that row in the
order, or comes before it, is read, so that the thousandth page costs what the second one does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, select, tuple_

from assets.register import columns
from assets.register.list_groups import (
    Group,
    Listed,
    filled_groups,
    first_groups,
    grouped,
    ids_of,
    within,
)
from assets.register.list_pages import enough, walked
from assets.register.models import Asset
from assets.register.worth_models import AssetWorth
from kernel.access import Scope
from kernel.db import db, unindexed
from kernel.pages import Mark

# The keys that a part of a list is ordered by, the item's id the last of them; what tells in SQL
# that an item belongs to the part, None where all do.
_Part = tuple[tuple[Any, ...], ColumnElement[bool] | None]


def ids_beside(listed: Listed, mark: Mark, number: int) -> list[int] | None:
    """Return the ids of the page beside a row, None where it must be found by counting.

    Args:
        listed: the list.
        mark: the row.
        number: how many at most; fewer where the list ends, never fewer before the row.
    """
    by, read = listed.by, replace(listed, turned=mark.is_behind)
    ids = None
    if by is None or by.is_own or by.is_kept:
        ids = _in_order(_dense(read), mark.row_id, number)
    elif by.group and listed.reach.units is None:
        ids = _in_groups(read, mark.row_id, number)
    if ids is None or not mark.is_behind:
        return ids
    return [*reversed(ids), mark.row_id] if len(ids) == number else None


def _in_order(listed: Listed, row_id: int, number: int) -> list[int] | None:
    """Return ids in an order that an index holds."""
    of_kept = bool(listed.by and listed.by.is_kept)
    query, parts = _kept_parts(listed) if of_kept else _own_parts(listed)
    fullest, own_id = parts[0][0], parts[0][0][-1]
    row = db.session.execute(select(*fullest).where(own_id == row_id)).one_or_none()
    if row is None:
        return None
    values = dict(zip(fullest, row, strict=True))
    begin = 1 if len(parts) > 1 and row[0] in (None, "") else 0
    ids: list[int] = []
    for at, (keys, term) in enumerate(parts[begin::-1] if listed.turned else parts[begin:]):
        part = query.order_by(*(key.desc() if listed.goes_down else key.asc() for key in keys))
        if at == 0:
            part = part.where(_after(listed, keys, [values[key] for key in keys]))
        # What is greater than a row's value is something; SQLite begins at one bound only.
        if term is not None and (at or listed.goes_down or begin):
            part = part.where(term)
        ids += db.session.scalars(part.limit(number - len(ids)))
    return ids


def _own_parts(listed: Listed) -> tuple[Select[Any], list[_Part]]:
    """Return how a list is put together that is ordered by a column of the item."""
    by, numbers = listed.by, (Asset.asset_no_sort, Asset.id)
    query = select(Asset.id).where(*listed.terms)
    leads = Asset.id if listed.sort == columns.NEWEST else by.order[0] if by and by.order else None
    if leads is Asset.id:
        return query, [((Asset.id,), None)]
    if by is None or leads is None or leads is Asset.asset_no_sort:
        return query, [(numbers, None)]
    if by.filled is None:
        return query, [((leads, *numbers), None)]
    return query, [((leads, *numbers), by.filled), (numbers, by.blank)]


def _kept_parts(listed: Listed) -> tuple[Select[Any], list[_Part]]:
    """Return how a list is put together that is ordered by the kept book values."""
    net, numbers = AssetWorth.net, (AssetWorth.asset_no_sort, AssetWorth.asset_id)
    query = select(AssetWorth.asset_id)
    if listed.terms:
        query = query.join(Asset, Asset.id == AssetWorth.asset_id).where(*listed.terms)
    return query, [((net, *numbers), net.is_not(None)), (numbers, net.is_(None))]


def _in_groups(listed: Listed, row_id: int, number: int) -> list[int] | None:
    """Return ids of the row's own group, then of those that follow it."""
    leads = [leads for leads, _id, _name in listed.steps]
    found = select(Asset.asset_no_sort, Asset.id, *leads).where(Asset.id == row_id)
    row = db.session.execute(found).one_or_none()
    groups = first_groups(listed)
    at = None if row is None else _place(groups, tuple(row[2:3]))
    if row is None or at is None:
        return None
    own, beside = groups[at], groups[at + 1 :]
    inner: Sequence[Group] = ()
    if len(listed.steps) > 1:
        parts = filled_groups(listed, within(listed, [own]))
        part = _place(parts, tuple(row[2:]))
        if part is None:
            return None
        own, inner = parts[part], parts[part + 1 :]
    after = _after(listed, (Asset.asset_no_sort, Asset.id), row[:2])
    ids = list(db.session.scalars(grouped(listed, [own]).where(after).limit(number)))
    if inner and len(ids) < number:
        left = number - len(ids)
        ids += ids_of(listed, enough(inner, left), 0, left)
    blank = beside[-1:] if len(listed.steps) == 1 and not listed.turned else []
    ids += walked(listed, beside[: len(beside) - len(blank)], number - len(ids))
    if blank and len(ids) < number:
        ids += ids_of(_dense(listed), blank, 0, number - len(ids))
    return ids


def _dense(listed: Listed) -> Listed:
    """Return a list of which so much is shown that only the index of its order serves."""
    limits = () if listed.reach.units is None else (listed.seen,)
    terms = tuple(unindexed(term) for term in (*listed.terms, *limits))
    return replace(listed, reach=Scope(None), terms=terms)


def _place(groups: Sequence[Group], key: tuple[Any, ...]) -> int | None:
    return next((at for at, group in enumerate(groups) if key in group.keys), None)


def _after(listed: Listed, keys: Sequence[Any], values: Sequence[Any]) -> ColumnElement[bool]:
    """Tell in SQL that an item follows the row of these values in the way the list is read."""
    row = tuple_(*(literal(value, key.type) for key, value in zip(keys, values, strict=True)))
    return tuple_(*keys) < row if listed.goes_down else tuple_(*keys) > row
