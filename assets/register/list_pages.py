"""Finding the ids of one page of the list of items, whatever it is ordered by and however long.

An order that stands in the item's own row is walked through its index, and so is that of the book
values, which are kept beside it. The order of another table's names is walked group by group
(``list_groups``). Deep pages are found beside a row of the page they were opened from
(``list_marks``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select

from assets.register.list_groups import Group, Listed, filled_groups, first_groups, ids_of, within
from assets.register.models import Asset
from assets.register.worth_models import AssetWorth
from kernel.db import db

# So far the first pages are walked without counting what lies before them.
WALKED_ITEMS = 1000
# Of a narrowed list a part of the groups is looked through; what is rarer is found by counting.
PART_OF_GROUPS, LEAST_GROUPS = 8, 3
# For the first pages of a narrowed list so many times as many kept values are looked through.
LOOKED_THROUGH = 4


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
        ids = _from_the_first(listed, first + number) if begins else None
        return _counted(listed, first, number) if ids is None else ids[first:]
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


def _from_the_first(listed: Listed, number: int) -> list[int] | None:
    """Return the first ids of a list, None where its first groups have too few of them."""
    groups = first_groups(listed)
    part = max(LEAST_GROUPS, len(groups) // PART_OF_GROUPS) if listed.terms else len(groups)
    ids = walked(listed, groups[:part], number)
    return ids if len(ids) == number or part >= len(groups) else None


def walked(listed: Listed, groups: Sequence[Group], number: int) -> list[int]:
    """Return the first ids of some groups.

    Args:
        listed: the list.
        groups: groups of the first step in the list's order; ever more of them are asked at once.
        number: how many ids; fewer come back where all of the groups have fewer.
    """
    ids: list[int] = []
    at, size = 0, 1
    while len(ids) < number and at < len(groups):
        part = groups[at : at + size]
        if len(listed.steps) > 1:
            part = enough(filled_groups(listed, within(listed, part)), number - len(ids))
        if part:
            ids += ids_of(listed, part, 0, number - len(ids))
        at, size = at + size, size * 2
    return ids


def enough(groups: Sequence[Group], number: int) -> Sequence[Group]:
    """Return the first of some counted groups, so many that they have the number of items."""
    reached = 0
    for at, group in enumerate(groups, start=1):
        reached += group.items
        if reached >= number:
            return groups[:at]
    return groups


def _counted(listed: Listed, first: int, number: int) -> list[int]:
    """Return the ids of a page from the groups it is made of, knowing what each of them has."""
    page: list[Group] = []
    before = reached = 0
    for group in filled_groups(listed):
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
            ids += ids_of(listed, part, skipped, number - len(ids))
    return ids
