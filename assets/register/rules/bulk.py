"""Many items changed at once: prepare, apply, undo; each item by the verbs of a single one.

The work is done in steps, each its own unit of work of the door (docs/adr/0004): others wait for
one step at most, and what was cut goes on where it stopped. A line is done once, whoever asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import selectinload

from assets.register import access, bulk_queries, sets
from assets.register.bulk_models import BulkChange, BulkLine, BulkState, Outcome
from assets.register.models import Asset
from assets.register.rules import items, many_rows, moving, search_keys
from assets.register.states import Condition, MoveCause
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from office.bookkeeping import audit

MOST = 5000
STEP = 250
LOOKED_AT = 500
DAYS = ("warranty_until", "next_service_on")
LONGEST_NOTE = 5000
# Every field that may be changed for many; "note" is added to what stands there.
FIELDS = (
    "class_id",
    "condition",
    "room_id",
    "custodian_id",
    "custodian_text",
    *DAYS,
    "lendable",
    "fund_type",
    "note",
)
# What the parts of a set share with it when it moves; each part has a line of its own.
SHARED = frozenset({"room_id", "custodian_id", "custodian_text"})


def prepare(asset_ids: Sequence[int], wanted: Mapping[str, Any], *, by: Viewer) -> BulkChange:
    """Write down what would become of each item; nothing is changed yet.

    Args:
        asset_ids: at most 5,000; those the person may not see are left out.
        wanted: fields of ``FIELDS`` with their new values; ``note`` is added to the note.
        by: who wants it.

    Refuses nothing to change, no items, and more than 5,000. Items that the person may not change,
    or that have left the register, are told of in their lines. The parts that move along with a
    set have lines of their own, so that they are seen before and are given back with it.
    """
    if not wanted:
        raise Refusal(_("Tick at least one field to change."))
    if not asset_ids:
        raise Refusal(_("Tick at least one item."))
    if len(asset_ids) > MOST:
        raise Refusal(_("At most %(most)s items can be changed at once.", most=f"{MOST:,}"))
    change = BulkChange(by_id=by.id, at=clock.now(), wanted=_plain(wanted), items=0)
    db.session.add(change)
    db.session.flush()  # the lines need its id
    for start in range(0, len(asset_ids), LOOKED_AT):
        found = _seen(asset_ids[start : start + LOOKED_AT], by)
        lines = [_line(change.id, asset, wanted, by) for asset in found]
        lines += _lines_along(zip(found, lines, strict=True), set(asset_ids), by)
        if lines:
            db.session.execute(insert(BulkLine), lines)
        change.items += len(lines)
    return change


def _seen(ids: Sequence[int], by: Viewer) -> Sequence[Asset]:
    found = db.session.scalars(select(Asset).where(Asset.id.in_(ids), access.visible(by))).all()
    places = {one: place for place, one in enumerate(ids)}
    return sorted(found, key=lambda asset: places[asset.id])


def _line(change_id: int, asset: Asset, wanted: Mapping[str, Any], by: Viewer) -> dict[str, Any]:
    after = {
        name: value
        for name, value in _after(asset, wanted).items()
        if value != getattr(asset, name)
    }
    before = {name: getattr(asset, name) for name in after}
    reason = _refused(asset, by)
    outcome = Outcome.REFUSED if reason else Outcome.PLANNED if after else Outcome.SAME
    return {
        "change_id": change_id,
        "asset_id": asset.id,
        "outcome": outcome,
        "before": _plain(before),
        "after": _plain(after),
        "version": asset.version,
        "reason": reason,
    }


def _lines_along(
    prepared: Iterable[tuple[Asset, dict[str, Any]]], chosen: set[int], by: Viewer
) -> list[dict[str, Any]]:
    """Return the lines of the parts that go along with the sets among the prepared ones."""
    moved = [
        (
            whole,
            line["change_id"],
            {name: line["after"][name] for name in SHARED & set(line["after"])},
        )
        for whole, line in prepared
        if line["outcome"] == Outcome.PLANNED and SHARED & set(line["after"])
    ]
    along = sets.along_by_set([whole for whole, _id, _shared in moved])
    return [
        _line(change_id, part, _own(shared, part, whole), by)
        for whole, change_id, shared in moved
        for part in along.get(whole.id, [])
        if part.id not in chosen
    ]


def _own(shared: dict[str, Any], part: Asset, whole: Asset) -> dict[str, Any]:
    """Return what a part shares; whoever else answers for it goes on answering."""
    if sets.is_answered_alike(part, whole):
        return shared
    return {name: value for name, value in shared.items() if name == "room_id"}


def _after(asset: Asset, wanted: Mapping[str, Any]) -> dict[str, Any]:
    after = dict(wanted)
    if "note" in after:
        after["note"] = f"{asset.note}\n{after['note']}".strip()[:LONGEST_NOTE]
    return after


def _refused(asset: Asset, by: Viewer) -> str:
    if not by.may(access.EDIT, asset.owner_unit_id, asset.holding_unit_id):
        return _("You may not change items of this unit.")
    if not asset.is_in_register:
        return _("It is not in the register any more.")
    return ""


def apply_some(change_id: int, *, by: Viewer) -> bool:
    """Change the next items of a prepared change; tell whether there are more.

    With the last of them the change is applied.
    """
    return _walk(change_id, THERE, by)


def undo_some(change_id: int, *, by: Viewer) -> bool:
    """Give the next items back what they had, where nobody has changed them since.

    Tells whether there are more; with the last of them the change is undone.
    """
    return _walk(change_id, BACK, by)


@dataclass(frozen=True)
class _Way:
    """There or back: which lines are next, what of them is written, and what becomes of them."""

    begins: BulkState
    underway: BulkState
    ends: BulkState
    next: Outcome
    side: str
    why: MoveCause
    done: Outcome
    left: Outcome
    touched: Any


THERE = _Way(
    begins=BulkState.PREPARED,
    underway=BulkState.APPLYING,
    ends=BulkState.APPLIED,
    next=Outcome.PLANNED,
    side="after",
    why=MoveCause.BULK,
    done=Outcome.CHANGED,
    left=Outcome.REFUSED,
    touched=_l("Somebody changed it after the preview."),
)
BACK = _Way(
    begins=BulkState.APPLIED,
    underway=BulkState.UNDOING,
    ends=BulkState.UNDONE,
    next=Outcome.CHANGED,
    side="before",
    why=MoveCause.UNDO,
    done=Outcome.UNDONE,
    left=Outcome.KEPT,
    touched=_l("Somebody changed it since."),
)


def _walk(change_id: int, way: _Way, by: Viewer) -> bool:
    """Take one step of a way and tell whether there is another; who comes too late takes none."""
    change = _locked(change_id)
    if change.state not in (way.begins, way.underway):
        return False
    lines = _next(change, way)
    _write(lines[:STEP], way, by)
    more = len(lines) > STEP
    change.state = way.underway if more else way.ends
    if not more:
        audit.record(way.ends, change, by=by, after=bulk_queries.counts_of(change))
    return more


def _write(lines: Sequence[tuple[Any, Asset]], way: _Way, by: Viewer) -> None:
    """Write a step; what the verbs ask of each item is asked once for all of them."""
    assets = [asset for _line, asset in lines]
    # What is asked meanwhile does not hang on what is written: all goes out together at the end.
    with db.session.no_autoflush:
        with moving.together(assets), search_keys.derived_together():
            reasons = [_tried(line, asset, way, by) for line, asset in lines]
        many_rows.write(assets)
    told = list(zip(lines, reasons, strict=True))
    _leave([(line.id, reason) for (line, _asset), reason in told if reason is not None], way)
    _settle([one for one, reason in told if reason is None], way)


def _tried(line: Any, asset: Asset, way: _Way, by: Viewer) -> str | None:  # noqa: ANN401 - a row of `_next`
    """Write one item; return why it was left as it is, None where it was not."""
    if asset.version != line.version:
        return str(way.touched)
    try:
        _write_one(asset, line.fields, by, way.why)
    except (Refusal, NotAllowed) as refusal:
        return refusal.message
    return None


def _leave(reasons: Sequence[tuple[int, str]], way: _Way) -> None:
    if reasons:
        rows = [{"id": one, "outcome": way.left, "reason": why[:400]} for one, why in reasons]
        db.session.execute(update(BulkLine), rows)


def _settle(lines: Sequence[tuple[Any, Asset]], way: _Way) -> None:
    """Write down what was done, with the versions by which a later change is known."""
    by_steps: dict[int, list[int]] = defaultdict(list)
    for line, asset in lines:
        by_steps[asset.version - line.version].append(line.id)
    for steps, ids in by_steps.items():
        db.session.execute(
            update(BulkLine)
            .where(BulkLine.id.in_(ids))
            .values(outcome=way.done, version=BulkLine.version + steps)
            .execution_options(synchronize_session=False)
        )


def _locked(change_id: int) -> BulkChange:
    return db.session.scalars(
        select(BulkChange).where(BulkChange.id == change_id).with_for_update()
    ).one()


def _next(change: BulkChange, way: _Way) -> list[tuple[Any, Asset]]:
    side = getattr(BulkLine, way.side)
    lines = db.session.execute(
        select(BulkLine.id, BulkLine.asset_id, BulkLine.version, side.label("fields"))
        .where(BulkLine.change_id == change.id, BulkLine.outcome == way.next)
        .order_by(BulkLine.id)
        .limit(STEP + 1)
    ).all()
    # In the order of ids, so that two who change many items at once never wait in a circle.
    found = db.session.scalars(
        select(Asset)
        .where(Asset.id.in_([line.asset_id for line in lines]))
        .options(
            selectinload(Asset.holding_unit),
            selectinload(Asset.room),
            selectinload(Asset.custodian),
            selectinload(Asset.product),
        )
        .order_by(Asset.id)
        .with_for_update(of=Asset)
    )
    by_id = {asset.id: asset for asset in found}
    return [(line, by_id[line.asset_id]) for line in lines]


def _write_one(asset: Asset, fields: Mapping[str, Any], by: Viewer, why: MoveCause) -> None:
    """Write fields by the verbs of a single card; the move, which may refuse, comes first."""
    by.demand(access.EDIT, asset.owner_unit_id, asset.holding_unit_id)
    values = {name: _typed(name, value) for name, value in fields.items()}
    condition = values.pop("condition", None)
    items.edit(asset, values, by=by, why=why)
    if condition is not None:
        items.judge(asset, Condition(condition), by=by)


def day_of(value: str) -> date:
    """Return a day as a line keeps it."""
    return date.fromisoformat(value)


def _typed(name: str, value: Any) -> Any:  # noqa: ANN401 - a value as JSON keeps it
    return day_of(value) if name in DAYS and value else value


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in fields.items()
    }
