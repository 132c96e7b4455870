"""Tables of asking for a loan: the request, its lines, what is to be set up, and kits."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.catalogue.models import AssetClass, ProductModel
from assets.loans.models import LoanLine  # noqa: F401 - its column leads to the lines here
from assets.loans.states import PlaceKind, RequestState, SetUp
from assets.register.models import Asset
from kernel.db import BigId, Model, Moment
from office.approvals.models import Approval
from office.people.models import Person
from office.places.models import Room, Unit

# What a line or a kit names: a model, or a class of items without a model, or one item.
ONE_THING = "(model_id IS NULL OR class_id IS NULL)"


class LoanRequest(Model):
    """What somebody would like to borrow from one unit, ``ขย.12/2570`` once it is sent.

    The days are half-open: things are fetched on ``from_on`` and back on ``to_on``, when others
    may have them. ``official`` is the promise of clause 207. For another agency the asker answers
    for it; ``agency_contact`` borrows, with the letter of that agency.
    """

    __tablename__ = "loan_request"
    __table_args__ = (
        CheckConstraint("place_kind IN ('inside', 'outside', 'other_agency')", name="place_kind"),
        CheckConstraint("from_on IS NULL OR to_on IS NULL OR from_on < to_on", name="days"),
        CheckConstraint(
            "state = 'draft' OR (official AND purpose <> '' AND number IS NOT NULL "
            "AND from_on IS NOT NULL AND to_on IS NOT NULL AND asked_at IS NOT NULL)",
            name="complete",
        ),
        CheckConstraint(
            "state = 'draft' OR place_kind <> 'other_agency' OR (agency_name <> '' "
            "AND agency_contact <> '' AND letter_no <> '' AND letter_on IS NOT NULL)",
            name="agency",
        ),
        CheckConstraint("state <> 'rejected' OR reason <> ''", name="rejected_with_reason"),
        Index(
            "uq_loan_request_draft",
            "asker_id",
            "lending_unit_id",
            unique=True,
            sqlite_where=text("state = 'draft'"),
            postgresql_where=text("state = 'draft'"),
        ),
        Index("ix_loan_request_asker", "asker_id", "id"),
        Index("ix_loan_request_lending_unit", "lending_unit_id", "state", "from_on"),
        Index("ix_loan_request_state_from", "state", "from_on", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str | None] = mapped_column(String(40), unique=True)
    state: Mapped[RequestState] = mapped_column(String(12), default=RequestState.DRAFT)
    asker_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asker_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    lending_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    purpose: Mapped[str] = mapped_column(String(500), default="")
    official: Mapped[bool] = mapped_column(default=False)
    place_kind: Mapped[PlaceKind] = mapped_column(String(20), default=PlaceKind.INSIDE)
    place_text: Mapped[str] = mapped_column(String(200), default="")
    agency_name: Mapped[str] = mapped_column(String(200), default="")
    agency_contact: Mapped[str] = mapped_column(String(200), default="")
    agency_phone: Mapped[str] = mapped_column(String(40), default="")
    letter_no: Mapped[str] = mapped_column(String(80), default="")
    letter_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"), unique=True)
    asked_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    asker: Mapped[Person] = relationship()
    asker_unit: Mapped[Unit] = relationship(foreign_keys=asker_unit_id)
    lending_unit: Mapped[Unit] = relationship(foreign_keys=lending_unit_id)
    approval: Mapped[Approval | None] = relationship()
    lines: Mapped[list[RequestLine]] = relationship(
        back_populates="request", order_by="RequestLine.id", cascade="all, delete-orphan"
    )
    setup: Mapped[LoanSetup | None] = relationship(
        back_populates="request", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def borrower_name(self) -> str:
        """Who borrows: the contact of the other agency, else the asker."""
        return self.agency_contact or self.asker.name


class RequestLine(Model):
    """So many things of a model, or of a class without models, or one item.

    An item's line names the model or class of the item too, as it takes one of those. ``handed``
    of the ``quantity`` have been handed over; the rest is promised while the request is approved.
    """

    __tablename__ = "loan_request_line"
    __table_args__ = (
        CheckConstraint(ONE_THING, name="one_thing"),
        CheckConstraint(
            "model_id IS NOT NULL OR class_id IS NOT NULL OR asset_id IS NOT NULL", name="a_thing"
        ),
        CheckConstraint("quantity > 0 AND (asset_id IS NULL OR quantity = 1)", name="quantity"),
        CheckConstraint("handed BETWEEN 0 AND quantity", name="handed"),
        Index("ix_loan_request_line_request", "request_id", "id"),
        Index("ix_loan_request_line_model", "model_id", "request_id"),
        Index("ix_loan_request_line_class", "class_id", "request_id"),
        Index("ix_loan_request_line_asset", "asset_id", "request_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("loan_request.id"))
    model_id: Mapped[int | None] = mapped_column(ForeignKey("product_model.id"))
    class_id: Mapped[int | None] = mapped_column(ForeignKey("asset_class.id"))
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    quantity: Mapped[int] = mapped_column(default=1)
    handed: Mapped[int] = mapped_column(default=0)

    request: Mapped[LoanRequest] = relationship(back_populates="lines")
    product: Mapped[ProductModel | None] = relationship()
    asset_class: Mapped[AssetClass | None] = relationship()
    asset: Mapped[Asset | None] = relationship()

    @property
    def name(self) -> str:
        """What is asked for, in the language spoken now."""
        if self.asset is not None:
            return f"{self.asset.name} {self.asset.asset_no or self.asset.serial_no}".strip()
        if self.product is not None:
            return self.product.full_name
        return self.asset_class.name if self.asset_class else ""

    @property
    def left(self) -> int:
        """How many are still to be handed over."""
        return self.quantity - self.handed


class LoanSetup(Model):
    """Setting up video or sound for a meeting: what, when, where, who (DOMAIN 8.9).

    It begins ``minutes_before`` the meeting; for that time the room and the operator are taken
    (R-V1). ``ticket_number`` is what the service desk gave it at the approval.
    """

    __tablename__ = "loan_setup"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="span"),
        CheckConstraint("minutes_before BETWEEN 0 AND 480", name="minutes"),
        CheckConstraint("room_id IS NOT NULL OR place_text <> ''", name="place"),
        CheckConstraint("participants IS NULL OR participants >= 0", name="participants"),
        Index("ix_loan_setup_room", "room_id", "starts_at"),
        Index("ix_loan_setup_operator", "operator_id", "starts_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("loan_request.id"), unique=True)
    kind: Mapped[SetUp] = mapped_column(String(10))
    title: Mapped[str] = mapped_column(String(200))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    minutes_before: Mapped[int] = mapped_column(default=30)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    place_text: Mapped[str] = mapped_column(String(200), default="")
    platform: Mapped[str] = mapped_column(String(80), default="")
    participants: Mapped[int | None]
    recorded: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(500), default="")
    operator_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    ticket_number: Mapped[str] = mapped_column(String(40), default="")

    request: Mapped[LoanRequest] = relationship(back_populates="setup")
    room: Mapped[Room | None] = relationship()
    operator: Mapped[Person | None] = relationship()

    @property
    def place(self) -> str:
        """Where it is set up."""
        return self.room.name if self.room else self.place_text


class LoanKit(Model):
    """Things that are borrowed together, "meeting set A"; a unit keeps them on a page."""

    __tablename__ = "loan_kit"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        Index("ix_loan_kit_unit", "unit_id", "retired_on", "name"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(String(300), default="")
    retired_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()
    lines: Mapped[list[KitLine]] = relationship(order_by="KitLine.id", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class KitLine(Model):
    """So many things of a model or class in a kit."""

    __tablename__ = "loan_kit_line"
    __table_args__ = (
        CheckConstraint(
            "(model_id IS NULL) <> (class_id IS NULL)",
            name="one_thing",
        ),
        CheckConstraint("quantity > 0", name="quantity"),
        Index("ix_loan_kit_line_kit", "kit_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kit_id: Mapped[int] = mapped_column(ForeignKey("loan_kit.id"))
    model_id: Mapped[int | None] = mapped_column(ForeignKey("product_model.id"), index=True)
    class_id: Mapped[int | None] = mapped_column(ForeignKey("asset_class.id"), index=True)
    quantity: Mapped[int] = mapped_column(default=1)

    product: Mapped[ProductModel | None] = relationship()
    asset_class: Mapped[AssetClass | None] = relationship()

    @property
    def name(self) -> str:
        """What it is, in the language spoken now."""
        if self.product is not None:
            return self.product.full_name
        return self.asset_class.name if self.asset_class else ""
