"""Reading transfers: the list, the lines of one, and who can take things in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from assets.register.models import Asset
from assets.transfers import access
from assets.transfers.models import Transfer, TransferLine
from assets.transfers.states import HELD_LINES, LineState, TransferState
from kernel.access import Viewer
from kernel.db import db, thai_order
from office.people.models import Person
from office.places.models import Unit

PAGE = 50
AHEAD = (TransferState.PREPARED, TransferState.ASKED, TransferState.APPROVED)


def transfers(viewer: Viewer, which: str, *, page: int = 1) -> Sequence[Any]:
    """Return one page of transfers, newest first: ``Transfer``, how many items, how many held.

    Args:
        viewer: sees those from or to the own units.
        which: ``open`` (being prepared, approved or on the way, or with items still held),
            ``to_me`` (sent to the units for which the viewer may confirm), ``to_approve`` (asked
            for by others where the viewer may approve), or blank for all.
        page: from 1.
    """
    counts = (
        select(
            TransferLine.transfer_id,
            func.count().label("things"),
            func.count().filter(TransferLine.state.in_(HELD_LINES)).label("held"),
        )
        .where(TransferLine.state != LineState.DROPPED)
        .group_by(TransferLine.transfer_id)
        .subquery()
    )
    query = (
        select(Transfer, func.coalesce(counts.c.things, 0), func.coalesce(counts.c.held, 0))
        .outerjoin(counts, counts.c.transfer_id == Transfer.id)
        .options(joinedload(Transfer.from_unit), joinedload(Transfer.to_unit))
        .where(access.transfers_seen(viewer), *_which(viewer, which, counts.c.held))
        .order_by(Transfer.id.desc())
    )
    return db.session.execute(query.limit(PAGE + 1).offset((page - 1) * PAGE)).all()


def _which(viewer: Viewer, which: str, held: ColumnElement[int]) -> list[ColumnElement[bool]]:
    if which == "open":
        return [Transfer.state.in_(AHEAD) | (held > 0)]
    if which == "to_me":
        mine = viewer.scope(access.ACCEPT).clause(Transfer.to_unit_id)
        return [Transfer.state == TransferState.SENT, mine]
    if which == "to_approve":
        mine = viewer.scope(access.APPROVE).clause(Transfer.from_unit_id)
        others = Transfer.prepared_by_id.is_distinct_from(viewer.id)
        return [Transfer.state == TransferState.ASKED, mine, others]
    return []


def lines_of(transfer: Transfer) -> Sequence[TransferLine]:
    """Return the lines of a transfer with their items; without those taken out of its list."""
    return db.session.scalars(
        select(TransferLine)
        .options(
            joinedload(TransferLine.asset).joinedload(Asset.room),
            joinedload(TransferLine.asset).joinedload(Asset.custodian),
        )
        .where(
            TransferLine.transfer_id == transfer.id,
            *(
                ()
                if transfer.state == TransferState.CANCELLED
                else (TransferLine.state != LineState.DROPPED,)
            ),
        )
        .order_by(TransferLine.id)
    ).all()


def line_of(transfer: Transfer, line_id: int) -> TransferLine | None:
    """Return one line of a transfer."""
    mine = (TransferLine.transfer_id == transfer.id, TransferLine.id == line_id)
    return db.session.scalar(select(TransferLine).where(*mine))


def people_of(unit_id: int) -> Sequence[Person]:
    """Return who works in a unit, in Thai order."""
    return db.session.scalars(
        select(Person)
        .where(Person.unit_id == unit_id, Person.left_on.is_(None))
        .order_by(thai_order(Person.name_th), Person.id)
        .limit(300)
    ).all()


def open_units(*terms: ColumnElement[bool]) -> Sequence[Unit]:
    """Return open units in the order of pickers."""
    return db.session.scalars(
        select(Unit)
        .where(Unit.closed_on.is_(None), *terms)
        .order_by(Unit.kind, thai_order(Unit.name_th))
    ).all()
