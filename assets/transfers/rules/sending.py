"""Sending a transfer and answering it: item by item on arrival, or all of it declined.

From the sending until its answer every item is held, so that no page offers it. What did not
arrive or was sent back stays held until it is found there or taken back at home.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from assets.register.models import Asset, EarlierNumber, Hold
from assets.register.rules import holds, items, moving
from assets.register.states import Condition, HoldKind, MoveCause
from assets.transfers import access
from assets.transfers.models import Transfer, TransferLine
from assets.transfers.rules import notices
from assets.transfers.rules.preparing import check_answered, check_item, lines_of, lock
from assets.transfers.states import (
    LINES,
    TRANSFERS,
    LineAction,
    LineState,
    TransferAction,
    TransferKind,
    TransferState,
)
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.people.models import Person
from office.places.models import Room


@dataclass(frozen=True)
class Arrival:
    """What the receiving unit says of one item; ``asset_no`` is its number in the new books."""

    action: LineAction
    damaged: bool = False
    note: str = ""
    asset_no: str = ""


@dataclass(frozen=True)
class Shelf:
    """Where the things go that arrived, and who answers for them there."""

    room: Room | None = None
    custodian: Person | None = None


def send(transfer: Transfer, *, by: Viewer) -> None:
    """Send the items off; each is held until the receiving unit answers.

    Refuses before the approval, and an item that is on loan, waits for a new person in charge, or
    is not at the sending unit any more.
    """
    by.demand(access.PREPARE, transfer.from_unit_id)
    lock(transfer)
    transfer.state = TRANSFERS.target(TransferState(transfer.state), TransferAction.SEND)
    lines = lines_of(transfer)
    check_answered([line.asset for line in lines])
    for line in lines:
        _check_not_lent(line.asset)
        check_item(transfer, line.asset)
        line.state = LINES.target(LineState(line.state), LineAction.SEND)
        holds.hold(line.asset, HoldKind.TRANSIT, transfer.number)
    transfer.sent_by_id, transfer.sent_at = by.id, clock.now()
    audit.record("sent", transfer, by=by, after={"items": [line.asset_id for line in lines]})
    notices.sent(transfer, [line.asset.name for line in lines], by=by)


def accept(
    transfer: Transfer, arrivals: Mapping[int, Arrival], shelf: Shelf, *, by: Viewer
) -> None:
    """Say for every item on its way whether it arrived, and how.

    Args:
        transfer: one that was sent, or accepted with items that had not arrived then.
        arrivals: line id → what is said of it. At the first answer every line must be answered.
        shelf: room and person in charge of what arrived.
        by: somebody of the receiving unit.

    What arrived is held by the receiving unit from now on; in a transfer for good it is in its
    books too, and the number it had is kept as an earlier one where it gets a new one (R-N2).

    Refuses whoever sent it, a line without an answer, and a number that the new books know.
    """
    _demand_other_side(transfer, by)
    lock(transfer)
    first = transfer.state == TransferState.SENT
    transfer.state = TRANSFERS.target(TransferState(transfer.state), TransferAction.ACCEPT)
    lines = [line for line in lines_of(transfer) if first or line.id in arrivals]
    if not lines or any(line.id not in arrivals for line in lines):
        raise Refusal(_("Say for every item whether it arrived."), field="lines")
    for line in lines:
        _answer(transfer, line, arrivals[line.id], shelf, by)
    if first:
        transfer.answered_by_id, transfer.answered_at = by.id, clock.now()
    told = {str(line.asset_id): line.state.value for line in lines}
    audit.record("accepted", transfer, by=by, after={"items": told})
    notices.arrived(transfer, lines)
    if shelf.custodian is not None:
        names = [line.asset.name for line in lines if line.state == LineState.ARRIVED]
        notices.entrusted(transfer, shelf.custodian, names, by=by)


def decline(transfer: Transfer, *, reason: str, by: Viewer) -> None:
    """Send everything back unopened, as the receiving unit. Refuses without a reason."""
    _demand_other_side(transfer, by)
    lock(transfer)
    transfer.state = TRANSFERS.target(TransferState(transfer.state), TransferAction.DECLINE)
    if not reason.strip():
        raise Refusal(_("Please give the reason."), field="reason")
    for line in lines_of(transfer):
        line.state = LINES.target(LineState(line.state), LineAction.REFUSE)
        line.answered_at = clock.now()
    transfer.answered_by_id, transfer.answered_at = by.id, clock.now()
    transfer.answer = reason.strip()[:400]
    audit.record("declined", transfer, by=by, after={"why": transfer.answer})
    notices.declined(transfer)


def take_back(transfer: Transfer, chosen: Sequence[int], *, note: str = "", by: Viewer) -> int:
    """Take items back at home that were sent back or never arrived; return how many.

    Refuses items that are still on their way or have arrived.
    """
    by.demand(access.PREPARE, transfer.from_unit_id)
    lock(transfer)
    open_lines = lines_of(transfer)
    lines = [line for line in open_lines if line.id in set(chosen)]
    if not lines:
        raise Refusal(_("Choose at least one item."), field="lines")
    target = TRANSFERS.target(TransferState(transfer.state), TransferAction.TAKE_BACK)
    for line in lines:
        line.state = LINES.target(LineState(line.state), LineAction.TAKE_BACK)
        line.answered_at = clock.now()
        line.note = _noted(line, note)
        holds.release(line.asset, HoldKind.TRANSIT, transfer.number)
    if len(lines) == len(open_lines):
        transfer.state = target
    audit.record("taken_back", transfer, by=by, after={"items": [line.asset_id for line in lines]})
    return len(lines)


def numbers_taken(transfer: Transfer, lines: Sequence[TransferLine]) -> set[int]:
    """Return the ids of items whose number the receiving unit's books know already (R-N1)."""
    if transfer.kind != TransferKind.FOR_GOOD:
        return set()
    keys = {line.asset.asset_no_key or "": line.asset_id for line in lines}
    keys.pop("", None)
    now = select(Asset.asset_no_key).where(
        Asset.owner_unit_id == transfer.to_unit_id, Asset.asset_no_key.in_(keys)
    )
    once = (
        select(EarlierNumber.key)
        .join(Asset, Asset.id == EarlierNumber.asset_id)
        .where(Asset.owner_unit_id == transfer.to_unit_id, EarlierNumber.key.in_(keys))
    )
    return {keys[key or ""] for query in (now, once) for key in db.session.scalars(query)}


def _answer(
    transfer: Transfer, line: TransferLine, said: Arrival, shelf: Shelf, by: Viewer
) -> None:
    line.state = LINES.target(LineState(line.state), said.action)
    line.answered_at = clock.now()
    line.damaged, line.note = said.damaged, _noted(line, said.note)
    if line.state != LineState.ARRIVED:
        return
    asset = line.asset
    holds.release(asset, HoldKind.TRANSIT, transfer.number)
    moving.move(
        asset,
        unit=transfer.to_unit,
        room=shelf.room,
        custodian=shelf.custodian,
        why=MoveCause.TRANSFER,
        reason=transfer.reason,
        reference=transfer.number,
        by=by,
    )
    line.room_id = shelf.room.id if shelf.room else None
    if said.damaged:
        items.judge(asset, Condition.DAMAGED, by=by, why=line.note)
    if transfer.kind == TransferKind.FOR_GOOD:
        _rebook(transfer, asset, said.asset_no, by)


def _noted(line: TransferLine, said: str) -> str:
    """Return the note of a line with what is said now behind what was said before."""
    return " · ".join(part for part in (line.note, said.strip()) if part)[:400]


def _rebook(transfer: Transfer, asset: Asset, number: str, by: Viewer) -> None:
    """Put an item into the books of the receiving unit, under a new number where one is given."""
    changes: dict[str, object] = {"owner_unit_id": transfer.to_unit_id}
    if thai.code_key(number):
        changes["asset_no"] = number.strip()
    items.edit(asset, changes, by=by, why=MoveCause.TRANSFER)
    asset.owner_unit = transfer.to_unit


def _check_not_lent(asset: Asset) -> None:
    number = db.session.scalar(
        select(Hold.reference).where(
            Hold.asset_id == asset.id,
            Hold.ended_at.is_(None),
            Hold.kind == HoldKind.LOAN,
        )
    )
    if number is not None:
        raise Refusal(
            _(
                "“%(name)s” is on loan (%(number)s). Take it back before it goes elsewhere.",
                name=asset.name,
                number=number,
            )
        )


def _demand_other_side(transfer: Transfer, by: Viewer) -> None:
    by.demand(access.ACCEPT, transfer.to_unit_id)
    if by.id is not None and by.id == transfer.sent_by_id:
        raise NotAllowed(_("You sent this; somebody else confirms the arrival."))
