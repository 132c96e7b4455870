"""Tags of rooms: made when a room's label is first printed, given anew when it is replaced."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from assets.labels import codes
from assets.labels.models import Tag
from assets.labels.rules.tags import new_codes, record_all, retire
from assets.labels.states import Reason
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from office.places.models import Room


def tags_for_rooms(
    rooms: Sequence[Room], *, renew: Reason | None = None, by: Viewer
) -> dict[int, Tag]:
    """Return the tags in use of rooms by the id of the room, made where there is none.

    Args:
        rooms: the rooms.
        renew: give every room a new tag; the old ones end for this reason.
        by: who prints them.
    """
    ids = sorted(room.id for room in rooms)
    _hold_still(ids)
    found = {tag.room_id or 0: tag for tag in _in_use(ids)}
    if renew is not None:
        for tag in found.values():
            retire(tag, renew, by=by)
        db.session.flush()  # the index allows a new tag of a room only behind the end of the old
        found = {}
    new = [room_id for room_id in ids if room_id not in found]
    for room_id, code in zip(new, new_codes(len(new), codes.new_code), strict=True):
        now = clock.now()
        found[room_id] = Tag(code=code, room_id=room_id, created_at=now, claimed_at=now)
        db.session.add(found[room_id])
    record_all("tagged", [found[room_id] for room_id in new], by=by)
    return found


def _in_use(room_ids: Sequence[int]) -> Sequence[Tag]:
    terms = (Tag.room_id.in_(room_ids), Tag.retired_at.is_(None))
    return db.session.scalars(select(Tag).where(*terms).order_by(Tag.id)).all()


def _hold_still(room_ids: Sequence[int]) -> None:
    """Let people who print the labels of one room at once wait for each other."""
    db.session.execute(
        select(Room.id).where(Room.id.in_(room_ids)).order_by(Room.id).with_for_update()
    )
