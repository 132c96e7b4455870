"""Tables of the privacy notice in editions, of who has read which, of records of processing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import BigId, Model, Moment


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


class ProcessingEdition(Model):
    """A record of one activity of processing as the office wrote it; never changed afterwards.

    ``code`` is that of a shipped activity or a new one; ``texts`` holds the parts in both
    languages (``purpose_th``); ``ended`` says that the office does not do this any more.
    """

    __tablename__ = "processing_edition"
    __table_args__ = (
        UniqueConstraint("code", "edition"),
        CheckConstraint("edition > 0", name="edition"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(20))
    edition: Mapped[int]
    base: Mapped[str] = mapped_column(String(12))
    texts: Mapped[dict[str, Any]] = mapped_column(JSON)
    ended: Mapped[bool] = mapped_column(default=False, server_default=false())
    why: Mapped[str] = mapped_column(String(300), default="")
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
