"""Which fields of which rows are taken from the file: the ticks that a person sets in the preview.

Without a tick the rule holds: what the register leaves blank is filled, what differs waits.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select, update

from assets.register.models import ImportRow, RegisterImport
from assets.register.states import ImportState
from assets.register.workbook.outcomes import Verdict
from kernel.db import db
from kernel.errors import Stale
from kernel.i18n import gettext as _

CHUNK = 500


def tick(
    record: RegisterImport, ticks: Mapping[int, Collection[str]], *, seen_version: int
) -> None:
    """Keep what is to be taken from some rows.

    Args:
        record: an import that waits for its decision.
        ticks: the chosen fields by the id of the row; names that the row does not change are
            passed over.
        seen_version: the version that the page showed.

    Refuses a plan that changed meanwhile.
    """
    _demand_waiting(record, seen_version)
    for row in _changed(record, ticks.keys()):
        fields = row.detail.get("changes", {})
        row.taken = [name for name in fields if name in ticks[row.id]]


def tick_rows(
    record: RegisterImport, ids: Collection[int], *, everything: bool, seen_version: int
) -> None:
    """Take everything, or nothing, from some rows; refuses a plan that changed meanwhile."""
    _demand_waiting(record, seen_version)
    for row in _changed(record, ids):
        row.taken = [*row.detail.get("changes", {})] if everything else []


def tick_all(record: RegisterImport, *, everything: bool, seen_version: int) -> None:
    """Take everything from the file, or go back to the rule, for all rows.

    Refuses a plan that changed meanwhile.
    """
    _demand_waiting(record, seen_version)
    mine = (ImportRow.import_id == record.id, ImportRow.outcome == Verdict.CHANGED)
    if not everything:
        db.session.execute(update(ImportRow).where(*mine).values(taken=None))
        return
    rows = db.session.execute(
        select(ImportRow.id, ImportRow.detail).where(*mine).order_by(ImportRow.id)
    ).all()
    changes = [{"id": row.id, "taken": [*row.detail.get("changes", {})]} for row in rows]
    if changes:
        db.session.execute(update(ImportRow), changes)


def _changed(record: RegisterImport, ids: Collection[int]) -> list[ImportRow]:
    found: list[ImportRow] = []
    wanted = sorted(ids)
    for start in range(0, len(wanted), CHUNK):
        found += db.session.scalars(
            select(ImportRow).where(
                ImportRow.import_id == record.id,
                ImportRow.outcome == Verdict.CHANGED,
                ImportRow.id.in_(wanted[start : start + CHUNK]),
            )
        )
    return found


def _demand_waiting(record: RegisterImport, seen_version: int) -> None:
    if record.state != ImportState.PLANNED or record.version != seen_version:
        raise Stale(_("This import has gone on meanwhile. Please look at where it stands now."))
