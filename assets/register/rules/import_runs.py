"""One file on its way into the register: kept, planned, decided, written in steps, gone on with.

Nothing stands in the register before a person applies the plan. The thread that works says every
few seconds that it lives (``touched_at``); one that has been silent for a minute is taken for dead,
and anybody who may import goes on where it stopped: each step writes its items and how far it has
come in one unit of work.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from assets.register import mappings
from assets.register.import_models import SavedMapping
from assets.register.models import Asset, ImportRow, RegisterImport
from assets.register.own_columns import OwnFields
from assets.register.rules import import_writer, imports, saved_mappings
from assets.register.states import ImportState
from assets.register.workbook.outcomes import Outcome, Verdict
from assets.register.workbook.reading import Progress
from assets.register.workbook.reasons import Unreadable
from kernel import clock
from kernel.access import Viewer
from kernel.db import count_filled, db, violates
from kernel.errors import Refusal, Stale
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.places.models import Unit

SILENT_SECONDS = 60
STRANGE_UNITS_KEPT = 30
AT_WORK = (ImportState.PLANNING, ImportState.APPLYING, ImportState.UNDOING)


def keep(unit: Unit, file_key: str, file_name: str, *, by: Viewer) -> RegisterImport:
    """Note down a file that was sent, to be planned next.

    Args:
        unit: whose books it is for.
        file_key: where the file lies in the store.
        file_name: what the person calls it.
        by: who brings it.
    """
    record = RegisterImport(
        unit_id=unit.id,
        file_key=file_key,
        file_name=file_name[:200],
        by_id=by.id,
        at=clock.now(),
        touched_at=clock.now(),
        state=ImportState.PLANNING,
    )
    db.session.add(record)
    db.session.flush()  # the page of the import is named by its id
    return record


def ending_of(data: bytes) -> str:
    """Return the ending under which a file is kept, by its first bytes and not by its name."""
    if data.startswith(b"PK"):
        return "xlsx"
    return "xls" if data.startswith(b"\xd0\xcf\x11\xe0") else "csv"


def is_silent(record: RegisterImport) -> bool:
    """Tell whether the thread that worked on an import is dead."""
    if record.state not in AT_WORK:
        return False
    beat = record.touched_at
    return beat is None or (clock.now() - beat).total_seconds() > SILENT_SECONDS


def beat(import_id: int, done: int, total: int) -> None:
    """Say that the thread lives, and how far it has read."""
    db.session.execute(
        update(RegisterImport)
        .where(RegisterImport.id == import_id, RegisterImport.state == ImportState.PLANNING)
        .values(rows_done=done, rows_total=total, touched_at=clock.now())
    )


def examine(
    record: RegisterImport,
    path: Path,
    *,
    saved: Sequence[SavedMapping] = (),
    progress: Progress | None = None,
) -> imports.Examined:
    """Read and compare the file of an import as its sheets are to be read; write nothing.

    Args:
        record: the import.
        path: where its file lies now.
        saved: readings kept for headings like these.
        progress: called with rows done and rows in all.

    Raises:
        Unreadable: the file cannot be read at all.
    """
    return imports.examine(
        path,
        name=record.file_name,
        unit=record.unit,
        kept=record.mapping.get("sheets", ()),
        saved=saved,
        progress=progress,
    )


def note_plan(record: RegisterImport, examined: imports.Examined) -> None:
    """Keep what would become of every row, for people to look at before anything is written."""
    db.session.execute(delete(ImportRow).where(ImportRow.import_id == record.id))
    rows = [
        {**_row_values(outcome), "import_id": record.id, "asset_id": None, "taken": None}
        for outcome in examined.outcomes
    ]
    if rows:
        db.session.execute(insert(ImportRow), rows)
    kept = record.mapping.get("sheets", ())
    described = mappings.described(
        examined.book,
        examined.plan.mappings,
        kept,
        examined.remembered,
        OwnFields().by_heading(),
    )
    record.mapping = {"sheets": described}
    saved_mappings.note_use({*examined.remembered.values()})
    record.counts = _counts(examined)
    record.rows_total, record.rows_done = len(rows), 0
    record.touched_at = clock.now()
    record.problem = {} if rows else {"code": "no_rows", "values": {}}
    record.state = ImportState.PLANNED if rows else ImportState.FAILED


def _counts(examined: imports.Examined) -> dict[str, Any]:
    counts: dict[str, Any] = {verdict.value: 0 for verdict in Verdict}
    counts |= Counter(outcome.verdict.value for outcome in examined.outcomes)
    counts["differs"] = sum(
        outcome.verdict is Verdict.CHANGED and outcome.differs for outcome in examined.outcomes
    )
    new = [outcome.row for outcome in examined.outcomes if outcome.verdict is Verdict.NEW]
    counts["items"] = sum(max(len(row.numbers), 1) for row in new)
    strange = sorted(examined.strange_units.items(), key=lambda item: -item[1])
    counts["strange_units"] = [list(item) for item in strange[:STRANGE_UNITS_KEPT]]
    return counts


def _row_values(outcome: Outcome) -> dict[str, Any]:
    row, reason = outcome.row, outcome.reason
    detail: dict[str, Any] = {
        "kind": row.kind.value,
        "values": reason.values if reason else {},
        "changes": {name: list(pair) for name, pair in outcome.changes.items()},
        "remarks": [[remark.code, remark.values] for remark in row.remarks],
    }
    if outcome.versions:
        detail["versions"] = [*outcome.versions]
    return {
        "sheet": row.sheet[:120],
        "row": row.row,
        "outcome": outcome.verdict.value,
        "reason": reason.code if reason else "",
        "cell": (reason.cell or "") if reason else "",
        "asset_number": (row.asset_number or "")[:60],
        "name": str(row.fields.get("name") or "")[:200],
        "quantity": row.quantity,
        "differs": outcome.differs,
        "detail": json.loads(json.dumps(detail, default=_plain)),
    }


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:,.2f}"
    return value.isoformat() if isinstance(value, dt.date | dt.datetime) else str(value)


def rechoose(
    record: RegisterImport, entries: Sequence[Mapping[str, Any]], *, seen_version: int
) -> None:
    """Plan again with columns that a person chose.

    Args:
        record: an import that waits for its decision.
        entries: the readings as chosen (``mappings.choose``).
        seen_version: the version that the page showed.

    Refuses a choice that cannot be read, and a plan that changed meanwhile.
    """
    _demand_planned(record, seen_version)
    mappings.check(entries, OwnFields().fields)
    record.mapping = {"sheets": [dict(entry) for entry in entries]}
    record.state, record.rows_done = ImportState.PLANNING, 0
    record.touched_at = clock.now()


def _demand_planned(record: RegisterImport, seen_version: int) -> None:
    if record.state != ImportState.PLANNED or record.version != seen_version:
        raise Stale(_changed_sentence())


def begin(record: RegisterImport, *, take_over: bool, seen_version: int, by: Viewer) -> None:
    """Decide that a plan is to be written.

    Args:
        record: an import that waits for its decision.
        take_over: where the file differs from the register, the file wins.
        seen_version: the version of the plan that the person looked at.
        by: who decides.

    Refuses while another import writes for the same unit, one above or one under it.
    """
    _demand_planned(record, seen_version)
    record.take_over, record.rows_done = take_over, 0
    audit.record("applied", record, by=by, after={"take_over": take_over, **told(record)})
    _start_writing(record)


def resume(record: RegisterImport, *, by: Viewer) -> None:
    """Go on with an import whose thread is dead, where it stopped.

    Refuses an import that is still at work or has ended, and what ``begin`` refuses.
    """
    if record.state != ImportState.INTERRUPTED and not is_silent(record):
        raise Refusal(_("This import is not interrupted; nothing needs to be done."))
    audit.record("resumed", record, by=by, after={"rows_done": record.rows_done})
    if record.state in (ImportState.APPLYING, ImportState.INTERRUPTED):
        _start_writing(record)
    else:
        record.touched_at = clock.now()


def _start_writing(record: RegisterImport) -> None:
    wait_for_others(record)
    record.state, record.touched_at = ImportState.APPLYING, clock.now()
    try:
        db.session.flush()  # the database decides between two who apply at the same moment
    except IntegrityError as error:
        if violates(error, "uq_register_import_writing", "register_import.unit_id"):
            raise _busy() from error
        raise


def wait_for_others(record: RegisterImport) -> None:
    """Refuse while another import is written or taken back near the unit of this one.

    One whose thread is dead makes room: it is interrupted, and can be gone on with later.
    """
    for other in _writing_near(record):
        if not is_silent(other):
            raise _busy()
        if other.state == ImportState.APPLYING:
            other.state = ImportState.INTERRUPTED
    db.session.flush()  # the silent one makes room under the unique index first


def _busy() -> Refusal:
    return Refusal(
        _(
            "Another file is being written into the books of this unit. "
            "Please wait until it is done, then press again."
        )
    )


def _writing_near(record: RegisterImport) -> Sequence[RegisterImport]:
    path = record.unit.path
    found = db.session.scalars(
        select(RegisterImport).where(
            RegisterImport.state.in_((ImportState.APPLYING, ImportState.UNDOING)),
            RegisterImport.id != record.id,
        )
    ).all()
    return [o for o in found if o.unit.path.startswith(path) or path.startswith(o.unit.path)]


@dataclass
class Writing:
    """Writes a planned import step by step; every act is one unit of work of the door's.

    Attributes:
        import_id: the import.
        outcomes: of every row, compared anew; what an earlier try wrote is found again.
        by: who brings it in.
    """

    import_id: int
    outcomes: Sequence[Outcome]
    by: Viewer

    def acts(self, record: RegisterImport) -> Iterator[Callable[[], None]]:
        """Yield the acts from where the import stands to its end."""
        writer = import_writer.Writer(
            unit=record.unit, by=self.by, take_over=record.take_over, import_id=self.import_id
        )
        first, total = record.rows_done, len(self.outcomes)
        ids = db.session.scalars(
            select(ImportRow.id).where(ImportRow.import_id == self.import_id).order_by(ImportRow.id)
        ).all()
        if len(ids) != total:
            raise Stale(_changed_sentence())
        for start in range(first, total, import_writer.STEP):
            yield lambda start=start: self._step(writer, start, ids)  # type: ignore[misc]
        yield self._end

    def _step(self, writer: import_writer.Writer, start: int, ids: Sequence[int]) -> None:
        record = self._mine(start)
        step = list(self.outcomes[start : start + import_writer.STEP])
        made = writer.write(step, self._seen(ids[start : start + len(step)]))
        changes = []
        for row_id, outcome, items in zip(ids[start:], step, made, strict=False):
            values = {**_row_values(outcome), "asset_id": items[0] if items else None}
            if outcome.verdict is not Verdict.SKIPPED:
                changes.append({"id": row_id, **values})
        if changes:
            db.session.execute(update(ImportRow), changes)
        record.rows_done, record.touched_at = start + len(step), clock.now()
        if start == 0 and len(self.outcomes) > len(step):
            count_filled(Asset, ImportRow)

    @staticmethod
    def _seen(ids: Sequence[int]) -> list[import_writer.Seen]:
        """Return what was shown of each row, and what a person chose to take from it."""
        rows = {
            row.id: row
            for row in db.session.execute(
                select(ImportRow.id, ImportRow.outcome, ImportRow.taken, ImportRow.detail).where(
                    ImportRow.id.between(ids[0], ids[-1])
                )
            )
            if row.outcome == Verdict.CHANGED
        }
        return [
            import_writer.Seen(
                tuple(rows[row_id].detail.get("versions", ())),
                None if rows[row_id].taken is None else frozenset(rows[row_id].taken),
            )
            if row_id in rows
            else import_writer.Seen()
            for row_id in ids
        ]

    def _mine(self, done: int) -> RegisterImport:
        """Return the import, unless another thread has gone on with it."""
        record = db.session.get_one(RegisterImport, self.import_id)
        if record.state != ImportState.APPLYING or record.rows_done != done:
            raise Stale(_changed_sentence())
        return record

    def _end(self) -> None:
        record = self._mine(len(self.outcomes))
        counted: Counter[str] = Counter(
            db.session.scalars(
                select(ImportRow.outcome).where(ImportRow.import_id == self.import_id)
            )
        )
        record.counts = {**record.counts, **{v.value: counted[v.value] for v in Verdict}}
        record.state, record.touched_at = ImportState.APPLIED, clock.now()
        imports.note_import(record, by=self.by, counts=told(record))


def _changed_sentence() -> str:
    return _("This import has gone on meanwhile. Please look at where it stands now.")


def told(record: RegisterImport) -> dict[str, Any]:
    """Return what the trail says of an import: its file and what became of its rows."""
    counts = {verdict.value: record.counts.get(verdict.value, 0) for verdict in Verdict}
    return {"file": record.file_name, **counts}


def fail(record: RegisterImport, error: Exception) -> None:
    """Note why an import stopped.

    A file that cannot be read has failed; one that stumbled while it was written is interrupted,
    and what was written before stays written.
    """
    if isinstance(error, Unreadable):
        problem = {"code": error.reason.code, "values": error.reason.values}
    elif isinstance(error, Refusal):
        problem = {"code": "said", "values": {"sentence": error.message}}
    else:
        problem = {"code": "bug", "values": {}}
    record.problem = json.loads(json.dumps(problem, default=_plain))
    record.state = {
        ImportState.APPLYING: ImportState.INTERRUPTED,
        ImportState.UNDOING: ImportState.PART_UNDONE,
    }.get(record.state, ImportState.FAILED)
    record.touched_at = clock.now()
