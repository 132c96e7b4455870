"""Tables of systems, their owners and keepers, rights and reviews. None holds a password."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from helpdesk.access_rights.states import SOON_DAYS, Level, Part, Standing, Verdict
from helpdesk.requests.models import ServiceRequest
from kernel.db import BigId, Model, Moment
from kernel.i18n import language
from kernel.search import searchable
from office.people.models import Person
from office.places.models import Unit

_IN_FORCE = text("revoked_at IS NULL")
_ON = text("revoked_at IS NOT NULL AND switched_off_at IS NULL")


class InformationSystem(Model):
    """An information system, mail or network in which people of the office have accounts.

    ``review_months`` is how often its owners look through all rights; ``reviewed_on`` when they
    last began to. ``retired_on``: nobody can ask for it any more.
    """

    __tablename__ = "information_system"
    __table_args__ = (
        CheckConstraint("review_months BETWEEN 1 AND 60", name="review_months"),
        CheckConstraint("longest_months BETWEEN 1 AND 120", name="longest_months"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name_th: Mapped[str] = mapped_column(String(160))
    name_en: Mapped[str] = mapped_column(String(160), default="")
    purpose: Mapped[str] = mapped_column(String(500), default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    review_months: Mapped[int] = mapped_column(default=12)
    longest_months: Mapped[int] = mapped_column(default=24)
    reviewed_on: Mapped[date | None]
    retired_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def name(self) -> str:
        """The name in the language spoken now, Thai where there is no English one."""
        return self.name_en if language() == "en" and self.name_en else self.name_th


class SystemPerson(Model):
    """Somebody who owns a system or keeps its accounts."""

    __tablename__ = "system_person"

    system_id: Mapped[int] = mapped_column(
        ForeignKey("information_system.id"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id"), primary_key=True, autoincrement=False, index=True
    )
    part: Mapped[Part] = mapped_column(String(8), primary_key=True)

    person: Mapped[Person] = relationship()


class SystemRequest(Model):
    """Which system a request asks for, from the day it is sent."""

    __tablename__ = "system_request"

    request_id: Mapped[int] = mapped_column(
        ForeignKey("service_request.id"), primary_key=True, autoincrement=False
    )
    system_id: Mapped[int] = mapped_column(ForeignKey("information_system.id"), index=True)

    request: Mapped[ServiceRequest] = relationship()
    system: Mapped[InformationSystem] = relationship()


class AccessRight(Model):
    """One person's right in one system; at most one is in force at a time.

    It ends with ``ends_on`` (R-AC1); ``revoked_at`` is when that was written down, and
    ``switched_off_at`` when a keeper has switched the account off in the system itself.
    ``unit_id`` is where the person worked when it was granted; ``told_days`` the last warning.
    """

    __tablename__ = "access_right"
    __table_args__ = (
        Index(
            "uq_access_right_in_force",
            "system_id",
            "person_id",
            unique=True,
            sqlite_where=_IN_FORCE,
            postgresql_where=_IN_FORCE,
        ),
        Index(
            "ix_access_right_ends", "ends_on", sqlite_where=_IN_FORCE, postgresql_where=_IN_FORCE
        ),
        Index("ix_access_right_on", "system_id", sqlite_where=_ON, postgresql_where=_ON),
        Index("ix_access_right_person", "person_id", "id"),
        Index("ix_access_right_system", "system_id", "id"),
        CheckConstraint("granted_by_id <> person_id", name="two_people"),
        CheckConstraint("ends_on >= starts_on", name="days"),
        CheckConstraint("(revoked_at IS NULL) = (revoked_why = '')", name="revoked_why"),
        CheckConstraint("switched_off_at IS NULL OR revoked_at IS NOT NULL", name="switched_off"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    system_id: Mapped[int] = mapped_column(ForeignKey("information_system.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    level: Mapped[Level] = mapped_column(String(8))
    account: Mapped[str] = mapped_column(String(120), default="")
    request_id: Mapped[int] = mapped_column(ForeignKey("service_request.id"), index=True)
    granted_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    granted_at: Mapped[datetime] = mapped_column(Moment)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    told_days: Mapped[int | None]
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    revoked_why: Mapped[str] = mapped_column(String(300), default="")
    switched_off_at: Mapped[datetime | None] = mapped_column(Moment)
    switched_off_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    search_key: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    system: Mapped[InformationSystem] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=person_id)
    unit: Mapped[Unit] = relationship()
    granted_by: Mapped[Person] = relationship(foreign_keys=granted_by_id)
    request: Mapped[ServiceRequest] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    def standing(self, today: date) -> Standing:
        """Return how the right stands on a day."""
        if self.revoked_at is not None:
            off = self.switched_off_at is not None
            return Standing.ENDED if off else Standing.TO_SWITCH_OFF
        if self.ends_on < today:
            return Standing.TO_SWITCH_OFF
        soon = (self.ends_on - today).days <= max(SOON_DAYS)
        return Standing.SOON if soon else Standing.ACTIVE


searchable(AccessRight.__table__, "search_key")


class ReviewRound(Model):
    """Owners look through all rights of a system; at most one round of a system is open."""

    __tablename__ = "access_review"
    __table_args__ = (
        Index(
            "uq_access_review_open",
            "system_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    system_id: Mapped[int] = mapped_column(ForeignKey("information_system.id"), index=True)
    opened_on: Mapped[date]
    due_on: Mapped[date]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    reminded_on: Mapped[date | None]

    system: Mapped[InformationSystem] = relationship()


class ReviewLine(Model):
    """What an owner said of one right in one round."""

    __tablename__ = "access_review_line"
    __table_args__ = (UniqueConstraint("round_id", "right_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("access_review.id"))
    right_id: Mapped[int] = mapped_column(ForeignKey("access_right.id"), index=True)
    verdict: Mapped[Verdict | None] = mapped_column(String(8))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)

    right: Mapped[AccessRight] = relationship()
