"""The verbs of attachments: add, choose the main photo, put in order, describe, remove, put back.

Each of them first locks the item or model, so that two people who add at once both succeed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from assets.attachments import queries
from assets.attachments.access import Holder
from assets.attachments.models import Attachment
from assets.attachments.states import Kind
from assets.register.models import Asset
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.documents import JPEG
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

MOST_OF_ONE = 100


@dataclass(frozen=True)
class Kept:
    """A file that lies in the store already: its keys and what was found out about it."""

    key: str
    thumbnail_key: str
    media: str
    name: str
    size: int | None = None
    pages: int | None = None


def add_photos(holder: Holder, photos: Sequence[Kept], caption: str, *, by: Viewer) -> int:
    """Put photos to an item or model; the first one it ever gets becomes its main photo.

    Args:
        holder: the item or model.
        photos: cleaned photos in the store; one that it has already is left out.
        caption: what they show; may be blank.
        by: who adds them.

    Returns:
        how many are new. Refuses more than 100 photos and documents of one thing.
    """
    _lock(holder)
    made = _add(holder, photos, {"kind": Kind.PHOTO, "title": caption}, by)
    if made and not holder.photo_key:
        _show(holder, made[0], by)
    return len(made)


def add_documents(
    holder: Holder,
    documents: Sequence[Kept],
    kind: Kind,
    title: str,
    dated_on: date | None,
    *,
    by: Viewer,
) -> int:
    """Put documents to an item or model.

    Args:
        holder: the item or model.
        documents: checked files in the store; one that it has already is left out.
        kind: what they are; not a photo.
        title: of all of them; where it is blank each goes by the name of its file.
        dated_on: the day that stands on them.
        by: who adds them.

    Returns:
        how many are new. Refuses more than 100 photos and documents of one thing.
    """
    _lock(holder)
    fields = {"kind": kind, "title": title, "dated_on": dated_on}
    return len(_add(holder, documents, fields, by))


def take_over(holder: Holder, photo_key: str, thumbnail_key: str, *, by: Viewer) -> None:
    """Keep a photo that another room has just put on the card among the photos of the item."""
    if photo_key not in {one.key for one in queries.photos_of(holder)}:
        name = f"photo-{clock.today():%Y-%m-%d}.jpg"
        kept = Kept(photo_key, thumbnail_key, JPEG, name)
        _add(holder, [kept], {"kind": Kind.PHOTO}, by)


def choose(photo: Attachment, holder: Holder, *, by: Viewer) -> None:
    """Make a photo the main one, which stands on the card and behind the label.

    Refuses a document, and a photo that was removed meanwhile.
    """
    _lock(holder)
    _demand_there(photo)
    if not photo.is_photo:
        raise Refusal(_("Only a photo can be the main photo."))
    _show(holder, photo, by)


def shift(photo: Attachment, holder: Holder, step: int, *, by: Viewer) -> None:
    """Move a photo one place earlier (-1) or later (1); at the end of the row it stays there."""
    _lock(holder)
    _demand_there(photo)
    row = list(queries.photos_of(holder))
    place = row.index(photo)
    row.insert(max(0, place + step), row.pop(place))
    if row.index(photo) != place:
        for number, one in enumerate(row):
            one.position = number
        audit.record("shifted", photo, by=by, after={"position": row.index(photo)})


def edit(one: Attachment, changes: dict[str, Any], *, by: Viewer) -> bool:
    """Change caption, title, kind or date; return whether anything changed.

    Refuses what was removed, and making a document of a photo or the other way round.
    """
    _demand_there(one)
    kind = changes.get("kind", one.kind)
    if (kind == Kind.PHOTO) != one.is_photo:
        raise Refusal(_("A photo stays a photo, and a document a document."), field="kind")
    return audit.record_changes("edited", one, changes, by=by)


def remove(one: Attachment, holder: Holder, why: str, *, by: Viewer) -> None:
    """Take an attachment away; its row and the reason stay.

    The file stays until the tidying some weeks later. Of photos the next one becomes the main one.
    Refuses what was removed already, and a blank reason.
    """
    _lock(holder)
    _demand_there(one)
    if not why.strip():
        raise Refusal(_("Please say why."), field="why")
    one.removed_at, one.removed_why = clock.now(), why.strip()
    one.removed_by_name = by.name
    audit.record("removed", one, by=by, before={"name": one.name}, after={"why": why})
    if one.is_photo and holder.photo_key == one.key:
        rest = queries.photos_of(holder)
        _show(holder, rest[0] if rest else None, by)


def restore(one: Attachment, holder: Holder, *, by: Viewer) -> None:
    """Put a removed attachment back.

    Refuses one that is there, one whose file was tidied away, and one that was added again since.
    """
    _lock(holder)
    if one.removed_at is None:
        raise Refusal(_("This is there already."))
    if not one.key:
        raise Refusal(_("Its file was tidied away; please add it anew."))
    if one.key in _keys(holder, one.is_photo):
        raise Refusal(_("The same file was added again since."))
    why = one.removed_why
    one.removed_at, one.removed_why, one.removed_by_name = None, "", ""
    one.position = _next_position(holder)
    audit.record("restored", one, by=by, before={"why": why})
    if one.is_photo and not holder.photo_key:
        _show(holder, one, by)


def forget(one: Attachment, *, by: Viewer) -> None:
    """Name the file of a removed attachment no more, so that it may be tidied away."""
    if one.removed_at is None:
        raise Refusal(_("This is there already."))
    keys = {"key": "", "thumbnail_key": ""}
    audit.record_changes("forgot", one, keys, by=by)


def _add(
    holder: Holder, files: Sequence[Kept], fields: dict[str, Any], by: Viewer
) -> list[Attachment]:
    known = _keys(holder, fields["kind"] == Kind.PHOTO)
    there = db.session.scalar(
        select(func.count()).where(queries.of_holder(holder), Attachment.removed_at.is_(None))
    )
    made: list[Attachment] = []
    position = _next_position(holder)
    for kept in files:
        if kept.key in known:
            continue
        known.add(kept.key)
        row = Attachment(
            **fields, **vars(kept), position=position + len(made), at=clock.now(), by_id=by.id
        )
        row.by_name = by.name
        row.asset_id = holder.id if isinstance(holder, Asset) else None
        row.product_id = None if isinstance(holder, Asset) else holder.id
        db.session.add(row)
        after = {"kind": row.kind, "name": row.name, "of": f"{holder.__tablename__} {holder.id}"}
        audit.record("added", row, by=by, after=after)
        made.append(row)
    if (there or 0) + len(made) > MOST_OF_ONE:
        raise Refusal(
            _("Up to %(most)s photos and documents of one thing are kept.", most=MOST_OF_ONE)
        )
    return made


def _keys(holder: Holder, photos: bool) -> set[str]:  # noqa: FBT001 - photos or documents
    kind = Attachment.kind == Kind.PHOTO if photos else Attachment.kind != Kind.PHOTO
    there = (queries.of_holder(holder), kind, Attachment.removed_at.is_(None))
    return set(db.session.scalars(select(Attachment.key).where(*there)))


def _next_position(holder: Holder) -> int:
    after_last = func.coalesce(func.max(Attachment.position) + 1, 0)
    return db.session.scalar(select(after_last).where(queries.of_holder(holder))) or 0


def _show(holder: Holder, photo: Attachment | None, by: Viewer) -> None:
    keys = (photo.key, photo.thumbnail_key) if photo else ("", "")
    changes = {"photo_key": keys[0], "thumbnail_key": keys[1]}
    audit.record_changes("pictured", holder, changes, by=by)


def _lock(holder: Holder) -> None:
    """Let one person at a time change what hangs on a thing, seeing what stands there now."""
    kind = type(holder)
    db.session.execute(select(kind.id).where(kind.id == holder.id).with_for_update())
    db.session.refresh(holder)


def _demand_there(one: Attachment) -> None:
    db.session.refresh(one)
    if one.removed_at is not None:
        raise Refusal(_("This was removed meanwhile."))
