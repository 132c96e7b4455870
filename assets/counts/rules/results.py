"""The one result of an item in a round (R-I5), worked out from all of its scans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from assets.counts.models import Result, Round, RoundRoom, Scan
from assets.counts.rules import resolving
from assets.counts.rules.resolving import Thing
from assets.counts.states import Outcome
from assets.register.states import Condition
from kernel import clock
from kernel.db import db
from office.bookkeeping import rules as bookkeeping


def settle(one: Round, asset_ids: set[int]) -> None:
    """Bring the results of items up to date with their scans.

    The latest scan by the phone's clock decides, however late it arrives; a clock that runs ahead
    is not believed further than the moment of arrival. A condition or remark that was said once
    stays until another one is said. The pieces of a lot are added up over the rooms.
    """
    if not asset_ids:
        return
    things = resolving.things_of(one, asset_ids)
    for asset_id in sorted(asset_ids):
        _begin(one, things[asset_id])
    found = db.session.scalars(
        select(Result)
        .where(Result.round_id == one.id, Result.asset_id.in_(asset_ids))
        .order_by(Result.asset_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    scans = _scans(one, asset_ids)
    counted: dict[int, int] = defaultdict(int)
    for result in found:
        thing = things[result.asset_id]
        if result.scan_id is None and thing.expected_room_id is not None:
            counted[thing.expected_room_id] += 1
        for name, value in _result(thing, scans[result.asset_id]).items():
            setattr(result, name, value)
    for room_id in sorted(counted):
        db.session.execute(
            update(RoundRoom)
            .where(RoundRoom.id == room_id)
            .values(counted=RoundRoom.counted + counted[room_id])
        )


def _begin(one: Round, thing: Thing) -> None:
    bookkeeping.insert_or_skip(
        Result,
        round_id=one.id,
        asset_id=thing.asset_id,
        expected_id=thing.expected_id,
        outcome=Outcome.FOUND,
        condition=thing.expected_condition or thing.condition,
        quantity=None,
        where="",
        remark="",
        at=clock.now(),
    )


def _scans(one: Round, asset_ids: set[int]) -> dict[int, list[Scan]]:
    scans: dict[int, list[Scan]] = defaultdict(list)
    query = select(Scan).where(Scan.round_id == one.id, Scan.asset_id.in_(asset_ids))
    for scan in db.session.scalars(query):
        if scan.asset_id is not None:
            scans[scan.asset_id].append(scan)
    for of_item in scans.values():
        of_item.sort(key=lambda scan: (min(scan.device_at, scan.server_at), scan.id))
    return scans


def _result(thing: Thing, scans: Sequence[Scan]) -> dict[str, Any]:
    last = scans[-1]
    outcome = Outcome(last.outcome)
    if thing.quantity > 1 and any(scan.outcome == Outcome.FOUND for scan in scans):
        outcome = Outcome.FOUND
    return {
        "outcome": outcome,
        "condition": _condition(thing, scans),
        "quantity": _quantity(thing, scans),
        "round_room_id": last.round_room_id,
        "scan_id": last.id,
        "where": "",
        "remark": next((scan.remark for scan in reversed(scans) if scan.remark), ""),
        "at": clock.now(),
    }


def _condition(thing: Thing, scans: Sequence[Scan]) -> Condition:
    said = next((scan.condition for scan in reversed(scans) if scan.condition), None)
    known = thing.expected_condition or thing.condition
    # What was missing and stands there again is not missing, whatever else it is.
    return Condition(said) if said else Condition.GOOD if known == Condition.MISSING else known


def _quantity(thing: Thing, scans: Sequence[Scan]) -> int | None:
    """Return the pieces counted; None for a lot of which nobody has said how many there are."""
    if (thing.expected_quantity or thing.quantity) <= 1:
        return 1
    rooms = {scan.round_room_id: scan.quantity for scan in scans if scan.quantity is not None}
    return sum(rooms.values()) if rooms else None
