"""Readings of sheets kept under a name: found again for the next file with the same headings."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from assets.register import access, shapes
from assets.register.import_models import SavedMapping
from assets.register.models import RegisterImport
from assets.register.workbook.cells import Book
from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

MOST_CHARACTERS = 120


def save(
    record: RegisterImport, book: Book, name: str, *, shared: bool, by: Viewer
) -> SavedMapping:
    """Keep the columns that a person chose for an import; the same name is written over.

    Args:
        record: the import whose sheets were read as chosen.
        book: its file.
        name: what people will know it by, up to 120 characters.
        shared: everybody who brings workbooks in may use it.
        by: who keeps it.

    Refuses a blank name, a name that another person gave, and a file for which nothing was chosen.
    """
    sheets = {sheet.name: sheet for sheet in book.sheets}
    kept = [
        shape
        for entry in record.mapping.get("sheets", [])
        if entry["chosen"] and entry["sheet"] in sheets
        if (shape := shapes.shape_of(sheets[entry["sheet"]], entry))
    ]
    if not kept:
        raise Refusal(
            _("Nothing was chosen for this file yet. Choose the columns first, then keep them.")
        )
    said, key = _checked_name(name)
    found = db.session.scalar(
        select(SavedMapping).where(
            SavedMapping.unit_id == record.unit_id, SavedMapping.name_key == key
        )
    )
    if found is not None and not may_change(found, by):
        raise _taken(said)
    if found is None:
        found = SavedMapping(unit_id=record.unit_id, by_id=by.id, name_key=key, at=clock.now())
        db.session.add(found)
    found.name, found.shared, found.shapes = said, shared, kept
    _flush(said)
    audit.record("kept", found, by=by, after={"name": said, "shared": shared})
    return found


def change(mapping: SavedMapping, name: str, *, shared: bool, by: Viewer) -> None:
    """Give a kept reading another name, or share it or not; refuses a name that is taken."""
    said, key = _checked_name(name)
    changes = {"name": said, "name_key": key, "shared": shared}
    audit.record_changes("renamed", mapping, changes, by=by)
    _flush(said)


def remove(mapping: SavedMapping, *, by: Viewer) -> None:
    """Forget a kept reading; imports that were read by it stay as they are."""
    audit.record("removed", mapping, by=by, before={"name": mapping.name})
    db.session.delete(mapping)


def may_change(mapping: SavedMapping, viewer: Viewer) -> bool:
    """Tell whether a viewer may rename, share or remove a kept reading."""
    # The maker may, and whoever brings workbooks in for the unit it was made for.
    own = viewer.id is not None and mapping.by_id == viewer.id
    return own or viewer.may(access.IMPORT, mapping.unit_id)


def note_use(names: Collection[str]) -> None:
    """Note that readings were used just now."""
    if names:
        db.session.execute(
            update(SavedMapping)
            .where(SavedMapping.name.in_(names))
            .values(used_at=clock.now())
            .execution_options(synchronize_session=False)
        )


def _checked_name(name: str) -> tuple[str, str]:
    said = thai.normalize(name)
    key = thai.search_key(said)
    if not key:
        raise Refusal(_("Please give it a name."), field="name")
    if max(len(said), len(key)) > MOST_CHARACTERS:
        most = MOST_CHARACTERS
        raise Refusal(_("The name may have up to %(most)s characters.", most=most), field="name")
    return said, key


def _flush(name: str) -> None:
    try:
        db.session.flush()  # the database decides between two who give one name
    except IntegrityError as error:
        if violates(error, "uq_saved_mapping_unit_id_name_key", "saved_mapping.unit_id"):
            raise _taken(name) from error
        raise


def _taken(name: str) -> Refusal:
    return Refusal(_("The name “%(name)s” is used already.", name=name), field="name")
