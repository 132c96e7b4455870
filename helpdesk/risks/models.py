"""Tables of internal control: a unit's year, its five components, its risks and their follow-up."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from helpdesk.risks.states import Level, Progress, State, Treatment, Verdict, level_of
from kernel.db import BigId, Model, Moment
from kernel.search import searchable
from office.people.models import Person
from office.places.models import Unit


class RiskTable(Model):
    """The internal control of one unit in one fiscal year (Buddhist era)."""

    __tablename__ = "risk_table"
    __table_args__ = (
        UniqueConstraint("unit_id", "fiscal_year"),
        Index("ix_risk_table_year", "fiscal_year", "unit_id"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    fiscal_year: Mapped[int]
    state: Mapped[State] = mapped_column(String(8), default=State.OPEN)
    conclusion: Mapped[str] = mapped_column(Text, default="")
    signer: Mapped[str] = mapped_column(String(200), default="")
    signer_position: Mapped[str] = mapped_column(String(200), default="")
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("risk_table.id"), index=True)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()
    risks: Mapped[list[Risk]] = relationship(
        order_by="Risk.place", back_populates="table", viewonly=True
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class RiskComponent(Model):
    """What was found about one of the five components (PK.4)."""

    __tablename__ = "risk_component"
    __table_args__ = (
        UniqueConstraint("table_id", "number"),
        CheckConstraint("number BETWEEN 1 AND 5", name="number"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    table_id: Mapped[int] = mapped_column(ForeignKey("risk_table.id"))
    number: Mapped[int]
    finding: Mapped[str] = mapped_column(Text, default="")


_OPEN = text("done_on IS NULL AND due_on IS NOT NULL")


class Risk(Model):
    """One line of PK.5, weighed before its treatment.

    ``source`` names a figure that the service counts as evidence. ``done_on`` is the day on which
    the follow-up said that the improvement is done.
    """

    __tablename__ = "risk"
    __table_args__ = (
        UniqueConstraint("table_id", "place"),
        Index("ix_risk_due", "due_on", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_risk_responsible", "responsible_id", "done_on", "due_on"),
        CheckConstraint("likelihood BETWEEN 1 AND 5 AND impact BETWEEN 1 AND 5", name="weights"),
        CheckConstraint("objective <> '' AND danger <> ''", name="words"),
        CheckConstraint(
            "treatment = 'accept' OR (improvement <> '' AND due_on IS NOT NULL "
            "AND responsible_id IS NOT NULL)",
            name="treatment",
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    table_id: Mapped[int] = mapped_column(ForeignKey("risk_table.id"))
    place: Mapped[int]
    objective: Mapped[str] = mapped_column(Text)
    danger: Mapped[str] = mapped_column(Text)
    control: Mapped[str] = mapped_column(Text, default="")
    verdict: Mapped[Verdict] = mapped_column(String(8), default=Verdict.PARTLY)
    assessment: Mapped[str] = mapped_column(Text, default="")
    likelihood: Mapped[int]
    impact: Mapped[int]
    remaining: Mapped[str] = mapped_column(Text, default="")
    treatment: Mapped[Treatment] = mapped_column(String(8), default=Treatment.REDUCE)
    improvement: Mapped[str] = mapped_column(Text, default="")
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(40), default="")
    search_key: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    table: Mapped[RiskTable] = relationship(back_populates="risks")
    responsible: Mapped[Person | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def score(self) -> int:
        """Likelihood times impact."""
        return self.likelihood * self.impact

    @property
    def level(self) -> Level:
        """How serious it is."""
        return level_of(self.likelihood, self.impact)


searchable(Risk.__table__, "search_key")


class RiskFollowUp(Model):
    """How far the improvement of a risk has come at the end of a quarter, weighed anew."""

    __tablename__ = "risk_follow_up"
    __table_args__ = (
        UniqueConstraint("risk_id", "quarter"),
        CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter"),
        CheckConstraint("likelihood BETWEEN 1 AND 5 AND impact BETWEEN 1 AND 5", name="weights"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    risk_id: Mapped[int] = mapped_column(ForeignKey("risk.id"))
    quarter: Mapped[int]
    progress: Mapped[Progress] = mapped_column(String(12))
    likelihood: Mapped[int]
    impact: Mapped[int]
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(Moment)
    by_name: Mapped[str] = mapped_column(String(200), default="")

    @property
    def level(self) -> Level:
        """How serious the risk is after it."""
        return level_of(self.likelihood, self.impact)
