"""Tables of maintenance."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    Numeric,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.catalogue.models import AssetClass, ProductModel
from assets.maintenance.rhythm import Rhythm
from assets.maintenance.states import MOST_STEPS, Basis, CatchUp, Every, State, StepKind, VisitState
from assets.register.models import Asset
from kernel.db import BigId, Model, Moment, Money
from kernel.i18n import language
from office.people.models import Person
from office.places.models import Unit

IS_OPEN = text("state IN ('planned', 'on_visit')")


class Plan(Model):
    """What is done to which items, how often (clause 212: with its intervals).

    The items are those that all of class, model, unit and item name, each with what lies under it;
    at least one of them is given. ``every`` counts days, weeks, months or units of the meter;
    ``months`` holds the months of the year where the rhythm is those. ``lead_days`` before its due
    date an occurrence comes up; up to ``tolerance_days`` after it, it is not late. ``minutes`` and
    ``cost`` are what one item takes, ``caretaker`` who does it.
    """

    __tablename__ = "maintenance_plan"
    __table_args__ = (
        CheckConstraint("name_th <> ''", name="name"),
        CheckConstraint(
            "class_id IS NOT NULL OR model_id IS NOT NULL OR unit_id IS NOT NULL"
            " OR asset_id IS NOT NULL",
            name="reach",
        ),
        CheckConstraint("every > 0", name="every"),
        CheckConstraint("tolerance_days >= 0 AND lead_days >= 0", name="days"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    class_id: Mapped[int | None] = mapped_column(ForeignKey("asset_class.id"), index=True)
    model_id: Mapped[int | None] = mapped_column(ForeignKey("product_model.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"), index=True)
    counts: Mapped[Every] = mapped_column(String(10))
    every: Mapped[int] = mapped_column(default=1)
    months: Mapped[list[int]] = mapped_column(JSON, default=list)
    meter: Mapped[str] = mapped_column(String(40), default="")
    basis: Mapped[Basis] = mapped_column(String(10), default=Basis.FIXED)
    catch_up: Mapped[CatchUp] = mapped_column(String(6), default=CatchUp.ONCE)
    starts_on: Mapped[date]
    tolerance_days: Mapped[int] = mapped_column(default=7)
    lead_days: Mapped[int] = mapped_column(default=14)
    minutes: Mapped[int] = mapped_column(default=15)
    cost: Mapped[Decimal | None] = mapped_column(Money)
    caretaker_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    note: Mapped[str] = mapped_column(Text, default="")
    ended_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    asset_class: Mapped[AssetClass | None] = relationship()
    product: Mapped[ProductModel | None] = relationship()
    unit: Mapped[Unit | None] = relationship()
    asset: Mapped[Asset | None] = relationship()
    caretaker: Mapped[Person | None] = relationship()
    # Another room has steps too, so this one is named by its class, not by its name.
    steps: Mapped[list[Step]] = relationship(
        lambda: Step,
        order_by=lambda: (Step.position, Step.id),
        cascade="all, delete-orphan",
    )
    parts: Mapped[list[Part]] = relationship(order_by="Part.id", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def name(self) -> str:
        """The name in the language spoken now, Thai where there is no English one."""
        return self.name_en if language() == "en" and self.name_en else self.name_th

    @property
    def rhythm(self) -> Rhythm:
        """How often, as the arithmetic of due dates takes it."""
        return Rhythm(Every(self.counts), self.every, tuple(self.months), self.starts_on)

    @property
    def asked_steps(self) -> list[Step]:
        """The steps that are asked now; others stay only for what they gave in the past."""
        return [step for step in self.steps if step.position < MOST_STEPS]


class Step(Model):
    """One line of a plan's checklist. A reading outside of its limits is not in order."""

    __tablename__ = "maintenance_step"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("maintenance_plan.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    text_th: Mapped[str] = mapped_column(String(200))
    text_en: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[StepKind] = mapped_column(String(10), default=StepKind.TICK)
    required: Mapped[bool] = mapped_column(default=True)
    unit_word: Mapped[str] = mapped_column(String(30), default="")
    least: Mapped[Decimal | None] = mapped_column(Numeric(14, 3))
    most: Mapped[Decimal | None] = mapped_column(Numeric(14, 3))

    @property
    def text(self) -> str:
        """The text in the language spoken now, Thai where there is no English one."""
        return self.text_en if language() == "en" and self.text_en else self.text_th


class Part(Model):
    """What one item needs each time: a filter, a roll of cleaning cloth."""

    __tablename__ = "maintenance_part"
    __table_args__ = (CheckConstraint("quantity > 0", name="quantity"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("maintenance_plan.id"), index=True)
    what: Mapped[str] = mapped_column(String(200))
    quantity: Mapped[int] = mapped_column(default=1)
    unit_word: Mapped[str] = mapped_column(String(40), default="")

    @property
    def told(self) -> str:
        """What it is and how much of it, as people read it."""
        return f"{self.what} {self.quantity:,} {self.unit_word}".strip()


class PlanItem(Model):
    """One item of a plan. ``next_due_on`` is empty while only a meter will tell.

    ``comes_up_on`` is when the next date is near enough to be planned: empty where there is none.
    """

    __tablename__ = "maintenance_item"
    __table_args__ = (
        UniqueConstraint("plan_id", "asset_id"),
        Index(
            "ix_maintenance_item_due",
            "comes_up_on",
            "id",
            sqlite_where=text("comes_up_on IS NOT NULL"),
            postgresql_where=text("comes_up_on IS NOT NULL"),
        ),
        Index("ix_maintenance_item_asset", "asset_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("maintenance_plan.id"))
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    next_due_on: Mapped[date | None]
    comes_up_on: Mapped[date | None]
    next_at_meter: Mapped[int | None]
    last_done_on: Mapped[date | None]
    left_on: Mapped[date | None]

    plan: Mapped[Plan] = relationship()
    asset: Mapped[Asset] = relationship()

    def fall_due(self, on: date | None, lead_days: int) -> None:
        """Set the next date, None for none, and with it the day on which it comes up."""
        self.next_due_on = on
        self.comes_up_on = None if on is None else on - timedelta(days=lead_days)


class Visit(Model):
    """What is done in one unit on one day. ``ticket_number`` is its job in the queue.

    ``chosen`` says that somebody chose the day: it stays, even where the calendar closes it.
    """

    __tablename__ = "maintenance_visit"
    __table_args__ = (
        Index("ix_maintenance_visit_day", "day", "id"),
        Index("ix_maintenance_visit_unit", "unit_id", "day"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    day: Mapped[date]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    state: Mapped[VisitState] = mapped_column(String(10), default=VisitState.PLANNED)
    ticket_number: Mapped[str] = mapped_column(String(40), default="")
    chosen: Mapped[bool] = mapped_column(default=False, server_default=false())
    note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()
    person: Mapped[Person | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class Occurrence(Model):
    """One due date of one item, once. At most one of an item of a plan is open.

    ``planned_on`` is the day it is meant to be done: the due date, moved off closed days.
    ``client_id`` is the number that a phone gave its result, which may come more than once.
    """

    __tablename__ = "maintenance_occurrence"
    __table_args__ = (
        UniqueConstraint("item_id", "due_on"),
        Index(
            "uq_maintenance_occurrence_open",
            "item_id",
            unique=True,
            sqlite_where=IS_OPEN,
            postgresql_where=IS_OPEN,
        ),
        Index("ix_maintenance_occurrence_state", "state", "planned_on", "id"),
        Index("ix_maintenance_occurrence_visit", "visit_id"),
        CheckConstraint("(state = 'on_visit') <= (visit_id IS NOT NULL)", name="visit"),
        CheckConstraint("state <> 'skipped' OR reason <> ''", name="reason"),
        CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="done"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("maintenance_item.id"))
    due_on: Mapped[date]
    planned_on: Mapped[date]
    state: Mapped[State] = mapped_column(String(10), default=State.PLANNED)
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("maintenance_visit.id"))
    done_on: Mapped[date | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    minutes: Mapped[int | None]
    cost: Mapped[Decimal | None] = mapped_column(Money)
    reason: Mapped[str] = mapped_column(String(300), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    repair_number: Mapped[str] = mapped_column(String(40), default="")
    client_id: Mapped[str | None] = mapped_column(String(60), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)

    item: Mapped[PlanItem] = relationship()
    visit: Mapped[Visit | None] = relationship()
    done_by: Mapped[Person | None] = relationship()


class Answer(Model):
    """What a step gave on one item. ``client_id`` makes one of what a phone sends twice."""

    __tablename__ = "maintenance_answer"
    __table_args__ = (UniqueConstraint("occurrence_id", "step_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("maintenance_occurrence.id"))
    step_id: Mapped[int] = mapped_column(ForeignKey("maintenance_step.id"), index=True)
    good: Mapped[bool]
    reading: Mapped[Decimal | None] = mapped_column(Numeric(14, 3))
    note: Mapped[str] = mapped_column(String(300), default="")
    photo_key: Mapped[str] = mapped_column(String(80), default="")
    thumbnail_key: Mapped[str] = mapped_column(String(80), default="")
    client_id: Mapped[str | None] = mapped_column(String(60), unique=True)
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    step: Mapped[Step] = relationship()


class WorkPhoto(Model):
    """A photo that a phone sent for a step; it travels before the result that names it.

    ``client_id`` is the number that the phone gave it: sent again it is the same one.
    """

    __tablename__ = "maintenance_photo"
    __table_args__ = (UniqueConstraint("client_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    occurrence_id: Mapped[int] = mapped_column(ForeignKey("maintenance_occurrence.id"), index=True)
    client_id: Mapped[str] = mapped_column(String(60))
    photo_key: Mapped[str] = mapped_column(String(80))
    thumbnail_key: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)


class MeterReading(Model):
    """What a meter of an item showed: pages, hours, kilometres; only ever added."""

    __tablename__ = "meter_reading"
    __table_args__ = (
        Index("ix_meter_reading_asset", "asset_id", "meter", "id"),
        CheckConstraint("value >= 0", name="value"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    meter: Mapped[str] = mapped_column(String(40))
    value: Mapped[int]
    read_on: Mapped[date]
    replaced: Mapped[bool] = mapped_column(default=False)
    client_id: Mapped[str | None] = mapped_column(String(60), unique=True)
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
