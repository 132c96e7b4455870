"""Tables of places."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import BigId, Model
from kernel.i18n import language


class Unit(Model):
    """The office, one of its groups, or a school.

    ``path`` is ``/1/5/``: the ids from the root to this unit. ``code`` keeps leading zeros.
    """

    __tablename__ = "unit"
    __table_args__ = (
        CheckConstraint("kind IN ('office', 'group', 'school')", name="kind"),
        Index("ix_unit_path", "path"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    path: Mapped[str] = mapped_column(String(200), default="")
    size: Mapped[str] = mapped_column(String(20), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def name(self) -> str:
        """The name in the language spoken now, Thai where there is no English one."""
        return self.name_en if language() == "en" and self.name_en else self.name_th


class Building(Model):
    """A building of a unit."""

    __tablename__ = "building"
    __table_args__ = (UniqueConstraint("unit_id", "name_key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(120))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class Room(Model):
    """A room of a unit, in a building where that is known.

    ``name_key`` is the search key of the name: ``ห้อง 231`` and ``ห้อง ๒๓๑`` are one room.
    """

    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("unit_id", "name_key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    building_id: Mapped[int | None] = mapped_column(ForeignKey("building.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(String(120))
    floor: Mapped[str] = mapped_column(String(20), default="")
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    unit: Mapped[Unit] = relationship()
    building: Mapped[Building | None] = relationship()
