"""Tables of the catalogue: what kinds of things there are, and what is true of each kind."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.catalogue.states import Borrowers, FieldKind
from kernel.db import BigId, Model, Money
from kernel.i18n import language
from kernel.search import searchable


class AssetClass(Model):
    """A class of items, ``7440-001``, under a wider one where there is one.

    ``dep_rate`` is the yearly rate in percent that stands on the card; book values are counted
    from the life. ``turnaround_days`` are kept free between two loans of one thing.
    """

    __tablename__ = "asset_class"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("asset_class.id"), index=True)
    icon: Mapped[str] = mapped_column(String(40), default="box")
    useful_life_years: Mapped[int | None]
    dep_rate: Mapped[Decimal | None] = mapped_column(Money)
    loan_days: Mapped[int] = mapped_column(default=7)
    lendable: Mapped[bool] = mapped_column(default=True)
    turnaround_days: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    borrowers: Mapped[Borrowers] = mapped_column(
        String(12), default=Borrowers.EVERYONE, server_default=text("'everyone'")
    )
    service_months: Mapped[int | None]
    service_checklist: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    retired_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"))

    parent: Mapped[AssetClass | None] = relationship(remote_side="AssetClass.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def name(self) -> str:
        """The name in the language spoken now."""
        return self.name_en if language() == "en" and self.name_en else self.name_th


class Symptom(Model):
    """A fault that people often report for a class; without a class it fits everything.

    Reports keep the symptom by its id, so one that is not offered any more is retired.
    """

    __tablename__ = "symptom"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    class_id: Mapped[int | None] = mapped_column(ForeignKey("asset_class.id"), index=True)
    text_th: Mapped[str] = mapped_column(String(80))
    text_en: Mapped[str] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(default=0)
    retired: Mapped[bool] = mapped_column(default=False, server_default=false())

    @property
    def text(self) -> str:
        """The symptom in the language spoken now."""
        return self.text_en if language() == "en" and self.text_en else self.text_th


class ExtraField(Model):
    """A field that items of a class, and of the classes under it, have beside the common ones.

    Values stand in ``Asset.extra`` under ``key``, which never changes. ``choices`` is a list of
    ``{"key", "th", "en", "retired"}``; a choice that was taken out stays, so that old values read.
    """

    __tablename__ = "extra_field"
    __table_args__ = (
        CheckConstraint("kind IN ('text', 'number', 'date', 'choice')", name="kind"),
        Index("ix_extra_field_class", "class_id", "position", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    class_id: Mapped[int] = mapped_column(ForeignKey("asset_class.id"))
    key: Mapped[str] = mapped_column(String(20), unique=True)
    name_th: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    kind: Mapped[FieldKind] = mapped_column(String(10))
    unit_th: Mapped[str] = mapped_column(String(30), default="")
    unit_en: Mapped[str] = mapped_column(String(30), default="")
    choices: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    required: Mapped[bool] = mapped_column(default=False)
    searched: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    retired: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)

    asset_class: Mapped[AssetClass] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def name(self) -> str:
        """The name in the language spoken now."""
        return self.name_en if language() == "en" and self.name_en else self.name_th

    @property
    def unit_word(self) -> str:
        """What a number counts, in the language spoken now."""
        return self.unit_en if language() == "en" and self.unit_en else self.unit_th


class ProductModel(Model):
    """A brand and model, described once for all items of it.

    ``same_key`` compares brand and name as people mean them; there is one record of each.
    """

    __tablename__ = "product_model"
    __table_args__ = (Index("ix_product_model_order", "brand", "name", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    brand: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(120))
    same_key: Mapped[str] = mapped_column(String(260), unique=True)
    class_id: Mapped[int | None] = mapped_column(ForeignKey("asset_class.id"), index=True)
    specification: Mapped[str] = mapped_column(Text, default="")
    photo_key: Mapped[str] = mapped_column(String(80), default="")
    thumbnail_key: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    search_key: Mapped[str] = mapped_column(Text, default="")
    retired_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    asset_class: Mapped[AssetClass | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def full_name(self) -> str:
        """Brand and name as people say them."""
        return f"{self.brand} {self.name}".strip()


searchable(ProductModel.__table__, "search_key")
