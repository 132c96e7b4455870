"""Tables of the catalogue: what kinds of things there are, and what is true of each kind."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import BigId, Model
from kernel.i18n import language


class AssetClass(Model):
    """A class of items, ``7440-001``, under a wider one where there is one."""

    __tablename__ = "asset_class"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("asset_class.id"), index=True)
    icon: Mapped[str] = mapped_column(String(40), default="box")
    useful_life_years: Mapped[int | None]
    loan_days: Mapped[int] = mapped_column(default=7)
    lendable: Mapped[bool] = mapped_column(default=True)
    service_months: Mapped[int | None]

    @property
    def name(self) -> str:
        """The name in the language spoken now."""
        return self.name_en if language() == "en" and self.name_en else self.name_th


class Symptom(Model):
    """A fault that people often report for a class; without a class it fits everything."""

    __tablename__ = "symptom"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    class_id: Mapped[int | None] = mapped_column(ForeignKey("asset_class.id"), index=True)
    text_th: Mapped[str] = mapped_column(String(80))
    text_en: Mapped[str] = mapped_column(String(80))
    position: Mapped[int] = mapped_column(default=0)

    @property
    def text(self) -> str:
        """The symptom in the language spoken now."""
        return self.text_en if language() == "en" else self.text_th
