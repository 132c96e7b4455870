"""Checks of imports: every row of the file is told of, and nothing is at work without a heart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import func, or_, select

from assets.register.models import ImportRow, RegisterImport
from assets.register.rules.import_runs import AT_WORK, SILENT_SECONDS
from assets.register.states import ImportState
from helpdesk.doctor.findings import Check, named
from kernel import clock
from kernel.i18n import lazy_gettext as _l

COUNTED = (
    ImportState.PLANNED,
    ImportState.APPLIED,
    ImportState.UNDONE,
    ImportState.PART_UNDONE,
)


def import_rows() -> Iterator[str]:
    """Yield imports that count another number of rows than are kept of them (R-M5)."""
    wrong = (
        select(RegisterImport.id)
        .outerjoin(ImportRow, ImportRow.import_id == RegisterImport.id)
        .where(RegisterImport.state.in_(COUNTED))
        .group_by(RegisterImport.id, RegisterImport.rows_total)
        .having(func.count(ImportRow.id) != RegisterImport.rows_total)
        .order_by(RegisterImport.id)
    )
    return named("register_import", wrong)


def imports_alive() -> Iterator[str]:
    """Yield imports that say they are at work while nothing has beaten for them for a minute."""
    last = clock.now() - timedelta(seconds=SILENT_SECONDS)
    silent = or_(RegisterImport.touched_at.is_(None), RegisterImport.touched_at < last)
    stuck = (
        select(RegisterImport.id)
        .where(RegisterImport.state.in_(AT_WORK), silent)
        .order_by(RegisterImport.id)
    )
    return named("register_import", stuck)


CHECKS = (
    Check(
        "import_rows",
        _l("An import counts as many rows as are kept of it."),
        _l("Take the import back on its page and bring the file in again."),
        import_rows,
    ),
    Check(
        "imports_alive",
        _l("An import that is at work shows a sign of life every minute."),
        _l("Open the import and let it go on; it continues where it stopped."),
        imports_alive,
    ),
)
