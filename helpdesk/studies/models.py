"""Tables of studies with their records, of developments with their indicators, and of files."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from helpdesk.access_rights.models import InformationSystem
from helpdesk.access_rights.states import Whose
from helpdesk.studies.states import Better, RecordState, Sort, State, StudyState
from helpdesk.surveys.models import Survey
from kernel.db import BigId, Model, Moment, Money
from kernel.search import searchable
from office.approvals.models import Approval
from office.people.models import Person
from office.places.models import Unit

ONE_OWNER = " + ".join(
    f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END"
    for column in ("study_id", "record_id", "development_id", "report_id")
)


class Study(Model):
    """A study of an information system (process 8) with the words of its report (F14).

    The system is one of the register, or a name where it stands in none. ``approval_id`` is the
    approval of the present edition; earlier editions are approvals of the same subject.
    """

    __tablename__ = "study"
    __table_args__ = (
        Index("ix_study_list", "unit_id", "id"),
        Index("ix_study_acknowledged", "acknowledged_on"),
        CheckConstraint("edition >= 1", name="edition"),
        CheckConstraint(
            "state IN ('open', 'cancelled') OR approval_id IS NOT NULL", name="approval"
        ),
        CheckConstraint(
            "(state = 'acknowledged') = (acknowledged_on IS NOT NULL)", name="acknowledged"
        ),
        CheckConstraint("(state = 'cancelled') = (cancelled_why <> '')", name="cancelled"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    edition: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(200))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    system_id: Mapped[int | None] = mapped_column(ForeignKey("information_system.id"), index=True)
    system_name: Mapped[str] = mapped_column(String(160), default="")
    state: Mapped[StudyState] = mapped_column(String(12), default=StudyState.OPEN)
    begun_on: Mapped[date]
    conclusion: Mapped[str] = mapped_column(Text, default="")
    recommendation: Mapped[str] = mapped_column(Text, default="")
    resources: Mapped[str] = mapped_column(Text, default="")
    acknowledged_on: Mapped[date | None]
    cancelled_why: Mapped[str] = mapped_column(String(300), default="")
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"), index=True)
    search_key: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()
    owner: Mapped[Person] = relationship()
    system: Mapped[InformationSystem | None] = relationship()
    approval: Mapped[Approval | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def report_number(self) -> str:
        """The number of the report (F14) of the present edition."""
        return f"{self.number}-{self.edition}"


searchable(Study.__table__, "search_key")


class StudyRecord(Model):
    """One record of a study (F12); ``number`` counts inside the study."""

    __tablename__ = "study_record"
    __table_args__ = (
        Index("uq_study_record_number", "study_id", "number", unique=True),
        Index("ix_study_record_finished", "finished_on"),
        CheckConstraint("(state = 'finished') = (finished_on IS NOT NULL)", name="finished"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    study_id: Mapped[int] = mapped_column(ForeignKey("study.id"))
    number: Mapped[int]
    topic: Mapped[str] = mapped_column(String(200))
    system_id: Mapped[int | None] = mapped_column(ForeignKey("information_system.id"), index=True)
    system_name: Mapped[str] = mapped_column(String(160), default="")
    studied_on: Mapped[date]
    recorder_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    current_state: Mapped[str] = mapped_column(Text, default="")
    problem: Mapped[str] = mapped_column(Text, default="")
    data_flows: Mapped[str] = mapped_column(Text, default="")
    stakeholders: Mapped[str] = mapped_column(Text, default="")
    findings: Mapped[str] = mapped_column(Text, default="")
    gap: Mapped[str] = mapped_column(Text, default="")
    proposal: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[RecordState] = mapped_column(String(8), default=RecordState.DRAFT)
    finished_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    study: Mapped[Study] = relationship()
    system: Mapped[InformationSystem | None] = relationship()
    recorder: Mapped[Person] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def paper_number(self) -> str:
        """The number of the form (F12)."""
        return f"{self.study.number}/{self.number}"


class Development(Model):
    """Work with ICT (process 9): the plan (F15), and the words of its report (F16).

    ``satisfaction_mean`` of ``satisfaction_n`` people is typed; where ``survey_id`` names a survey,
    its mean is told instead.
    """

    __tablename__ = "development"
    __table_args__ = (
        Index("ix_development_list", "unit_id", "id"),
        Index("ix_development_finished", "finished_on"),
        Index("ix_development_acknowledged", "acknowledged_on"),
        CheckConstraint("edition >= 1", name="edition"),
        CheckConstraint("ends_on >= starts_on", name="days"),
        CheckConstraint("budget >= 0", name="budget"),
        CheckConstraint("user_count IS NULL OR user_count >= 0", name="users"),
        CheckConstraint(
            "satisfaction_mean IS NULL OR satisfaction_mean BETWEEN 1 AND 5", name="satisfaction"
        ),
        CheckConstraint(
            "(state IN ('finished', 'waiting', 'acknowledged')) = (finished_on IS NOT NULL)",
            name="finished",
        ),
        CheckConstraint(
            "state NOT IN ('waiting', 'acknowledged') OR approval_id IS NOT NULL", name="approval"
        ),
        CheckConstraint(
            "(state = 'acknowledged') = (acknowledged_on IS NOT NULL)", name="acknowledged"
        ),
        CheckConstraint("(state = 'cancelled') = (cancelled_why <> '')", name="cancelled"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    edition: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(200))
    sort: Mapped[Sort] = mapped_column(String(8))
    whose: Mapped[Whose] = mapped_column(String(8), default=Whose.OFFICE)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    system_id: Mapped[int | None] = mapped_column(ForeignKey("information_system.id"), index=True)
    system_name: Mapped[str] = mapped_column(String(160), default="")
    problem: Mapped[str] = mapped_column(Text, default="")
    goal: Mapped[str] = mapped_column(Text, default="")
    method: Mapped[str] = mapped_column(Text, default="")
    written_on: Mapped[date]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    budget: Mapped[Decimal] = mapped_column(Money, default=Decimal(0))
    state: Mapped[State] = mapped_column(String(12), default=State.PLANNED)
    finished_on: Mapped[date | None]
    result: Mapped[str] = mapped_column(Text, default="")
    users: Mapped[str] = mapped_column(Text, default="")
    user_count: Mapped[int | None]
    benefit: Mapped[str] = mapped_column(Text, default="")
    satisfaction: Mapped[str] = mapped_column(Text, default="")
    satisfaction_mean: Mapped[Decimal | None] = mapped_column(Numeric(3, 2))
    satisfaction_n: Mapped[int | None]
    survey_id: Mapped[int | None] = mapped_column(ForeignKey("survey.id"), index=True)
    obstacles: Mapped[str] = mapped_column(Text, default="")
    next_steps: Mapped[str] = mapped_column(Text, default="")
    acknowledged_on: Mapped[date | None]
    cancelled_why: Mapped[str] = mapped_column(String(300), default="")
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"), index=True)
    search_key: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()
    owner: Mapped[Person] = relationship()
    system: Mapped[InformationSystem | None] = relationship()
    survey: Mapped[Survey | None] = relationship()
    approval: Mapped[Approval | None] = relationship()
    indicators: Mapped[list[DevelopmentIndicator]] = relationship(
        order_by="DevelopmentIndicator.id", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def report_number(self) -> str:
        """The number of the report (F16) of the present edition."""
        return f"{self.number}-{self.edition}"


searchable(Development.__table__, "search_key")


class DevelopmentIndicator(Model):
    """A figure before the work, what it is to become, and what it became."""

    __tablename__ = "development_indicator"
    __table_args__ = (Index("ix_development_indicator", "development_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    development_id: Mapped[int] = mapped_column(ForeignKey("development.id"))
    name: Mapped[str] = mapped_column(String(200))
    unit_word: Mapped[str] = mapped_column(String(40), default="")
    better: Mapped[Better] = mapped_column(String(4), default=Better.MORE)
    before: Mapped[Decimal] = mapped_column(Numeric(14, 3))
    target: Mapped[Decimal] = mapped_column(Numeric(14, 3))
    after: Mapped[Decimal | None] = mapped_column(Numeric(14, 3))


class StudyFile(Model):
    """A photo or document of exactly one of: F14 (study), F12 (record), F15, F16 (report)."""

    __tablename__ = "study_file"
    __table_args__ = (CheckConstraint(f"({ONE_OWNER}) = 1", name="owner"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    study_id: Mapped[int | None] = mapped_column(ForeignKey("study.id"), index=True)
    record_id: Mapped[int | None] = mapped_column(ForeignKey("study_record.id"), index=True)
    development_id: Mapped[int | None] = mapped_column(ForeignKey("development.id"), index=True)
    report_id: Mapped[int | None] = mapped_column(ForeignKey("development.id"), index=True)
    file_key: Mapped[str] = mapped_column(String(80))
    thumbnail_key: Mapped[str] = mapped_column(String(80), default="")
    name: Mapped[str] = mapped_column(String(200))
    media: Mapped[str] = mapped_column(String(100))
    caption: Mapped[str] = mapped_column(String(200), default="")
    added_at: Mapped[datetime] = mapped_column(Moment)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
