"""Reading the imports: which files were brought in, and what became of their rows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from assets.register import access
from assets.register.import_models import ImportedItem, PhotoBatch, PhotoEntry, SavedMapping
from assets.register.models import ImportRow, RegisterImport
from kernel import thai
from kernel.access import Viewer
from kernel.db import db

IMPORTS_PAGE = 20
ROWS_PAGE = 100
CHANGES_PAGE = 50
MOST_MAPPINGS = 200


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


def changed_rows(import_id: int, *, differs: bool, page: int = 1) -> Sequence[ImportRow]:
    """Return one page of the rows about known items, and one more if any.

    Args:
        import_id: the import.
        differs: rows that contradict the register; else those that only fill its blanks.
        page: from 1.
    """
    return db.session.scalars(
        select(ImportRow)
        .where(
            ImportRow.import_id == import_id,
            ImportRow.outcome == "changed",
            ImportRow.differs.is_(differs),
        )
        .order_by(ImportRow.id)
        .limit(CHANGES_PAGE + 1)
        .offset((page - 1) * CHANGES_PAGE)
    ).all()


def saved_mappings(viewer: Viewer) -> Sequence[SavedMapping]:
    """Return the readings that a viewer may use: the own ones first, those used last before."""
    if viewer.id is None:
        return []
    seen = or_(
        SavedMapping.by_id == viewer.id,
        SavedMapping.shared,
        viewer.scope(access.IMPORT).clause(SavedMapping.unit_id),
    )
    found = db.session.scalars(
        select(SavedMapping)
        .where(seen)
        .options(joinedload(SavedMapping.by), joinedload(SavedMapping.unit))
        .order_by(func.coalesce(SavedMapping.used_at, SavedMapping.at).desc())
        .limit(MOST_MAPPINGS)
    ).all()
    return sorted(found, key=lambda mapping: mapping.by_id != viewer.id)


def mapping_named(name: str) -> SavedMapping | None:
    """Return the kept reading of a name, the one used last where several have it."""
    return db.session.scalar(
        select(SavedMapping)
        .where(SavedMapping.name_key == thai.search_key(name))
        .order_by(func.coalesce(SavedMapping.used_at, SavedMapping.at).desc())
        .limit(1)
    )


def photo_batches(viewer: Viewer, *, page: int = 1) -> Sequence[PhotoBatch]:
    """Return one page of the photo files a viewer may look at, newest first, and one more."""
    mine = viewer.scope(access.IMPORT).clause(PhotoBatch.unit_id)
    return db.session.scalars(
        select(PhotoBatch)
        .where(mine)
        .options(joinedload(PhotoBatch.unit), joinedload(PhotoBatch.by))
        .order_by(PhotoBatch.id.desc())
        .limit(IMPORTS_PAGE + 1)
        .offset((page - 1) * IMPORTS_PAGE)
    ).all()


def photo_entries(batch_id: int, outcome: str = "", *, page: int = 1) -> Sequence[PhotoEntry]:
    """Return one page of the files of a ZIP in its order, and one more if any."""
    terms = [PhotoEntry.batch_id == batch_id]
    if outcome:
        terms.append(PhotoEntry.outcome == outcome)
    return db.session.scalars(
        select(PhotoEntry)
        .where(*terms)
        .order_by(PhotoEntry.id)
        .limit(ROWS_PAGE + 1)
        .offset((page - 1) * ROWS_PAGE)
    ).all()


def kept_items(import_id: int, *, page: int = 1) -> Sequence[ImportedItem]:
    """Return one page of the items that stayed when an import was taken back, and one more."""
    return db.session.scalars(
        select(ImportedItem)
        .where(
            ImportedItem.import_id == import_id,
            ImportedItem.undone.is_(False),
            ImportedItem.reason != "",
        )
        .order_by(ImportedItem.id)
        .limit(ROWS_PAGE + 1)
        .offset((page - 1) * ROWS_PAGE)
    ).all()
