"""Tables of the import's second half: remembered readings, what was written, photos by number."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.register.states import BatchState
from kernel.db import BigId, Model, Moment
from office.people.models import Person
from office.places.models import Unit


class SavedMapping(Model):
    """How sheets with certain headings are to be read, kept under a name by a person.

    ``shapes`` holds one entry per sheet: the fingerprint of its headings and the field of each
    column, counted from the first one that has a heading.
    """

    __tablename__ = "saved_mapping"
    __table_args__ = (UniqueConstraint("unit_id", "name_key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(120))
    shared: Mapped[bool] = mapped_column(default=False)
    shapes: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()
    by: Mapped[Person | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class ImportedItem(Model):
    """What one import did to one item: made it, or changed it and how it was before.

    ``version`` is the one in which the import left the item; another one says that somebody
    changed it since. ``asset_id`` is no foreign key: the item may be taken back while the trail
    stays. ``reason`` is the code of what keeps it from being taken back.
    """

    __tablename__ = "imported_item"
    __table_args__ = (
        UniqueConstraint("import_id", "asset_id"),
        Index("ix_imported_item_undone", "import_id", "undone", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("register_import.id"))
    asset_id: Mapped[int] = mapped_column(BigId, index=True)
    asset_no: Mapped[str] = mapped_column(String(60), default="")
    name: Mapped[str] = mapped_column(String(200), default="")
    made: Mapped[bool]
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    version: Mapped[int]
    undone: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(60), default="")


class PhotoBatch(Model):
    """One ZIP file of photos, from upload to the last photo on its item.

    ``file_key`` names the file among those that wait for their import; it is removed at the end.
    """

    __tablename__ = "photo_batch"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    file_key: Mapped[str] = mapped_column(String(80))
    file_name: Mapped[str] = mapped_column(String(200))
    state: Mapped[BatchState] = mapped_column(String(12), default=BatchState.READING)
    replace: Mapped[bool] = mapped_column(default=False)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    touched_at: Mapped[datetime] = mapped_column(Moment)
    problem: Mapped[str] = mapped_column(String(60), default="")
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()
    by: Mapped[Person | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class PhotoEntry(Model):
    """One file of a ZIP: what it is, whose photo it would be, what became of it.

    ``position`` is its place in the ZIP; a name may stand there twice.
    """

    __tablename__ = "photo_entry"
    __table_args__ = (
        UniqueConstraint("batch_id", "position"),
        Index("ix_photo_entry_outcome", "batch_id", "outcome", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("photo_batch.id"))
    position: Mapped[int]
    path: Mapped[str] = mapped_column(String(300))
    outcome: Mapped[str] = mapped_column(String(12))
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"), index=True)
    asset_no: Mapped[str] = mapped_column(String(60), default="")
    item_name: Mapped[str] = mapped_column(String(200), default="")
