"""Preparing a transfer on the sending side: its head, its list, and its approval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError

from assets.register import sets
from assets.register.models import Asset
from assets.transfers import access
from assets.transfers.models import Handover, HandoverLine, Transfer, TransferLine
from assets.transfers.rules import notices
from assets.transfers.states import (
    LINES,
    OPEN_LINES,
    TRANSFERS,
    HandoverState,
    LineAction,
    LineState,
    TransferAction,
    TransferKind,
    TransferState,
)
from kernel import clock
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.places.models import Unit

NUMBERS = "คย."
MOST_ITEMS = 500


@dataclass(frozen=True)
class Head:
    """What the paper says above the list."""

    kind: TransferKind
    from_unit: Unit
    to_unit: Unit
    reason: str
    letter_no: str = ""
    letter_on: date | None = None


def prepare(head: Head, *, by: Viewer) -> Transfer:
    """Begin a transfer; its list is filled afterwards.

    Refuses a unit that sends to itself, a closed unit, and a missing reason.
    """
    by.demand(access.PREPARE, head.from_unit.id)
    if head.from_unit.id == head.to_unit.id:
        raise Refusal(_("A unit cannot send to itself."), field="to_unit_id")
    if head.to_unit.closed_on is not None:
        raise Refusal(_("%(name)s is closed.", name=head.to_unit.name), field="to_unit_id")
    if not head.reason.strip():
        raise Refusal(_("Please give the reason."), field="reason")
    made = Transfer(
        number=bookkeeping.next_number(NUMBERS),
        kind=head.kind,
        from_unit=head.from_unit,
        to_unit=head.to_unit,
        reason=head.reason.strip()[:400],
        letter_no=head.letter_no.strip()[:80],
        letter_on=head.letter_on,
        prepared_by_id=by.id,
        prepared_at=clock.now(),
        state=TransferState.PREPARED,
    )
    db.session.add(made)
    db.session.flush()  # the list holds the transfer's id
    told = {"number": made.number, "kind": made.kind, "to_unit_id": head.to_unit.id}
    audit.record("prepared", made, by=by, after=told)
    return made


def add(transfer: Transfer, assets: Sequence[Asset], *, by: Viewer) -> int:
    """Put items on the list, with the parts that move along; return how many were new on it.

    What was asked for already is asked for anew, as the list is another. Refuses once the transfer
    is approved, an item that another unit holds or, for a transfer for good, owns, one that is not
    in use, is on loan, or is in another open transfer.
    """
    target = _open(transfer, by)
    listed = {line.asset_id for line in lines_of(transfer)}
    new = [asset for asset in sets.with_parts(assets) if asset.id not in listed]
    if len(listed) + len(new) > MOST_ITEMS:
        raise Refusal(_("One transfer holds %(most)s items at most.", most=MOST_ITEMS))
    for asset in new:
        check_item(transfer, asset)
    _check_free(new)
    check_answered(new)
    for asset in new:
        number = asset.asset_no or ""
        db.session.add(
            TransferLine(transfer_id=transfer.id, asset_id=asset.id, number_before=number)
        )
    try:
        db.session.flush()  # the index decides between two lists that want one item
    except IntegrityError as error:
        if violates(error, "uq_transfer_line_open", "transfer_line.asset_id"):
            raise Refusal(
                _("One of the items is on the list of another transfer."), field="code"
            ) from error
        raise
    if new:
        transfer.state = target
        audit.record("listed", transfer, by=by, after={"items": [asset.id for asset in new]})
    return len(new)


def drop(transfer: Transfer, line: TransferLine, *, by: Viewer) -> None:
    """Take an item off the list, which is then asked for anew. Refuses once it is approved."""
    transfer.state = _open(transfer, by)
    line.state = LINES.target(LineState(line.state), LineAction.DROP)
    audit.record("dropped", transfer, by=by, after={"items": [line.asset_id]})


def ask(transfer: Transfer, *, by: Viewer) -> int:
    """Ask the approvers of the sending side; return how many people were told.

    Refuses an empty list. Who prepared or asks is not told: they approve nothing of their own.
    """
    by.demand(access.PREPARE, transfer.from_unit_id)
    lock(transfer)
    transfer.state = TRANSFERS.target(TransferState(transfer.state), TransferAction.ASK)
    lines = lines_of(transfer)
    if not lines:
        raise Refusal(_("Choose at least one item."))
    audit.record("asked", transfer, by=by, after={"number": transfer.number})
    return notices.asked(transfer, [line.asset.name for line in lines], by=by)


def approve(transfer: Transfer, *, by: Viewer) -> None:
    """Approve a transfer on the sending side; its list is closed, and who prepared it is told.

    Refuses an empty list, and whoever prepared it: nobody approves the own request.
    """
    by.demand(access.APPROVE, transfer.from_unit_id)
    lock(transfer)
    transfer.state = TRANSFERS.target(TransferState(transfer.state), TransferAction.APPROVE)
    if by.id is not None and by.id == transfer.prepared_by_id:
        raise NotAllowed(_("You prepared this transfer; somebody else approves it."))
    if not lines_of(transfer):
        raise Refusal(_("Choose at least one item."))
    transfer.approved_by_id, transfer.approved_at = by.id, clock.now()
    audit.record("approved", transfer, by=by, after={"number": transfer.number})
    notices.decided(transfer, by=by)


def cancel(transfer: Transfer, *, reason: str, by: Viewer) -> None:
    """Give a transfer up before it is sent; its items are free again. Refuses without a reason."""
    if not by.may(access.APPROVE, transfer.from_unit_id):
        by.demand(access.PREPARE, transfer.from_unit_id)
    lock(transfer)
    transfer.state = TRANSFERS.target(TransferState(transfer.state), TransferAction.CANCEL)
    if not reason.strip():
        raise Refusal(_("Please give the reason."), field="reason")
    transfer.answer = reason.strip()[:400]
    for line in lines_of(transfer):
        line.state = LINES.target(LineState(line.state), LineAction.DROP)
    audit.record("cancelled", transfer, by=by, after={"why": transfer.answer})
    notices.decided(transfer, by=by)


def lock(transfer: Transfer) -> None:
    """Read a transfer anew under its lock, so that of two who act at once one waits."""
    db.session.flush()  # reading anew would lose what this unit of work has changed of it
    db.session.refresh(transfer, with_for_update={"of": Transfer})


def lines_of(transfer: Transfer) -> Sequence[TransferLine]:
    """Return the open lines of a transfer as they stand now, under its lock."""
    return db.session.scalars(_of(transfer).execution_options(populate_existing=True)).all()


def check_item(transfer: Transfer, asset: Asset) -> None:
    """Refuse an item that this transfer cannot take along (its place, its owner, its lifecycle)."""
    if not asset.is_in_register:
        raise Refusal(
            _("“%(name)s” is not in the register any more.", name=asset.name), field="code"
        )
    if asset.holding_unit_id != transfer.from_unit_id:
        raise Refusal(
            _(
                "“%(name)s” is at %(unit)s, not at the sending unit.",
                name=asset.name,
                unit=asset.holding_unit.name,
            ),
            field="code",
        )
    if transfer.kind == TransferKind.FOR_GOOD and asset.owner_unit_id != transfer.from_unit_id:
        raise Refusal(
            _(
                "“%(name)s” is in the books of %(unit)s; only the owner can give it away for good.",
                name=asset.name,
                unit=asset.owner_unit.name,
            ),
            field="code",
        )


def check_answered(assets: Sequence[Asset]) -> None:
    """Refuse an item that waits for a new person in charge, who could not answer any more."""
    waiting = db.session.execute(
        select(Asset.name, Handover.number)
        .join(HandoverLine, HandoverLine.asset_id == Asset.id)
        .join(Handover, Handover.id == HandoverLine.handover_id)
        .where(
            Asset.id.in_([asset.id for asset in assets]),
            HandoverLine.state == HandoverState.PROPOSED,
        )
        .limit(1)
    ).first()
    if waiting is not None:
        raise Refusal(
            _(
                "“%(name)s” waits for somebody's confirmation (%(number)s). Recall that first.",
                name=waiting.name,
                number=waiting.number,
            ),
            field="code",
        )


def _check_free(assets: Sequence[Asset]) -> None:
    taken = db.session.scalar(
        select(Asset.name)
        .join(TransferLine, TransferLine.asset_id == Asset.id)
        .where(Asset.id.in_([asset.id for asset in assets]), TransferLine.state.in_(OPEN_LINES))
        .limit(1)
    )
    if taken is not None:
        raise Refusal(_("“%(name)s” is on the list of another transfer.", name=taken), field="code")


def _open(transfer: Transfer, by: Viewer) -> TransferState:
    by.demand(access.PREPARE, transfer.from_unit_id)
    lock(transfer)
    return TRANSFERS.target(TransferState(transfer.state), TransferAction.EDIT)


def _of(transfer: Transfer) -> Select[TransferLine]:
    mine = (TransferLine.transfer_id == transfer.id, TransferLine.state.in_(OPEN_LINES))
    return select(TransferLine).where(*mine).order_by(TransferLine.id)
