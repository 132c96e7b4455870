"""Tables of checklists: the lists the office keeps, and the steps that stand on a ticket."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.catalogue.models import AssetClass
from kernel.db import BigId, Model, Moment
from kernel.i18n import language


class Checklist(Model):
    """Steps of a kind of work; they stand on every ticket it fits, once the ticket is taken on.

    A list fits by category, by class of item, or both; with neither it is put on by hand.
    ``steps`` are rows of ``{"th": …, "en": …}``.
    """

    __tablename__ = "checklist"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name_th: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    category: Mapped[str] = mapped_column(String(20), default="", index=True)
    class_id: Mapped[int | None] = mapped_column(ForeignKey("asset_class.id"), index=True)
    required: Mapped[bool] = mapped_column(default=True, server_default=true())
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    retired_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    asset_class: Mapped[AssetClass | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def name(self) -> str:
        """The name in the language spoken now."""
        return self.name_en if language() == "en" and self.name_en else self.name_th


class TicketStep(Model):
    """One step on one ticket, in the words it had when it was put there."""

    __tablename__ = "checklist_step"
    __table_args__ = (
        UniqueConstraint("ticket_id", "checklist_id", "position"),
        CheckConstraint("(done_at IS NULL) = (done_by_name = '')", name="done"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"))
    checklist_id: Mapped[int] = mapped_column(ForeignKey("checklist.id"))
    position: Mapped[int]
    text_th: Mapped[str] = mapped_column(String(200))
    text_en: Mapped[str] = mapped_column(String(200), default="")
    required: Mapped[bool] = mapped_column(default=True)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    done_by_name: Mapped[str] = mapped_column(String(200), default="")

    @property
    def text(self) -> str:
        """What is to be done, in the language spoken now."""
        return self.text_en if language() == "en" and self.text_en else self.text_th
