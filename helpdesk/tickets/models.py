"""Tables of tickets, and the facts that can be told from one row."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.register.models import Asset
from helpdesk.tickets.states import OPEN, REOPEN_DAYS, Category, Kind, Priority, State
from kernel.db import BigId, Model, Moment, Money, filled_index
from kernel.i18n import language
from kernel.search import searchable
from office.people.models import Person
from office.places.models import Room, Unit

IS_OPEN = text("next_due_at IS NOT NULL")
IS_RESOLVED = text("state = 'resolved'")
HAS_CONTACT = text("reporter_contact <> ''")


def new_token() -> str:
    """Return the private part of a tracking link: 192 random bits."""
    return secrets.token_urlsafe(24)


class Ticket(Model):
    """One fault or question, from report to the end.

    ``repair_cost`` is what its repairs cost together in baht, parts and outside work; None where
    nothing was written down. ``next_due_at`` stands exactly as long as the ticket is open: while
    work runs it is the nearer deadline, while the ticket waits it is the day to look at it again.
    ``response_due_at`` and ``resolution_due_at`` are the two deadlines, as they stood when the
    clock stopped; rows from before there were two are filled in as long as they are open.
    ``subject`` is what the office reads, ``subject_en`` the same in English where the chips give
    it. ``state_since`` is when the present state began; finished stretches are ``TicketInterval``
    rows. ``parent_id`` is the ticket that it is a part of, which waits for its parts where
    ``waits_for_parts`` says so; ``merged_into_id`` the one that tells of the same fault.
    ``begins_at`` is when planned work is to begin: its clock stands still until then.
    """

    __tablename__ = "ticket"
    __table_args__ = (
        filled_index("ix_ticket_parent_id", "parent_id"),
        filled_index("ix_ticket_merged_into_id", "merged_into_id"),
        Index(
            "ix_ticket_queue", "next_due_at", "id", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN
        ),
        Index(
            "ix_ticket_queue_assignee",
            "assignee_id",
            "next_due_at",
            "id",
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        Index(
            "ix_ticket_queue_unit",
            "unit_id",
            "next_due_at",
            "id",
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        # What the views are counted by, then what else the queue is ordered by: all from the index.
        Index(
            "ix_ticket_orders",
            "unit_id",
            "assignee_id",
            "state",
            "next_due_at",
            "priority",
            "category",
            "room_id",
            "opened_at",
            "state_since",
            "id",
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        Index(
            "ix_ticket_resolved",
            "resolved_at",
            sqlite_where=IS_RESOLVED,
            postgresql_where=IS_RESOLVED,
        ),
        Index("ix_ticket_closed", "closed_at"),
        Index(
            "ix_ticket_advice",
            "kind",
            "next_due_at",
            "id",
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        Index(
            "ix_ticket_lane",
            "state",
            "next_due_at",
            "id",
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        Index("ix_ticket_state", "state", "id"),
        Index("ix_ticket_unit", "unit_id", "id"),
        Index("ix_ticket_asset", "asset_id", "id"),
        Index("ix_ticket_room", "room_id", "id", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        Index("ix_ticket_reporter", "reporter_id", "id"),
        Index(
            "ix_ticket_contact",
            "reporter_contact",
            "id",
            sqlite_where=HAS_CONTACT,
            postgresql_where=HAS_CONTACT,
        ),
        Index(
            "ix_ticket_reporter_open",
            "reporter_id",
            "id",
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        Index("ix_ticket_assignee", "assignee_id", "id"),
        CheckConstraint(
            "(next_due_at IS NULL) = (state IN ('resolved', 'closed', 'cancelled'))", name="due"
        ),
        CheckConstraint("state <> 'resolved' OR outcome <> ''", name="outcome"),
        CheckConstraint("repair_cost IS NULL OR repair_cost >= 0", name="repair_cost"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="parent"),
        CheckConstraint(
            "merged_into_id IS NULL OR (merged_into_id <> id AND state = 'cancelled')",
            name="merged_into",
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    token: Mapped[str] = mapped_column(String(43), unique=True, default=new_token)
    kind: Mapped[Kind] = mapped_column(String(10), default=Kind.REPAIR)
    category: Mapped[Category] = mapped_column(String(20), default=Category.OTHER)
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    place_text: Mapped[str] = mapped_column(String(120), default="")
    symptoms: Mapped[list[int]] = mapped_column(JSON, default=list)
    subject: Mapped[str] = mapped_column(String(300))
    subject_en: Mapped[str] = mapped_column(String(300), default="")
    detail: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(12), default="scan")
    priority: Mapped[Priority] = mapped_column(String(10), default=Priority.NORMAL)
    state: Mapped[State] = mapped_column(String(20), default=State.NEW)
    state_since: Mapped[datetime] = mapped_column(Moment)
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    reporter_name: Mapped[str] = mapped_column(String(120), default="")
    reporter_contact: Mapped[str] = mapped_column(String(254), default="")
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    language: Mapped[str] = mapped_column(String(2))
    opened_at: Mapped[datetime] = mapped_column(Moment)
    begins_at: Mapped[datetime | None] = mapped_column(Moment)
    first_response_at: Mapped[datetime | None] = mapped_column(Moment)
    resolved_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    next_due_at: Mapped[datetime | None] = mapped_column(Moment)
    response_due_at: Mapped[datetime | None] = mapped_column(Moment)
    resolution_due_at: Mapped[datetime | None] = mapped_column(Moment)
    waiting_reason: Mapped[str] = mapped_column(String(400), default="")
    outcome: Mapped[str] = mapped_column(String(20), default="")
    cause: Mapped[str] = mapped_column(String(20), default="")
    action_taken: Mapped[str] = mapped_column(Text, default="")
    repair_cost: Mapped[Decimal | None] = mapped_column(Money)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    waits_for_parts: Mapped[bool] = mapped_column(default=False, server_default=false())
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    search_key: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    asset: Mapped[Asset | None] = relationship()
    unit: Mapped[Unit] = relationship()
    room: Mapped[Room | None] = relationship()
    assignee: Mapped[Person | None] = relationship(foreign_keys=assignee_id)
    reporter: Mapped[Person | None] = relationship(foreign_keys=reporter_id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def title(self) -> str:
        """The subject in the language spoken now, where the chips give it."""
        return self.subject_en if language() == "en" and self.subject_en else self.subject

    @property
    def is_open(self) -> bool:
        """Nobody has said yet that it is done."""
        return self.state in OPEN

    @property
    def tracking_path(self) -> str:
        """The path of the reporter's private page."""
        return f"/t/{self.token}"

    @property
    def staff_path(self) -> str:
        """The path of the page for technicians."""
        return f"/tickets/{self.id}"

    @property
    def reporter_email(self) -> str:
        """The address to write to, where a guest left one."""
        contact = self.reporter_contact.strip()
        return contact if "@" in contact and " " not in contact else ""

    def may_reopen_at(self, moment: datetime) -> bool:
        """Tell whether it ended less than 14 days before the moment."""
        ended = self.closed_at or self.resolved_at
        return ended is not None and moment - ended <= timedelta(days=REOPEN_DAYS)


searchable(Ticket.__table__, "search_key")


class TicketEntry(Model):
    """One moment in the story of a ticket; a private one is for the office only.

    The report itself is the ticket's own row. ``actor_role`` is what guests see instead of a name.
    """

    __tablename__ = "ticket_entry"
    __table_args__ = (Index("ix_ticket_entry_ticket", "ticket_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    act: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    actor_name: Mapped[str] = mapped_column(String(200), default="")
    actor_role: Mapped[str] = mapped_column(String(12))
    public: Mapped[bool] = mapped_column(default=True)
    body: Mapped[str] = mapped_column(Text, default="")
    state_from: Mapped[str] = mapped_column(String(20), default="")
    state_to: Mapped[str] = mapped_column(String(20), default="")
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class TicketPhoto(Model):
    """A cleaned photo of a ticket; without an entry it came with the report."""

    __tablename__ = "ticket_photo"
    __table_args__ = (Index("ix_ticket_photo_ticket", "ticket_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("ticket_entry.id"), index=True)
    public: Mapped[bool] = mapped_column(default=True)
    key: Mapped[str] = mapped_column(String(80))
    thumbnail_key: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment)


class TicketInterval(Model):
    """A finished stretch of one state; the working time of all of them is the time spent."""

    __tablename__ = "ticket_interval"
    __table_args__ = (Index("ix_ticket_interval_ticket", "ticket_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    state: Mapped[State] = mapped_column(String(20))
    started_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime] = mapped_column(Moment)


class TicketFollower(Model):
    """Somebody who joined an open report and hears of it, until they leave it again.

    ``token`` is the private part of their own link; those of old have none.
    """

    __tablename__ = "ticket_follower"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(120), default="")
    contact: Mapped[str] = mapped_column(String(254), default="")
    language: Mapped[str] = mapped_column(String(2))
    at: Mapped[datetime] = mapped_column(Moment)
    token: Mapped[str | None] = mapped_column(String(43), unique=True, default=new_token)
    left_at: Mapped[datetime | None] = mapped_column(Moment)

    ticket: Mapped[Ticket] = relationship()

    @property
    def tracking_path(self) -> str:
        """The path of the private page; empty for those of old, who have none."""
        return f"/j/{self.token}" if self.token else ""
