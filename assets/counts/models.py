"""Tables of the annual inspection."""

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

from assets.counts.states import Duty, Outcome, ProposalKind, ProposalState, RoundState
from assets.register.models import Asset
from assets.register.states import Condition
from kernel.db import BigId, Model, Moment, Money, sort_text
from office.people.models import Person
from office.places.models import Room, Unit


class Round(Model):
    """One annual inspection of one fiscal year, ordered by the head of an agency.

    ``fiscal_year`` is the Buddhist year that was checked; items are those of its 30 September
    (R-I6). ``starts_on`` is the first working day after it (R-I3), ``due_on`` the 30th working day
    (R-I4). ``first_day_counts`` is how the days are counted; the stricter way is the default.
    """

    __tablename__ = "count_round"
    __table_args__ = (
        CheckConstraint("starts_on <= due_on", name="days"),
        CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name="closed"),
        CheckConstraint(
            "state NOT IN ('open', 'reviewing', 'closed') OR opened_at IS NOT NULL", name="opened"
        ),
        CheckConstraint("state <> 'cancelled' OR cancel_reason <> ''", name="cancelled"),
        Index("ix_count_round_year", "fiscal_year", "id"),
        Index("ix_count_round_state", "state", "due_on"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    fiscal_year: Mapped[int]
    order_no: Mapped[str] = mapped_column(String(60))
    ordered_on: Mapped[date]
    appointer_name: Mapped[str] = mapped_column(String(200))
    appointer_position: Mapped[str] = mapped_column(String(200), default="")
    starts_on: Mapped[date]
    due_on: Mapped[date]
    first_day_counts: Mapped[bool] = mapped_column(default=True)
    state: Mapped[RoundState] = mapped_column(String(12), default=RoundState.PLANNED)
    opened_at: Mapped[datetime | None] = mapped_column(Moment)
    counted_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    reported_on: Mapped[date | None]
    auditor_copy_on: Mapped[date | None]
    parent_copy_on: Mapped[date | None]
    cancel_reason: Mapped[str] = mapped_column(String(400), default="")
    expected_total: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def counted_day(self) -> date:
        """The day whose stock is counted: 30 September of the fiscal year (R-I6)."""
        return date(self.fiscal_year - 543, 9, 30)


class RoundUnit(Model):
    """A unit whose books a round covers; at most one living round a unit and year (R-I5)."""

    __tablename__ = "count_unit"
    __table_args__ = (
        UniqueConstraint("round_id", "unit_id"),
        Index(
            "uq_count_unit_year",
            "unit_id",
            "fiscal_year",
            unique=True,
            sqlite_where=text("active"),
            postgresql_where=text("active"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("count_round.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    fiscal_year: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)

    unit: Mapped[Unit] = relationship()


class Member(Model):
    """A person of the committee, with name and position as they stood in the order.

    ``room_id`` is the room in which the person was last seen counting.
    """

    __tablename__ = "count_member"
    __table_args__ = (UniqueConstraint("round_id", "person_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("count_round.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    position: Mapped[str] = mapped_column(String(200), default="")
    duty: Mapped[Duty] = mapped_column(String(10), default=Duty.MEMBER)
    room_id: Mapped[int | None] = mapped_column(ForeignKey("count_room.id"))
    seen_at: Mapped[datetime | None] = mapped_column(Moment)

    person: Mapped[Person] = relationship()
    room: Mapped[RoundRoom | None] = relationship()


class RoundRoom(Model):
    """A room to walk; ``room_id`` is NULL for the items of a unit whose room is not known.

    The two totals are kept as scans come in, so that the progress costs the same at any size.
    """

    __tablename__ = "count_room"
    __table_args__ = (
        Index(
            "uq_count_room_known",
            "round_id",
            "room_id",
            unique=True,
            sqlite_where=text("room_id IS NOT NULL"),
            postgresql_where=text("room_id IS NOT NULL"),
        ),
        Index(
            "uq_count_room_unknown",
            "round_id",
            "unit_id",
            unique=True,
            sqlite_where=text("room_id IS NULL"),
            postgresql_where=text("room_id IS NULL"),
        ),
        CheckConstraint("counted BETWEEN 0 AND expected_total", name="counted"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("count_round.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    building: Mapped[str] = mapped_column(String(120), default="")
    name: Mapped[str] = mapped_column(String(120), default="")
    expected_total: Mapped[int] = mapped_column(default=0)
    counted: Mapped[int] = mapped_column(default=0)
    walked_at: Mapped[datetime | None] = mapped_column(Moment)
    walked_by: Mapped[str] = mapped_column(String(200), default="")

    unit: Mapped[Unit] = relationship()
    room: Mapped[Room | None] = relationship()


class Expected(Model):
    """One line of the list that was frozen when the round was opened; never changed."""

    __tablename__ = "count_expected"
    __table_args__ = (
        UniqueConstraint("round_id", "asset_id"),
        Index("ix_count_expected_room", "round_id", "round_room_id", "asset_no_sort", "id"),
        Index("ix_count_expected_unit", "round_id", "unit_id", "asset_no_sort", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("count_round.id"))
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"), index=True)
    round_room_id: Mapped[int] = mapped_column(ForeignKey("count_room.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    class_id: Mapped[int | None] = mapped_column(ForeignKey("asset_class.id"))
    asset_no: Mapped[str | None] = mapped_column(String(60))
    asset_no_sort: Mapped[str] = mapped_column(sort_text(200), default="~")
    name: Mapped[str] = mapped_column(String(500))
    serial_no: Mapped[str] = mapped_column(String(120), default="")
    custodian: Mapped[str] = mapped_column(String(200), default="")
    condition: Mapped[Condition] = mapped_column(String(20))
    quantity: Mapped[int]
    unit_word: Mapped[str] = mapped_column(String(40), default="")
    price: Mapped[Decimal | None] = mapped_column(Money)
    acquired_on: Mapped[date | None]
    acquire_method: Mapped[str] = mapped_column(String(20), default="")
    fund_type: Mapped[str] = mapped_column(String(20), default="")
    last_outcome: Mapped[Outcome | None] = mapped_column(String(12))
    last_condition: Mapped[Condition | None] = mapped_column(String(20))

    round_room: Mapped[RoundRoom] = relationship()


class Scan(Model):
    """One scan as it came; rows are only added. ``client_id`` makes a re-sent scan the same one.

    ``outcome`` is what it was when it arrived; the result of the item may change with later scans.
    """

    __tablename__ = "count_scan"
    __table_args__ = (
        UniqueConstraint("client_id"),
        Index("ix_count_scan_asset", "round_id", "asset_id", "id"),
        Index("ix_count_scan_room", "round_id", "round_room_id", "id"),
        Index("ix_count_scan_outcome", "round_id", "outcome", "id"),
        CheckConstraint("client_id <> ''", name="client_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("count_round.id"))
    client_id: Mapped[str] = mapped_column(String(40))
    device: Mapped[str] = mapped_column(String(40), default="")
    code: Mapped[str] = mapped_column(String(300))
    round_room_id: Mapped[int | None] = mapped_column(ForeignKey("count_room.id"))
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    outcome: Mapped[Outcome] = mapped_column(String(12))
    condition: Mapped[Condition | None] = mapped_column(String(20))
    quantity: Mapped[int | None]
    remark: Mapped[str] = mapped_column(String(500), default="")
    offline: Mapped[bool] = mapped_column(default=False)
    device_at: Mapped[datetime] = mapped_column(Moment)
    server_at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    person_name: Mapped[str] = mapped_column(String(200))

    asset: Mapped[Asset | None] = relationship()
    round_room: Mapped[RoundRoom | None] = relationship()


class ScanPhoto(Model):
    """A photo that was taken with a scan; it travels by itself and may arrive later."""

    __tablename__ = "count_photo"
    __table_args__ = (UniqueConstraint("client_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    scan_id: Mapped[int] = mapped_column(ForeignKey("count_scan.id"), index=True)
    client_id: Mapped[str] = mapped_column(String(40))
    photo_key: Mapped[str] = mapped_column(String(80))
    thumbnail_key: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))

    scan: Mapped[Scan] = relationship()


class Result(Model):
    """The one result of an item in a round (R-I5), made from its scans, or from their absence.

    ``expected_id`` is NULL for what is in the register but not on the list. ``scan_id`` is the scan
    that decides; NULL where nobody scanned the item.
    """

    __tablename__ = "count_result"
    __table_args__ = (
        UniqueConstraint("round_id", "asset_id"),
        Index("ix_count_result_outcome", "round_id", "outcome", "id"),
        Index("ix_count_result_asset", "asset_id"),
        Index("ix_count_result_expected", "expected_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("count_round.id"))
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    expected_id: Mapped[int | None] = mapped_column(ForeignKey("count_expected.id"))
    outcome: Mapped[Outcome] = mapped_column(String(12))
    condition: Mapped[Condition] = mapped_column(String(20))
    quantity: Mapped[int | None]
    round_room_id: Mapped[int | None] = mapped_column(ForeignKey("count_room.id"))
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("count_scan.id"))
    where: Mapped[str] = mapped_column(String(200), default="")
    remark: Mapped[str] = mapped_column(String(500), default="")
    at: Mapped[datetime] = mapped_column(Moment)

    asset: Mapped[Asset] = relationship()
    expected: Mapped[Expected | None] = relationship()
    round_room: Mapped[RoundRoom | None] = relationship()
    scan: Mapped[Scan | None] = relationship()


class Proposal(Model):
    """A difference and what it would change; approved by another person than who put it forward.

    ``subject`` makes a proposal of a kind unique: the item's id, or the code of an unknown thing.
    ``asset_version`` is the card that the proposal was made from. ``fact_finding`` says that a
    fact-finding committee is needed; plain wear and natural loss need none (clause 214).
    """

    __tablename__ = "count_proposal"
    __table_args__ = (
        UniqueConstraint("round_id", "kind", "subject"),
        Index("ix_count_proposal_state", "round_id", "state", "kind", "id"),
        Index("ix_count_proposal_asset", "asset_id"),
        CheckConstraint(
            "decided_by_id IS NULL OR put_forward_by_id IS NULL"
            " OR decided_by_id <> put_forward_by_id",
            name="two_people",
        ),
        CheckConstraint(
            "state NOT IN ('approved', 'applied') OR decided_at IS NOT NULL", name="decided"
        ),
        CheckConstraint("kind = 'draft_card' OR asset_id IS NOT NULL", name="about"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("count_round.id"))
    kind: Mapped[ProposalKind] = mapped_column(String(12))
    subject: Mapped[str] = mapped_column(String(80))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    asset_version: Mapped[int | None]
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("count_scan.id"))
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    condition: Mapped[Condition | None] = mapped_column(String(20))
    quantity: Mapped[int | None]
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    note: Mapped[str] = mapped_column(Text, default="")
    fact_finding: Mapped[bool] = mapped_column(default=True)
    state: Mapped[ProposalState] = mapped_column(String(12), default=ProposalState.OPEN)
    changed_since: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str] = mapped_column(String(400), default="")
    put_forward_at: Mapped[datetime | None] = mapped_column(Moment)
    put_forward_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    applied_at: Mapped[datetime | None] = mapped_column(Moment)
    made_asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    version: Mapped[int] = mapped_column(default=1)

    asset: Mapped[Asset | None] = relationship(foreign_keys=asset_id)
    scan: Mapped[Scan | None] = relationship()
    room: Mapped[Room | None] = relationship()
    unit: Mapped[Unit] = relationship()
    put_forward_by: Mapped[Person | None] = relationship(foreign_keys=put_forward_by_id)
    decided_by: Mapped[Person | None] = relationship(foreign_keys=decided_by_id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration
