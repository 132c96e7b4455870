"""The items of stock: their record, packs, photo, and their limits in a store."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from assets.stock import access
from assets.stock.ledger_models import StockMovement
from assets.stock.models import StockBalance, StockItem, StockPack, Store
from assets.stock.quantities import checked
from assets.stock.rules import ledger
from assets.stock.states import CLASSES, SupplyClass
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.bookkeeping import audit


@dataclass(frozen=True)
class Card:
    """What a person writes on the record of an item; see ``StockItem``."""

    code: str
    name_th: str
    unit_th: str
    name_en: str = ""
    unit_en: str = ""
    size: str = ""
    supply_class: SupplyClass = SupplyClass.OTHER
    whole_only: bool = True
    expires: bool = False
    reorder_hint: str = ""
    note: str = ""


def enter(card: Card, *, by: Viewer) -> StockItem:
    """Enter an item of stock; refuses a missing code, name or unit, and a code in use."""
    by.demand(access.ITEMS)
    _check(card)
    item = StockItem(**_fields(card))
    db.session.add(item)
    _flush(card)
    audit.record("entered", item, by=by, after=_plain(card))
    return item


def edit(item: StockItem, card: Card, *, by: Viewer) -> None:
    """Change the record of an item.

    Refuses what ``enter`` refuses, and another unit or whole pieces only once it has moved:
    the quantities of the past would say something else.
    """
    by.demand(access.ITEMS)
    _check(card)
    moved = select(StockMovement.id).where(StockMovement.item_id == item.id).limit(1)
    changes_unit = card.unit_th.strip() != item.unit_th or (card.whole_only and not item.whole_only)
    if changes_unit and db.session.scalar(moved) is not None:
        raise Refusal(
            _("This item has moved already, so its unit stays as it is. Enter a new item instead."),
            field="unit_th",
        )
    audit.record_changes("edited", item, _fields(card), by=by)
    _flush(card)


def add_pack(item: StockItem, name_th: str, name_en: str, factor: Decimal, *, by: Viewer) -> None:
    """Add a pack: its name and how many base units are in it.

    Refuses a blank name, a name twice, and a factor out of measure.
    """
    by.demand(access.ITEMS)
    if not name_th.strip():
        raise Refusal(_("Please write the name of the pack."), field="name_th")
    if name_th.strip() in {pack.name_th for pack in item.packs}:
        raise Refusal(_("There is a pack of this name already."), field="name_th")
    size = checked(factor, whole=item.whole_only, field="factor")
    pack = StockPack(
        item_id=item.id, name_th=name_th.strip()[:40], name_en=name_en.strip()[:40], factor=size
    )
    item.packs.append(pack)
    audit.record("packed", item, by=by, after={"pack": pack.name_th, "factor": size})


def remove_pack(item: StockItem, pack_id: int, *, by: Viewer) -> None:
    """Remove a pack; documents keep how they were written."""
    by.demand(access.ITEMS)
    pack = next((one for one in item.packs if one.id == pack_id), None)
    if pack is None:
        raise Refusal(_("There is no such pack."))
    audit.record("unpacked", item, by=by, before={"pack": pack.name_th, "factor": pack.factor})
    item.packs.remove(pack)
    db.session.delete(pack)


def picture(item: StockItem, photo_key: str, thumbnail_key: str, *, by: Viewer) -> None:
    """Give an item another photo; the keys are of the file store."""
    by.demand(access.ITEMS)
    audit.record_changes(
        "pictured", item, {"photo_key": photo_key, "thumbnail_key": thumbnail_key}, by=by
    )


def retire(item: StockItem, *, by: Viewer) -> None:
    """Stop keeping an item. Refuses as long as a store has some of it."""
    by.demand(access.ITEMS)
    held = select(StockBalance.id).where(StockBalance.item_id == item.id, StockBalance.quantity > 0)
    if db.session.scalar(held.limit(1)) is not None:
        raise Refusal(_("A store still has some of it. Issue it or write it off first."))
    audit.record_changes("retired", item, {"retired_on": clock.today()}, by=by)


def take_up(item: StockItem, *, by: Viewer) -> None:
    """Keep an item again that was given up."""
    by.demand(access.ITEMS)
    audit.record_changes("taken_up", item, {"retired_on": None}, by=by)


def limit(
    store: Store, item: StockItem, minimum: Decimal | None, target: Decimal | None, *, by: Viewer
) -> None:
    """Say how little a store may have before it is short, and how much it is filled up to.

    Refuses a target below the minimum. Nothing typed is no minimum and no target.
    """
    by.demand(access.MOVE, store.unit_id)
    least = checked(minimum or Decimal(0), whole=item.whole_only, zero=True, field="minimum")
    most = None
    if target is not None:
        most = checked(target, whole=item.whole_only, zero=True, field="target")
    if most is not None and most < least:
        raise Refusal(_("The target is not below the minimum."), field="target")
    balance = ledger.lock(store, [item])[item.id]
    audit.record_changes("limited", balance, {"minimum": least, "target": most}, by=by)
    if not balance.is_low:
        balance.told_low_at = None


def positive(quantity: Decimal | None) -> Decimal:
    """Return a typed quantity; refuses none and a negative one, whose sign would be lost."""
    return checked(quantity, whole=False)


def _fields(card: Card) -> dict[str, object]:
    fields = {name: said.strip() if isinstance(said, str) else said for name, said in _of(card)}
    fields["supply_class"] = card.supply_class
    fields["code_key"] = thai.code_key(card.code)[:30]
    fields["name_sort"] = thai.sort_key(card.name_th)[:200]
    fields["search_key"] = _search_key(card)
    return fields


def _of(card: Card) -> list[tuple[str, object]]:
    return list(asdict(card).items())


def _search_key(card: Card) -> str:
    with speaking("th"):
        kind = str(CLASSES[card.supply_class])
    said = (card.code, card.name_th, card.name_en, card.size, kind, card.note)
    return thai.search_key(" ".join(said))


def _plain(card: Card) -> dict[str, object]:
    return {name: said for name, said in _of(card) if said not in ("", False)}


def _check(card: Card) -> None:
    for field in ("code", "name_th", "unit_th"):
        if not str(getattr(card, field)).strip():
            raise Refusal(_("Please fill this in."), field=field)
    if not thai.code_key(card.code):
        raise Refusal(_("A code has letters or figures."), field="code")


def _flush(card: Card) -> None:
    try:
        db.session.flush()  # the database decides between two who enter one code at once
    except IntegrityError as error:
        if violates(error, "uq_stock_item_code_key", "stock_item.code_key"):
            raise Refusal(
                _("The code “%(code)s” is in use already.", code=card.code), field="code"
            ) from error
        raise
