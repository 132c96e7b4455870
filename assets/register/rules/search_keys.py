"""The words an item is found by: from its card, its room and its earlier numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
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
_NONE: Mapping[int, list[str]] = MappingProxyType({})
_at_hand: ContextVar[Mapping[int, list[str]]] = ContextVar("earlier numbers", default=_NONE)


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
    at_hand = _at_hand.get()
    earlier = at_hand[asset.id] if asset.id in at_hand else _numbers_of([asset.id])[asset.id]
    own = own_words(asset, catalogue.extra_fields_for)
    key = search_key_of(asset, asset.room.name if asset.room else "", earlier, own)
    if asset.search_key != key:
        asset.search_key = key


@contextmanager
def numbers_at_hand(ids: Sequence[int]) -> Iterator[None]:
    """Read the earlier numbers of many items at once; none of them may get another one meanwhile.

    What derives the keys of these items inside asks nothing more.
    """
    token = _at_hand.set(_numbers_of(ids))
    try:
        yield
    finally:
        _at_hand.reset(token)


def _numbers_of(ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {one: [] for one in ids}
    rows = select(EarlierNumber.asset_id, EarlierNumber.number)
    for row in db.session.execute(rows.where(EarlierNumber.asset_id.in_(ids))):
        found[row.asset_id].append(row.number)
    return found


def own_words(card: Any, fields_of: Callable[[int | None], Sequence[ExtraField]]) -> str:  # noqa: ANN401 - an item, or a row with the columns `READ`
    """Return the words of the fields of its class; asked for only where it has such values.

    Args:
        card: the item, or a row with its class and its extra values.
        fields_of: returns the fields of a class.
    """
    if not any(name.startswith(extra_values.PREFIX) for name in card.extra or {}):
        return ""
    return extra_values.words_of(fields_of(card.class_id), card.extra)
