"""Tables of the editions of the privacy notice and of who has read which."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Model, Moment


class PrivacyNotice(Model):
    """An edition that an administrator published; never changed afterwards."""

    __tablename__ = "privacy_notice"
    __table_args__ = (CheckConstraint("id > 0", name="edition"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text_th: Mapped[str] = mapped_column(Text)
    text_en: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))


class NoticeReading(Model):
    """That a person said to have read an edition; 0 is the shipped one."""

    __tablename__ = "privacy_notice_reading"

    edition: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime] = mapped_column(Moment)
