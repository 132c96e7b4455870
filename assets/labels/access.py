"""Who may print labels, and who may say what a label stands for."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select

from assets.labels.models import Tag
from assets.register import access as register
from assets.register.models import Asset
from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.people.access import Role

PRINT = permission("assets:label:print", roles=(Role.STOREKEEPER, Role.ADMIN, Role.TECHNICIAN))
CLAIM = permission("assets:tag:claim", roles=(Role.STOREKEEPER, Role.ADMIN))


def printable(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the items whose labels a viewer may print."""
    mine = viewer.scope(PRINT).clause(Asset.owner_unit_id, Asset.holding_unit_id)
    return and_(register.visible(viewer), mine)


def asset_labelled_by(viewer: Viewer, asset_id: int) -> Asset:
    """Return an item whose label the viewer may print.

    Raises:
        NotFound: there is none, or outside the viewer's scope.
        NotAllowed: it may be seen, and not labelled.
    """
    asset = register.asset_seen_by(viewer, asset_id)
    viewer.demand(PRINT, asset.owner_unit_id, asset.holding_unit_id)
    return asset


def asset_claimed_by(viewer: Viewer, asset_id: int) -> Asset:
    """Return an item that the viewer may put a label on.

    Raises:
        NotFound: there is none, or outside the viewer's scope.
        NotAllowed: it may be seen, and not tagged.
    """
    asset = register.asset_seen_by(viewer, asset_id)
    viewer.demand(CLAIM, asset.owner_unit_id, asset.holding_unit_id)
    return asset


def tag_retired_by(viewer: Viewer, tag_id: int) -> Tag:
    """Return a tag of an item that the viewer may take out of use.

    Raises:
        NotFound: there is none, it is blank, or its item lies outside the viewer's scope.
        NotAllowed: its item may be seen, and its tags not changed.
    """
    tag = db.session.scalar(select(Tag).where(Tag.id == tag_id))
    if tag is None or tag.asset_id is None:
        raise NotFound(_("There is no such label."))
    asset_claimed_by(viewer, tag.asset_id)
    return tag
