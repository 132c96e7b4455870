"""Putting items into a room by hand or by scanning, and taking the last move back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from assets.register import sets
from assets.register.models import Asset, Movement
from assets.register.rules import moving
from assets.register.states import MoveCause
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from office.people.models import Person
from office.places.models import Room, Unit


def place(asset: Asset, room: Room, *, reason: str = "", by: Viewer) -> Movement:
    """Put an item into a room, a set with the parts that move along.

    Refuses what ``moving.move`` refuses, and an item that stands there already.
    """
    moved = moving.move(asset, room=room, why=MoveCause.HAND, reason=reason, along=True, by=by)
    if moved is None:
        raise Refusal(
            _("“%(name)s” is in %(room)s already.", name=asset.name, room=room.name), field="code"
        )
    return moved


def place_all(assets: Sequence[Asset], room: Room, *, reason: str = "", by: Viewer) -> int:
    """Put items into a room together, all or none; return how many were elsewhere before."""
    if not assets:
        raise Refusal(_("Choose at least one item."), field="items")
    moves = [
        moving.move(asset, room=room, why=MoveCause.HAND, reason=reason, by=by)
        for asset in sets.with_parts(assets)
    ]
    return sum(one is not None for one in moves)


def undo(movement: Movement, *, by: Viewer) -> Asset:
    """Take the own last move of an item back; it is a movement of its own.

    Parts of a set that went along come back with it, unless they were moved again since.

    Refuses a move of somebody else, one that was not made by hand, and one after which the item
    was moved again.
    """
    if by.id is None or movement.by_id != by.id or movement.cause != MoveCause.HAND:
        raise NotAllowed(_("Only your own moves can be taken back here."))
    asset = db.session.get_one(Asset, movement.asset_id, with_for_update=True)
    if _last_of(asset.id) != movement.id:
        raise Refusal(_("“%(name)s” has been moved again since.", name=asset.name))
    for one in (movement, *_went_along(movement)):
        _take_back(one, by)
    return asset


def _last_of(asset_id: int) -> int | None:
    return db.session.scalar(
        select(Movement.id).where(Movement.asset_id == asset_id).order_by(Movement.id.desc())
    )


def _went_along(movement: Movement) -> list[Movement]:
    """Return the movements of the parts that went along with their set and are their last."""
    parts = db.session.scalars(
        select(Movement)
        .join(Asset, Asset.id == Movement.asset_id)
        .where(
            Asset.whole_id == movement.asset_id,
            Movement.cause == movement.cause,
            Movement.at == movement.at,
            Movement.by_id == movement.by_id,
        )
        .order_by(Movement.id)
    ).all()
    return [one for one in parts if _last_of(one.asset_id) == one.id]


def _take_back(movement: Movement, by: Viewer) -> None:
    person = db.session.get(Person, movement.from_custodian_id or 0)
    moving.move(
        db.session.get_one(Asset, movement.asset_id),
        unit=db.session.get_one(Unit, movement.from_unit_id),
        room=db.session.get(Room, movement.from_room_id or 0),
        custodian=person or movement.from_custodian_name or None,
        why=MoveCause.UNDO,
        by=by,
    )
