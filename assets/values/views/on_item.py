"""What the values add to an item's page: the way to its register card."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for

from assets.register.models import Asset
from assets.register.slots import Act
from assets.register.states import Lifecycle
from assets.values import access
from kernel.access import Viewer
from kernel.i18n import gettext as _


def acts(asset: Asset, viewer: Viewer) -> Sequence[Act]:
    """Return the way to the register card, for those who may read values."""
    if asset.lifecycle in (Lifecycle.DRAFT, Lifecycle.CANCELLED):
        return ()
    if not viewer.may(access.SEE, asset.owner_unit_id, asset.holding_unit_id):
        return ()
    return (Act(_("Register card"), url_for("values.card", asset_id=asset.id), "card-list"),)
