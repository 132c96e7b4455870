"""The words an item is found by: from its card, its room and its earlier numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

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


def search_key_of(card: Any, room_name: str, earlier: Sequence[str]) -> str:  # noqa: ANN401 - an item, or a row with the columns `SEARCHED`
    """Return the words people look for an item by: its card, its room, its earlier numbers."""
    parts = [str(getattr(card, name) or "") for name in SEARCHED]
    return thai.search_key(" ".join(part for part in (*parts, room_name, *earlier) if part))


def derive(asset: Asset) -> None:
    """Bring the search key of an item up to its card and its room."""
    earlier = db.session.scalars(
        select(EarlierNumber.number).where(EarlierNumber.asset_id == asset.id)
    ).all()
    key = search_key_of(asset, asset.room.name if asset.room else "", earlier)
    if asset.search_key != key:
        asset.search_key = key
