"""What photos and documents add to the pages of an item and of a model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, exists, or_

from assets.attachments import access, queries, rules
from assets.attachments.models import Attachment
from assets.attachments.states import Kind
from assets.catalogue.models import ProductModel
from assets.register import slots
from assets.register.models import Asset
from kernel.access import Viewer
from kernel.i18n import gettext as _

MOST_SHOWN = 6
NOTHING = queries.Files((), (), ())


def present() -> ColumnElement[bool]:
    """Return SQL about ``Asset``: something hangs, or hung, on it or on its model."""
    return or_(
        exists().where(Attachment.asset_id == Asset.id),
        exists().where(Attachment.product_id == Asset.model_id),
    )


def shown(asset: Asset, viewer: Viewer, *, there_are: bool) -> slots.Shown:
    """Return what the item's page shows: some photos, the documents, also those of its model.

    Args:
        asset: the item.
        viewer: who looks.
        there_are: what ``present`` said; nothing is asked of the database where there are none.
    """
    own, of_model = queries.files_around(asset, viewer) if there_are else (NOTHING, NOTHING)
    panel = {
        **_panel(own, viewer, asset),
        "of_model": of_model.documents,
        "files_href": url_for("attachments.of_item", asset_id=asset.id),
        "photos_href": url_for("attachments.photos_of_item", asset_id=asset.id),
    }
    return slots.Shown(panel, list(_happened(own, asset)))


def product_panel(product: ProductModel, viewer: Viewer) -> dict[str, Any]:
    """Return what the page of a model shows of its photos and documents."""
    return {
        **_panel(queries.files_of(product, viewer), viewer, product),
        "of_model": (),
        "files_href": url_for("attachments.of_model", product_id=product.id),
        "photos_href": url_for("attachments.photos_of_model", product_id=product.id),
    }


def _happened(files: queries.Files, asset: Asset) -> Iterator[slots.Entry]:
    """Yield when photos and documents were added to an item, and removed."""
    href = url_for("attachments.of_item", asset_id=asset.id)
    for one in queries.happened(files):
        added, removed, icon = _face(one)
        said = one.title or ("" if one.is_photo else one.name)
        yield slots.Entry(
            one.at,
            added,
            one.by_name,
            said,
            icon,
            href=href,
            kind=slots.Kind.FILE,
            who_id=one.by_id,
        )
        if one.removed_at is not None:
            yield slots.Entry(
                one.removed_at,
                removed,
                one.removed_by_name,
                "\n".join(filter(None, (said, one.removed_why))),
                "trash",
                href=href,
                kind=slots.Kind.FILE,
            )


def pictured(asset: Asset, photo_key: str, thumbnail_key: str, *, by: Viewer) -> None:
    """Keep a photo that another room put on a card among the photos of the item."""
    if photo_key:
        rules.take_over(asset, photo_key, thumbnail_key, by=by)


def _panel(files: queries.Files, viewer: Viewer, holder: access.Holder) -> dict[str, Any]:
    return {
        "files": files,
        "photos": [_strip(one) for one in files.photos[:MOST_SHOWN]],
        "more_photos": max(0, len(files.photos) - MOST_SHOWN),
        "may_change": access.may_change(viewer, holder),
    }


def _strip(one: Attachment) -> dict[str, str]:
    return {
        "href": url_for("attachments.show", attachment_id=one.id),
        "thumb": url_for("attachments.small", attachment_id=one.id),
        "alt": one.title or _("Photo of the item"),
    }


def _face(one: Attachment) -> tuple[str, str, str]:
    if one.kind == Kind.PHOTO:
        return _("Photo added"), _("Photo removed"), "camera"
    return _("Document added"), _("Document removed"), "paperclip"
