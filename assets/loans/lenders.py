"""Who lends to whom: everybody may ask the office and the own school, not the other schools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from assets.catalogue.models import AssetClass
from assets.loans import access, pools
from assets.loans.request_models import LoanKit
from assets.register.models import Asset
from kernel.access import Viewer
from kernel.db import db, thai_order
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.places.models import Unit

SCHOOL = "school"


def agency_of(unit: Unit, schools: Mapping[int, Unit]) -> int:
    """Return the id of the agency a unit belongs to: its school, else the office."""
    ids = [int(part) for part in unit.path.split("/") if part]
    return next((one for one in ids if one in schools), ids[0] if ids else unit.id)


def agency_id_of(unit: Unit) -> int:
    """Return the id of the agency of one unit, read from the database."""
    ids = [int(part) for part in unit.path.split("/") if part]
    found = select(Unit).where(Unit.id.in_(ids), Unit.kind == SCHOOL)
    return agency_of(unit, {one.id: one for one in db.session.scalars(found)})


def open_to(viewer: Viewer) -> list[Unit]:
    """Return the open units that a viewer may ask for things, the own agency's first."""
    units = db.session.scalars(
        select(Unit)
        .where(Unit.closed_on.is_(None))
        .order_by(Unit.kind, thai_order(Unit.name_th), Unit.id)
    ).all()
    schools = {unit.id: unit for unit in units if unit.kind == SCHOOL}
    own = next((agency_of(unit, schools) for unit in units if unit.id == viewer.unit_id), None)
    near = [unit for unit in units if agency_of(unit, schools) == own]
    office = [unit for unit in units if agency_of(unit, schools) not in schools]
    return near + [unit for unit in office if unit not in near]


def lenders(viewer: Viewer) -> Sequence[Unit]:
    """Return the units of ``open_to`` that have something to lend, in its order."""
    units = open_to(viewer)
    having = _having([unit.id for unit in units])
    return [unit for unit in units if unit.id in having]


def _having(unit_ids: Sequence[int]) -> set[int]:
    query = (
        select(Asset.holding_unit_id)
        .outerjoin(AssetClass, AssetClass.id == Asset.class_id)
        .where(pools.lendable(), Asset.holding_unit_id.in_(unit_ids))
    )
    return set(db.session.scalars(query.distinct()))


def kept_by(viewer: Viewer) -> list[Unit]:
    """Return the open units that have something to lend and whose kits the viewer keeps."""
    units = db.session.scalars(
        select(Unit)
        .where(Unit.closed_on.is_(None), viewer.scope(access.KEEP_KITS).clause(Unit.id))
        .order_by(Unit.kind, thai_order(Unit.name_th), Unit.id)
    ).all()
    having = _having([unit.id for unit in units])
    return [unit for unit in units if unit.id in having]


def kit_offered_to(viewer: Viewer, kit_id: int) -> LoanKit:
    """Return a kit of a unit that the viewer may ask.

    Raises:
        NotFound: there is none, it is not offered any more, or it is another school's.
    """
    found = db.session.get(LoanKit, kit_id)
    offered = found is not None and found.retired_on is None
    if found is None or not offered or found.unit_id not in {u.id for u in open_to(viewer)}:
        raise NotFound(_("There is no such kit."))
    return found
