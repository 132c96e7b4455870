"""Tables of trainings."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from helpdesk.trainings.states import LEAST_PERCENT
from kernel.db import BigId, Model
from kernel.i18n import language
from office.people.models import Person


class TrainingCourse(Model):
    """What is taught; ``hours`` count for who takes part, ``approved`` asks the head first."""

    __tablename__ = "training_course"
    __table_args__ = (CheckConstraint("hours > 0", name="hours"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    title_th: Mapped[str] = mapped_column(String(200))
    title_en: Mapped[str] = mapped_column(String(200), default="")
    about: Mapped[str] = mapped_column(Text, default="")
    hours: Mapped[int]
    approved: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1, server_default="1")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def title(self) -> str:
        """The title in the language spoken now."""
        return self.title_en if language() == "en" and self.title_en else self.title_th


class TrainingSession(Model):
    """One time that a course is held; ``times`` are words such as “09:00–16:00”."""

    __tablename__ = "training_session"
    __table_args__ = (
        Index("ix_training_session_list", "state", "first_day", "id"),
        CheckConstraint("seats > 0", name="seats"),
        CheckConstraint("last_day >= first_day", name="days"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("training_course.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    times: Mapped[str] = mapped_column(String(60), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    trainer: Mapped[str] = mapped_column(String(200), default="")
    seats: Mapped[int]
    state: Mapped[str] = mapped_column(String(12), default="open")
    reminded_on: Mapped[date | None]
    cancelled_why: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    course: Mapped[TrainingCourse] = relationship()

    @property
    def days(self) -> list[date]:
        """Every day of it."""
        count = (self.last_day - self.first_day).days + 1
        return [self.first_day + timedelta(days=at) for at in range(count)]

    @property
    def days_needed(self) -> int:
        """On how many of its days somebody must be there for a certificate."""
        return -(-len(self.days) * LEAST_PERCENT // 100)


class TrainingEnrolment(Model):
    """Somebody's place in a session; ``id`` is also the order of the waiting list."""

    __tablename__ = "training_enrolment"
    __table_args__ = (UniqueConstraint("session_id", "person_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("training_session.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[str] = mapped_column(String(12))
    queue: Mapped[int] = mapped_column(default=0)
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"), index=True)

    session: Mapped[TrainingSession] = relationship()
    person: Mapped[Person] = relationship()


class TrainingAttendance(Model):
    """Somebody was there on a day, shown by card or noted by hand."""

    __tablename__ = "training_attendance"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("training_enrolment.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    by_hand: Mapped[bool] = mapped_column(default=False)


class TrainingCertificate(Model):
    """The certificate of an enrolment: name and hours as they were; ``code`` is in its QR."""

    __tablename__ = "training_certificate"
    __table_args__ = (Index("ix_training_certificate_year", "fiscal_year", "person_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("training_enrolment.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    hours: Mapped[int]
    issued_on: Mapped[date]
    fiscal_year: Mapped[int]

    enrolment: Mapped[TrainingEnrolment] = relationship()
    person: Mapped[Person] = relationship()
