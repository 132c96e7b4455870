"""One item: what each store has of it, its layers, what moved; finding one by what was typed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from assets.stock import access, codes
from assets.stock.ledger_models import StockLayer, StockMovement
from assets.stock.models import StockBalance, StockBin, StockItem, StockReservation, Store
from kernel import thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.search import contains
from office.people.models import Person

MOST_FOUND = 4
MOVEMENTS_SHOWN = 15


def balances_of(item: StockItem, viewer: Viewer) -> Sequence[StockBalance]:
    """Return what the viewer's stores have of an item."""
    return db.session.scalars(
        select(StockBalance)
        .join(Store, Store.id == StockBalance.store_id)
        .options(joinedload(StockBalance.store))
        .where(StockBalance.item_id == item.id, access.stores_of(viewer))
        .order_by(Store.code)
    ).all()


def layers_of(item: StockItem, viewer: Viewer) -> Sequence[StockLayer]:
    """Return the layers that still hold something, the oldest of each store first."""
    return db.session.scalars(
        select(StockLayer)
        .join(Store, Store.id == StockLayer.store_id)
        .options(joinedload(StockLayer.slip), joinedload(StockLayer.store))
        .where(StockLayer.item_id == item.id, StockLayer.remaining > 0, access.stores_of(viewer))
        .order_by(Store.code, StockLayer.id)
    ).all()


def latest_movements(item: StockItem, viewer: Viewer) -> Sequence[StockMovement]:
    """Return the latest movements of an item in the viewer's stores, the newest first."""
    return db.session.scalars(
        select(StockMovement)
        .join(Store, Store.id == StockMovement.store_id)
        .options(joinedload(StockMovement.slip), joinedload(StockMovement.store))
        .where(StockMovement.item_id == item.id, access.stores_of(viewer))
        .order_by(StockMovement.id.desc())
        .limit(MOVEMENTS_SHOWN)
    ).all()


def promises_of(item: StockItem, viewer: Viewer) -> Sequence[StockReservation]:
    """Return what is promised and not handed out of an item in the viewer's stores."""
    return db.session.scalars(
        select(StockReservation)
        .join(Store, Store.id == StockReservation.store_id)
        .options(joinedload(StockReservation.store))
        .where(
            StockReservation.item_id == item.id,
            StockReservation.ended_at.is_(None),
            access.stores_of(viewer),
        )
        .order_by(StockReservation.id)
    ).all()


def bins_with(item: StockItem, viewer: Viewer) -> Sequence[StockBin]:
    """Return the bins of the viewer's stores in which an item lies."""
    return db.session.scalars(
        select(StockBin)
        .join(Store, Store.id == StockBin.store_id)
        .options(joinedload(StockBin.store))
        .where(StockBin.item_id == item.id, StockBin.retired_at.is_(None), access.stores_of(viewer))
        .order_by(Store.code, StockBin.name_key)
    ).all()


def balance_in(store: Store, item: StockItem) -> StockBalance | None:
    """Return what a store has of an item; None where it never had any."""
    terms = (StockBalance.store_id == store.id, StockBalance.item_id == item.id)
    return db.session.scalar(select(StockBalance).where(*terms))


def bin_by_code(text: str) -> StockBin | None:
    """Return the bin whose label was scanned or typed; None where it is none in use."""
    code = codes.read_code(text)
    if code is None:
        return None
    return db.session.scalar(
        select(StockBin)
        .options(joinedload(StockBin.store), joinedload(StockBin.item))
        .where(StockBin.code == code, StockBin.retired_at.is_(None))
    )


def find_item(typed: str) -> StockItem:
    """Return the item that was typed: a scanned bin, a code (with the name behind it), or a name.

    Refuses what fits no item or several.
    """
    place = bin_by_code(typed)
    if place is not None and place.item is not None:
        return place.item
    words = typed.split()
    keys = [thai.code_key(typed)[:30], thai.code_key(words[0])[:30] if words else ""]
    whole = select(StockItem).options(selectinload(StockItem.packs))
    named = or_(StockItem.code_key.in_([one for one in keys if one]), StockItem.name_th == typed)
    exact = db.session.scalars(whole.where(named).limit(MOST_FOUND)).all()
    if len(exact) == 1:
        return exact[0]
    fits = contains(StockItem.search_key, typed)
    found = (
        exact
        or db.session.scalars(
            whole.where(fits, StockItem.retired_on.is_(None)).limit(MOST_FOUND)
        ).all()
    )
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refusal(_("No item fits “%(typed)s”.", typed=typed[:60]))
    names = ", ".join(f"{one.code} {one.name}" for one in found[: MOST_FOUND - 1])
    raise Refusal(
        _(
            "Several items fit “%(typed)s”: %(names)s … Please write the code.",
            typed=typed[:60],
            names=names,
        )
    )


def find_person(typed: str, *, field: str) -> Person:
    """Return the person who was typed: a card, a user name, or a name.

    Refuses nothing typed, and what fits nobody or several.
    """
    said = typed.strip()
    if not said:
        raise Refusal(_("Please write the name or scan the card."), field=field)
    still_here = Person.left_on.is_(None)
    exact = or_(
        Person.card_code == thai.arabic_digits(said).upper(),
        Person.username == said.lower(),
        Person.name_th == thai.normalize(said),
        Person.name_en == said,
    )
    found = db.session.scalars(select(Person).where(exact, still_here).limit(MOST_FOUND)).all()
    if len(found) != 1:
        found = (
            found
            or db.session.scalars(
                select(Person)
                .where(contains(Person.search_key, said), still_here)
                .limit(MOST_FOUND)
            ).all()
        )
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refusal(_("Nobody of this name was found."), field=field)
    names = ", ".join(one.name for one in found[: MOST_FOUND - 1])
    raise Refusal(
        _("Several people fit: %(names)s … Please write the whole name.", names=names),
        field=field,
    )
