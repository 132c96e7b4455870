"""Taking a whole import back while nothing was changed since.

Items that the import made go as if they had never been: their numbers were never in use, so they
are free again. Fields that it changed get back what they held before. Whatever has a life of its
own by now (a label, a loan, a ticket, a change of the card) stays, and the page says why. It is
done in steps like the writing; the trail keeps what was taken back and what was left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, delete, func, select, update

from assets.register.import_models import ImportedItem
from assets.register.models import Asset, EarlierNumber, ImportRow, Movement, RegisterImport
from assets.register.rules import items, search_keys
from assets.register.rules.import_runs import told, wait_for_others
from assets.register.rules.import_trail import as_column
from assets.register.states import ImportState, MoveCause
from assets.register.worth_models import AssetWorth
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import Model, db
from kernel.errors import Refusal, Stale
from kernel.i18n import gettext as _
from office.bookkeeping import audit

STEP = 200
CHUNK = 400
CHANGED = "changed_since"
GONE = "gone"
UNDONE_STATES = (ImportState.UNDONE, ImportState.PART_UNDONE)
MAY_UNDO = (ImportState.APPLIED, ImportState.INTERRUPTED, ImportState.PART_UNDONE)
PLACE = ("room_id", "holding_unit_id")
# These belong to the item alone and go with it; a movement does where the import made it.
OWN = ("earlier_number", "asset_worth", "import_row", "photo_entry")


@dataclass(frozen=True)
class Prospect:
    """What taking an import back would do.

    ``blocked`` holds the code of each reason with the number of items it keeps.
    """

    removed: int
    put_back: int
    blocked: Mapping[str, int]

    @property
    def kept(self) -> int:
        """How many items stay as they are."""
        return sum(self.blocked.values())


def prospect(record: RegisterImport) -> Prospect:
    """Tell what taking an import back would do now; nothing is written."""
    removed = put_back = 0
    blocked: Counter[str] = Counter()
    entries = db.session.execute(
        select(ImportedItem.asset_id, ImportedItem.made, ImportedItem.version).where(
            ImportedItem.import_id == record.id, ImportedItem.undone.is_(False)
        )
    ).all()
    for start in range(0, len(entries), CHUNK):
        part = entries[start : start + CHUNK]
        reasons = _reasons(part)
        for entry in part:
            if entry.asset_id in reasons:
                blocked[reasons[entry.asset_id]] += 1
            elif entry.made:
                removed += 1
            else:
                put_back += 1
    return Prospect(removed, put_back, blocked)


def _reasons(entries: Sequence[Any]) -> dict[int, str]:
    """Return the code of what keeps each of some items from being taken back, by item."""
    ids = [entry.asset_id for entry in entries]
    found = db.session.execute(select(Asset.id, Asset.version).where(Asset.id.in_(ids)))
    versions = {row.id: row.version for row in found}
    made = {entry.asset_id for entry in entries if entry.made}
    reasons: dict[int, str] = {}
    for table, column in _references():
        term: ColumnElement[bool] = column.in_(made)
        if table is Movement.__table__:
            term &= table.c.cause != MoveCause.IMPORT
        for key in db.session.scalars(select(column).where(term).distinct()):
            reasons.setdefault(key, table.name)
    for entry in entries:
        if entry.asset_id not in versions:
            reasons[entry.asset_id] = GONE
        elif versions[entry.asset_id] != entry.version:
            reasons.setdefault(entry.asset_id, CHANGED)
    return reasons


@cache
def _references() -> tuple[tuple[Table, Column[Any]], ...]:
    """Return every column of another table that names an item, whatever room it belongs to."""
    asset = Asset.__table__
    return tuple(
        (table, column)
        for table in Model.metadata.sorted_tables
        if table.name not in OWN
        for column in table.columns
        if any(key.column.table is asset for key in column.foreign_keys)
    )


def begin(record: RegisterImport, *, seen_version: int, by: Viewer) -> None:
    """Decide that an import is to be taken back.

    Refuses an import that is not in the register, one of which nothing can be taken back, and
    while another import writes for the same unit, one above or one under it.
    """
    if record.version != seen_version or record.state not in MAY_UNDO:
        raise Stale(_("This import has gone on meanwhile. Please look at where it stands now."))
    what = prospect(record)
    if not what.removed and not what.put_back:
        raise Refusal(_("Nothing of this import can be taken back any more."))
    wait_for_others(record)
    audit.record("undo_begun", record, by=by, after=told(record))
    record.state, record.rows_done = ImportState.UNDOING, 0
    record.rows_total = what.removed + what.put_back + what.kept
    record.touched_at = clock.now()


@dataclass
class Undoing:
    """Takes an import back step by step; every act is one unit of work of the door's."""

    import_id: int
    by: Viewer

    def acts(self) -> Iterator[Callable[[], None]]:
        """Yield the acts from where it stands to the end; the items made last go first."""
        ids = db.session.scalars(
            select(ImportedItem.id)
            .where(ImportedItem.import_id == self.import_id, ImportedItem.undone.is_(False))
            .order_by(ImportedItem.id.desc())
        ).all()
        for start in range(0, len(ids), STEP):
            part = ids[start : start + STEP]
            yield lambda part=part: self._step(part)  # type: ignore[misc]
        yield self._end

    def _step(self, ids: Sequence[int]) -> None:
        record = self._mine()
        entries = db.session.scalars(
            select(ImportedItem)
            .where(ImportedItem.id.in_(ids), ImportedItem.undone.is_(False))
            .order_by(ImportedItem.id.desc())
        ).all()
        # Nobody hangs a loan or a ticket on an item between the look and the act.
        found = {
            asset.id: asset
            for asset in db.session.scalars(
                select(Asset)
                .where(Asset.id.in_([entry.asset_id for entry in entries]))
                .with_for_update()
            )
        }
        reasons = _reasons(entries)
        removed = []
        for entry in entries:
            entry.reason = reasons.get(entry.asset_id, "")
            entry.undone = not entry.reason
            if entry.reason:
                continue
            if entry.made:
                removed.append(found[entry.asset_id])
            else:
                self._put_back(found[entry.asset_id], entry.before)
        self._remove(removed)
        record.rows_done += len(entries)
        record.touched_at = clock.now()

    def _mine(self) -> RegisterImport:
        record = db.session.get_one(RegisterImport, self.import_id)
        if record.state != ImportState.UNDOING:
            raise Stale(_("This import has gone on meanwhile. Please look at where it stands now."))
        return record

    def _remove(self, gone: Sequence[Asset]) -> None:
        ids = [asset.id for asset in gone]
        if not ids:
            return
        for asset in gone:
            before = {"asset_no": asset.asset_no, "name": asset.name, "import_id": asset.import_id}
            audit.record("unmade", asset, by=self.by, before=before)
        db.session.flush()  # the marks of the trail, before rows go
        _forget(ids)
        for asset in gone:
            db.session.expunge(asset)
        db.session.execute(
            delete(Asset).where(Asset.id.in_(ids)).execution_options(synchronize_session=False)
        )

    def _put_back(self, asset: Asset, before: Mapping[str, Any]) -> None:
        number = asset.asset_no
        values = {name: as_column(name, value) for name, value in before.items()}
        place = {name: values.pop(name) for name in PLACE if name in values}
        audit.record_changes("put_back", asset, {**values, **place}, by=self.by)
        for name, key in items.keys_of(asset.asset_no, asset.serial_no).items():
            setattr(asset, name, key)
        _unmove(asset)
        if asset.asset_no:
            _drop_earlier(asset.id, asset.asset_no)
        if number and number != asset.asset_no:
            _drop_earlier(asset.id, number)
        db.session.flush()  # the search key asks for the earlier numbers that are left
        db.session.expire(asset, ["room"])
        search_keys.derive(asset)

    def _end(self) -> None:
        record = self._mine()
        counted = Counter(
            _sort(undone=undone, made=made)
            for undone, made in db.session.execute(
                select(ImportedItem.undone, ImportedItem.made).where(
                    ImportedItem.import_id == self.import_id
                )
            )
        )
        undone = {name: counted[name] for name in ("removed", "put_back", "kept")}
        record.counts = {**record.counts, "undone": undone}
        record.rows_total = record.rows_done = _rows_of(self.import_id)
        record.state = ImportState.PART_UNDONE if counted["kept"] else ImportState.UNDONE
        record.touched_at = clock.now()
        audit.record("undone", record, by=self.by, after={**told(record), **undone})


def _sort(*, undone: bool, made: bool) -> str:
    if not undone:
        return "kept"
    return "removed" if made else "put_back"


def _rows_of(import_id: int) -> int:
    query = select(func.count()).where(ImportRow.import_id == import_id)
    return db.session.scalar(query) or 0


def _forget(ids: Collection[int]) -> None:
    """Remove what belongs to items alone, before they go themselves."""
    quietly = {"synchronize_session": False}
    for table in (EarlierNumber, Movement, AssetWorth):
        db.session.execute(
            delete(table).where(table.asset_id.in_(ids)).execution_options(**quietly)
        )
    tables = Model.metadata.tables
    for name in ("import_row", "photo_entry"):
        rows = tables[name]
        db.session.execute(update(rows).where(rows.c.asset_id.in_(ids)).values(asset_id=None))


def _unmove(asset: Asset) -> None:
    db.session.execute(
        delete(Movement).where(
            Movement.asset_id == asset.id,
            Movement.cause == MoveCause.IMPORT,
            Movement.id == _last_movement(asset.id),
        )
    )


def _last_movement(asset_id: int) -> Any:  # noqa: ANN401 - a scalar subquery
    query = select(func.max(Movement.id)).where(Movement.asset_id == asset_id)
    return query.scalar_subquery()


def _drop_earlier(asset_id: int, number: str) -> None:
    db.session.execute(
        delete(EarlierNumber).where(
            EarlierNumber.asset_id == asset_id, EarlierNumber.key == thai.code_key(number)[:60]
        )
    )
