"""Checks of movements: an item is where its last movement put it, and on its way only when sent."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import exists, func, or_, select

from assets.register.models import Asset, Hold, Movement
from assets.register.states import HoldKind, Lifecycle
from assets.transfers.models import HandoverLine, Transfer, TransferLine
from assets.transfers.states import HELD_LINES, HandoverState
from helpdesk.doctor.findings import Check, named
from kernel.i18n import lazy_gettext as _l

GONE = (Lifecycle.DISPOSED, Lifecycle.TRANSFERRED_OUT, Lifecycle.LOST)
HELD = (Hold.kind == HoldKind.TRANSIT, Hold.ended_at.is_(None))


def places() -> Iterator[str]:
    """Yield items that are elsewhere, or in other hands, than their last movement says."""
    last = select(func.max(Movement.id)).group_by(Movement.asset_id)
    differs = or_(
        Movement.to_unit_id != Asset.holding_unit_id,
        func.coalesce(Movement.to_room_id, 0) != func.coalesce(Asset.room_id, 0),
        func.coalesce(Movement.to_custodian_id, 0) != func.coalesce(Asset.custodian_id, 0),
    )
    wrong = (
        select(Asset.id)
        .join(Movement, Movement.asset_id == Asset.id)
        .where(Movement.id.in_(last), differs)
        .order_by(Asset.id)
    )
    return named("asset", wrong)


def proposals() -> Iterator[str]:
    """Yield handovers that wait for an item which is not in the register any more."""
    wrong = (
        select(HandoverLine.id)
        .join(Asset, Asset.id == HandoverLine.asset_id)
        .where(HandoverLine.state == HandoverState.PROPOSED, Asset.lifecycle.in_(GONE))
        .order_by(HandoverLine.id)
    )
    return named("handover_line", wrong)


def transits() -> Iterator[str]:
    """Yield items on their way that nothing holds, and holds of items that are on no way."""
    same = (Hold.asset_id == TransferLine.asset_id, Hold.reference == Transfer.number)
    sent = TransferLine.state.in_(HELD_LINES)
    lines = select(TransferLine.id).join(Transfer, Transfer.id == TransferLine.transfer_id)
    yield from named("transfer_line", lines.where(sent, ~exists().where(*same, *HELD)))
    of_line = lines.where(sent, *same)
    yield from named("hold", select(Hold.id).where(*HELD, ~of_line.correlate(Hold).exists()))


CHECKS = (
    Check(
        "places",
        _l("An item is in the room, unit and name that its last movement says."),
        _l("Move the item on its page to where it really is."),
        places,
    ),
    Check(
        "proposals",
        _l("Only items that are in the register wait for a confirmation."),
        _l("Recall the handover."),
        proposals,
    ),
    Check(
        "transits",
        _l("An item is held as on its way exactly while its transfer is on its way."),
        _l("Answer the transfer on its page, or take the item back there."),
        transits,
    ),
)
