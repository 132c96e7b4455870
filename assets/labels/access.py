"""Who may print labels, say what a label stands for, and arrange papers and printers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from assets.labels.models import LabelLayout, LabelPrinter, PrintRun, Tag
from assets.register import access as register
from assets.register.models import Asset
from kernel.access import Viewer, permission
from kernel.db import db, thai_order
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.people.access import Role
from office.places.models import Room, Unit

PRINT = permission("assets:label:print", roles=(Role.STOREKEEPER, Role.ADMIN, Role.TECHNICIAN))
CLAIM = permission("assets:tag:claim", roles=(Role.STOREKEEPER, Role.ADMIN))
ARRANGE = permission("assets:label:arrange", roles=(Role.STOREKEEPER, Role.ADMIN))


def printable(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the items whose labels a viewer may print."""
    mine = viewer.scope(PRINT).clause(Asset.owner_unit_id, Asset.holding_unit_id)
    return and_(register.visible(viewer), mine)


def rooms_labelled_by(viewer: Viewer, unit_id: int) -> Sequence[Room]:
    """Return the open rooms of a unit, by name, whose labels the viewer may print.

    Raises:
        NotFound: there is no such unit.
        NotAllowed: the viewer prints no labels for it.
    """
    if db.session.get(Unit, unit_id) is None:
        raise NotFound(_("There is no such unit."))
    viewer.demand(PRINT, unit_id)
    return db.session.scalars(
        select(Room)
        .where(Room.unit_id == unit_id, Room.closed_on.is_(None))
        .options(joinedload(Room.building))
        .order_by(thai_order(Room.name), Room.id)
    ).all()


def runs_of(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the print runs a viewer may see: own ones, and of the units."""
    reach = viewer.scope(PRINT).clause(PrintRun.unit_id)
    return or_(PrintRun.by_id == viewer.id, reach)


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


def tag_kept_by(viewer: Viewer, tag_id: int) -> Tag:
    """Return a tag of an item that the viewer may take out of use or put on another item.

    Raises:
        NotFound: there is none, it is blank, or its item lies outside the viewer's scope.
        NotAllowed: its item may be seen, and its tags not changed.
    """
    tag = db.session.scalar(select(Tag).where(Tag.id == tag_id))
    if tag is None or tag.asset_id is None:
        raise NotFound(_("There is no such label."))
    asset_claimed_by(viewer, tag.asset_id)
    return tag


def run_seen_by(viewer: Viewer, run_id: int) -> PrintRun:
    """Return a print run that the viewer may look at.

    Raises:
        NotFound: there is none, or somebody of another unit printed it.
    """
    found = db.session.scalar(
        select(PrintRun)
        .where(PrintRun.id == run_id, runs_of(viewer))
        .options(joinedload(PrintRun.printer), joinedload(PrintRun.unit))
    )
    if found is None:
        raise NotFound(_("There is no such print run, or another unit made it."))
    return found


def layout_kept_by(viewer: Viewer, layout_id: int) -> LabelLayout:
    """Return an own paper that the viewer may change.

    Raises:
        NotFound: there is none, or it is not used any more.
        NotAllowed: it belongs to another unit.
    """
    found = db.session.get(LabelLayout, layout_id)
    if found is None or found.retired_at is not None:
        raise NotFound(_("There is no such paper."))
    viewer.demand(ARRANGE, found.unit_id)
    return found


def printer_seen_by(viewer: Viewer, printer_id: int) -> LabelPrinter:
    """Return a printer; everybody who prints labels may use every one.

    Raises:
        NotFound: there is none, or it is not used any more.
        NotAllowed: the viewer prints no labels.
    """
    viewer.demand(PRINT)
    found = db.session.get(LabelPrinter, printer_id)
    if found is None or found.retired_at is not None:
        raise NotFound(_("There is no such printer."))
    return found


def printer_kept_by(viewer: Viewer, printer_id: int) -> LabelPrinter:
    """Return a printer that the viewer may fit.

    Raises:
        NotFound: there is none, or it is not used any more.
        NotAllowed: it belongs to another unit.
    """
    found = printer_seen_by(viewer, printer_id)
    viewer.demand(ARRANGE, found.unit_id)
    return found
