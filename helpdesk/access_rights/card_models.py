"""Tables of what is known of a system: its card, its risks, its links to other systems."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.vendors.models import Vendor
from helpdesk.access_rights.models import InformationSystem
from helpdesk.access_rights.states import Criticality, Treatment, Way, Whose
from kernel.db import BigId, Model


class SystemCard(Model):
    """What is known of a system; a system that nobody has described yet has none.

    ``data_kinds`` are values of ``Data``; ``decides`` is the post that decides on access where it
    is not the owners; ``checked_on`` the day on which an owner last said that all of it is right.
    """

    __tablename__ = "system_card"
    __table_args__ = (
        CheckConstraint("whose IN ('office', 'school', 'obec', 'other')", name="whose"),
        CheckConstraint("criticality IN ('low', 'medium', 'high', 'vital')", name="criticality"),
    )

    system_id: Mapped[int] = mapped_column(
        ForeignKey("information_system.id"), primary_key=True, autoincrement=False
    )
    whose: Mapped[Whose] = mapped_column(String(8), default=Whose.OFFICE)
    criticality: Mapped[Criticality] = mapped_column(String(8), default=Criticality.MEDIUM)
    data_held: Mapped[str] = mapped_column(Text, default="")
    personal_data: Mapped[bool] = mapped_column(default=False)
    data_kinds: Mapped[list[Any]] = mapped_column(JSON, default=list)
    users: Mapped[str] = mapped_column(Text, default="")
    decides: Mapped[str] = mapped_column(String(200), default="")
    platform: Mapped[str] = mapped_column(String(200), default="")
    vendor_id: Mapped[int | None] = mapped_column(ForeignKey("vendor.id"), index=True)
    checked_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    vendor: Mapped[Vendor | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class SystemRisk(Model):
    """A risk of a system, how likely and how grave from 1 to 5, and what is done about it."""

    __tablename__ = "system_risk"
    __table_args__ = (
        CheckConstraint("likelihood BETWEEN 1 AND 5", name="likelihood"),
        CheckConstraint("impact BETWEEN 1 AND 5", name="impact"),
        CheckConstraint("risk <> ''", name="risk"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    system_id: Mapped[int] = mapped_column(ForeignKey("information_system.id"), index=True)
    risk: Mapped[str] = mapped_column(String(300))
    likelihood: Mapped[int]
    impact: Mapped[int]
    treatment: Mapped[Treatment] = mapped_column(String(8))
    plan: Mapped[str] = mapped_column(String(500), default="")

    @property
    def score(self) -> int:
        """Likelihood times impact, from 1 to 25."""
        return self.likelihood * self.impact


class SystemLink(Model):
    """Data that flow between a system and another one: of the register, or of another agency."""

    __tablename__ = "system_link"
    __table_args__ = (
        CheckConstraint("(other_id IS NULL) = (other_name <> '')", name="other"),
        CheckConstraint("other_id IS NULL OR other_id <> system_id", name="itself"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    system_id: Mapped[int] = mapped_column(ForeignKey("information_system.id"), index=True)
    other_id: Mapped[int | None] = mapped_column(ForeignKey("information_system.id"), index=True)
    other_name: Mapped[str] = mapped_column(String(160), default="")
    way: Mapped[Way] = mapped_column(String(8))
    what: Mapped[str] = mapped_column(String(300), default="")

    system: Mapped[InformationSystem] = relationship(foreign_keys=system_id)
    other: Mapped[InformationSystem | None] = relationship(foreign_keys=other_id)
