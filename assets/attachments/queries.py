"""Reading attachments: those of an item or model, and which removed ones are old."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from sqlalchemy import ColumnElement, or_, select

from assets.attachments import access
from assets.attachments.access import Holder
from assets.attachments.models import Attachment
from assets.attachments.states import PRICED, Kind
from assets.register.models import Asset
from kernel.access import Viewer
from kernel.db import db


@dataclass(frozen=True)
class Files:
    """The attachments of one thing: photos in their order, documents newest first, removed ones."""

    photos: Sequence[Attachment]
    documents: Sequence[Attachment]
    removed: Sequence[Attachment]


def of_holder(holder: Holder) -> ColumnElement[bool]:
    """Return the WHERE term of what hangs on an item or model."""
    if isinstance(holder, Asset):
        return Attachment.asset_id == holder.id
    return Attachment.product_id == holder.id


def files_of(holder: Holder, viewer: Viewer) -> Files:
    """Return what hangs, or hung, on an item or model, as far as the viewer may see it."""
    return _seen(_rows(of_holder(holder)), viewer, holder)


def files_around(asset: Asset, viewer: Viewer) -> tuple[Files, Files]:
    """Return what hangs on an item, and what hangs on its model, in one question."""
    wanted = of_holder(asset)
    if asset.model_id is not None:
        wanted = or_(wanted, Attachment.product_id == asset.model_id)
    rows = _rows(wanted)
    own = [row for row in rows if row.asset_id is not None]
    of_model = [row for row in rows if row.asset_id is None]
    return _seen(own, viewer, asset), _seen(of_model, viewer, asset)


def _rows(wanted: ColumnElement[bool]) -> Sequence[Attachment]:
    return db.session.scalars(
        select(Attachment).where(wanted).order_by(Attachment.position, Attachment.id)
    ).all()


def photos_of(holder: Holder) -> Sequence[Attachment]:
    """Return the photos of an item or model in their order."""
    return db.session.scalars(
        select(Attachment)
        .where(of_holder(holder), Attachment.kind == Kind.PHOTO, Attachment.removed_at.is_(None))
        .order_by(Attachment.position, Attachment.id)
    ).all()


def removed_before(moment: datetime, most: int) -> Sequence[int]:
    """Return ids of attachments that were removed before a moment and still name a file."""
    return db.session.scalars(
        select(Attachment.id)
        .where(Attachment.removed_at < moment, Attachment.key != "")
        .order_by(Attachment.id)
        .limit(most)
    ).all()


def happened(files: Files) -> Iterator[Attachment]:
    """Yield every attachment once."""
    return chain(files.photos, files.documents, files.removed)


def _seen(rows: Sequence[Attachment], viewer: Viewer, holder: Holder) -> Files:
    if not access.may_see_prices(viewer, holder):
        rows = [row for row in rows if row.kind not in PRICED]
    there = [row for row in rows if row.removed_at is None]
    documents = [row for row in there if not row.is_photo]
    return Files(
        [row for row in there if row.is_photo],
        sorted(documents, key=lambda row: (row.at, row.id), reverse=True),
        [row for row in rows if row.removed_at is not None],
    )
