"""The life of a tag: made for an item or blank, claimed once, retired, never used again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import select, update

from assets.labels import codes
from assets.labels.models import Tag
from assets.register.models import Asset
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

MOST_BLANKS = 1000
CHUNK = 400

Draw = Callable[[], str]


def tag_for(asset: Asset, *, by: Viewer) -> Tag:
    """Return the tag in use of an item; where it has none, make one."""
    return tags_for([asset], by=by)[asset.id]


def tags_for(assets: Sequence[Asset], *, by: Viewer, draw: Draw = codes.new_code) -> dict[int, Tag]:
    """Return the tags in use of many items by item id, made where there is none.

    Args:
        assets: the items.
        by: who prints them.
        draw: draws a code; one that was ever given is drawn again.
    """
    ids = sorted(asset.id for asset in assets)
    found: dict[int, Tag] = {}
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        # Two people who print the same sheet at once wait for each other: one tag an item.
        db.session.execute(
            select(Asset.id).where(Asset.id.in_(part)).order_by(Asset.id).with_for_update()
        )
        tags = db.session.scalars(
            select(Tag)
            .where(Tag.asset_id.in_(part), Tag.retired_at.is_(None))
            .order_by(Tag.id.desc())
        )
        for tag in tags:
            if tag.asset_id is not None:
                found.setdefault(tag.asset_id, tag)
    new = [asset_id for asset_id in ids if asset_id not in found]
    for asset_id, code in zip(new, _new_codes(len(new), draw), strict=True):
        found[asset_id] = Tag(code=code, asset_id=asset_id, **_made_and_claimed())
        db.session.add(found[asset_id])
    _record_all("tagged", [found[asset_id] for asset_id in new], by=by)
    return found


def _made_and_claimed() -> dict[str, object]:
    return {"created_at": clock.now(), "claimed_at": clock.now()}


def print_blanks(count: int, *, by: Viewer, draw: Draw = codes.new_code) -> list[Tag]:
    """Make tags that belong to no item yet; the first scan on the spot claims them.

    Args:
        count: how many, up to 1,000 at once.
        by: who prints them.
        draw: draws a code; one that was ever given is drawn again.

    Refuses none, and more than 1,000.
    """
    if not 0 < count <= MOST_BLANKS:
        most = f"{MOST_BLANKS:,}"
        raise Refusal(_("Between 1 and %(most)s labels at once.", most=most), field="count")
    batch = clock.local(clock.now()).strftime("%Y-%m-%d %H:%M")
    tags = [Tag(code=code, batch=batch, created_at=clock.now()) for code in _new_codes(count, draw)]
    db.session.add_all(tags)
    _record_all("printed", tags, by=by)
    return tags


def _new_codes(count: int, draw: Draw) -> list[str]:
    """Draw codes that no tag, blank, used or retired, has or had."""
    fresh: set[str] = set()
    while len(fresh) < count:
        drawn = {draw() for _unused in range(min(count - len(fresh), CHUNK))}
        taken = set(db.session.scalars(select(Tag.code).where(Tag.code.in_(drawn))))
        fresh |= drawn - taken
    return sorted(fresh)[:count]


def _record_all(act: str, tags: Sequence[Tag], *, by: Viewer) -> None:
    if tags:
        db.session.flush()  # the audit trail names each tag by its id
    for tag in tags:
        audit.record(act, tag, by=by, after={"code": tag.code, "asset_id": tag.asset_id})


def claim(code: str, asset: Asset, *, by: Viewer) -> Tag:
    """Let a blank tag stand for an item from now on.

    Args:
        code: as scanned or typed.
        asset: the item it has been stuck on.
        by: who did it.

    Refuses an unknown code, a retired tag, and one that stands for another item: of two who claim
    a tag at the same moment one wins. Claiming for the same item again changes nothing.
    """
    read = codes.read_code(code) or ""
    won = db.session.execute(
        update(Tag)
        .where(Tag.code == read, Tag.asset_id.is_(None), Tag.retired_at.is_(None))
        .values(asset_id=asset.id, claimed_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    tag = db.session.scalar(
        select(Tag).where(Tag.code == read).execution_options(populate_existing=True)
    )
    if tag is None:
        raise Refusal(_("This code is not of one of our labels."))
    if tag.retired_at is not None:
        raise Refusal(_("This label was taken out of use and is never used again."))
    if tag.asset_id != asset.id:
        raise Refusal(_("This label stands for another item already."))
    if won.rowcount:  # type: ignore[attr-defined]  # an UPDATE tells how many rows it changed
        audit.record("claimed", tag, by=by, after={"code": tag.code, "asset_id": asset.id})
    return tag


def retire(tag: Tag, *, by: Viewer) -> None:
    """Take a tag out of use, because it is torn off or lost; its code is never given again."""
    if tag.retired_at is not None:
        return
    tag.retired_at = clock.now()
    audit.record("retired", tag, by=by, after={"code": tag.code, "asset_id": tag.asset_id})
