"""Tables of notifications: deliveries, what people choose, where they can be reached."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import BigId, Model, Moment
from office.bookkeeping.models import OutgoingMessage
from office.notifications.states import Rhythm, State, Way
from office.people.models import Person


class Delivery(Model):
    """One message on one way, and what became of it.

    ``device_id`` names the browser where the way is push: a message goes to each of a person's
    devices. ``retry_key`` is the same for every try, so that the other side recognises a second
    one. A delivery that waits for the digest has no next try.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        Index(
            "uq_delivery_way",
            "message_id",
            "way",
            unique=True,
            sqlite_where=text("device_id IS NULL"),
            postgresql_where=text("device_id IS NULL"),
        ),
        UniqueConstraint("message_id", "device_id"),
        Index("ix_delivery_due", "state", "next_try_at"),
        Index("ix_delivery_state", "state", "id"),
        CheckConstraint("(way = 'push') = (device_id IS NOT NULL)", name="device"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("outgoing_message.id"))
    way: Mapped[Way] = mapped_column(String(6))
    device_id: Mapped[int | None] = mapped_column(ForeignKey("push_device.id"), index=True)
    state: Mapped[State] = mapped_column(String(12), default=State.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(Moment)
    last_error: Mapped[str] = mapped_column(String(500), default="")
    retry_key: Mapped[str] = mapped_column(String(36))
    sent_at: Mapped[datetime | None] = mapped_column(Moment)

    message: Mapped[OutgoingMessage] = relationship()


class WayChoice(Model):
    """How one person wants the messages of a group on a way; without a row the house decides."""

    __tablename__ = "way_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    group_name: Mapped[str] = mapped_column(String(20), primary_key=True)
    way: Mapped[Way] = mapped_column(String(6), primary_key=True)
    rhythm: Mapped[Rhythm] = mapped_column(String(6))


class Quietness(Model):
    """When one person does not want to be disturbed, and when the digest comes; local times."""

    __tablename__ = "quietness"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    quiet_from: Mapped[time | None]
    quiet_until: Mapped[time | None]
    digest_at: Mapped[time]
    last_digest_on: Mapped[date | None]


class LineAccount(Model):
    """The LINE account that a person has bound; a person has one, and an account one person."""

    __tablename__ = "line_account"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(60), unique=True)
    bound_at: Mapped[datetime] = mapped_column(Moment)

    person: Mapped[Person] = relationship()


class LineCode(Model):
    """A code that binds a LINE account once; only its hash is kept."""

    __tablename__ = "line_code"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(Moment)


class PushDevice(Model):
    """A browser that a person lets us wake: where its push service listens, and its keys."""

    __tablename__ = "push_device"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    endpoint: Mapped[str] = mapped_column(String(600), unique=True)
    public_key: Mapped[str] = mapped_column(String(120))
    secret: Mapped[str] = mapped_column(String(40))
    called: Mapped[str] = mapped_column(String(80))
    added_at: Mapped[datetime] = mapped_column(Moment)
    gone_at: Mapped[datetime | None] = mapped_column(Moment)


class BadAddress(Model):
    """An address that mails came back from; nothing is sent there until somebody clears it."""

    __tablename__ = "bad_address"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    address: Mapped[str] = mapped_column(String(254), unique=True)
    reason: Mapped[str] = mapped_column(String(500))
    since: Mapped[datetime] = mapped_column(Moment)


class Wording(Model):
    """The office's own words for the messages of one kind in one language."""

    __tablename__ = "wording"
    __table_args__ = (UniqueConstraint("kind", "language"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))
    subject: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class Hook(Model):
    """An address of another system that is told of acts, signed with a secret both know.

    ``acts`` holds the wanted ones, one a line: ``ticket.closed``, or ``ticket.*``. The audit trail
    is what is told of: ``last_entry_id`` is the entry up to which everything arrived or was given
    up, so that an act is told in its order and none is left out.
    """

    __tablename__ = "hook"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    url: Mapped[str] = mapped_column(String(400))
    secret: Mapped[str] = mapped_column(String(80))
    acts: Mapped[str] = mapped_column(Text)
    active: Mapped[bool] = mapped_column(default=True)
    last_entry_id: Mapped[int] = mapped_column(BigId)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(Moment)
    last_error: Mapped[str] = mapped_column(String(500), default="")
    told_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration
