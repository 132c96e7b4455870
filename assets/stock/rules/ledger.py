"""The only writer of balances, layers and movements (R-S1, R-S2, R-K1).

Whoever changes a quantity locks the balances of all its items first, in one order, so two who want
the same things wait for each other and never for ever. The balance is the sum of the movements and
never below zero; what goes out is taken from the oldest layers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from assets.stock import costs
from assets.stock.costs import Entry, Stand, average_after, share
from assets.stock.ledger_models import StockLayer, StockMovement, StockSlip
from assets.stock.models import StockBalance, StockItem, Store
from assets.stock.quantities import shown
from assets.stock.states import Kind
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping.rules import insert_or_skip


@dataclass(frozen=True)
class Post:
    """What every movement of one act shares."""

    slip: StockSlip
    kind: Kind
    by: Viewer
    reason: str = ""


def lock(store: Store, items: Iterable[StockItem]) -> dict[int, StockBalance]:
    """Return the balances of items in a store by item, locked until the unit of work ends.

    Items that the store never had get an empty balance.
    """
    wanted = sorted({item.id for item in items})
    query = (
        select(StockBalance)
        .where(StockBalance.store_id == store.id, StockBalance.item_id.in_(wanted))
        .order_by(StockBalance.item_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = {one.item_id: one for one in db.session.scalars(query)}
    missing = [item_id for item_id in wanted if item_id not in found]
    if not missing:
        return found
    for item_id in missing:
        empty = {"quantity": Decimal(0), "value": Decimal(0), "average_value": Decimal(0)}
        more = {"reserved": Decimal(0), "minimum": Decimal(0)}
        insert_or_skip(StockBalance, store_id=store.id, item_id=item_id, **empty, **more)
    return {one.item_id: one for one in db.session.scalars(query)}


def demand(balance: StockBalance, item: StockItem, quantity: Decimal, *, promised: Decimal) -> None:
    """Refuse where a store has less than is wanted and not promised to others (R-S1).

    Args:
        balance: locked.
        promised: how much of the quantity was promised to who takes it now.
    """
    free = balance.free + promised
    if quantity <= free:
        return
    words = {
        "name": item.name,
        "free": shown(max(free, Decimal(0))),
        "wanted": shown(quantity),
        "unit": item.unit,
    }
    if quantity > balance.quantity:
        raise Refusal(
            _("There are only %(free)s %(unit)s of “%(name)s”, not %(wanted)s.", **words),
            field="quantity",
        )
    raise Refusal(
        _(
            "Only %(free)s %(unit)s of “%(name)s” are free, not %(wanted)s; the rest is promised "
            "to others.",
            **words,
        ),
        field="quantity",
    )


def put_in(
    balance: StockBalance,
    quantity: Decimal,
    value: Decimal,
    post: Post,
    *,
    lot: str = "",
    expires_on: date | None = None,
) -> StockMovement:
    """Bring a quantity in as a layer of its own.

    Args:
        balance: locked.
        quantity: in the base unit, more than zero, checked.
        value: its worth in baht.
    """
    layer = StockLayer(
        store_id=balance.store_id,
        item_id=balance.item_id,
        slip=post.slip,
        posted_on=clock.today(),
        lot=lot[:60],
        expires_on=expires_on,
        quantity=quantity,
        value=value,
        remaining=quantity,
        remaining_value=value,
    )
    db.session.add(layer)
    return _move(balance, layer, Entry(quantity, value), post)


def take_out(
    balance: StockBalance, item: StockItem, quantity: Decimal, post: Post, *, promised: Decimal
) -> list[StockMovement]:
    """Take a quantity out of the oldest layers; one movement for each layer that gives (R-K1).

    Args:
        balance: locked.
        quantity: in the base unit, more than zero, checked.
        promised: how much of it was promised to who takes it.

    Refuses more than there is, and more than is not promised to others (R-S1).
    """
    demand(balance, item, quantity, promised=promised)
    layers = layers_of(balance)
    found = {layer.id: layer for layer in layers}
    left = [costs.Layer(one.id, one.remaining, one.remaining_value) for one in layers]
    moved = []
    for taken in costs.first_out(left, quantity):
        layer = found[taken.key]
        layer.remaining -= taken.quantity
        layer.remaining_value -= taken.value
        moved.append(_move(balance, layer, Entry(-taken.quantity, -taken.value), post))
    return moved


def put_back(
    balance: StockBalance, issues: Sequence[StockMovement], quantity: Decimal, post: Post
) -> list[StockMovement]:
    """Bring back what was issued, into the layers it came from, the last that gave first.

    Args:
        balance: locked.
        issues: movements that went out of this store, in any order.
        quantity: in the base unit, more than zero, checked.

    Refuses more than these issues gave and nobody gave back yet.
    """
    returned = _returned([one.id for one in issues])
    moved, left = [], quantity
    for issue in sorted(issues, key=lambda one: -one.id):
        back, back_value = returned.get(issue.id, (Decimal(0), Decimal(0)))
        still = -issue.quantity - back
        part = min(still, left)
        if part <= 0:
            continue
        value = share(-issue.value - back_value, part, still)
        issue.layer.remaining += part
        issue.layer.remaining_value += value
        entry = Entry(part, value, at_average=True)
        moved.append(_move(balance, issue.layer, entry, post, reverses=issue))
        left -= part
    if left:
        raise Refusal(
            _("Only %(count)s can come back; no more was issued.", count=shown(quantity - left)),
            field="quantity",
        )
    return moved


def layers_of(balance: StockBalance) -> Sequence[StockLayer]:
    """Return the layers of a balance that hold something, the oldest first."""
    return db.session.scalars(
        select(StockLayer)
        .where(
            StockLayer.store_id == balance.store_id,
            StockLayer.item_id == balance.item_id,
            StockLayer.remaining > 0,
        )
        .order_by(StockLayer.id)
        .execution_options(populate_existing=True)
    ).all()


def last_layer(balance: StockBalance) -> StockLayer | None:
    """Return the newest layer of a balance, also an empty one; None where there never was one."""
    return db.session.scalar(
        select(StockLayer)
        .where(StockLayer.store_id == balance.store_id, StockLayer.item_id == balance.item_id)
        .order_by(StockLayer.id.desc())
        .limit(1)
    )


def has_moved(balance: StockBalance) -> bool:
    """Tell whether the ledger holds anything about a balance."""
    return last_layer(balance) is not None


def _returned(issue_ids: Sequence[int]) -> dict[int, tuple[Decimal, Decimal]]:
    rows = db.session.execute(
        select(
            StockMovement.reverses_id,
            func.sum(StockMovement.quantity),
            func.sum(StockMovement.value),
        )
        .where(StockMovement.reverses_id.in_(issue_ids))
        .group_by(StockMovement.reverses_id)
    )
    return {issue_id or 0: (quantity, value) for issue_id, quantity, value in rows}


def _move(
    balance: StockBalance,
    layer: StockLayer,
    entry: Entry,
    post: Post,
    *,
    reverses: StockMovement | None = None,
) -> StockMovement:
    """Write one movement and let the balance follow."""
    average = average_after(Stand(balance.quantity, balance.average_value), entry)
    balance.quantity += entry.quantity
    balance.value += entry.value
    balance.average_value = average.value
    if not balance.is_low:
        balance.told_low_at = None
    movement = StockMovement(
        at=clock.now(),
        posted_on=clock.today(),
        store_id=balance.store_id,
        item_id=balance.item_id,
        slip=post.slip,
        layer=layer,
        reverses=reverses,
        kind=post.kind,
        quantity=entry.quantity,
        value=entry.value,
        balance=balance.quantity,
        balance_value=balance.value,
        reason=post.reason.strip()[:400],
        by_id=post.by.id,
        by_name=post.by.name[:200],
    )
    db.session.add(movement)
    db.session.flush()  # the ledger is read in the order of its ids, which only this keeps
    return movement
