"""Tables of programmes: the office's own words on a process; runs with steps, people and plan."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from helpdesk.programmes.shipped import Process, process_of, said
from helpdesk.programmes.states import ActivityState, Duty, State, StepKind, StepState
from kernel.db import BigId, Model, Moment, Money
from kernel.search import searchable
from office.approvals.models import Approval
from office.people.models import Person
from office.places.models import Unit


class ProcessText(Model):
    """What the office wrote about a process in place of the shipped words; rows are only added.

    ``definitions`` and ``refs`` (references) hold one a line; the newest edition counts.
    """

    __tablename__ = "process_text"
    __table_args__ = (
        UniqueConstraint("process_no", "edition"),
        CheckConstraint("process_no BETWEEN 1 AND 9", name="process_no"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    process_no: Mapped[int]
    edition: Mapped[int]
    definitions: Mapped[str] = mapped_column(Text, default="")
    refs: Mapped[str] = mapped_column(Text, default="")
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    made_by: Mapped[Person | None] = relationship()


class Programme(Model):
    """One run of a process for a fiscal year (Buddhist era) or a project.

    The order that appoints its working group has a number that is suggested and edited by hand.
    """

    __tablename__ = "programme"
    __table_args__ = (
        Index("ix_programme_year", "fiscal_year", "process_no", "id"),
        Index("ix_programme_unit", "unit_id", "id"),
        Index("ix_programme_owner", "owner_id", "id"),
        CheckConstraint("process_no BETWEEN 1 AND 9", name="process_no"),
        CheckConstraint("ends_on >= starts_on", name="days"),
        CheckConstraint("budget >= 0", name="budget"),
        CheckConstraint("(order_no = '') = (ordered_on IS NULL)", name="ordered"),
        CheckConstraint(
            "state NOT IN ('proposed', 'running', 'closed') OR approval_id IS NOT NULL",
            name="approval",
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    process_no: Mapped[int]
    fiscal_year: Mapped[int]
    name: Mapped[str] = mapped_column(String(300))
    objective: Mapped[str] = mapped_column(Text, default="")
    targets: Mapped[str] = mapped_column(Text, default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    budget: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    state: Mapped[State] = mapped_column(String(12), default=State.DRAFT)
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"), index=True)
    order_no: Mapped[str] = mapped_column(String(40), default="")
    ordered_on: Mapped[date | None]
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    search_key: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()
    owner: Mapped[Person] = relationship()
    approval: Mapped[Approval | None] = relationship()
    steps: Mapped[list[ProgrammeStep]] = relationship(
        order_by="ProgrammeStep.number", back_populates="programme"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def process(self) -> Process:
        """The process that it runs."""
        return process_of(self.process_no)


searchable(Programme.__table__, "search_key")


class ProgrammeStep(Model):
    """One step of one programme, copied from the process when the programme began (R-P1)."""

    __tablename__ = "programme_step"
    __table_args__ = (
        UniqueConstraint("programme_id", "number"),
        Index("ix_programme_step_due", "state", "due_on"),
        CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="done"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    number: Mapped[int]
    kind: Mapped[StepKind] = mapped_column(String(12))
    title_th: Mapped[str] = mapped_column(String(300))
    title_en: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[StepState] = mapped_column(String(8), default=StepState.TO_DO)
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    doc_no: Mapped[str] = mapped_column(String(60), default="")
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    remark: Mapped[str] = mapped_column(String(500), default="")
    file_key: Mapped[str] = mapped_column(String(80), default="")
    file_name: Mapped[str] = mapped_column(String(200), default="")
    file_media: Mapped[str] = mapped_column(String(100), default="")
    told_days: Mapped[int | None]

    programme: Mapped[Programme] = relationship(back_populates="steps")
    responsible: Mapped[Person | None] = relationship()

    @property
    def title(self) -> str:
        """The title in the language spoken now."""
        return said(self.title_th, self.title_en)


class ProgrammeMember(Model):
    """Somebody in the working group; name and positions are those of the day of the order.

    ``acting`` is the duty a seconded member acts in: ``รองผู้อำนวยการกลุ่ม…``.
    """

    __tablename__ = "programme_member"
    __table_args__ = (
        UniqueConstraint("programme_id", "person_id"),
        Index(
            "uq_programme_member_chair",
            "programme_id",
            unique=True,
            sqlite_where=text("duty = 'chair'"),
            postgresql_where=text("duty = 'chair'"),
        ),
        Index("ix_programme_member_person", "person_id", "programme_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    duty: Mapped[Duty] = mapped_column(String(10), default=Duty.MEMBER)
    name: Mapped[str] = mapped_column(String(200))
    position: Mapped[str] = mapped_column(String(200), default="")
    acting: Mapped[str] = mapped_column(String(200), default="")

    person: Mapped[Person] = relationship()


class Activity(Model):
    """One line of the plan: what, from when to when, who, for how much."""

    __tablename__ = "programme_activity"
    __table_args__ = (
        Index("ix_programme_activity", "programme_id", "starts_on", "id"),
        Index("ix_programme_activity_due", "state", "ends_on"),
        CheckConstraint("ends_on >= starts_on", name="days"),
        CheckConstraint("budget >= 0 AND spent >= 0", name="money"),
        CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="done"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    title: Mapped[str] = mapped_column(String(300))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    budget: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    spent: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    state: Mapped[ActivityState] = mapped_column(String(8), default=ActivityState.PLANNED)
    done_on: Mapped[date | None]
    told_days: Mapped[int | None]

    programme: Mapped[Programme] = relationship()
    responsible: Mapped[Person | None] = relationship()


class Indicator(Model):
    """An indicator with its target; the result is typed, or counted by a source of its name."""

    __tablename__ = "programme_indicator"
    __table_args__ = (Index("ix_programme_indicator", "programme_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    name: Mapped[str] = mapped_column(String(300))
    unit_word: Mapped[str] = mapped_column(String(40), default="")
    target: Mapped[Decimal] = mapped_column(Money)
    result: Mapped[Decimal | None] = mapped_column(Money)
    evidence: Mapped[str] = mapped_column(String(300), default="")
    source: Mapped[str] = mapped_column(String(40), default="")

    programme: Mapped[Programme] = relationship()
