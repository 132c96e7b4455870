"""Tables of asset numbers: the pattern a unit sets, and how far each running number has come."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import BigId, Model
from office.places.models import Unit


class NumberPattern(Model):
    """How the numbers of a unit's books are made; a unit without one follows the one above it.

    The running number is one for all, or begins anew for each class, each fiscal year, or both.
    """

    __tablename__ = "number_pattern"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), unique=True)
    template: Mapped[str] = mapped_column(String(80))
    prefix: Mapped[str] = mapped_column(String(20), default="")
    per_class: Mapped[bool] = mapped_column(default=True)
    per_year: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class NumberCounter(Model):
    """The last running number given in the books of a unit for one scope of its pattern.

    ``scope`` is the pattern with everything filled in but the running number and what it runs
    across, so that a new pattern begins to count for itself.
    """

    __tablename__ = "number_counter"
    __table_args__ = (UniqueConstraint("unit_id", "scope"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    scope: Mapped[str] = mapped_column(String(160))
    last: Mapped[int]
