"""Who may see and change items; the loaders that refuse."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from assets.register.models import Asset, RegisterImport
from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.people.access import EVERYONE, Role

SEE = permission(
    "assets:item:see",
    roles=(
        Role.TECHNICIAN,
        Role.STOREKEEPER,
        Role.APPROVER,
        Role.COORDINATOR,
        Role.INSPECTOR,
        Role.AUDITOR,
        Role.ADMIN,
    ),
)
# Prices, book values and what repairs cost, on the page of an item.
VALUE = permission(
    "assets:item:value",
    roles=(
        Role.TECHNICIAN,
        Role.STOREKEEPER,
        Role.APPROVER,
        Role.COORDINATOR,
        Role.INSPECTOR,
        Role.AUDITOR,
        Role.ADMIN,
    ),
)
EDIT = permission("assets:item:edit", roles=(Role.STOREKEEPER, Role.ADMIN))
STAND = permission("assets:item:stand", roles=(Role.STOREKEEPER, Role.ADMIN))
NUMBER = permission("assets:number:set", roles=(Role.STOREKEEPER, Role.ADMIN))
REPORT = permission("assets:item:report", roles=EVERYONE)
MOVE = permission("assets:item:move", roles=(Role.STOREKEEPER, Role.ADMIN))
IMPORT = permission("assets:register:import", roles=(Role.STOREKEEPER, Role.ADMIN))


def import_seen_by(viewer: Viewer, import_id: int) -> RegisterImport:
    """Return an import for one of the units for which the viewer may import.

    Raises:
        NotFound: there is none, or it lies outside the viewer's scope.
    """
    mine = viewer.scope(IMPORT).clause(RegisterImport.unit_id)
    found = db.session.scalar(
        select(RegisterImport)
        .where(RegisterImport.id == import_id, mine)
        .options(joinedload(RegisterImport.unit), joinedload(RegisterImport.by))
    )
    if found is None:
        raise NotFound(_("There is no such import, or it belongs to another unit."))
    return found


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the items a viewer may see: owned or held inside the scope."""
    return viewer.scope(SEE).clause(Asset.owner_unit_id, Asset.holding_unit_id)


def asset_seen_by(viewer: Viewer, asset_id: int) -> Asset:
    """Return an item that the viewer may see.

    Raises:
        NotFound: there is none, or it lies outside the viewer's scope.
    """
    asset = db.session.scalar(select(Asset).where(Asset.id == asset_id, visible(viewer)))
    if asset is None:
        raise NotFound(_("There is no such item, or it belongs to another school."))
    return asset


def asset_edited(viewer: Viewer, asset_id: int) -> Asset:
    """Return an item whose card the viewer may change.

    Raises:
        NotFound: there is none, or it lies outside the viewer's scope.
        NotAllowed: the viewer may see it only.
    """
    asset = asset_seen_by(viewer, asset_id)
    viewer.demand(EDIT, asset.owner_unit_id, asset.holding_unit_id)
    return asset


def asset_at_hand(viewer: Viewer, asset_id: int) -> Asset:
    """Return an item that the viewer may see, or has in the own name.

    Raises:
        NotFound: there is none, or it is neither.
    """
    mine = and_(Asset.custodian_id.is_not(None), Asset.custodian_id == viewer.id)
    asset = db.session.scalar(select(Asset).where(Asset.id == asset_id, or_(visible(viewer), mine)))
    if asset is None:
        raise NotFound(_("There is no such item, or it belongs to another school."))
    return asset
