"""Who may see and move stock; the loaders that refuse.

A store belongs to a unit, and a right over the unit is a right over its stores. Items are one list
for all. What a person asked for or received is theirs to read.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from assets.stock.ledger_models import StockSlip
from assets.stock.models import StockBin, StockItem, Store
from kernel.access import Permission, Viewer, permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.people.access import EVERYONE, Role

SEE = permission(
    "assets:stock:see",
    roles=(
        Role.STOREKEEPER,
        Role.TECHNICIAN,
        Role.APPROVER,
        Role.COORDINATOR,
        Role.INSPECTOR,
        Role.AUDITOR,
        Role.ADMIN,
    ),
)
MOVE = permission("assets:stock:move", roles=(Role.STOREKEEPER, Role.ADMIN))
TAKE = permission("assets:stock:take", roles=(Role.TECHNICIAN, Role.STOREKEEPER, Role.ADMIN))
ITEMS = permission("assets:stock_item:edit", roles=(Role.STOREKEEPER, Role.ADMIN))
STORES = permission("assets:store:edit", roles=(Role.STOREKEEPER, Role.ADMIN))
COUNT = permission("assets:stock_count:count", roles=(Role.STOREKEEPER, Role.INSPECTOR, Role.ADMIN))
SLIP = permission("assets:stock_slip:see", roles=EVERYONE)


def stores_of(viewer: Viewer, right: Permission = SEE) -> ColumnElement[bool]:
    """Return the WHERE term of the stores a right reaches."""
    return viewer.scope(right).clause(Store.unit_id)


def store_under(viewer: Viewer, store_id: int, right: Permission = SEE) -> Store:
    """Return a store that the viewer may see and that a right of the viewer reaches.

    Raises:
        NotFound: there is none, or it is of another unit.
        NotAllowed: the viewer may read it only.
    """
    found = db.session.scalar(
        select(Store)
        .options(joinedload(Store.unit), joinedload(Store.keeper), joinedload(Store.orderer))
        .where(Store.id == store_id)
    )
    if found is None or not viewer.may(SEE, found.unit_id):
        raise NotFound(_("There is no such store, or it belongs to another school."))
    viewer.demand(right, found.unit_id)
    return found


def item_seen(item_id: int) -> StockItem:
    """Return an item; everybody who sees a store sees them all.

    Raises:
        NotFound: there is none.
    """
    found = db.session.get(StockItem, item_id)
    if found is None:
        raise NotFound(_("There is no such item of stock."))
    return found


def bin_under(viewer: Viewer, bin_id: int, right: Permission = SEE) -> StockBin:
    """Return a bin of a store that a right of the viewer reaches.

    Raises:
        NotFound: there is none, or it is of another unit.
        NotAllowed: the viewer may read it only.
    """
    found = db.session.scalar(
        select(StockBin)
        .options(joinedload(StockBin.store), joinedload(StockBin.item))
        .where(StockBin.id == bin_id)
    )
    if found is None or not viewer.may(SEE, found.store.unit_id):
        raise NotFound(_("There is no such bin, or it belongs to another school."))
    viewer.demand(right, found.store.unit_id)
    return found


def slips_seen(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the slips a viewer may see: of the own stores, and the own ones."""
    mine = or_(StockSlip.requester_id == viewer.id, StockSlip.receiver_id == viewer.id)
    scope = viewer.scope(SEE)
    if not scope:
        return mine
    reached = select(Store.id).where(scope.clause(Store.unit_id))
    return or_(mine, StockSlip.store_id.in_(reached), StockSlip.to_store_id.in_(reached))


def slip_seen(viewer: Viewer, slip_id: int) -> StockSlip:
    """Return a document that the viewer may see.

    Raises:
        NotFound: there is none, or it is of another unit.
    """
    found = db.session.scalar(
        select(StockSlip)
        .options(
            joinedload(StockSlip.store).joinedload(Store.unit),
            joinedload(StockSlip.to_store),
            joinedload(StockSlip.approval),
        )
        .where(StockSlip.id == slip_id, slips_seen(viewer))
    )
    if found is None or viewer.id is None:
        raise NotFound(_("There is no such document, or it belongs to another school."))
    return found
