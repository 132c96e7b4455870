"""Tables of mails that came in, of the documents they brought, and of how far was fetched."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from helpdesk.mail_in.states import State
from helpdesk.tickets.models import Ticket
from kernel.db import BigId, Model, Moment

STORED = text("state = 'stored'")


class IncomingMail(Model):
    """One mail as it came; ``raw_key`` names its bytes in the file store.

    ``message_key`` is the digest of its Message-ID, or of its bytes where it has none: the same
    mail is kept once however often it is fetched. Of one that is too large only the head is kept.
    """

    __tablename__ = "incoming_mail"
    __table_args__ = (
        Index("ix_incoming_mail_state", "state", "id"),
        Index("ix_incoming_mail_new", "id", sqlite_where=STORED, postgresql_where=STORED),
        CheckConstraint("(state IN ('ticket', 'reply')) = (ticket_id IS NOT NULL)", name="ticket"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    message_key: Mapped[str] = mapped_column(String(64), unique=True)
    raw_key: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    whole: Mapped[bool] = mapped_column(default=True)
    received_at: Mapped[datetime] = mapped_column(Moment)
    sender: Mapped[str] = mapped_column(String(254), default="")
    sender_name: Mapped[str] = mapped_column(String(120), default="")
    subject: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[State] = mapped_column(String(12), default=State.STORED)
    note: Mapped[str] = mapped_column(String(500), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    ticket: Mapped[Ticket | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class MailFile(Model):
    """A document that a mail brought; photos become photos of the ticket instead.

    One whose content is of no kind that is taken has no key: its name and the reason are kept here,
    its bytes in the raw mail.
    """

    __tablename__ = "mail_file"
    __table_args__ = (Index("ix_mail_file_ticket", "ticket_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    mail_id: Mapped[int] = mapped_column(ForeignKey("incoming_mail.id"), index=True)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    name: Mapped[str] = mapped_column(String(140))
    media: Mapped[str] = mapped_column(String(100), default="")
    size: Mapped[int] = mapped_column(default=0)
    file_key: Mapped[str] = mapped_column(String(80), default="")
    remark: Mapped[str] = mapped_column(String(300), default="")


class MailboxMark(Model):
    """How far a mailbox was fetched: the highest number the server gave, within its epoch."""

    __tablename__ = "mailbox_mark"

    mailbox: Mapped[str] = mapped_column(String(64), primary_key=True)
    epoch: Mapped[int] = mapped_column(BigId)
    last_uid: Mapped[int] = mapped_column(BigId)
    fetched_at: Mapped[datetime] = mapped_column(Moment)
