"""The one verb that changes the room, the holding unit or the person in charge of an item.

Card, bulk edit, import, count, handover and transfer all come here, so that the item's place is
always what its last movement says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any

from sqlalchemy import insert, select

from assets.register import access, sets
from assets.register.models import Asset, Hold, Movement
from assets.register.rules import search_keys
from assets.register.states import HoldKind, MoveCause
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.people.models import Person
from office.places.models import Room, Unit


class Unchanged(Enum):
    """Says that a place or a person stays as it is; None says that there is none any more."""

    UNCHANGED = "unchanged"


UNCHANGED = Unchanged.UNCHANGED
# These acts are asked of nobody else, so the right of who does it is asked here. The others come
# from rooms that have asked their own: a count is approved, a handover accepted by its recipient.
BY_RIGHT = (MoveCause.CARD, MoveCause.HAND, MoveCause.BULK, MoveCause.UNDO)
PLACED = ("room", "room_id", "holding_unit_id", "custodian_id", "custodian_text")

# Whom this transaction has locked, in the session's notes.
LOCKED = "people who take things over"


@dataclass(frozen=True)
class Place:
    """Where an item is and who answers for it; without an id the name is all that is known."""

    unit: Unit
    room: Room | None
    custodian: Person | None
    custodian_name: str

    def columns(self) -> dict[str, Any]:
        """Return the columns of the item."""
        return {
            "holding_unit_id": self.unit.id,
            "room_id": self.room.id if self.room else None,
            "custodian_id": self.custodian.id if self.custodian else None,
            "custodian_text": self.custodian_name[:200],
        }


def place_of(asset: Asset) -> Place:
    """Return where an item is now."""
    person = asset.custodian
    name = person.name_th if person else asset.custodian_text
    return Place(asset.holding_unit, asset.room, person, name)


def move(  # noqa: PLR0913 - the parts of a place, and what the paper says of the move
    asset: Asset,
    *,
    room: Room | Unchanged | None = UNCHANGED,
    unit: Unit | Unchanged = UNCHANGED,
    custodian: Person | str | Unchanged | None = UNCHANGED,
    why: MoveCause,
    reason: str = "",
    reference: str = "",
    at: datetime | None = None,
    along: bool = False,
    by: Viewer,
) -> Movement | None:
    """Put an item into another room or unit, or into the hands of another person.

    Args:
        asset: the item.
        room: where it stands; None where that is not known. Its unit holds the item from now on.
        unit: who holds it; without a room the item leaves the room it was in.
        custodian: who answers for it; a name only, where the person is not in the list of people.
        why: what moved it.
        reason: a sentence of who did it.
        reference: the number of the paper it rests on.
        at: when it happened; now when left out.
        along: whether the parts of a set that move along with it (``sets.moving_along``) go too,
            each with a movement of its own; a part keeps the person who answers for it alone.
            Acts that name their items one by one have the parts among them and leave this out.
        by: who does it. For acts by hand the right ``assets:item:move`` is asked, for the unit
            that owns or holds the item and for the one that gets it.

    Returns:
        the movement, None where nothing changed.

    Refuses an item that is not in the register any more, a room of another unit, a room or unit
    that is closed, a person who has left, an item that is on loan or on its way when it would
    cross to another unit, and a moment in the future. A part that cannot go along refuses the
    whole move, by its name.
    """
    before = place_of(asset)
    after = _place_after(before, room, unit, custodian)
    if after == before:
        return None
    parts = _parts_along(asset, before, after) if along else []
    said = _Said(why, _moment(at), reason.strip()[:400], reference.strip()[:80])
    moved = _moved(asset, before, after, said, by)
    for part, place in parts:
        if place != place_of(part):
            _moved(part, place_of(part), place, said, by)
    return moved


@dataclass(frozen=True)
class _Said:
    """What a movement says of itself: its cause, its moment, why, and the paper it rests on."""

    why: MoveCause
    at: datetime
    reason: str
    reference: str


def _moved(asset: Asset, before: Place, after: Place, said: _Said, by: Viewer) -> Movement:
    _check(asset, before, after, said.why, by)
    moved = _written(asset, before, after, said.why, by)
    moved.at, moved.reason, moved.reference = said.at, said.reason, said.reference
    kept = _together.get()
    if kept is None:
        db.session.add(moved)
    else:
        kept.movements.append(moved)
    _set(asset, after)
    _record(asset, before, after, moved, by)
    return moved


def _parts_along(whole: Asset, before: Place, after: Place) -> list[tuple[Asset, Place]]:
    """Return the parts that go along and where each comes to be."""
    goes = (before.unit.id, before.room) != (after.unit.id, after.room)
    hands = (before.custodian, before.custodian_name) != (after.custodian, after.custodian_name)
    along = []
    for part in sets.moving_along(whole):
        here = place_of(part)
        unit, room = (after.unit, after.room) if goes else (here.unit, here.room)
        keeper = after if hands and sets.is_answered_alike(part, whole) else here
        along.append((part, Place(unit, room, keeper.custodian, keeper.custodian_name)))
    return along


def move_by_columns(
    asset: Asset, columns: dict[str, Any], *, why: MoveCause, by: Viewer, reason: str = ""
) -> Movement | None:
    """Move an item as columns of its card say (those of ``PLACED``); refuses as ``move`` does.

    From the card itself the parts of a set go along.

    A person's id goes before a written name; a name that is the item's own changes nothing.
    """
    known: dict[str, Any] = {}
    if "room" in columns or "room_id" in columns:
        room = columns.get("room") or _row(Room, columns.get("room_id"))
        known["room"] = room
    if columns.get("holding_unit_id") is not None:
        known["unit"] = db.session.get_one(Unit, columns["holding_unit_id"])
    if "custodian_id" in columns and columns["custodian_id"] != asset.custodian_id:
        known["custodian"] = _row(Person, columns["custodian_id"])
    if "custodian" not in known and "custodian_text" in columns:
        written = (columns["custodian_text"] or "").strip()
        if written not in (asset.custodian_text, place_of(asset).custodian_name):
            known["custodian"] = written or None
    along = why == MoveCause.CARD
    return move(asset, **known, why=why, by=by, reason=reason, along=along)


def _row(table: type[Any], row_id: int | None) -> Any:  # noqa: ANN401 - a room or a person
    return db.session.get_one(table, row_id) if row_id else None


def _place_after(
    before: Place,
    room: Room | Unchanged | None,
    unit: Unit | Unchanged,
    custodian: Person | str | Unchanged | None,
) -> Place:
    if isinstance(room, Room):
        new_unit = room.unit if unit is UNCHANGED else unit
    else:
        new_unit = before.unit if unit is UNCHANGED else unit
    if isinstance(room, Unchanged):
        new_room = before.room if new_unit.id == before.unit.id else None
    else:
        new_room = room
    # What always stood in a room of another unit may stay there; nothing new goes there.
    strange = new_room is not None and new_room.unit_id != new_unit.id
    if new_room is not None and strange and new_room != before.room:
        raise Refusal(
            _("%(room)s does not belong to %(unit)s.", room=new_room.name, unit=new_unit.name),
            field="room",
        )
    if isinstance(custodian, Unchanged):
        return Place(new_unit, new_room, before.custodian, before.custodian_name)
    if isinstance(custodian, Person):
        return Place(new_unit, new_room, custodian, custodian.name_th)
    return Place(new_unit, new_room, None, (custodian or "").strip())


def _check(asset: Asset, before: Place, after: Place, why: MoveCause, by: Viewer) -> None:
    if not asset.is_in_register:
        raise Refusal(_("“%(name)s” is not in the register any more.", name=asset.name))
    crossing = before.unit.id != after.unit.id
    # The service itself (an import, a job) has no rights of its own: its room has asked.
    if why in BY_RIGHT and by.id is not None:
        by.demand(access.MOVE, asset.owner_unit_id, asset.holding_unit_id)
        if crossing:
            by.demand(access.MOVE, after.unit.id)
    if crossing and after.unit.closed_on is not None:
        raise Refusal(_("%(name)s is closed.", name=after.unit.name), field="unit_id")
    if after.room is not None and after.room != before.room and after.room.closed_on is not None:
        raise Refusal(_("%(name)s is closed.", name=after.room.name), field="room")
    if after.custodian is not None and after.custodian != before.custodian:
        _check_is_here(after.custodian)
    if crossing or before.room != after.room:
        _check_is_at_hand(asset, why, crossing=crossing)


def _check_is_here(person: Person) -> None:
    # Who is just leaving is waited for; the lock holds to the end of the transaction, so once is
    # enough. What a part of it locked is let go when that part is taken back, so that is not kept.
    session = db.session()
    transaction, known = session.info.get(LOCKED, (None, frozenset()))
    if transaction is not session.get_transaction():
        known = frozenset()
    if person.id not in known:
        session.refresh(person, with_for_update={"read": True})
        if session.get_nested_transaction() is None:
            session.info[LOCKED] = (session.get_transaction(), known | {person.id})
    if person.left_on is not None:
        raise Refusal(
            _("%(name)s has left and cannot take anything over.", name=person.name),
            field="custodian",
        )


@dataclass(frozen=True)
class _Together:
    """What is known of items that are moved together, and the movements that wait for the end."""

    holds: Mapping[int, Sequence[tuple[HoldKind, str]]]
    movements: list[Movement] = field(default_factory=list)


_together: ContextVar[_Together | None] = ContextVar("items moved together", default=None)


@contextmanager
def together(assets: Sequence[Asset]) -> Iterator[None]:
    """Move items that are locked, asking once what holds them and writing all movements at the end.

    Nobody can place a hold on them meanwhile. Where something is raised inside, no movement is
    written.
    """
    known = _Together(_held([asset.id for asset in assets]))
    token = _together.set(known)
    try:
        yield
    finally:
        _together.reset(token)
    if known.movements:
        # Asked back, they go in few statements on both engines.
        rows = [_columns(one) for one in known.movements]
        db.session.execute(insert(Movement).returning(Movement.id), rows)


def _columns(moved: Movement) -> dict[str, Any]:
    return {name: value for name, value in vars(moved).items() if not name.startswith("_")}


def _held(ids: Sequence[int]) -> dict[int, list[tuple[HoldKind, str]]]:
    found: dict[int, list[tuple[HoldKind, str]]] = {one: [] for one in ids}
    rows = db.session.execute(
        select(Hold.asset_id, Hold.kind, Hold.reference).where(
            Hold.asset_id.in_(ids),
            Hold.ended_at.is_(None),
            Hold.kind.in_((HoldKind.LOAN, HoldKind.TRANSIT)),
        )
    )
    for asset_id, kind, number in rows:
        found[asset_id].append((kind, number))
    return found


def _check_is_at_hand(asset: Asset, why: MoveCause, *, crossing: bool) -> None:
    kept = _together.get()
    known = kept.holds if kept else {}
    held = known[asset.id] if asset.id in known else _held([asset.id])[asset.id]
    for kind, number in held:
        if kind == HoldKind.TRANSIT and why != MoveCause.TRANSFER:
            raise Refusal(
                _(
                    "“%(name)s” is on its way to another unit (%(number)s) and cannot be moved.",
                    name=asset.name,
                    number=number,
                )
            )
        if kind == HoldKind.LOAN and crossing:
            raise Refusal(
                _(
                    "“%(name)s” is on loan (%(number)s). Take it back before it goes elsewhere.",
                    name=asset.name,
                    number=number,
                )
            )


def _moment(at: datetime | None) -> datetime:
    now = clock.now()
    if at is not None and at > now:
        raise Refusal(_("This moment has not come yet."), field="at")
    return at or now


def _written(asset: Asset, before: Place, after: Place, why: MoveCause, by: Viewer) -> Movement:
    return Movement(
        asset_id=asset.id,
        cause=why,
        from_unit_id=before.unit.id,
        to_unit_id=after.unit.id,
        from_unit_name=before.unit.name_th,
        to_unit_name=after.unit.name_th,
        from_room_id=before.room.id if before.room else None,
        to_room_id=after.room.id if after.room else None,
        from_room_name=before.room.name if before.room else "",
        to_room_name=after.room.name if after.room else "",
        from_custodian_id=before.custodian.id if before.custodian else None,
        to_custodian_id=after.custodian.id if after.custodian else None,
        from_custodian_name=before.custodian_name[:200],
        to_custodian_name=after.custodian_name[:200],
        by_id=by.id,
        by_name=by.name[:200],
    )


def _record(asset: Asset, before: Place, after: Place, moved: Movement, by: Viewer) -> None:
    was, now = before.columns(), after.columns()
    changed = [name for name in now if now[name] != was[name]]
    said = {"cause": moved.cause.value, "why": moved.reason, "reference": moved.reference}
    audit.record(
        "moved",
        asset,
        by=by,
        before={name: was[name] for name in changed},
        after={
            **{name: now[name] for name in changed},
            **{name: value for name, value in said.items() if value},
        },
    )


def _set(asset: Asset, after: Place) -> None:
    rows = {"room": after.room, "holding_unit": after.unit, "custodian": after.custodian}
    for name, value in {**after.columns(), **rows}.items():
        if getattr(asset, name) != value:
            setattr(asset, name, value)
    search_keys.derive(asset)
