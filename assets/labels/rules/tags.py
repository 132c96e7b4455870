"""The life of a tag: made for an item or blank, claimed once, retired, never used again.

An item has one tag in use at most: who puts a new one on says what became of the old one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import select, update

from assets.labels import codes
from assets.labels.models import Tag, TagMove
from assets.labels.states import Reason
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
        _hold_still(part)
        tags = db.session.scalars(
            select(Tag)
            .where(Tag.asset_id.in_(part), Tag.retired_at.is_(None))
            .order_by(Tag.id.desc())
        )
        for tag in tags:
            if tag.asset_id is not None:
                found.setdefault(tag.asset_id, tag)
    new = [asset_id for asset_id in ids if asset_id not in found]
    for asset_id, code in zip(new, new_codes(len(new), draw), strict=True):
        found[asset_id] = Tag(code=code, asset_id=asset_id, **_made_and_claimed())
        db.session.add(found[asset_id])
    record_all("tagged", [found[asset_id] for asset_id in new], by=by)
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
    tags = [Tag(code=code, batch=batch, created_at=clock.now()) for code in new_codes(count, draw)]
    db.session.add_all(tags)
    record_all("printed", tags, by=by)
    return tags


def new_codes(count: int, draw: Draw) -> list[str]:
    """Draw codes that no tag, blank, used or retired, has or had."""
    fresh: set[str] = set()
    while len(fresh) < count:
        drawn = {draw() for _unused in range(min(count - len(fresh), CHUNK))}
        taken = set(db.session.scalars(select(Tag.code).where(Tag.code.in_(drawn))))
        fresh |= drawn - taken
    return sorted(fresh)[:count]


def record_all(act: str, tags: Sequence[Tag], *, by: Viewer) -> None:
    """Write down what was done to tags, new ones among them."""
    if tags:
        db.session.flush()  # the audit trail names each tag by its id
    for tag in tags:
        audit.record(act, tag, by=by, after=_told(tag))


def _told(tag: Tag) -> dict[str, object]:
    """Return what the trail keeps of a tag: its code, and the item or the room it stands for."""
    thing = {"room_id": tag.room_id} if tag.room_id else {"asset_id": tag.asset_id}
    return {"code": tag.code, **thing}


def claim(code: str, asset: Asset, *, by: Viewer, old: Reason | None = None) -> Tag:
    """Let a blank tag stand for an item from now on.

    Args:
        code: as scanned or typed.
        asset: the item it has been stuck on; a draft too.
        by: who did it.
        old: what became of the tag that the item has now; it is taken out of use.

    Refuses an unknown code, a retired tag, one of a room or of another item (of two who claim a tag
    at the same moment one wins), and an item that has a tag while nothing is said of that. Claiming
    for the same item again changes nothing.
    """
    _hold_still([asset.id])
    read = codes.read_code(code) or ""
    won = db.session.execute(
        update(Tag)
        .where(
            Tag.code == read,
            Tag.asset_id.is_(None),
            Tag.room_id.is_(None),
            Tag.retired_at.is_(None),
        )
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
    if tag.room_id is not None:
        raise Refusal(_("This is the label of a room."))
    if tag.asset_id != asset.id:
        raise Refusal(_("This label stands for another item already."))
    if won.rowcount:  # type: ignore[attr-defined]  # an UPDATE tells how many rows it changed
        _end_others(asset, tag, old, by=by)
        audit.record("claimed", tag, by=by, after={"code": tag.code, "asset_id": asset.id})
    return tag


def _hold_still(asset_ids: Sequence[int]) -> None:
    """Let people who change the tags of one item wait for each other."""
    db.session.execute(
        select(Asset.id).where(Asset.id.in_(asset_ids)).order_by(Asset.id).with_for_update()
    )


def _end_others(asset: Asset, new: Tag, reason: Reason | None, *, by: Viewer) -> None:
    others = db.session.scalars(
        select(Tag).where(Tag.asset_id == asset.id, Tag.retired_at.is_(None), Tag.id != new.id)
    ).all()
    if others and reason is None:
        sentence = _(
            "This item has the label %(code)s already. Say what became of it.", code=others[0].code
        )
        raise Refusal(sentence, field="old")
    for tag in others:
        retire(tag, reason or Reason.OTHER, by=by)


def retire(tag: Tag, reason: Reason, note: str = "", *, by: Viewer) -> None:
    """Take a tag out of use; its code is never given again and goes on leading to its item.

    Args:
        tag: the tag.
        reason: why, e.g. torn off.
        note: more words, up to 200 characters.
        by: who does it.
    """
    if tag.retired_at is not None:
        return
    tag.retired_at = clock.now()
    tag.retired_for = reason
    tag.retired_note = note
    after = {**_told(tag), "reason": str(reason), "note": note}
    audit.record("retired", tag, by=by, after=after)


def renew(assets: Sequence[Asset], reason: Reason, *, by: Viewer) -> int:
    """Take the tags in use of many items out of use, so that the next sheet gives them new ones.

    Args:
        assets: the items.
        reason: why.
        by: who does it.

    Returns:
        how many tags ended.
    """
    ended = 0
    ids = sorted(asset.id for asset in assets)
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        _hold_still(part)
        tags = db.session.scalars(
            select(Tag).where(Tag.asset_id.in_(part), Tag.retired_at.is_(None))
        ).all()
        for tag in tags:
            retire(tag, reason, by=by)
        ended += len(tags)
    return ended


def repoint(tag: Tag, asset: Asset, reason: str, *, by: Viewer) -> None:
    """Let a tag stand for another item, because it was found on that one.

    Args:
        tag: a tag of an item, in use or not; it is in use afterwards.
        asset: the item it sits on.
        reason: how that came about; needed, because scans of the past meant the other item.
        by: who found it.

    Refuses a blank tag, the item it stands for already, no reason, and an item that has a tag in
    use (that one is taken out of use first).
    """
    if tag.asset_id is None:
        raise Refusal(_("This label is blank: put it on the item by scanning it."))
    if tag.asset_id == asset.id and tag.retired_at is None:
        raise Refusal(_("This label stands for this item already."), field="asset_id")
    if not reason.strip():
        raise Refusal(_("Say how the label came to sit on another item."), field="reason")
    _hold_still([tag.asset_id, asset.id])
    other = db.session.scalar(
        select(Tag.code).where(Tag.asset_id == asset.id, Tag.retired_at.is_(None), Tag.id != tag.id)
    )
    if other is not None:
        sentence = _("This item has the label %(code)s. Take that out of use first.", code=other)
        raise Refusal(sentence, field="asset_id")
    before = {"asset_id": tag.asset_id, "retired_at": tag.retired_at}
    if tag.asset_id != asset.id:
        _note_move(tag, asset, reason, by=by)
    tag.asset_id, tag.claimed_at = asset.id, clock.now()
    tag.retired_at, tag.retired_for, tag.retired_note = None, None, ""
    after = {"code": tag.code, "asset_id": asset.id, "reason": reason}
    audit.record("repointed", tag, by=by, before=before, after=after)


def _note_move(tag: Tag, asset: Asset, reason: str, *, by: Viewer) -> None:
    db.session.add(
        TagMove(
            tag_id=tag.id,
            from_asset_id=tag.asset_id,
            to_asset_id=asset.id,
            at=clock.now(),
            by_id=by.id,
            by_name=by.name,
            reason=reason,
        )
    )
