"""Tables of user cards: cards, what a unit's cards look like, print runs, batches with rows."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import BigId, Model, Moment
from office.approvals.models import Approval
from office.cards.states import BatchState, Reason, RowOutcome, StaffKind, State
from office.people.models import Person
from office.places.models import Unit

_VALID = text("state = 'handed_over'")
_MAKING = text("state IN ('requested', 'approved', 'printed')")


class CardDesign(Model):
    """What the cards of a unit, and of what lies under it, look like; the nearest one counts.

    ``band`` and ``ink`` are colours as ``#1f3a5f``: the band and what is written on it. The shifts
    belong to the printer that prints the sheets, in tenths of a millimetre to the right and down.
    """

    __tablename__ = "card_design"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), unique=True)
    band: Mapped[str] = mapped_column(String(7))
    ink: Mapped[str] = mapped_column(String(7))
    emblem_key: Mapped[str] = mapped_column(String(80), default="")
    rules_text: Mapped[str] = mapped_column(String(400), default="")
    valid_years: Mapped[int] = mapped_column(default=4)
    front_right: Mapped[int] = mapped_column(default=0)
    front_down: Mapped[int] = mapped_column(default=0)
    back_right: Mapped[int] = mapped_column(default=0)
    back_down: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class CardRun(Model):
    """Cards that were printed together: the sheet can be had again as long as they exist."""

    __tablename__ = "card_run"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)


class CardBatch(Model):
    """The cards of a whole school from a list and a ZIP of photos; approved as one request."""

    __tablename__ = "card_batch"
    __table_args__ = (Index("ix_card_batch_unit", "unit_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[BatchState] = mapped_column(String(12), default=BatchState.READ)
    reason: Mapped[Reason] = mapped_column(String(12))
    staff_kind: Mapped[StaffKind] = mapped_column(String(24))
    zip_key: Mapped[str] = mapped_column(String(80), default="")
    file_name: Mapped[str] = mapped_column(String(200), default="")
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"))
    touched_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()
    by: Mapped[Person] = relationship()
    approval: Mapped[Approval | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class UserCard(Model):
    """One card from its request to its end.

    Names and position are as they were confirmed in the request; ``code`` is what the QR holds and
    says nothing of the person. ``told_days`` is the last warning sent before the end: 30 or 7.
    """

    __tablename__ = "user_card"
    __table_args__ = (
        Index(
            "uq_user_card_valid",
            "person_id",
            unique=True,
            sqlite_where=_VALID,
            postgresql_where=_VALID,
        ),
        Index(
            "uq_user_card_making",
            "person_id",
            unique=True,
            sqlite_where=_MAKING,
            postgresql_where=_MAKING,
        ),
        Index("ix_user_card_person", "person_id", "id"),
        Index("ix_user_card_state", "state", "id"),
        Index("ix_user_card_ends", "valid_until", sqlite_where=_VALID, postgresql_where=_VALID),
        CheckConstraint(
            "(state IN ('requested', 'rejected', 'cancelled')) = (number IS NULL)", name="number"
        ),
        CheckConstraint("(number IS NULL) = (valid_until IS NULL)", name="valid_until"),
        CheckConstraint("name_th <> '' AND photo_key <> ''", name="complete"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    state: Mapped[State] = mapped_column(String(12), default=State.REQUESTED)
    reason: Mapped[Reason] = mapped_column(String(12))
    staff_kind: Mapped[StaffKind] = mapped_column(String(24))
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[str] = mapped_column(String(200), default="")
    photo_key: Mapped[str] = mapped_column(String(80))
    thumbnail_key: Mapped[str] = mapped_column(String(80))
    code: Mapped[str] = mapped_column(String(13), unique=True)
    number: Mapped[str | None] = mapped_column(String(40), unique=True)
    number_key: Mapped[str | None] = mapped_column(String(40), index=True)
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"), index=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("card_batch.id"), index=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("card_run.id"), index=True)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    issued_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    issuer_name: Mapped[str] = mapped_column(String(200), default="")
    issuer_position: Mapped[str] = mapped_column(String(200), default="")
    handed_over_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_why: Mapped[str] = mapped_column(String(300), default="")
    told_days: Mapped[int | None]
    version: Mapped[int] = mapped_column(default=1)

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    asked_by: Mapped[Person | None] = relationship(foreign_keys=asked_by_id)
    unit: Mapped[Unit] = relationship()
    approval: Mapped[Approval | None] = relationship()
    batch: Mapped[CardBatch | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class CardRow(Model):
    """One row of a batch: what stood in the list, which photo fits, what becomes of it."""

    __tablename__ = "card_batch_row"
    __table_args__ = (UniqueConstraint("batch_id", "line"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("card_batch.id"))
    line: Mapped[int]
    name_th: Mapped[str] = mapped_column(String(200), default="")
    name_en: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[str] = mapped_column(String(200), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    photo_at: Mapped[int | None]
    photo_path: Mapped[str] = mapped_column(String(300), default="")
    outcome: Mapped[RowOutcome] = mapped_column(String(16))
    said: Mapped[str] = mapped_column(Text, default="")
