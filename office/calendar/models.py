"""Tables of the calendar."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import BigId, Model
from kernel.i18n import language


class OpeningHours(Model):
    """When the office opens and closes on one weekday (0 is Monday), by Bangkok's wall clock.

    A weekday without a row is a day on which the office is closed.
    """

    __tablename__ = "opening_hours"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("opens < closes", name="span"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    weekday: Mapped[int] = mapped_column(unique=True)
    opens: Mapped[dt.time]
    closes: Mapped[dt.time]


class ClosedDay(Model):
    """A day on which the office is closed, or one unit with what lies under it.

    ``source`` is ``holiday`` (from the list of public holidays), ``office`` or ``special`` (a
    cabinet resolution). ``removed`` says that the day is a working day in spite of the row; a
    row of a unit beats the row of the whole office.
    """

    __tablename__ = "closed_day"
    __table_args__ = (
        CheckConstraint("source IN ('holiday', 'office', 'special')", name="source"),
        Index(
            "uq_closed_day_office",
            "day",
            unique=True,
            sqlite_where=text("unit_id IS NULL"),
            postgresql_where=text("unit_id IS NULL"),
        ),
        Index(
            "uq_closed_day_unit",
            "day",
            "unit_id",
            unique=True,
            sqlite_where=text("unit_id IS NOT NULL"),
            postgresql_where=text("unit_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    day: Mapped[dt.date]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    name_th: Mapped[str] = mapped_column(String(300))
    name_en: Mapped[str] = mapped_column(String(300), default="")
    source: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(300), default="")
    removed: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def name(self) -> str:
        """The name in the language spoken now, Thai where there is no English one."""
        return self.name_en if language() == "en" and self.name_en else self.name_th
