"""Tables of disposals: the case, its items, its committee, and what people were told."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.disposals.deadlines import Days, Deadline, Step, deadline, step_on
from assets.disposals.states import Cause, Duty, LineState, Method, Origin, State
from assets.register.models import Asset
from assets.register.states import Condition
from kernel import clock
from kernel.db import BigId, Model, Moment, Money
from office.approvals.models import Approval
from office.people.models import Person
from office.places.models import Unit

ORDERED = "'ordered', 'carried_out', 'struck_off', 'closed'"
CARRIED_OUT = "'carried_out', 'struck_off', 'closed'"
STRUCK_OFF = "'struck_off', 'closed'"


class Disposal(Model):
    """One case: things of one unit that go the same way, from the proposal to the reports.

    ``unit_id`` has them in its books. ``reference`` is the inspection or fact-finding that it rests
    on (R-D1). ``finding_*`` is the order of the committee, ``order_*`` that of the disposal.
    ``recipient`` is who is to get the things, ``counterparty`` who got them.
    """

    __tablename__ = "disposal"
    __table_args__ = (
        CheckConstraint(
            f"state NOT IN ({ORDERED}) OR (order_no <> '' AND ordered_on IS NOT NULL "
            "AND method IS NOT NULL AND reference <> '' AND approval_id IS NOT NULL)",
            name="ordered",
        ),
        CheckConstraint(
            f"state NOT IN ({CARRIED_OUT}) OR (result_doc <> '' AND carried_out_on IS NOT NULL)",
            name="carried_out",
        ),
        CheckConstraint(
            f"(state IN ({STRUCK_OFF})) = (struck_off_on IS NOT NULL)", name="struck_off"
        ),
        CheckConstraint(
            "state <> 'closed' OR (audit_on IS NOT NULL AND parent_on IS NOT NULL)", name="closed"
        ),
        CheckConstraint("state <> 'cancelled' OR end_reason <> ''", name="cancelled"),
        Index("ix_disposal_state", "state", "id"),
        Index("ix_disposal_unit", "unit_id", "id"),
        Index("ix_disposal_year", "fiscal_year", "id"),
        Index("ix_disposal_method", "method", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    fiscal_year: Mapped[int]
    state: Mapped[State] = mapped_column(String(14), default=State.PROPOSED)
    origin: Mapped[Origin] = mapped_column(String(12))
    reference: Mapped[str] = mapped_column(String(200), default="")
    reason: Mapped[str] = mapped_column(String(400), default="")
    cause: Mapped[Cause | None] = mapped_column(String(12))
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    proposed_by_name: Mapped[str] = mapped_column(String(200))
    proposed_at: Mapped[datetime] = mapped_column(Moment)

    finding_order_no: Mapped[str] = mapped_column(String(60), default="")
    finding_ordered_on: Mapped[date | None]
    findings_due_on: Mapped[date | None]
    findings: Mapped[str] = mapped_column(Text, default="")
    found_on: Mapped[date | None]
    liable: Mapped[str] = mapped_column(String(200), default="")
    compensation: Mapped[Decimal | None] = mapped_column(Money)
    compensation_by: Mapped[str] = mapped_column(String(200), default="")

    method: Mapped[Method | None] = mapped_column(String(16))
    method_reason: Mapped[str] = mapped_column(String(400), default="")
    recipient: Mapped[str] = mapped_column(String(200), default="")
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"), index=True)
    order_no: Mapped[str] = mapped_column(String(60), default="")
    ordered_on: Mapped[date | None]
    ministry_ref: Mapped[str] = mapped_column(String(120), default="")

    carried_out_on: Mapped[date | None]
    result_doc: Mapped[str] = mapped_column(String(120), default="")
    counterparty: Mapped[str] = mapped_column(String(200), default="")
    proceeds: Mapped[Decimal | None] = mapped_column(Money)
    income_ref: Mapped[str] = mapped_column(String(120), default="")
    witnesses: Mapped[str] = mapped_column(String(400), default="")
    photos: Mapped[str] = mapped_column(String(200), default="")
    result_note: Mapped[str] = mapped_column(String(400), default="")

    struck_off_on: Mapped[date | None]
    audit_on: Mapped[date | None]
    audit_letter: Mapped[str] = mapped_column(String(80), default="")
    parent_on: Mapped[date | None]
    parent_letter: Mapped[str] = mapped_column(String(80), default="")
    end_reason: Mapped[str] = mapped_column(String(400), default="")
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()
    approval: Mapped[Approval | None] = relationship()
    proposed_by: Mapped[Person | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def days(self) -> Days:
        """The days that decide the deadlines."""
        return Days(
            state=State(self.state),
            findings_due_on=self.findings_due_on,
            ordered_on=self.ordered_on,
            carried_out_on=self.carried_out_on,
            struck_off_on=self.struck_off_on,
            reported=self.audit_on is not None and self.parent_on is not None,
        )

    @property
    def deadline(self) -> Deadline | None:
        """What has to be done next by a day."""
        return deadline(self.days)

    @property
    def step(self) -> Step | None:
        """How near that day is today."""
        found = self.deadline
        return step_on(found.due_on, clock.today()) if found else None


class DisposalLine(Model):
    """One item of a case; an item is in one open case at a time.

    ``cost``, ``accumulated`` and ``net`` are the value of the whole lot on the day it was struck
    off; NULL before, and where it could not be told.
    """

    __tablename__ = "disposal_line"
    __table_args__ = (
        Index(
            "uq_disposal_line_open",
            "asset_id",
            unique=True,
            sqlite_where=text("state = 'listed'"),
            postgresql_where=text("state = 'listed'"),
        ),
        CheckConstraint("state NOT IN ('taken_out', 'found') OR end_reason <> ''", name="ended"),
        Index("ix_disposal_line_case", "disposal_id", "id"),
        Index("ix_disposal_line_asset", "asset_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    disposal_id: Mapped[int] = mapped_column(ForeignKey("disposal.id"))
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    state: Mapped[LineState] = mapped_column(String(12), default=LineState.LISTED)
    reference: Mapped[str] = mapped_column(String(80), default="")
    said: Mapped[str] = mapped_column(String(400), default="")
    condition: Mapped[Condition] = mapped_column(String(20))
    custodian: Mapped[str] = mapped_column(String(200), default="")
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    proposed_by_name: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime] = mapped_column(Moment)
    cost: Mapped[Decimal | None] = mapped_column(Money)
    accumulated: Mapped[Decimal | None] = mapped_column(Money)
    net: Mapped[Decimal | None] = mapped_column(Money)
    ended_on: Mapped[date | None]
    end_reason: Mapped[str] = mapped_column(String(400), default="")

    disposal: Mapped[Disposal] = relationship()
    asset: Mapped[Asset] = relationship()


class DisposalMember(Model):
    """A person of the fact-finding committee, with name and position as they stood in the order."""

    __tablename__ = "disposal_member"
    __table_args__ = (
        UniqueConstraint("disposal_id", "person_id"),
        Index(
            "uq_disposal_member_chair",
            "disposal_id",
            unique=True,
            sqlite_where=text("duty = 'chair'"),
            postgresql_where=text("duty = 'chair'"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    disposal_id: Mapped[int] = mapped_column(ForeignKey("disposal.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    position: Mapped[str] = mapped_column(String(200), default="")
    duty: Mapped[Duty] = mapped_column(String(10), default=Duty.MEMBER)

    person: Mapped[Person] = relationship()


class DisposalNotice(Model):
    """That people were told of one step of one deadline of a case, so never again."""

    __tablename__ = "disposal_notice"
    __table_args__ = (
        UniqueConstraint("disposal_id", "duty", "due_on", "step"),
        Index("ix_disposal_notice_day", "noticed_on"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    disposal_id: Mapped[int] = mapped_column(ForeignKey("disposal.id"))
    duty: Mapped[str] = mapped_column(String(12))
    due_on: Mapped[date]
    step: Mapped[str] = mapped_column(String(8))
    noticed_on: Mapped[date]
