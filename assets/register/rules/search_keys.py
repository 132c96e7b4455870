"""The words an item is found by: from its card, its room and its earlier numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

from sqlalchemy import select

from assets.catalogue import extra_values
from assets.catalogue import queries as catalogue
from assets.catalogue.models import ExtraField
from assets.register.models import Asset, EarlierNumber
from kernel import thai
from kernel.db import db

SEARCHED = (
    "asset_no",
    "name",
    "brand",
    "model",
    "serial_no",
    "class_text",
    "custodian_text",
    "description",
    "note",
)
# What of a card the key is made of, its class for the fields that are searched too.
READ = frozenset((*SEARCHED, "class_id", "extra"))
FieldsOf = Callable[[int | None], Sequence[ExtraField]]
_waiting: ContextVar[dict[int, Asset] | None] = ContextVar("items whose keys wait", default=None)


def search_key_of(card: Any, room_name: str, earlier: Sequence[str], own: str = "") -> str:  # noqa: ANN401 - an item, or a row with the columns `SEARCHED`
    """Return the words people look for an item by: its card, its room, its earlier numbers.

    Args:
        card: the item, or a row with the columns ``SEARCHED``.
        room_name: the name of its room.
        earlier: numbers it carried before.
        own: the words of the searched fields of its class (``extra_values.words_of``).
    """
    parts = [str(getattr(card, name) or "") for name in SEARCHED]
    return thai.search_key(" ".join(part for part in (*parts, room_name, *earlier, own) if part))


def derive(asset: Asset) -> None:
    """Bring the search key of an item up to its card and its room."""
    waiting = _waiting.get()
    if waiting is None:
        _keep(asset, _numbers_of([asset.id])[asset.id], catalogue.extra_fields_for)
    else:
        waiting[asset.id] = asset


@contextmanager
def derived_together() -> Iterator[None]:
    """Derive the keys of many items at once, each when all of it is changed.

    Their earlier numbers and the fields of each class are asked for once. Where something is
    raised inside, nothing is derived.
    """
    waiting: dict[int, Asset] = {}
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    numbers, fields_of = _numbers_of(list(waiting)), cache(catalogue.extra_fields_for)
    for asset in waiting.values():
        _keep(asset, numbers[asset.id], fields_of)


def _keep(asset: Asset, earlier: Sequence[str], fields_of: FieldsOf) -> None:
    own = own_words(asset, fields_of)
    key = search_key_of(asset, asset.room.name if asset.room else "", earlier, own)
    if asset.search_key != key:
        asset.search_key = key


def _numbers_of(ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {one: [] for one in ids}
    rows = select(EarlierNumber.asset_id, EarlierNumber.number)
    for row in db.session.execute(rows.where(EarlierNumber.asset_id.in_(ids))):
        found[row.asset_id].append(row.number)
    return found


def own_words(card: Any, fields_of: FieldsOf) -> str:  # noqa: ANN401 - an item, or a row with the columns `READ`
    """Return the words of the fields of its class; asked for only where it has such values.

    Args:
        card: the item, or a row with its class and its extra values.
        fields_of: returns the fields of a class.
    """
    if not any(name.startswith(extra_values.PREFIX) for name in card.extra or {}):
        return ""
    return extra_values.words_of(fields_of(card.class_id), card.extra)
