"""Tables of the store: items, stores, bins, balances, and what the store owes to whom."""

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

from assets.stock.costs import unit_cost
from assets.stock.quantities import Quantity
from assets.stock.states import SupplyClass
from kernel.db import BigId, Model, Moment, Money, sort_text
from kernel.i18n import language
from kernel.search import searchable
from office.people.models import Person
from office.places.models import Unit


class StockItem(Model):
    """A kind of material, known to every store.

    Quantities are kept in the base unit (``unit_th``); ``whole_only`` refuses fractions of it.
    ``expires`` asks for a lot and a last day at each receipt.
    """

    __tablename__ = "stock_item"
    __table_args__ = (Index("ix_stock_item_name", "name_sort", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(30))
    code_key: Mapped[str] = mapped_column(String(30), unique=True)
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    name_sort: Mapped[str] = mapped_column(sort_text(200), default="")
    size: Mapped[str] = mapped_column(String(200), default="")
    supply_class: Mapped[SupplyClass] = mapped_column(String(16), default=SupplyClass.OTHER)
    unit_th: Mapped[str] = mapped_column(String(40))
    unit_en: Mapped[str] = mapped_column(String(40), default="")
    whole_only: Mapped[bool] = mapped_column(default=True)
    expires: Mapped[bool] = mapped_column(default=False)
    reorder_hint: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    photo_key: Mapped[str] = mapped_column(String(80), default="")
    thumbnail_key: Mapped[str] = mapped_column(String(80), default="")
    retired_on: Mapped[date | None]
    search_key: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    packs: Mapped[list[StockPack]] = relationship(order_by="StockPack.factor")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def name(self) -> str:
        """The name in the language spoken now, Thai where there is no English one."""
        return self.name_en if language() == "en" and self.name_en else self.name_th

    @property
    def unit(self) -> str:
        """The base unit in the language spoken now."""
        return self.unit_en if language() == "en" and self.unit_en else self.unit_th


searchable(StockItem.__table__, "search_key")


class StockPack(Model):
    """A way in which an item is bought or handed out: a box of 12."""

    __tablename__ = "stock_pack"
    __table_args__ = (
        UniqueConstraint("item_id", "name_th"),
        CheckConstraint("factor > 0", name="factor"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("stock_item.id"))
    name_th: Mapped[str] = mapped_column(String(40))
    name_en: Mapped[str] = mapped_column(String(40), default="")
    factor: Mapped[Decimal] = mapped_column(Quantity)

    @property
    def name(self) -> str:
        """The name in the language spoken now, Thai where there is no English one."""
        return self.name_en if language() == "en" and self.name_en else self.name_th


class Store(Model):
    """A store of a unit: ``orderer_id`` orders the issues (clause 205), the keeper hands out."""

    __tablename__ = "store"
    __table_args__ = (
        CheckConstraint(
            "orderer_id IS NULL OR keeper_id IS NULL OR orderer_id <> keeper_id", name="two_people"
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name_th: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    keeper_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    orderer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    closed_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()
    keeper: Mapped[Person | None] = relationship(foreign_keys=keeper_id)
    orderer: Mapped[Person | None] = relationship(foreign_keys=orderer_id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def name(self) -> str:
        """The name in the language spoken now, Thai where there is no English one."""
        return self.name_en if language() == "en" and self.name_en else self.name_th


class StockBin(Model):
    """A shelf or drawer of a store with its QR label; one item lies in it, or none yet."""

    __tablename__ = "stock_bin"
    __table_args__ = (UniqueConstraint("store_id", "name_key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    name: Mapped[str] = mapped_column(String(60))
    name_key: Mapped[str] = mapped_column(String(60))
    code: Mapped[str] = mapped_column(String(16), unique=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("stock_item.id"), index=True)
    retired_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    store: Mapped[Store] = relationship()
    item: Mapped[StockItem | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class StockBalance(Model):
    """How much of an item a store has: the sum of its movements, kept under this row's lock.

    ``value`` is its worth first in first out, ``average_value`` at the moving average, both baht.
    ``reserved`` is promised and not handed out. ``told_low_at``: the keeper was told that it is
    below the minimum; cleared when it is not any more.
    """

    __tablename__ = "stock_balance"
    __table_args__ = (
        UniqueConstraint("store_id", "item_id"),
        CheckConstraint("quantity >= 0", name="quantity"),
        CheckConstraint("value >= 0 AND average_value >= 0", name="value"),
        CheckConstraint("reserved >= 0 AND reserved <= quantity", name="reserved"),
        CheckConstraint(
            "minimum >= 0 AND (target IS NULL OR target >= minimum)", name="minimum_and_target"
        ),
        Index("ix_stock_balance_item", "item_id", "store_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("stock_item.id"))
    quantity: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    value: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    average_value: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    reserved: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    minimum: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    target: Mapped[Decimal | None] = mapped_column(Quantity)
    told_low_at: Mapped[datetime | None] = mapped_column(Moment)

    store: Mapped[Store] = relationship()
    item: Mapped[StockItem] = relationship()

    @property
    def free(self) -> Decimal:
        """What is neither handed out nor promised."""
        return self.quantity - self.reserved

    @property
    def unit_cost(self) -> Decimal | None:
        """Baht for one, first in first out; None where there is none."""
        return unit_cost(self.quantity, self.value)

    @property
    def average_cost(self) -> Decimal | None:
        """Baht for one at the moving average; None where there is none."""
        return unit_cost(self.quantity, self.average_value)

    @property
    def is_low(self) -> bool:
        """There is less than the minimum."""
        return self.quantity < self.minimum


class StockReservation(Model):
    """A quantity promised to a request or a ticket, which are named by id and number only."""

    __tablename__ = "stock_reservation"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity"),
        CheckConstraint("issued >= 0 AND issued <= quantity", name="issued"),
        CheckConstraint("ticket_id IS NULL OR request_id IS NULL", name="one_thing"),
        Index(
            "ix_stock_reservation_open",
            "store_id",
            "item_id",
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_stock_reservation_request", "request_id"),
        Index("ix_stock_reservation_ticket", "ticket_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    store_id: Mapped[int] = mapped_column(ForeignKey("store.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("stock_item.id"))
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    issued: Mapped[Decimal] = mapped_column(Quantity, default=Decimal(0))
    ticket_id: Mapped[int | None] = mapped_column(BigId)
    request_id: Mapped[int | None] = mapped_column(BigId)
    reference: Mapped[str] = mapped_column(String(40), default="")
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    store: Mapped[Store] = relationship()
    item: Mapped[StockItem] = relationship()

    @property
    def open_quantity(self) -> Decimal:
        """What is still promised."""
        return Decimal(0) if self.ended_at else self.quantity - self.issued
