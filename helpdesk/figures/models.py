"""Tables of figures: one narrow row for each ticket, and how far they have been gathered."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from helpdesk.tickets.states import Kind
from kernel.db import BigId, Model, Moment, Money, sort_text


class TicketFigure(Model):
    """What one ticket counts for.

    Months are written ``202611``, days and months are those of Bangkok. ``ended_month`` is that of
    the end, whichever it was; ``resolved_month`` only where it was resolved. Minutes are working
    minutes: to the first answer, and those in which the ticket's clock ran until it was resolved.
    ``…_met`` is None where there was no target or no end. Class and model are those of the item
    when the ticket last changed. ``seen_version`` is the ticket's version that was counted.
    """

    __tablename__ = "ticket_figure"
    __table_args__ = (
        Index("ix_ticket_figure_opened", "opened_month", "unit_id", "ended_month"),
        Index(
            "ix_ticket_figure_ended",
            "ended_month",
            "unit_id",
            "resolved_month",
            "resolution_minutes",
            "resolution_met",
        ),
        Index("ix_ticket_figure_asset", "asset_id", "opened_month"),
    )

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    kind: Mapped[Kind] = mapped_column(sort_text(10))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    class_id: Mapped[int | None] = mapped_column(ForeignKey("asset_class.id"))
    product_model_id: Mapped[int | None] = mapped_column(ForeignKey("product_model.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    category: Mapped[str] = mapped_column(sort_text(20))
    priority: Mapped[str] = mapped_column(sort_text(10))
    opened_month: Mapped[int]
    opened_on: Mapped[date]
    ended_month: Mapped[int | None]
    resolved_month: Mapped[int | None]
    response_minutes: Mapped[int | None]
    response_met: Mapped[bool | None]
    resolution_minutes: Mapped[int | None]
    resolution_met: Mapped[bool | None]
    cost: Mapped[Decimal | None] = mapped_column(Money)
    rating: Mapped[int | None]
    seen_version: Mapped[int]


class TicketFigureSymptom(Model):
    """One symptom that was ticked on a ticket."""

    __tablename__ = "ticket_figure_symptom"
    __table_args__ = (Index("ix_ticket_figure_symptom_symptom", "symptom_id", "ticket_id"),)

    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), primary_key=True)
    symptom_id: Mapped[int] = mapped_column(ForeignKey("symptom.id"), primary_key=True)


class TicketMonth(Model):
    """What the tickets of one unit and month come to, so that a year is a few rows to read.

    ``came`` counts by the month of the beginning, all others by that of the end: ``rated_1`` to
    ``rated_5`` count the levels of satisfaction, ``resolution_of`` the tickets with a target.
    """

    __tablename__ = "ticket_month"

    month: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    unit_id: Mapped[int] = mapped_column(
        ForeignKey("unit.id"), primary_key=True, autoincrement=False, index=True
    )
    came: Mapped[int] = mapped_column(default=0)
    ended: Mapped[int] = mapped_column(default=0)
    resolution_of: Mapped[int] = mapped_column(default=0)
    resolution_met: Mapped[int] = mapped_column(default=0)
    rated_1: Mapped[int] = mapped_column(default=0)
    rated_2: Mapped[int] = mapped_column(default=0)
    rated_3: Mapped[int] = mapped_column(default=0)
    rated_4: Mapped[int] = mapped_column(default=0)
    rated_5: Mapped[int] = mapped_column(default=0)
    cost: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))


class FigureCursor(Model):
    """How far the gathering has come: the one row.

    Attributes:
        walked_to: the id of the last ticket of the first walk over all of them.
        walk_ends: the last ticket there was when it began; None when it is finished.
        audit_id: the entry of the audit trail up to which changes were taken in.
        as_of: the moment from which nothing is missing.
    """

    __tablename__ = "figure_cursor"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    walked_to: Mapped[int] = mapped_column(BigId, default=0)
    walk_ends: Mapped[int | None] = mapped_column(BigId)
    audit_id: Mapped[int] = mapped_column(BigId)
    as_of: Mapped[datetime] = mapped_column(Moment)
