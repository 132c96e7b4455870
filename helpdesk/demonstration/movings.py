"""Things that move in the demonstration: rooms, a handover that waits, a transfer on its way."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from sqlalchemy import exists, func, select

from assets.register.models import Asset, Hold
from assets.register.rules import moving
from assets.register.states import Condition, Lifecycle, MoveCause
from assets.transfers.rules import handing, preparing, sending
from assets.transfers.states import TransferKind
from helpdesk.demonstration import script
from helpdesk.demonstration.cast import OFFICE, SCHOOL, STORE, Cast
from kernel.db import db
from office.places import queries as places
from office.places.models import Unit

MOVES, PROPOSALS, SENT = 8, 2, 3


def move(cast: Cast, chance: Random) -> None:
    """Move some things of the school, propose some to other people, send some to the school."""
    _change_rooms(cast, chance)
    _propose(cast, chance)
    _send(cast, chance)


def _change_rooms(cast: Cast, chance: Random) -> None:
    by, rooms = cast.viewer(STORE), places.rooms_of(cast.units[SCHOOL])
    for asset in _at_hand(cast.units[SCHOOL], MOVES) if rooms else ():
        room = chance.choice(rooms)
        moving.move(asset, room=room, why=MoveCause.HAND, by=by)


def _propose(cast: Cast, chance: Random) -> None:
    members = [cast.person(name) for name in cast.at(cast.units[SCHOOL])]
    given = [asset for asset in _at_hand(cast.units[SCHOOL], 40) if asset.custodian_id]
    for asset in given[:PROPOSALS]:
        others = [person for person in members if person.id != asset.custodian_id]
        if others:
            reason = script.phrase("handover_reason", chance)
            handing.propose([asset], chance.choice(others), reason=reason, by=cast.viewer(STORE))


def _send(cast: Cast, chance: Random) -> None:
    sender = cast.viewer(STORE)
    things = _at_hand(cast.units[OFFICE], SENT)
    if not things:
        return
    head = preparing.Head(
        kind=TransferKind.FOR_USE,
        from_unit=db.session.get_one(Unit, cast.units[OFFICE]),
        to_unit=db.session.get_one(Unit, cast.units[SCHOOL]),
        reason=script.phrase("transfer_reason", chance),
        letter_no=script.phrase("transfer_letter", chance),
    )
    made = preparing.prepare(head, by=sender)
    preparing.add(made, things, by=sender)
    preparing.approve(made, by=cast.viewer("approver"))
    sending.send(made, by=sender)


def _at_hand(unit_id: int, most: int) -> Sequence[Asset]:
    """Return good things of a unit that nothing holds."""
    held = exists().where(Hold.asset_id == Asset.id, Hold.ended_at.is_(None))
    return db.session.scalars(
        select(Asset)
        .where(
            Asset.holding_unit_id == unit_id,
            Asset.lifecycle == Lifecycle.IN_SERVICE,
            Asset.condition == Condition.GOOD,
            ~held,
        )
        .order_by(func.coalesce(Asset.custodian_id, 0).desc(), Asset.id)
        .limit(most)
    ).all()
