"""Tables of notices to those concerned, with who has read them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import BigId, Model, Moment
from office.people.models import Person


class ProgrammeNotice(Model):
    """A notice to those whom a programme concerns; it is never changed once it is sent."""

    __tablename__ = "programme_notice"
    __table_args__ = (Index("ix_programme_notice", "programme_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    sent_at: Mapped[datetime] = mapped_column(Moment)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    sent_by: Mapped[Person | None] = relationship()


class ProgrammeReader(Model):
    """Somebody whom a notice was sent to, and when they said that they have read it."""

    __tablename__ = "programme_reader"
    __table_args__ = (
        UniqueConstraint("notice_id", "person_id"),
        Index("ix_programme_reader_person", "person_id", "notice_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("programme_notice.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    read_at: Mapped[datetime | None] = mapped_column(Moment)

    notice: Mapped[ProgrammeNotice] = relationship()
    person: Mapped[Person] = relationship()
