"""Reading the imports: which files were brought in, and what became of their rows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from assets.register import access
from assets.register.models import ImportRow, RegisterImport
from kernel.access import Viewer
from kernel.db import db

IMPORTS_PAGE = 20
ROWS_PAGE = 100


def imports(viewer: Viewer, *, page: int = 1) -> Sequence[RegisterImport]:
    """Return one page of the imports a viewer may look at, newest first, and one more if any."""
    mine = viewer.scope(access.IMPORT).clause(RegisterImport.unit_id)
    return db.session.scalars(
        select(RegisterImport)
        .where(mine)
        .options(joinedload(RegisterImport.unit), joinedload(RegisterImport.by))
        .order_by(RegisterImport.id.desc())
        .limit(IMPORTS_PAGE + 1)
        .offset((page - 1) * IMPORTS_PAGE)
    ).all()


def import_rows(import_id: int, outcome: str = "", *, page: int = 1) -> Sequence[ImportRow]:
    """Return one page of an import's rows in the order of the file, and one more if any."""
    terms = [ImportRow.import_id == import_id]
    if outcome:
        terms.append(ImportRow.outcome == outcome)
    return db.session.scalars(
        select(ImportRow)
        .where(*terms)
        .order_by(ImportRow.id)
        .limit(ROWS_PAGE + 1)
        .offset((page - 1) * ROWS_PAGE)
    ).all()


def refused_rows(import_id: int) -> Sequence[ImportRow]:
    """Return all refused rows of an import in the order of the file."""
    refused = (ImportRow.import_id == import_id, ImportRow.outcome == "refused")
    return db.session.scalars(select(ImportRow).where(*refused).order_by(ImportRow.id)).all()
