"""Tables of the book values that are kept for the order of the list, and of what they are."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import Model, Money, sort_text


class WorthState(StrEnum):
    """How far the kept values are; only whole ones are read."""

    MAKING = "making"
    WHOLE = "whole"
    UPSET = "upset"


class AssetWorth(Model):
    """What one item is worth in the books: ``net`` of the whole lot, NULL where it is not told.

    A row of its own beside the card, which stands in more than thirty indexes and is not to be
    written every night. ``asset_no_sort`` is the card's: items of one value are listed by number.
    """

    __tablename__ = "asset_worth"
    __table_args__ = (Index("ix_asset_worth_net_number", "net", "asset_no_sort", "asset_id"),)

    asset_id: Mapped[int] = mapped_column(
        ForeignKey("asset.id"), primary_key=True, autoincrement=False
    )
    net: Mapped[Decimal | None] = mapped_column(Money)
    asset_no_sort: Mapped[str] = mapped_column(sort_text(200))


class WorthDay(Model):
    """What the kept values hold good for: the one row.

    Attributes:
        day: the values are those at its end.
        convention: how parts of a year were counted (R-DP5).
        told_by: the fingerprint of what else tells a value (``worth_kept.fingerprint``).
        state: making, whole, or upset by a statement that wrote cards beside the session.
        turn: counted up whenever making begins, so that who was overtaken does not end it.
    """

    __tablename__ = "asset_worth_day"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[date]
    convention: Mapped[str] = mapped_column(String(1))
    told_by: Mapped[str] = mapped_column(String(64))
    state: Mapped[WorthState] = mapped_column(String(10))
    turn: Mapped[int]
