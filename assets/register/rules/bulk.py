"""Many items changed at once: prepare, apply, undo; each item by the verbs of a single one.

The work is done in steps, each its own unit of work of the door (docs/adr/0004): others wait for
one step at most, and what was cut goes on where it stopped. A line is done once, whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import joinedload

from assets.register import access, sets
from assets.register.bulk_models import BulkChange, BulkLine, BulkState, Outcome
from assets.register.models import Asset
from assets.register.rules import items, search_keys
from assets.register.states import Condition, MoveCause
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

MOST = 5000
STEP = 100
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


def apply_some(change_id: int, *, by: Viewer) -> int:
    """Change the next hundred items of a prepared change.

    Returns:
        how many lines were done; 0 where there is nothing left, and the change is then applied.
    """
    change = _locked(change_id)
    if change.state not in (BulkState.PREPARED, BulkState.APPLYING):
        return 0
    change.state = BulkState.APPLYING
    lines = _next(change, Outcome.PLANNED)
    # What is asked meanwhile does not hang on what is written: all goes out together at the end.
    with db.session.no_autoflush, _read_before(lines):
        for line, asset in lines:
            _apply(line, asset, by)
    if not lines:
        change.state = BulkState.APPLIED
    _settle_versions(lines)
    return len(lines)


def undo_some(change_id: int, *, by: Viewer) -> int:
    """Give the next hundred items back what they had, where nobody has changed them since.

    Returns:
        how many lines were done; 0 where there is nothing left, and the change is then undone.
    """
    change = _locked(change_id)
    if change.state not in (BulkState.APPLIED, BulkState.UNDOING):
        return 0
    change.state = BulkState.UNDOING
    lines = _next(change, Outcome.CHANGED)
    with db.session.no_autoflush, _read_before(lines):
        for line, asset in lines:
            _undo(line, asset, by)
    if not lines:
        change.state = BulkState.UNDONE
    _settle_versions(lines)
    return len(lines)


def _read_before(lines: Sequence[tuple[BulkLine, Asset]]) -> AbstractContextManager[None]:
    return search_keys.numbers_at_hand([asset.id for _line, asset in lines])


def _locked(change_id: int) -> BulkChange:
    return db.session.scalars(
        select(BulkChange).where(BulkChange.id == change_id).with_for_update()
    ).one()


def _next(change: BulkChange, outcome: Outcome) -> list[tuple[BulkLine, Asset]]:
    lines = db.session.scalars(
        select(BulkLine)
        .where(BulkLine.change_id == change.id, BulkLine.outcome == outcome)
        .order_by(BulkLine.id)
        .limit(STEP)
    ).all()
    # In the order of ids, so that two who change many items at once never wait in a circle.
    found = db.session.scalars(
        select(Asset)
        .where(Asset.id.in_([line.asset_id for line in lines]))
        .options(
            joinedload(Asset.holding_unit), joinedload(Asset.room), joinedload(Asset.custodian)
        )
        .order_by(Asset.id)
        .with_for_update(of=Asset)
    )
    by_id = {asset.id: asset for asset in found}
    return [(line, by_id[line.asset_id]) for line in lines]


def _apply(line: BulkLine, asset: Asset, by: Viewer) -> None:
    if asset.version != line.version:
        _leave(line, Outcome.REFUSED, _("Somebody changed it after the preview."))
        return
    try:
        _write(asset, line.after, by, MoveCause.BULK)
    except (Refusal, NotAllowed) as refusal:
        _leave(line, Outcome.REFUSED, refusal.message)
    else:
        line.outcome = Outcome.CHANGED


def _undo(line: BulkLine, asset: Asset, by: Viewer) -> None:
    if asset.version != line.version:
        _leave(line, Outcome.KEPT, _("Somebody changed it since."))
        return
    try:
        _write(asset, line.before, by, MoveCause.UNDO)
    except (Refusal, NotAllowed) as refusal:
        _leave(line, Outcome.KEPT, refusal.message)
    else:
        line.outcome = Outcome.UNDONE


def _leave(line: BulkLine, outcome: Outcome, reason: str) -> None:
    line.outcome, line.reason = outcome, reason[:400]


def _write(asset: Asset, fields: Mapping[str, Any], by: Viewer, why: MoveCause) -> None:
    """Write fields by the verbs of a single card; the move, which may refuse, comes first."""
    by.demand(access.EDIT, asset.owner_unit_id, asset.holding_unit_id)
    values = {name: _typed(name, value) for name, value in fields.items()}
    condition = values.pop("condition", None)
    items.edit(asset, values, by=by, why=why)
    if condition is not None:
        items.judge(asset, Condition(condition), by=by)


def _settle_versions(lines: Sequence[tuple[BulkLine, Asset]]) -> None:
    db.session.flush()  # counts the versions up, by which a later change is known
    for line, asset in lines:
        if line.outcome in (Outcome.CHANGED, Outcome.UNDONE):
            line.version = asset.version


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


def note_end(change: BulkChange, done: str, counts: Mapping[str, int], *, by: Viewer) -> None:
    """Write down that a change of many items was applied or undone, and how many it reached."""
    audit.record(done, change, by=by, after=dict(counts))
