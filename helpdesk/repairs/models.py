"""Tables of the work on a ticket: time, costs, repairs outside, signatures, linked loans."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

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

from assets.loans.models import Loan
from assets.stock.ledger_models import StockSlipLine
from assets.vendors.models import Vendor
from helpdesk.repairs.states import CostKind, Outside, Way
from helpdesk.tickets.models import Ticket
from kernel.db import BigId, Model, Moment, Money
from office.people.models import Person

LONGEST_DAY = 24 * 60
RUNNING = text("minutes IS NULL")
AWAY = text("state <> 'back'")


class Spell(Model):
    """Time that one person spent on a ticket on one day; without minutes its timer still runs.

    A spell is never removed: one that was a mistake is corrected to no minutes, with the reason in
    the trail.
    """

    __tablename__ = "repair_spell"
    __table_args__ = (
        Index("ix_repair_spell_ticket", "ticket_id", "id"),
        Index("ix_repair_spell_person", "person_id", "on_day"),
        Index(
            "uq_repair_spell_running",
            "person_id",
            unique=True,
            sqlite_where=RUNNING,
            postgresql_where=RUNNING,
        ),
        CheckConstraint("minutes IS NULL OR minutes BETWEEN 0 AND 1440", name="minutes"),
        CheckConstraint("minutes IS NOT NULL OR started_at IS NOT NULL", name="started"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    on_day: Mapped[date]
    minutes: Mapped[int | None]
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    note: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)

    ticket: Mapped[Ticket] = relationship()
    person: Mapped[Person] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class OutsideRepair(Model):
    """An item at a vendor: what went along, what it shall cost, and how it came back.

    ``number`` is that of the letter that went with it. ``cover_why`` is why money was agreed on
    although a warranty holds. ``warranty_until`` is the vendor's word on this repair.
    """

    __tablename__ = "outside_repair"
    __table_args__ = (
        Index("ix_outside_repair_ticket", "ticket_id", "id"),
        Index(
            "uq_outside_repair_away",
            "ticket_id",
            unique=True,
            sqlite_where=AWAY,
            postgresql_where=AWAY,
        ),
        Index("ix_outside_repair_expected", "state", "expected_on", "id"),
        Index("ix_outside_repair_vendor", "vendor_id", "id"),
        CheckConstraint("(state = 'back') = (back_on IS NOT NULL)", name="back"),
        CheckConstraint("expected_on >= sent_on", name="expected"),
        CheckConstraint("quoted IS NULL OR quoted >= 0", name="quoted"),
        CheckConstraint("paid IS NULL OR paid >= 0", name="paid"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    vendor_id: Mapped[int] = mapped_column(ForeignKey("vendor.id"))
    state: Mapped[Outside] = mapped_column(String(12), default=Outside.SENT)
    sent_on: Mapped[date]
    expected_on: Mapped[date]
    condition_out: Mapped[str] = mapped_column(String(400), default="")
    accessories: Mapped[str] = mapped_column(String(400), default="")
    quoted: Mapped[Decimal | None] = mapped_column(Money)
    quote_no: Mapped[str] = mapped_column(String(60), default="")
    quoted_on: Mapped[date | None]
    cover_why: Mapped[str] = mapped_column(String(300), default="")
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"))
    back_on: Mapped[date | None]
    works: Mapped[bool | None]
    back_note: Mapped[str] = mapped_column(String(400), default="")
    paid: Mapped[Decimal | None] = mapped_column(Money)
    receipt_no: Mapped[str] = mapped_column(String(60), default="")
    warranty_until: Mapped[date | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    ticket: Mapped[Ticket] = relationship()
    vendor: Mapped[Vendor] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class Cost(Model):
    """Money that was paid for a ticket; one that was a mistake is struck out with the reason.

    ``stock_line_id`` is the line of the store's document a part went out with, or came back with:
    then the amount is below zero.
    """

    __tablename__ = "repair_cost"
    __table_args__ = (
        Index("ix_repair_cost_ticket", "ticket_id", "id"),
        CheckConstraint("amount >= 0 OR stock_line_id IS NOT NULL", name="amount"),
        CheckConstraint("(struck_at IS NULL) = (struck_why = '')", name="struck"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    kind: Mapped[CostKind] = mapped_column(String(10))
    what: Mapped[str] = mapped_column(String(200))
    amount: Mapped[Decimal] = mapped_column(Money)
    receipt_no: Mapped[str] = mapped_column(String(60), default="")
    on_day: Mapped[date]
    vendor_id: Mapped[int | None] = mapped_column(ForeignKey("vendor.id"))
    outside_id: Mapped[int | None] = mapped_column(ForeignKey("outside_repair.id"), index=True)
    stock_line_id: Mapped[int | None] = mapped_column(ForeignKey("stock_slip_line.id"), unique=True)
    cover_why: Mapped[str] = mapped_column(String(300), default="")
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    by_name: Mapped[str] = mapped_column(String(200), default="")
    struck_at: Mapped[datetime | None] = mapped_column(Moment)
    struck_why: Mapped[str] = mapped_column(String(300), default="")

    vendor: Mapped[Vendor | None] = relationship()
    stock_line: Mapped[StockSlipLine | None] = relationship()


class Signature(Model):
    """That the person served has seen the work done: drawn on the screen, or by the own card.

    A ticket that is reopened is signed again; the last one counts.
    """

    __tablename__ = "repair_signature"
    __table_args__ = (
        CheckConstraint("(way = 'drawn') = (file_key <> '')", name="drawing"),
        CheckConstraint("way = 'drawn' OR person_id IS NOT NULL", name="card"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    way: Mapped[Way] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(120))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    file_key: Mapped[str] = mapped_column(String(80), default="")
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class Replacement(Model):
    """A loan that stands in for what is being repaired."""

    __tablename__ = "repair_replacement"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"), unique=True)
    at: Mapped[datetime] = mapped_column(Moment)

    loan: Mapped[Loan] = relationship()


class ReplacementPlan(Model):
    """That the next loan an officer hands over stands in for what is being repaired."""

    __tablename__ = "repair_replacement_plan"

    officer_id: Mapped[int] = mapped_column(
        ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)


class TicketLink(Model):
    """Two tickets that have to do with each other; the older one stands first."""

    __tablename__ = "ticket_link"
    __table_args__ = (
        UniqueConstraint("ticket_id", "other_id"),
        CheckConstraint("ticket_id < other_id", name="order"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class SavedReply(Model):
    """Words that are used again and again; without an owner all technicians share them."""

    __tablename__ = "saved_reply"
    __table_args__ = (Index("ix_saved_reply_owner", "owner_id", "name"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    retired_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration
