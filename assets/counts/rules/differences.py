"""Which differences between list and reality become proposals, and what each would change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from assets.counts.models import Result, Round, RoundRoom, RoundUnit
from assets.counts.states import Outcome, ProposalKind
from assets.register.models import Asset
from assets.register.states import Condition, Lifecycle
from office.places.models import Room

PRESENT = (Outcome.FOUND, Outcome.WRONG_ROOM, Outcome.UNEXPECTED)
# Plain wear needs no fact-finding committee (clause 214); people may say otherwise.
WORN = (Condition.WORN_OUT,)
TO_DISPOSE = (Condition.WORN_OUT, Condition.NOT_NEEDED)


def rows(one: Round) -> Select[*tuple[Any, ...]]:
    """Return the query of the results of a round with what the register says now.

    Items of units that the round does not cover are left out: their own round decides on them.
    """
    here, known = aliased(Room), aliased(Room)
    return (
        select(
            Result.asset_id,
            Result.outcome,
            Result.condition.label("seen"),
            Result.quantity.label("counted"),
            Result.scan_id,
            Result.remark,
            RoundRoom.room_id.label("found_in"),
            here.name.label("found_name"),
            Asset.owner_unit_id,
            Asset.room_id,
            known.name.label("room_name"),
            Asset.condition,
            Asset.quantity,
            Asset.lifecycle,
            Asset.version,
        )
        .join(Asset, Asset.id == Result.asset_id)
        .join(
            RoundUnit,
            (RoundUnit.round_id == Result.round_id) & (RoundUnit.unit_id == Asset.owner_unit_id),
        )
        .outerjoin(RoundRoom, RoundRoom.id == Result.round_room_id)
        .outerjoin(here, here.id == RoundRoom.room_id)
        .outerjoin(known, known.id == Asset.room_id)
        .where(Result.round_id == one.id)
        .order_by(Result.asset_id)
    )


def of(row: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - a row of ``rows``
    """Yield what a result would change, as columns of a proposal."""
    if row.outcome == Outcome.MISSING or (row.counted == 0 and row.outcome in PRESENT):
        yield _made(row, ProposalKind.LOST, {"condition": row.condition})
        return
    if row.outcome == Outcome.RETIRED:
        if row.lifecycle == Lifecycle.LOST:
            yield _found_again(row)
        return
    if row.outcome not in PRESENT or row.lifecycle == Lifecycle.DRAFT:
        return
    if row.lifecycle == Lifecycle.PENDING_DISPOSAL and row.condition == Condition.MISSING:
        yield _found_again(row)
        return
    if row.found_in is not None and row.found_in != row.room_id:
        yield _made(row, ProposalKind.MOVE, {"room": row.room_name}, room_id=row.found_in)
    if row.seen != row.condition:
        before = {"condition": row.condition}
        yield _made(row, ProposalKind.CONDITION, before, condition=row.seen)
    if row.counted is not None and row.quantity > 1 and row.counted != row.quantity:
        yield _made(row, ProposalKind.QUANTITY, {"quantity": row.quantity}, quantity=row.counted)
    if row.seen in TO_DISPOSE and row.lifecycle == Lifecycle.IN_SERVICE:
        yield _made(row, ProposalKind.DISPOSE, {"condition": row.condition}, condition=row.seen)


def _found_again(row: Any) -> dict[str, Any]:  # noqa: ANN401 - a row of ``rows``
    before = {"lifecycle": row.lifecycle, "condition": row.condition, "room": row.room_name}
    return _made(
        row,
        ProposalKind.FOUND_AGAIN,
        before,
        room_id=row.found_in,
        condition=row.seen,
    )


def _made(
    row: Any,  # noqa: ANN401 - a row of ``rows``
    kind: ProposalKind,
    before: dict[str, Any],
    *,
    room_id: int | None = None,
    condition: Condition | None = None,
    quantity: int | None = None,
) -> dict[str, Any]:
    return {
        "kind": kind,
        "subject": str(row.asset_id),
        "unit_id": row.owner_unit_id,
        "asset_id": row.asset_id,
        "asset_version": row.version,
        "scan_id": row.scan_id,
        "room_id": room_id,
        "condition": condition,
        "quantity": quantity,
        "before": {name: str(value) if value is not None else "" for name, value in before.items()},
        "note": row.remark,
        "fact_finding": row.seen not in WORN,
    }
