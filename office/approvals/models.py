"""Tables of approvals: paths in editions, approvals with steps, signers, acts; links; notices."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import BigId, Model, Moment, Money
from kernel.i18n import language
from office.approvals.states import Act, Capacity, Origin, Place, State, StepState
from office.people.models import Person
from office.places.models import Unit


class ApprovalPath(Model):
    """One edition of the path of one kind; the newest edition is the one new approvals walk.

    ``may_repeat``: one person may sign several steps of the same approval.
    """

    __tablename__ = "approval_path"
    __table_args__ = (UniqueConstraint("kind", "edition"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    edition: Mapped[int]
    may_repeat: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    steps: Mapped[list[PathStep]] = relationship(order_by="PathStep.position")


class PathStep(Model):
    """One step of a path: whom it asks, and for which amounts and variant of the kind.

    It counts for amounts above ``above`` and not above ``up_to`` (baht); empty ends are open.
    """

    __tablename__ = "approval_path_step"
    __table_args__ = (
        UniqueConstraint("path_id", "position"),
        CheckConstraint("(place = 'unit') = (unit_id IS NOT NULL)", name="unit"),
        CheckConstraint("(place = 'given') = (slot <> '')", name="slot"),
        CheckConstraint("above IS NULL OR up_to IS NULL OR above < up_to", name="amounts"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    path_id: Mapped[int] = mapped_column(ForeignKey("approval_path.id"))
    position: Mapped[int]
    name_th: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    place: Mapped[Place] = mapped_column(String(12))
    role: Mapped[str] = mapped_column(String(20), default="approver")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    slot: Mapped[str] = mapped_column(String(40), default="")
    all_sign: Mapped[bool] = mapped_column(default=False)
    above: Mapped[Decimal | None] = mapped_column(Money)
    up_to: Mapped[Decimal | None] = mapped_column(Money)
    variant: Mapped[str] = mapped_column(String(40), default="")

    unit: Mapped[Unit | None] = relationship()
    people: Mapped[list[Person]] = relationship(
        secondary="approval_path_signer", order_by=Person.id
    )

    @property
    def name(self) -> str:
        """The name in the language spoken now, Thai where there is no English one."""
        return self.name_en if language() == "en" and self.name_en else self.name_th


class PathSigner(Model):
    """A person whom a step of a path names."""

    __tablename__ = "approval_path_signer"

    step_id: Mapped[int] = mapped_column(
        ForeignKey("approval_path_step.id"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id"), primary_key=True, autoincrement=False, index=True
    )


class Approval(Model):
    """One walk of one subject along the edition of the path that was valid when it began.

    The subject is named by kind and id only; its own room holds a foreign key to this row.
    ``snapshot`` is what is approved, as canonical JSON with its SHA-256. ``round`` grows when the
    subject was changed after it was sent back: then everybody signs anew. ``given`` holds the
    people whom the request itself names, by slot.
    """

    __tablename__ = "approval"
    __table_args__ = (
        Index(
            "uq_approval_open_subject",
            "kind",
            "subject_id",
            unique=True,
            sqlite_where=text("state IN ('waiting', 'sent_back')"),
            postgresql_where=text("state IN ('waiting', 'sent_back')"),
        ),
        Index("ix_approval_subject", "kind", "subject_id", "id"),
        Index("ix_approval_asker", "asker_id", "id"),
        Index("ix_approval_state", "state", "id"),
        Index("ix_approval_unit", "unit_id", "id"),
        CheckConstraint("amount IS NULL OR amount >= 0", name="amount"),
        CheckConstraint(
            "(state IN ('waiting', 'sent_back')) = (decided_at IS NULL)", name="decided"
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int] = mapped_column(BigId)
    number: Mapped[str] = mapped_column(String(40), default="")
    title: Mapped[str] = mapped_column(String(300))
    path_id: Mapped[int] = mapped_column(ForeignKey("approval_path.id"), index=True)
    variant: Mapped[str] = mapped_column(String(40), default="")
    state: Mapped[State] = mapped_column(String(12), default=State.WAITING)
    round: Mapped[int] = mapped_column(default=1)
    asker_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    responsible_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    amount: Mapped[Decimal | None] = mapped_column(Money)
    snapshot: Mapped[str] = mapped_column(Text)
    snapshot_hash: Mapped[str] = mapped_column(String(64))
    given: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    submitted_at: Mapped[datetime] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    asker: Mapped[Person] = relationship()
    unit: Mapped[Unit] = relationship(foreign_keys=unit_id)
    path: Mapped[ApprovalPath] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class ApprovalStep(Model):
    """One step of one approval in one round."""

    __tablename__ = "approval_step"
    __table_args__ = (
        UniqueConstraint("approval_id", "round", "position"),
        Index("ix_approval_step_state", "state", "opened_at"),
        Index(
            "uq_approval_step_open",
            "approval_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        CheckConstraint("(state = 'signed') = (signed_at IS NOT NULL)", name="signed"),
        CheckConstraint("state <> 'open' OR opened_at IS NOT NULL", name="opened"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    approval_id: Mapped[int] = mapped_column(ForeignKey("approval.id"))
    round: Mapped[int]
    position: Mapped[int]
    path_step_id: Mapped[int] = mapped_column(ForeignKey("approval_path_step.id"), index=True)
    state: Mapped[StepState] = mapped_column(String(12), default=StepState.PENDING)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    signed_at: Mapped[datetime | None] = mapped_column(Moment)

    approval: Mapped[Approval] = relationship()
    plan: Mapped[PathStep] = relationship()


class StepSigner(Model):
    """Somebody who may sign a step; ``ended_at`` is set when they may no longer.

    Stand-ins are not written down here: they follow from the absences of the day.
    """

    __tablename__ = "approval_signer"
    __table_args__ = (
        UniqueConstraint("step_id", "person_id"),
        Index("ix_approval_signer_person", "person_id", "ended_at", "step_id"),
        CheckConstraint("(origin = 'delegated') = (for_person_id IS NOT NULL)", name="delegated"),
        CheckConstraint("origin <> 'assigned' OR reason <> ''", name="assigned_with_reason"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("approval_step.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    for_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    origin: Mapped[Origin] = mapped_column(String(12), default=Origin.PATH)
    reason: Mapped[str] = mapped_column(String(300), default="")
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    person: Mapped[Person] = relationship(foreign_keys=person_id)


class ApprovalAct(Model):
    """What somebody did; rows are only added. Names and positions are those of that day.

    ``principal_id`` is whose signature it counts as: the person's own, or of whom they acted for.
    """

    __tablename__ = "approval_act"
    __table_args__ = (
        Index(
            "uq_approval_act_signature",
            "step_id",
            "principal_id",
            unique=True,
            sqlite_where=text("act = 'approved'"),
            postgresql_where=text("act = 'approved'"),
        ),
        Index("ix_approval_act_approval", "approval_id", "id"),
        Index("ix_approval_act_person", "person_id", "id"),
        CheckConstraint(
            "act <> 'approved' OR (person_id IS NOT NULL AND step_id IS NOT NULL "
            "AND principal_id IS NOT NULL)",
            name="signature",
        ),
        CheckConstraint(
            "act NOT IN ('approved', 'rejected', 'sent_back') OR person_id <> asker_id",
            name="not_the_asker",
        ),
        CheckConstraint("act NOT IN ('rejected', 'sent_back') OR words <> ''", name="with_reason"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    approval_id: Mapped[int] = mapped_column(ForeignKey("approval.id"))
    step_id: Mapped[int | None] = mapped_column(ForeignKey("approval_step.id"))
    round: Mapped[int]
    act: Mapped[Act] = mapped_column(String(12))
    asker_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(String(200))
    position: Mapped[str] = mapped_column(String(200), default="")
    principal_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    for_name: Mapped[str] = mapped_column(String(200), default="")
    for_position: Mapped[str] = mapped_column(String(200), default="")
    capacity: Mapped[Capacity] = mapped_column(String(12), default=Capacity.OWN)
    words: Mapped[str] = mapped_column(Text, default="")
    snapshot_hash: Mapped[str] = mapped_column(String(64))
    by_link: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(Moment)

    step: Mapped[ApprovalStep | None] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=person_id)


class ApprovalLink(Model):
    """A link that lets one person decide one step once; only the hash of its secret is kept."""

    __tablename__ = "approval_link"
    __table_args__ = (Index("ix_approval_link_step", "step_id", "person_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("approval_step.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)

    step: Mapped[ApprovalStep] = relationship()
    person: Mapped[Person] = relationship()


class ApprovalNotice(Model):
    """A message about a step that somebody got: at most one of a kind, step and day."""

    __tablename__ = "approval_notice"
    __table_args__ = (UniqueConstraint("step_id", "person_id", "kind", "on_day"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("approval_step.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    on_day: Mapped[date]
    at: Mapped[datetime] = mapped_column(Moment)


class Absence(Model):
    """A person is away, both days counted, and another one signs in their place."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="days"),
        CheckConstraint("stand_in_id <> person_id", name="two_people"),
        CheckConstraint("capacity IN ('acting', 'on_duty')", name="capacity"),
        Index("ix_absence_stand_in", "stand_in_id", "last_day"),
        Index("ix_absence_person", "person_id", "last_day"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    stand_in_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    capacity: Mapped[Capacity] = mapped_column(String(12), default=Capacity.ACTING)
    cancelled_at: Mapped[datetime | None] = mapped_column(Moment)

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    stand_in: Mapped[Person] = relationship(foreign_keys=stand_in_id)
