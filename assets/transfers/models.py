"""Tables of handovers, transfers and remarks."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.register.models import Asset
from assets.transfers.states import (
    HandoverState,
    LineState,
    RemarkKind,
    RemarkState,
    TransferKind,
    TransferState,
)
from kernel.db import BigId, Model, Moment
from office.people.models import Person
from office.places.models import Room, Unit


class Handover(Model):
    """Items proposed to a new person in charge; each is answered on its own line."""

    __tablename__ = "handover"
    __table_args__ = (Index("ix_handover_recipient", "to_person_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    to_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    to_name: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(400), default="")
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    proposed_by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(Moment)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    to_person: Mapped[Person] = relationship(foreign_keys=to_person_id)
    proposed_by: Mapped[Person | None] = relationship(foreign_keys=proposed_by_id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class HandoverLine(Model):
    """One item of a handover; an item waits in one handover at a time."""

    __tablename__ = "handover_line"
    __table_args__ = (
        UniqueConstraint("handover_id", "asset_id"),
        Index(
            "uq_handover_line_open",
            "asset_id",
            unique=True,
            sqlite_where=text("state = 'proposed'"),
            postgresql_where=text("state = 'proposed'"),
        ),
        Index("ix_handover_line_state", "state", "handover_id"),
        Index("ix_handover_line_asset", "asset_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    handover_id: Mapped[int] = mapped_column(ForeignKey("handover.id"))
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    from_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    from_name: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[HandoverState] = mapped_column(String(12), default=HandoverState.PROPOSED)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(String(400), default="")

    handover: Mapped[Handover] = relationship()
    asset: Mapped[Asset] = relationship()
    from_person: Mapped[Person | None] = relationship(foreign_keys=from_person_id)


class Transfer(Model):
    """A list of items that goes from one unit to another, with its letter and who did which step.

    The owner of the items changes on arrival where the kind is for good, else only who holds them.
    """

    __tablename__ = "transfer"
    __table_args__ = (
        CheckConstraint("from_unit_id <> to_unit_id", name="two_units"),
        Index("ix_transfer_from", "from_unit_id", "id"),
        Index("ix_transfer_to", "to_unit_id", "id"),
        Index("ix_transfer_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[TransferKind] = mapped_column(String(12))
    state: Mapped[TransferState] = mapped_column(String(12), default=TransferState.PREPARED)
    from_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    to_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    reason: Mapped[str] = mapped_column(String(400))
    letter_no: Mapped[str] = mapped_column(String(80), default="")
    letter_on: Mapped[date | None]
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    prepared_at: Mapped[datetime] = mapped_column(Moment)
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    approved_at: Mapped[datetime | None] = mapped_column(Moment)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(String(400), default="")
    version: Mapped[int] = mapped_column(default=1)

    from_unit: Mapped[Unit] = relationship(foreign_keys=from_unit_id)
    to_unit: Mapped[Unit] = relationship(foreign_keys=to_unit_id)
    prepared_by: Mapped[Person | None] = relationship(foreign_keys=prepared_by_id)
    approved_by: Mapped[Person | None] = relationship(foreign_keys=approved_by_id)
    sent_by: Mapped[Person | None] = relationship(foreign_keys=sent_by_id)
    answered_by: Mapped[Person | None] = relationship(foreign_keys=answered_by_id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class TransferLine(Model):
    """One item of a transfer; an item is in one open transfer at a time.

    ``note`` is what the receiving side saw: damage, a missing part.
    """

    __tablename__ = "transfer_line"
    __table_args__ = (
        Index(
            "uq_transfer_line_open",
            "asset_id",
            unique=True,
            sqlite_where=text("state IN ('listed', 'on_way', 'not_arrived', 'sent_back')"),
            postgresql_where=text("state IN ('listed', 'on_way', 'not_arrived', 'sent_back')"),
        ),
        Index("ix_transfer_line_transfer", "transfer_id", "id"),
        Index("ix_transfer_line_asset", "asset_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfer.id"))
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    state: Mapped[LineState] = mapped_column(String(12), default=LineState.LISTED)
    number_before: Mapped[str] = mapped_column(String(60), default="")
    damaged: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(400), default="")
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Moment)

    transfer: Mapped[Transfer] = relationship()
    asset: Mapped[Asset] = relationship()
    room: Mapped[Room | None] = relationship()


class Remark(Model):
    """What a person in charge said of an item in the own name, until the storekeeper settles it."""

    __tablename__ = "custody_remark"
    __table_args__ = (
        Index(
            "uq_custody_remark_open",
            "asset_id",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_custody_remark_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[RemarkKind] = mapped_column(String(12))
    said: Mapped[str] = mapped_column(String(400), default="")
    at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[RemarkState] = mapped_column(String(12), default=RemarkState.OPEN)
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(String(400), default="")

    asset: Mapped[Asset] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=person_id)
