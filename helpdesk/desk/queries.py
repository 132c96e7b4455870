"""What one scan box understands: numbers and codes first, words after."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for
from sqlalchemy import or_, select

from assets.register import access as register_access
from assets.register.models import Asset
from kernel import thai
from kernel.access import Viewer
from kernel.db import db
from kernel.search import contains

MOST = 20


@dataclass(frozen=True)
class Hit:
    """Something that the typed text may mean; ``exact`` where a code or number is the same."""

    kind: str
    title: str
    detail: str
    address: str
    exact: bool = False


def find(typed: str, viewer: Viewer) -> list[Hit]:
    """Return what a scanned code or typed words may mean to this viewer, best first."""
    return _items(typed, viewer)


def _items(typed: str, viewer: Viewer) -> list[Hit]:
    key = thai.code_key(typed)
    same = select(Asset).where(
        register_access.visible(viewer), or_(Asset.asset_no_key == key, Asset.serial_key == key)
    )
    exact = db.session.scalars(same.limit(MOST)).all()
    found = (
        exact
        or db.session.scalars(
            select(Asset)
            .where(register_access.visible(viewer), contains(Asset.search_key, typed))
            .order_by(Asset.asset_no_sort)
            .limit(MOST)
        ).all()
    )
    return [
        Hit(
            "item",
            item.name,
            item.asset_no or "",
            url_for("register.item", asset_id=item.id),
            exact=bool(exact),
        )
        for item in found
    ]
