"""Reading for those who walk: what is left in a room, the last scans, who is where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload

from assets.counts import access
from assets.counts.models import Expected, Member, Result, Round, RoundRoom, Scan, ScanPhoto
from assets.counts.queries.sets import parts_to_confirm
from assets.counts.states import Outcome
from assets.labels.codes import read_code
from assets.labels.models import Tag
from kernel import thai
from kernel.access import Viewer
from kernel.db import db
from office.places.models import Room

PAGE = 50
RECENT = 5
SCANS = 50
MOST_ON_PHONE = 5000


def room_meant(one: Round, text: str) -> tuple[Room | None, RoundRoom | None]:
    """Return the room whose label was scanned, and what it is in the round.

    Args:
        one: the round.
        text: what was scanned, as it was typed.

    Returns:
        None twice where it is no label of a room; no second where the room is not in the round.
    """
    code = read_code(text)
    if code is None:
        return None, None
    found = db.session.execute(
        select(Room, RoundRoom)
        .join(Tag, Tag.room_id == Room.id)
        .outerjoin(RoundRoom, and_(RoundRoom.room_id == Room.id, RoundRoom.round_id == one.id))
        .where(Tag.code == code, Tag.retired_at.is_(None))
    ).first()
    return (found[0], found[1]) if found else (None, None)


def people_by_room(members: Sequence[Member]) -> dict[int, list[Member]]:
    """Return who was last seen in which room."""
    present: dict[int, list[Member]] = defaultdict(list)
    for member in members:
        if member.room_id is not None:
            present[member.room_id].append(member)
    return present


def lines(one: Round, room: RoundRoom, page: int = 1) -> Sequence[Any]:
    """Return one page of what is expected in a room, what is not counted yet first.

    Each row has ``Expected`` and ``Result`` (None while nobody has scanned the item).
    """
    return db.session.execute(
        select(Expected, Result)
        .outerjoin(Result, and_(Result.round_id == one.id, Result.asset_id == Expected.asset_id))
        .where(Expected.round_id == one.id, Expected.round_room_id == room.id)
        .order_by(Result.scan_id.is_not(None), Expected.asset_no_sort, Expected.id)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    ).all()


def recent(one: Round, room: RoundRoom) -> Sequence[Scan]:
    """Return the last scans in a room, newest first."""
    return db.session.scalars(
        select(Scan)
        .where(Scan.round_id == one.id, Scan.round_room_id == room.id)
        .options(joinedload(Scan.asset))
        .order_by(Scan.id.desc())
        .limit(RECENT)
    ).all()


def photos_of(scans: Sequence[Scan]) -> dict[int, list[ScanPhoto]]:
    """Return the photos of scans by scan."""
    found: dict[int, list[ScanPhoto]] = defaultdict(list)
    wanted = [scan.id for scan in scans]
    for photo in db.session.scalars(
        select(ScanPhoto).where(ScanPhoto.scan_id.in_(wanted)).order_by(ScanPhoto.id)
    ):
        found[photo.scan_id].append(photo)
    return found


def scans(viewer: Viewer, one: Round, *, outcome: str = "", page: int = 1) -> Sequence[Scan]:
    """Return one page of the scans of a round, newest first, and one more if any."""
    terms = [Scan.round_id == one.id]
    if outcome in set(Outcome):
        terms.append(Scan.outcome == outcome)
    return db.session.scalars(
        select(Scan)
        .outerjoin(RoundRoom, RoundRoom.id == Scan.round_room_id)
        .where(*terms, access.lines_seen(viewer, one, RoundRoom.unit_id))
        .options(joinedload(Scan.asset), joinedload(Scan.round_room))
        .order_by(Scan.id.desc())
        .limit(SCANS + 1)
        .offset((page - 1) * SCANS)
    ).all()


def lines_for_phone(one: Round, room_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return the expected lines of rooms with the codes on their labels, for the phone."""
    rows = db.session.execute(
        select(Expected, Result.scan_id)
        .outerjoin(Result, and_(Result.round_id == one.id, Result.asset_id == Expected.asset_id))
        .where(Expected.round_id == one.id, Expected.round_room_id.in_(room_ids))
        .order_by(Expected.round_room_id, Expected.asset_no_sort, Expected.id)
        .limit(MOST_ON_PHONE)
    ).all()
    codes = _tag_codes(one, room_ids)
    parts = parts_to_confirm(one, (line.asset_id for line, _scan_id in rows))
    return [
        {
            "id": line.asset_id,
            "room": line.round_room_id,
            "no": line.asset_no or "",
            "name": line.name[:120],
            "quantity": line.quantity,
            "counted": scan_id is not None,
            "keys": [
                key
                for key in (thai.code_key(line.asset_no or ""), thai.code_key(line.serial_no))
                if key
            ],
            "tags": codes.get(line.asset_id, []),
            "parts": [
                {"id": part.asset_id, "name": part.name[:120], "no": part.asset_no}
                for part in parts.get(line.asset_id, [])
            ],
        }
        for line, scan_id in rows
    ]


def _tag_codes(one: Round, room_ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = db.session.execute(
        select(Tag.asset_id, Tag.code)
        .join(Expected, Expected.asset_id == Tag.asset_id)
        .where(
            Expected.round_id == one.id,
            Expected.round_room_id.in_(room_ids),
            Tag.retired_at.is_(None),
        )
    )
    for asset_id, code in rows:
        if asset_id is not None:
            found[asset_id].append(code)
    return found
