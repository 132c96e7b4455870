"""Reading tags: what a scanned text means, and which tags an item has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from assets.labels import codes
from assets.labels.models import Tag
from assets.register import access as register
from assets.register import queries
from assets.register.models import Asset
from kernel.access import Viewer
from kernel.db import db
from office.places.models import Room


def tag_by_code(text: str) -> Tag | None:
    """Return the tag of a code or address as anybody may have typed or scanned it, with its item.

    Letters in any case, O for 0, I and L for 1, spaces and dashes are understood. The tag may be
    blank or retired.
    """
    code = codes.read_code(text)
    return None if code is None else db.session.scalar(_tag_with_item(), {"code": code})


@cache
def _tag_with_item() -> Select[Tag]:
    item = joinedload(Tag.asset)
    return (
        select(Tag)
        .where(Tag.code == bindparam("code"))
        .options(
            item.joinedload(Asset.asset_class),
            item.joinedload(Asset.room).joinedload(Room.building),
            item.joinedload(Asset.holding_unit),
        )
    )


def tags_of(asset: Asset) -> Sequence[Tag]:
    """Return all tags an item has or had, the one in use first."""
    return db.session.scalars(
        select(Tag)
        .where(Tag.asset_id == asset.id)
        .order_by(Tag.retired_at.is_not(None), Tag.id.desc())
    ).all()


def scanned(text: str, viewer: Viewer) -> list[Asset]:
    """Return the items that a scanned or typed text means, among those the viewer may see.

    Args:
        text: the address on a label, its code, an asset number in any way of writing, a serial or
            an earlier number; also as a scanner types them while the keyboard is set to Thai.
        viewer: who scans.

    Returns:
        none, one, or several where units share a number. A retired label means nothing.
    """
    seen = register.visible(viewer)
    code = codes.read_code(text)
    if code is not None:
        tagged = db.session.scalars(
            select(Asset)
            .join(Tag, Tag.asset_id == Asset.id)
            .where(Tag.code == code, Tag.retired_at.is_(None), seen)
        ).all()
        if tagged:
            return list(tagged)
    return list(queries.by_code(text, seen) or queries.by_code(codes.latin_keys(text), seen))
