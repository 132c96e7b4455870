"""The table of vendors."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import BigId, Model
from kernel.search import searchable

HAS_TAX_ID = text("tax_id <> ''")


class Vendor(Model):
    """A company or shop; ``tax_id`` is its 13 digits, or empty. Never removed, only retired."""

    __tablename__ = "vendor"
    __table_args__ = (
        Index(
            "uq_vendor_tax_id",
            "tax_id",
            unique=True,
            sqlite_where=HAS_TAX_ID,
            postgresql_where=HAS_TAX_ID,
        ),
        Index("ix_vendor_name", "name", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    same_key: Mapped[str] = mapped_column(String(200), unique=True)
    tax_id: Mapped[str] = mapped_column(String(13), default="")
    phone: Mapped[str] = mapped_column(String(60), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    contact: Mapped[str] = mapped_column(String(120), default="")
    address: Mapped[str] = mapped_column(String(400), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    retired_on: Mapped[date | None]
    search_key: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


searchable(Vendor.__table__, "search_key")
