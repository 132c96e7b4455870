"""Documents of the stores: the list, the lines of one, what can still be given back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from assets.stock import access
from assets.stock.ledger_models import StockMovement, StockSlip, StockSlipLine
from assets.stock.states import Kind, SlipKind, SlipState
from kernel.access import Viewer
from kernel.db import db, fixed

PAGE = 50
BATCH = 500


@dataclass(frozen=True)
class Filters:
    """Which documents are asked for; blanks narrow nothing. The days are of posting."""

    words: str = ""
    store_id: int | None = None
    kind: str = ""
    open_only: bool = False
    since: date | None = None
    until: date | None = None

    @property
    def narrows(self) -> bool:
        """Something is left out."""
        return self != Filters()


def documents(filters: Filters, viewer: Viewer, *, page: int) -> Sequence[StockSlip]:
    """Return one page of documents, the newest first, and one more where another page follows."""
    query = _select(filters, viewer).limit(fixed(PAGE + 1)).offset((page - 1) * PAGE)
    return db.session.scalars(query).all()


def exported(filters: Filters, viewer: Viewer) -> Iterator[StockSlipLine]:
    """Yield the lines of all documents asked for, the newest first."""
    start = 0
    while True:
        ids = [
            one.id
            for one in db.session.scalars(_select(filters, viewer).limit(BATCH).offset(start))
        ]
        yield from db.session.scalars(
            select(StockSlipLine)
            .options(
                joinedload(StockSlipLine.item),
                joinedload(StockSlipLine.slip).joinedload(StockSlip.store),
                joinedload(StockSlipLine.slip).joinedload(StockSlip.to_store),
            )
            .where(StockSlipLine.slip_id.in_(ids))
            .order_by(StockSlipLine.slip_id.desc(), StockSlipLine.id)
        )
        if len(ids) < BATCH:
            return
        start += BATCH


def _select(filters: Filters, viewer: Viewer) -> Select[StockSlip]:
    return (
        select(StockSlip)
        .options(joinedload(StockSlip.store), joinedload(StockSlip.to_store))
        .where(access.slips_seen(viewer), *_terms(filters))
        .order_by(StockSlip.id.desc())
    )


def _terms(filters: Filters) -> list[ColumnElement[bool]]:
    terms = []
    if filters.words:
        like = f"%{filters.words.replace('%', '').replace('_', '')}%"
        fields = (
            StockSlip.number,
            StockSlip.reference,
            StockSlip.doc_no,
            StockSlip.counterparty,
            StockSlip.receiver_name,
            StockSlip.purpose,
        )
        terms.append(or_(*(column.like(like) for column in fields)))
    if filters.store_id is not None:
        both = (StockSlip.store_id == filters.store_id, StockSlip.to_store_id == filters.store_id)
        terms.append(or_(*both))
    if filters.kind in tuple(SlipKind):
        terms.append(StockSlip.kind == filters.kind)
    if filters.open_only:
        terms.append(StockSlip.state.in_((SlipState.SENT, SlipState.SUBMITTED)))
    if filters.since is not None:
        terms.append(StockSlip.posted_on >= filters.since)
    if filters.until is not None:
        terms.append(StockSlip.posted_on <= filters.until)
    return terms


def lines_of(slip: StockSlip) -> Sequence[StockSlipLine]:
    """Return the lines of a document with their items and the document itself."""
    return db.session.scalars(
        select(StockSlipLine)
        .options(
            joinedload(StockSlipLine.item),
            joinedload(StockSlipLine.slip).joinedload(StockSlip.store),
        )
        .where(StockSlipLine.slip_id == slip.id)
        .order_by(StockSlipLine.id)
    ).all()


def movements_of(slip: StockSlip) -> Sequence[StockMovement]:
    """Return what a document moved, in the order of the ledger."""
    return db.session.scalars(
        select(StockMovement)
        .options(joinedload(StockMovement.item), joinedload(StockMovement.store))
        .where(StockMovement.slip_id == slip.id)
        .order_by(StockMovement.id)
    ).all()


def returnable(slip: StockSlip) -> dict[int, Decimal]:
    """Return by item what an issue handed out and nobody gave back yet."""
    back = aliased(StockMovement)
    returned = (
        select(func.coalesce(func.sum(back.quantity), 0))
        .where(back.reverses_id == StockMovement.id)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(StockMovement.item_id, StockMovement.quantity, returned).where(
            StockMovement.slip_id == slip.id, StockMovement.kind == Kind.ISSUED
        )
    )
    found: dict[int, Decimal] = {}
    for item_id, quantity, came in rows:
        left = -quantity - Decimal(came)
        if left:
            found[item_id] = found.get(item_id, Decimal(0)) + left
    return found


def returns_of(slip: StockSlip) -> Sequence[StockSlip]:
    """Return the documents by which something of an issue was given back."""
    issued = aliased(StockMovement)
    ids = (
        select(StockMovement.slip_id)
        .join(issued, issued.id == StockMovement.reverses_id)
        .where(issued.slip_id == slip.id, StockMovement.slip_id != slip.id)
    )
    return db.session.scalars(
        select(StockSlip).where(StockSlip.id.in_(ids)).order_by(StockSlip.id)
    ).all()
