"""Promises: a quantity kept for a request or a ticket until it is handed out or let go."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import select

from assets.stock import access
from assets.stock.asked import Line, Reference
from assets.stock.models import StockBalance, StockReservation, Store
from assets.stock.rules import ledger, slips
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit


def reserve(store: Store, line: Line, reference: Reference, *, by: Viewer) -> StockReservation:
    """Promise a quantity to a request or a ticket.

    No right is asked for here: the room above decided that its request may have it.
    Refuses more than the store has and did not promise to others (R-S1).
    """
    slips.check_open(store)
    slips.check_lines([line])
    quantity = slips.base_quantity(line)
    balance = ledger.lock(store, [line.item])[line.item.id]
    ledger.demand(balance, line.item, quantity, promised=Decimal(0))
    balance.reserved += quantity
    made = StockReservation(
        store=store,
        item=line.item,
        quantity=quantity,
        ticket_id=reference.ticket_id,
        request_id=reference.request_id,
        reference=reference.number[:40],
        at=clock.now(),
        by_id=by.id,
    )
    db.session.add(made)
    db.session.flush()  # who calls keeps the id of the promise
    told = {"item": line.item.code, "quantity": quantity, "reference": made.reference}
    audit.record("reserved", made, by=by, after=told)
    return made


def release(promise: StockReservation, *, by: Viewer) -> None:
    """Let go of what is still promised; where nothing is, nothing happens."""
    balance = ledger.lock(promise.store, [promise.item])[promise.item_id]
    db.session.flush()  # what this unit of work changed is not read over
    db.session.refresh(promise)
    if promise.ended_at is not None:
        return
    balance.reserved -= promise.open_quantity
    promise.ended_at = clock.now()
    audit.record("released", promise, by=by, after={"reference": promise.reference})


def let_go(promise: StockReservation, *, by: Viewer) -> None:
    """Let go of a promise by hand; needs ``assets:stock:move`` over the unit of the store."""
    by.demand(access.MOVE, promise.store.unit_id)
    release(promise, by=by)


def open_for_request(request_id: int) -> list[StockReservation]:
    """Return the promises to a request that are not kept yet."""
    terms = (StockReservation.request_id == request_id, StockReservation.ended_at.is_(None))
    return list(db.session.scalars(select(StockReservation).where(*terms)))


def keep(line: Line, store: Store, balances: Mapping[int, StockBalance]) -> Decimal:
    """Return how much was promised to who takes a line; its balance is locked.

    Refuses a promise of another store or item.
    """
    promise = line.reservation
    if promise is None:
        return Decimal(0)
    db.session.flush()  # what this unit of work changed is not read over
    db.session.refresh(promise)
    if promise.store_id != store.id or promise.item_id not in balances:
        raise Refusal(_("This was promised out of another store."))
    return promise.open_quantity if promise.item_id == line.item.id else Decimal(0)


def use(line: Line, quantity: Decimal, balance: StockBalance) -> None:
    """Take what is handed out off its promise; what it keeps in full is ended."""
    promise = line.reservation
    if promise is None or not quantity:
        return
    balance.reserved -= quantity
    promise.issued += quantity
    if promise.issued >= promise.quantity:
        promise.ended_at = clock.now()
