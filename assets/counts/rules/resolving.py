"""What scanned codes mean in a round: a batch of any size in three queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, select, union_all

from assets.counts.codes import SET_PART
from assets.counts.models import Expected, Round, RoundRoom
from assets.counts.rules.planning import units_of
from assets.counts.states import Outcome
from assets.labels.codes import read_code
from assets.labels.models import Tag
from assets.register import availability
from assets.register.models import Asset, EarlierNumber
from assets.register.states import Condition, Lifecycle, Obstacle
from kernel import thai
from kernel.db import db
from kernel.keyboard import latin_keys

GONE = (Lifecycle.DISPOSED, Lifecycle.TRANSFERRED_OUT, Lifecycle.LOST)
HELD = {
    Obstacle.ON_LOAN: Outcome.ON_LOAN,
    Obstacle.IN_TRANSIT: Outcome.ON_LOAN,
    Obstacle.IN_REPAIR: Outcome.IN_REPAIR,
    Obstacle.IN_MAINTENANCE: Outcome.IN_REPAIR,
}
LONGEST_KEY = 60


@dataclass(frozen=True)
class Thing:
    """An item as a scan meets it: its card now, and its line on the frozen list if it has one."""

    asset_id: int
    name: str
    asset_no: str | None
    owner_unit_id: int
    lifecycle: Lifecycle
    condition: Condition
    quantity: int
    acquired_on: date | None
    obstacle: Obstacle | None
    expected_id: int | None
    expected_room_id: int | None
    expected_room: str
    expected_condition: Condition | None
    expected_quantity: int | None
    room_is_known: bool


@dataclass(frozen=True)
class Finder:
    """What the codes of a batch may mean, and the round they are asked for."""

    one: Round
    units: frozenset[int]
    by_code: Mapping[str, Sequence[Thing]]

    def thing(self, code: str, round_room_id: int | None) -> tuple[Thing | None, bool]:
        """Return what a code means, and whether it means several things.

        Numbers are unique within a unit only. An item of the list goes before one that is not,
        one of this room before one of another.
        """
        found = list(self.by_code.get(code, ()))
        for is_better in (
            lambda thing: thing.expected_id is not None,
            lambda thing: thing.owner_unit_id in self.units,
            lambda thing: thing.expected_room_id == round_room_id,
        ):
            better = [thing for thing in found if is_better(thing)]
            if len(found) > 1 and better:
                found = better
        return (found[0] if len(found) == 1 else None), len(found) > 1

    def outcome(self, thing: Thing | None, several: bool, room: RoundRoom | None) -> Outcome:  # noqa: FBT001 - the pair that ``thing`` gives
        """Return what a scan in a room turned out to be."""
        if thing is None:
            return Outcome.AMBIGUOUS if several else Outcome.UNKNOWN
        if thing.lifecycle in GONE:
            return Outcome.RETIRED
        if thing.expected_id is None:
            own = thing.owner_unit_id in self.units
            late = thing.acquired_on is not None and thing.acquired_on > self.one.counted_day
            return Outcome.OUTSIDE if own and late else Outcome.UNEXPECTED
        if thing.obstacle in HELD:
            return HELD[thing.obstacle]
        elsewhere = room is not None and thing.expected_room_id != room.id
        return Outcome.WRONG_ROOM if elsewhere and thing.room_is_known else Outcome.FOUND


def finder(one: Round, codes: Iterable[str]) -> Finder:
    """Read what codes mean.

    Understood are the address on a label, its code, an asset number in any writing, a serial or an
    earlier number, also as a scanner types them while the keyboard is set to Thai.
    """
    wanted = sorted(set(codes))
    parts = _parts(one, wanted)
    ids: dict[str, set[int]] = defaultdict(set)
    tags = {code: read for code in wanted if (read := read_code(code)) is not None}
    tagged = _tagged(set(tags.values()))
    keys = {
        code: {thai.code_key(code)[:LONGEST_KEY], thai.code_key(latin_keys(code))[:LONGEST_KEY]}
        for code in wanted
        if tags.get(code) not in tagged
    }
    numbered = _numbered({key for both in keys.values() for key in both} - {""})
    for code in wanted:
        if code in parts:
            ids[code].add(parts[code])
        elif tags.get(code) in tagged:
            ids[code].add(tagged[tags[code]])
        else:
            ids[code] |= {asset for key in keys[code] for asset in numbered.get(key, ())}
    things = things_of(one, {asset for found in ids.values() for asset in found})
    by_code = {
        code: [things[asset] for asset in sorted(found)] for code, found in ids.items() if found
    }
    return Finder(one, frozenset(units_of(one)), by_code)


def _parts(one: Round, codes: Sequence[str]) -> dict[str, int]:
    said = {code: int(found[1]) for code in codes if (found := SET_PART.fullmatch(code))}
    if not said:
        return {}
    listed = set(
        db.session.scalars(
            select(Expected.asset_id).where(
                Expected.round_id == one.id, Expected.asset_id.in_(said.values())
            )
        )
    )
    return {code: asset_id for code, asset_id in said.items() if asset_id in listed}


def _tagged(codes: set[str]) -> dict[str, int]:
    if not codes:
        return {}
    rows = db.session.execute(
        select(Tag.code, Tag.asset_id).where(
            Tag.code.in_(codes), Tag.retired_at.is_(None), Tag.asset_id.is_not(None)
        )
    )
    return {row.code: row.asset_id for row in rows}


def _numbered(keys: set[str]) -> dict[str, set[int]]:
    if not keys:
        return {}
    found: Any = union_all(
        select(Asset.asset_no_key.label("key"), Asset.id.label("asset_id")).where(
            Asset.asset_no_key.in_(keys)
        ),
        select(Asset.serial_key, Asset.id).where(Asset.serial_key.in_(keys)),
        select(EarlierNumber.key, EarlierNumber.asset_id).where(EarlierNumber.key.in_(keys)),
    )
    numbered: dict[str, set[int]] = defaultdict(set)
    for key, asset_id in db.session.execute(found):
        numbered[key].add(asset_id)
    return numbered


def things_of(one: Round, asset_ids: set[int]) -> dict[int, Thing]:
    """Return items by id, as the round knows them."""
    if not asset_ids:
        return {}
    rows = db.session.execute(_things(one).where(Asset.id.in_(asset_ids)))
    return {row.id: _thing(row) for row in rows}


def _things(one: Round) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Asset.id,
            Asset.name,
            Asset.asset_no,
            Asset.owner_unit_id,
            Asset.lifecycle,
            Asset.condition,
            Asset.quantity,
            Asset.acquired_on,
            availability.obstacle().label("obstacle"),
            Expected.id.label("expected_id"),
            Expected.round_room_id,
            Expected.condition.label("expected_condition"),
            Expected.quantity.label("expected_quantity"),
            RoundRoom.name.label("room"),
            RoundRoom.room_id,
        )
        .outerjoin(Expected, and_(Expected.asset_id == Asset.id, Expected.round_id == one.id))
        .outerjoin(RoundRoom, RoundRoom.id == Expected.round_room_id)
    )


def _thing(row: Any) -> Thing:  # noqa: ANN401 - a row of ``_things``
    listed = row.expected_condition
    return Thing(
        asset_id=row.id,
        name=row.name,
        asset_no=row.asset_no,
        owner_unit_id=row.owner_unit_id,
        lifecycle=Lifecycle(row.lifecycle),
        condition=Condition(row.condition),
        quantity=row.quantity,
        acquired_on=row.acquired_on,
        obstacle=Obstacle(row.obstacle) if row.obstacle else None,
        expected_id=row.expected_id,
        expected_room_id=row.round_room_id,
        expected_room=row.room or "",
        expected_condition=Condition(listed) if listed else None,
        expected_quantity=row.expected_quantity,
        room_is_known=row.room_id is not None,
    )
