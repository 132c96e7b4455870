"""Checks of stock: balances are the sum of movements, layers hold what is left (R-S1, R-S2)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from sqlalchemy import and_, case, exists, func, or_, select

from assets.stock.costs import Entry, average_of
from assets.stock.count_models import StockCount
from assets.stock.ledger_models import StockLayer, StockMovement, StockSlip, StockSlipLine
from assets.stock.models import StockBalance, StockReservation
from assets.stock.states import CountState, Kind, SlipKind, SlipState
from helpdesk.doctor.findings import Check, named, rows
from kernel.i18n import lazy_gettext as _l
from office.approvals.models import Approval
from office.approvals.states import OPEN_STATES

AT_AVERAGE = (Kind.GIVEN_BACK, Kind.CAME_BACK)


def balances() -> Iterator[str]:
    """Yield balances that are not the sum of their movements, or below zero (R-S1, R-S2)."""
    moved = (
        select(
            StockMovement.store_id,
            StockMovement.item_id,
            func.sum(StockMovement.quantity).label("quantity"),
            func.sum(StockMovement.value).label("value"),
        )
        .group_by(StockMovement.store_id, StockMovement.item_id)
        .subquery()
    )
    same = and_(moved.c.store_id == StockBalance.store_id, moved.c.item_id == StockBalance.item_id)
    wrong = or_(
        func.coalesce(moved.c.quantity, 0) != StockBalance.quantity,
        func.coalesce(moved.c.value, 0) != StockBalance.value,
        StockBalance.quantity < 0,
        StockBalance.reserved < 0,
        StockBalance.reserved > StockBalance.quantity,
    )
    query = select(StockBalance.id).outerjoin(moved, same).where(wrong)
    yield from named("stock_balance", query)
    no_balance = ~exists().where(
        StockBalance.store_id == StockMovement.store_id,
        StockBalance.item_id == StockMovement.item_id,
    )
    yield from named("stock_movement", select(StockMovement.id).where(no_balance))


def layers() -> Iterator[str]:
    """Yield layers that hold another quantity or worth than their movements leave (R-K1)."""
    moved = (
        select(
            StockMovement.layer_id,
            func.sum(StockMovement.quantity).label("quantity"),
            func.sum(StockMovement.value).label("value"),
        )
        .group_by(StockMovement.layer_id)
        .subquery()
    )
    wrong = or_(
        func.coalesce(moved.c.quantity, 0) != StockLayer.remaining,
        func.coalesce(moved.c.value, 0) != StockLayer.remaining_value,
    )
    query = select(StockLayer.id).outerjoin(moved, moved.c.layer_id == StockLayer.id)
    yield from named("stock_layer", query.where(wrong))


def running_balances() -> Iterator[str]:
    """Yield movements after which there was another quantity than the ones before it lead to."""
    so_far = func.sum(StockMovement.quantity).over(
        partition_by=(StockMovement.store_id, StockMovement.item_id), order_by=StockMovement.id
    )
    walked = select(StockMovement.id, StockMovement.balance, so_far.label("so_far")).subquery()
    query = select(walked.c.id).where(
        or_(walked.c.so_far != walked.c.balance, walked.c.balance < 0)
    )
    yield from named("stock_movement", query)


def averages() -> Iterator[str]:
    """Yield balances whose worth at the average is not what their movements lead to."""
    kept = {
        (store_id, item_id): (balance_id, worth)
        for balance_id, store_id, item_id, worth in rows(
            select(
                StockBalance.id,
                StockBalance.store_id,
                StockBalance.item_id,
                StockBalance.average_value,
            )
        )
    }
    moved = select(
        StockMovement.store_id,
        StockMovement.item_id,
        StockMovement.quantity,
        StockMovement.value,
        StockMovement.kind,
    ).order_by(StockMovement.store_id, StockMovement.item_id, StockMovement.id)
    for place, lines in groupby(rows(moved), key=lambda row: (row.store_id, row.item_id)):
        entries = [Entry(one.quantity, one.value, one.kind in AT_AVERAGE) for one in lines]
        if place in kept and _worth(entries) != kept[place][1]:
            yield f"stock_balance {kept[place][0]}"


def _worth(entries: list[Entry]) -> Decimal:
    try:
        return average_of(entries).value
    except ValueError:  # more went out than there was: no worth is right
        return Decimal(-1)


def promises() -> Iterator[str]:
    """Yield balances that keep another quantity back than is promised."""
    left = case(
        (StockReservation.ended_at.is_(None), StockReservation.quantity - StockReservation.issued),
        else_=0,
    )
    promised = (
        select(
            StockReservation.store_id, StockReservation.item_id, func.sum(left).label("quantity")
        )
        .group_by(StockReservation.store_id, StockReservation.item_id)
        .subquery()
    )
    same = and_(
        promised.c.store_id == StockBalance.store_id, promised.c.item_id == StockBalance.item_id
    )
    query = (
        select(StockBalance.id)
        .outerjoin(promised, same)
        .where(func.coalesce(promised.c.quantity, 0) != StockBalance.reserved)
    )
    yield from named("stock_balance", query)


def documents() -> Iterator[str]:
    """Yield posted documents whose lines moved another quantity than they say.

    And issues without one of the four people (R-S1), and documents that wait for an approval
    which has ended.
    """
    moved = (
        select(func.coalesce(func.sum(func.abs(StockMovement.quantity)), 0))
        .where(
            StockMovement.slip_id == StockSlipLine.slip_id,
            StockMovement.item_id == StockSlipLine.item_id,
            StockMovement.kind.not_in((Kind.SENT, Kind.CAME_BACK)),
        )
        .scalar_subquery()
    )
    lines = (
        select(StockSlipLine.id)
        .join(StockSlip, StockSlip.id == StockSlipLine.slip_id)
        .where(StockSlip.state == SlipState.POSTED, moved != StockSlipLine.done)
    )
    yield from named("stock_slip_line", lines)
    nameless = or_(
        StockSlip.requester_name == "",
        StockSlip.approver_name == "",
        StockSlip.issuer_name == "",
        StockSlip.receiver_name == "",
    )
    issues = select(StockSlip.id).where(StockSlip.kind == SlipKind.ISSUE, nameless)
    yield from named("stock_slip", issues)
    waits = exists().where(Approval.id == StockSlip.approval_id, Approval.state.in_(OPEN_STATES))
    stuck = select(StockSlip.id).where(StockSlip.state == SlipState.SUBMITTED, ~waits)
    yield from named("stock_slip", stuck)


def counts() -> Iterator[str]:
    """Yield stock counts that wait for an approval which has ended."""
    waits = exists().where(Approval.id == StockCount.approval_id, Approval.state.in_(OPEN_STATES))
    stuck = select(StockCount.id).where(StockCount.state == CountState.SUBMITTED, ~waits)
    yield from named("stock_count", stuck)


CHECKS = (
    Check(
        "stock_balances",
        _l("What a store has is the sum of its movements and never below zero."),
        _l("Count the item and correct it by a movement; restore the ledger from a backup."),
        balances,
    ),
    Check(
        "stock_layers",
        _l("What is left of each receipt is what its movements left."),
        _l("Compare the stock card with the papers; restore the ledger from a backup."),
        layers,
    ),
    Check(
        "stock_ledger",
        _l("Each movement of stock follows from the one before."),
        _l("Somebody changed the ledger behind the service; restore it from a backup."),
        running_balances,
    ),
    Check(
        "stock_averages",
        _l("What a store has is worth at the average what its movements lead to."),
        _l("Compare the stock card with the papers; restore the ledger from a backup."),
        averages,
    ),
    Check(
        "stock_promises",
        _l("As much is kept back as is promised to requests and repairs."),
        _l("Look at what is promised on the page of the item, and at the requests it names."),
        promises,
    ),
    Check(
        "stock_documents",
        _l("Documents of the stores moved what they say, and name who did what."),
        _l("Compare the document with the stock card; restore the ledger from a backup."),
        documents,
    ),
    Check(
        "stock_counts",
        _l("No stock count waits for an approval that has ended."),
        _l("Open the count and its approval; ask for the approval once more."),
        counts,
    ),
)
