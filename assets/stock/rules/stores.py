"""Stores and their bins: opened, changed, closed; what lies where."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from assets.stock import access, codes
from assets.stock.models import StockBalance, StockBin, StockItem, Store
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.people.models import Person
from office.places.models import Unit


@dataclass(frozen=True)
class Plate:
    """What a person writes on the record of a store; see ``Store``."""

    code: str
    name_th: str
    name_en: str = ""
    place: str = ""
    keeper: Person | None = None
    orderer: Person | None = None


def found(unit: Unit, plate: Plate, *, by: Viewer) -> Store:
    """Open a store of a unit.

    Refuses a closed unit, a missing or used code, a keeper who also orders, and people who left.
    """
    by.demand(access.STORES, unit.id)
    if unit.closed_on is not None:
        raise Refusal(_("This unit is closed."), field="unit")
    store = Store(unit_id=unit.id, unit=unit, **_fields(plate))
    db.session.add(store)
    _flush(plate)
    audit.record("founded", store, by=by, after={"code": store.code, "name": store.name_th})
    return store


def edit(store: Store, plate: Plate, *, by: Viewer) -> None:
    """Change the record of a store; refuses what ``found`` refuses."""
    by.demand(access.STORES, store.unit_id)
    audit.record_changes("edited", store, _fields(plate), by=by)
    _flush(plate)


def close(store: Store, *, by: Viewer) -> None:
    """Close a store. Refuses as long as there is something in it."""
    by.demand(access.STORES, store.unit_id)
    held = select(StockBalance.id).where(
        StockBalance.store_id == store.id, StockBalance.quantity > 0
    )
    if db.session.scalar(held.limit(1)) is not None:
        raise Refusal(_("There is still something in this store. Move it or write it off first."))
    audit.record_changes("closed", store, {"closed_on": clock.today()}, by=by)


def reopen(store: Store, *, by: Viewer) -> None:
    """Open a closed store again."""
    by.demand(access.STORES, store.unit_id)
    audit.record_changes("reopened", store, {"closed_on": None}, by=by)


def set_up_bin(store: Store, name: str, item: StockItem | None, *, by: Viewer) -> StockBin:
    """Set up a bin with a code for its label. Refuses a blank name and one in use here."""
    by.demand(access.STORES, store.unit_id)
    key = thai.search_key(name)[:60]
    if not key:
        raise Refusal(_("Please write the name of the bin."), field="name")
    same = select(StockBin).where(StockBin.store_id == store.id, StockBin.name_key == key)
    if db.session.scalar(same) is not None:
        raise Refusal(_("There is a bin of this name already."), field="name")
    made = StockBin(
        store=store, name=name.strip()[:60], name_key=key, code=codes.new_code(), item=item
    )
    db.session.add(made)
    db.session.flush()  # the trail and the label name the bin by its id
    audit.record("set_up", made, by=by, after={"name": made.name, "item": item and item.code})
    return made


def fill_bin(place: StockBin, item: StockItem | None, *, by: Viewer) -> None:
    """Say what lies in a bin; None empties it. Its label stays."""
    by.demand(access.STORES, place.store.unit_id)
    audit.record_changes("filled", place, {"item_id": item.id if item else None}, by=by)


def remove_bin(place: StockBin, *, by: Viewer) -> None:
    """Give up a bin: its label leads nowhere any more; its name can be used again."""
    by.demand(access.STORES, place.store.unit_id)
    if place.retired_at is not None:
        raise Refusal(_("This bin was given up already."))
    changes = {
        "retired_at": clock.now(),
        "item_id": None,
        "name_key": f"{place.name_key[:40]} #{place.id}",
    }
    audit.record_changes("removed", place, changes, by=by)


def _fields(plate: Plate) -> dict[str, object]:
    code = thai.normalize(plate.code).strip()
    if not code:
        raise Refusal(_("Please fill this in."), field="code")
    if not plate.name_th.strip():
        raise Refusal(_("Please fill this in."), field="name_th")
    keeper, orderer = plate.keeper, plate.orderer
    for field, person in (("keeper", keeper), ("orderer", orderer)):
        if person is not None and person.left_on is not None:
            raise Refusal(_("%(name)s has left.", name=person.name), field=field)
    if keeper is not None and orderer is not None and keeper.id == orderer.id:
        raise Refusal(
            _("Who keeps the store does not order its issues. Name somebody else (clause 205)."),
            field="orderer",
        )
    return {
        "code": code[:20],
        "name_th": plate.name_th.strip()[:120],
        "name_en": plate.name_en.strip()[:120],
        "place": plate.place.strip()[:200],
        "keeper_id": keeper.id if keeper else None,
        "orderer_id": orderer.id if orderer else None,
    }


def _flush(plate: Plate) -> None:
    try:
        db.session.flush()  # the database decides between two who enter one code at once
    except IntegrityError as error:
        if violates(error, "uq_store_code", "store.code"):
            raise Refusal(
                _("The code “%(code)s” is in use already.", code=plate.code), field="code"
            ) from error
        raise
