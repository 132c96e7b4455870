"""What labels add to an item's page: the way to its labels, and what happened to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import url_for
from sqlalchemy import ColumnElement, exists, or_

from assets.labels import access, queries
from assets.labels.models import Tag, TagMove
from assets.labels.states import REASONS
from assets.register.models import Asset
from assets.register.slots import Act, Entry
from kernel.access import Viewer
from kernel.i18n import gettext as _


def may_print(viewer: Viewer) -> bool:
    """Tell whether the register's list offers labels to this viewer."""
    return viewer.may(access.PRINT)


def acts(asset: Asset, viewer: Viewer) -> Sequence[Act]:
    """Return the way to print the label of an item."""
    if not viewer.may(access.PRINT, asset.owner_unit_id, asset.holding_unit_id):
        return ()
    return (
        Act(_("Print label"), url_for("labels.sheet", item=asset.id), "qr-code", near=True),
        Act(_("Labels of this item"), url_for("labels.of_item", asset_id=asset.id), "tags"),
    )


def present() -> ColumnElement[bool]:
    """Return SQL about ``Asset``: it has, had or lost a label."""
    return or_(
        exists().where(Tag.asset_id == Asset.id),
        exists().where(TagMove.from_asset_id == Asset.id),
    )


def timeline(asset: Asset, viewer: Viewer) -> Iterator[Entry]:
    """Yield when labels were put on an item and ended; for those who print labels."""
    if not viewer.may(access.PRINT, asset.owner_unit_id, asset.holding_unit_id):
        return
    href = url_for("labels.of_item", asset_id=asset.id)
    tags, moves = queries.labels_of(asset)
    for tag in tags:
        code = f"{tag.code[:4]} {tag.code[4:]}"
        put = tag.claimed_at or tag.created_at
        yield Entry(at=put, text=_("Label %(code)s put on", code=code), icon="tag", href=href)
        if tag.retired_at is not None:
            why = str(REASONS[tag.retired_for]) if tag.retired_for else ""
            yield Entry(
                at=tag.retired_at,
                text=_("Label %(code)s out of use", code=code),
                body=" · ".join(part for part in (why, tag.retired_note) if part),
                icon="tag",
                href=href,
            )
    for move in moves:
        yield Entry(
            at=move.at,
            text=_("Label %(code)s sits on another item", code=move.tag.code),
            who=move.by_name,
            body=move.reason,
            icon="arrow-left-right",
            href=href,
        )
