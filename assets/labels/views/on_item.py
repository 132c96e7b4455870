"""What labels add to an item's page: the way to print its label."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from assets.labels import access
from assets.register.models import Asset
from assets.register.slots import Act
from kernel.access import Viewer
from kernel.i18n import gettext as _


def may_print(viewer: Viewer) -> bool:
    """Tell whether the register's list offers labels to this viewer."""
    return viewer.may(access.PRINT)


def acts(asset: Asset, viewer: Viewer) -> Sequence[Act]:
    """Return the way to print the label of an item."""
    if not viewer.may(access.PRINT, asset.owner_unit_id, asset.holding_unit_id):
        return ()
    return (Act(_("Print label"), url_for("labels.sheet", item=asset.id), "qr-code"),)
