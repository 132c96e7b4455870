"""Tables of what becomes of a loan after the hand-over, and of what the desk decided for it.

Wishes for a later date, handing on, recalls, duties of clause 209, chases of clause 211, letters,
blocks that were lifted, overrides, signatures and photos.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.loans.later_states import ChaseWay, DutyKind, DutyState, OfferState, WishState
from assets.loans.models import Loan, LoanLine
from kernel.db import BigId, Model, Moment, Money
from office.people.models import Person


class ExtensionWish(Model):
    """A borrower's wish to keep one item longer; at most one waits for each line."""

    __tablename__ = "loan_extension_wish"
    __table_args__ = (
        Index(
            "uq_loan_extension_wish_waiting",
            "line_id",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_loan_extension_wish_state", "state", "id"),
        CheckConstraint("why <> ''", name="why"),
        CheckConstraint("state <> 'refused' OR answer <> ''", name="refused_with_reason"),
        CheckConstraint("(state = 'waiting') = (decided_at IS NULL)", name="decided"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("loan_line.id"))
    new_due_on: Mapped[date]
    why: Mapped[str] = mapped_column(String(300))
    state: Mapped[WishState] = mapped_column(String(12), default=WishState.WAITING)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    answer: Mapped[str] = mapped_column(String(300), default="")
    version: Mapped[int] = mapped_column(default=1)

    line: Mapped[LoanLine] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=asked_by_id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class HandingOn(Model):
    """An offer to hand an item on to another person without bringing it back first.

    The old line stays out until the other person confirms; then ``new_line_id`` is out instead.
    """

    __tablename__ = "loan_handing_on"
    __table_args__ = (
        Index(
            "uq_loan_handing_on_offered",
            "line_id",
            unique=True,
            sqlite_where=text("state = 'offered'"),
            postgresql_where=text("state = 'offered'"),
        ),
        Index("ix_loan_handing_on_person", "to_person_id", "state", "id"),
        CheckConstraint("to_person_id <> from_person_id", name="two_people"),
        CheckConstraint("(state = 'accepted') = (new_line_id IS NOT NULL)", name="new_line"),
        CheckConstraint("(state = 'offered') = (decided_at IS NULL)", name="decided"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("loan_line.id"))
    from_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    to_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str] = mapped_column(String(500))
    state: Mapped[OfferState] = mapped_column(String(12), default=OfferState.OFFERED)
    offered_at: Mapped[datetime] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(String(300), default="")
    new_line_id: Mapped[int | None] = mapped_column(ForeignKey("loan_line.id"), unique=True)
    version: Mapped[int] = mapped_column(default=1)

    line: Mapped[LoanLine] = relationship(foreign_keys=line_id)
    new_line: Mapped[LoanLine | None] = relationship(foreign_keys=new_line_id)
    from_person: Mapped[Person] = relationship(foreign_keys=from_person_id)
    to_person: Mapped[Person] = relationship(foreign_keys=to_person_id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class LoanRecall(Model):
    """The lender wants an item back earlier; rows are only added.

    ``first_due_on`` is the first due date as it stood before the recall moved it, too.
    """

    __tablename__ = "loan_recall"
    __table_args__ = (
        CheckConstraint("new_due_on < old_due_on", name="earlier"),
        CheckConstraint("why <> ''", name="why"),
        Index("ix_loan_recall_line", "line_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("loan_line.id"))
    old_due_on: Mapped[date]
    first_due_on: Mapped[date]
    new_due_on: Mapped[date]
    why: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    line: Mapped[LoanLine] = relationship()
    by: Mapped[Person | None] = relationship()


class LoanDuty(Model):
    """What a borrower owes for an item that came back damaged, incomplete, or not (clause 209).

    ``price`` is what the item cost at the time of borrowing, as far as the card said it; ``amount``
    is what was agreed. ``paper`` names the document that shows how the duty ended.
    """

    __tablename__ = "loan_duty"
    __table_args__ = (
        CheckConstraint("price IS NULL OR price >= 0", name="price"),
        CheckConstraint("amount IS NULL OR amount >= 0", name="amount"),
        CheckConstraint("state <> 'settled' OR (kind <> '' AND paper <> '')", name="settled"),
        CheckConstraint(
            "state <> 'settled' OR kind <> 'pay' OR amount IS NOT NULL", name="paid_amount"
        ),
        CheckConstraint("state <> 'lifted' OR note <> ''", name="lifted_with_reason"),
        CheckConstraint("(state = 'open') = (ended_at IS NULL)", name="ended"),
        Index("ix_loan_duty_state_due", "state", "due_on", "id"),
        Index("ix_loan_duty_person", "person_id", "state"),
        UniqueConstraint("line_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("loan_line.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    state: Mapped[DutyState] = mapped_column(String(12), default=DutyState.OPEN)
    kind: Mapped[DutyKind | str] = mapped_column(String(12), default="")
    price: Mapped[Decimal | None] = mapped_column(Money)
    amount: Mapped[Decimal | None] = mapped_column(Money)
    due_on: Mapped[date]
    paper: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    opened_at: Mapped[datetime] = mapped_column(Moment)
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    line: Mapped[LoanLine] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=person_id)
    ended_by: Mapped[Person | None] = relationship(foreign_keys=ended_by_id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class LoanChase(Model):
    """One asking for an overdue item by a person or a letter (R-L4): when, by whom, how."""

    __tablename__ = "loan_chase"
    __table_args__ = (Index("ix_loan_chase_line", "line_id", "on"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("loan_line.id"))
    on: Mapped[date]
    how: Mapped[ChaseWay] = mapped_column(String(12))
    due_on: Mapped[date]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    note: Mapped[str] = mapped_column(String(300), default="")

    by: Mapped[Person | None] = relationship()


class FollowUpLetter(Model):
    """The official letter that asks one borrower for everything overdue (clause 211).

    The timetable prepares it without a number; an officer gives number and date and sends it.
    """

    __tablename__ = "loan_letter"
    __table_args__ = (
        Index(
            "uq_loan_letter_number",
            "number",
            unique=True,
            sqlite_where=text("number <> ''"),
            postgresql_where=text("number <> ''"),
        ),
        Index("ix_loan_letter_person", "person_id", "id"),
        Index("ix_loan_letter_sent", "sent_at", "id"),
        CheckConstraint("(number = '') = (sent_at IS NULL)", name="sent"),
        CheckConstraint("(number = '') = (dated IS NULL)", name="dated"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    number: Mapped[str] = mapped_column(String(60), default="")
    dated: Mapped[date | None]
    prepared_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    person: Mapped[Person] = relationship(foreign_keys=person_id)
    sent_by: Mapped[Person | None] = relationship(foreign_keys=sent_by_id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class LetterLine(Model):
    """One item that a letter asks for, with the due date it missed."""

    __tablename__ = "loan_letter_line"
    __table_args__ = (UniqueConstraint("letter_id", "line_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("loan_letter.id"))
    line_id: Mapped[int] = mapped_column(ForeignKey("loan_line.id"), index=True)
    due_on: Mapped[date]

    line: Mapped[LoanLine] = relationship()


class BlockLift(Model):
    """A person may borrow although something is late: until when, why, and who decided."""

    __tablename__ = "loan_block_lift"
    __table_args__ = (
        CheckConstraint("why <> ''", name="why"),
        CheckConstraint("by_id <> person_id", name="two_people"),
        Index("ix_loan_block_lift_person", "person_id", "until"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    until: Mapped[date]
    why: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)

    by: Mapped[Person] = relationship(foreign_keys=by_id)


class LoanOverride(Model):
    """An item was lent although something spoke against it: what, who decided, and why."""

    __tablename__ = "loan_override"
    __table_args__ = (
        CheckConstraint("why <> ''", name="why"),
        Index("ix_loan_override_line", "line_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("loan_line.id"))
    against: Mapped[str] = mapped_column(String(400))
    why: Mapped[str] = mapped_column(String(300))
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    by: Mapped[Person | None] = relationship()


class LoanSignature(Model):
    """A signature drawn on the screen, of the borrower at the hand-over or at the return."""

    __tablename__ = "loan_signature"
    __table_args__ = (
        UniqueConstraint("loan_id", "occasion", "act_at"),
        CheckConstraint("occasion IN ('out', 'back')", name="occasion"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"))
    occasion: Mapped[str] = mapped_column(String(4))
    act_at: Mapped[datetime] = mapped_column(Moment)
    file_key: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    loan: Mapped[Loan] = relationship()


class LinePhoto(Model):
    """A photo of an item as it came back."""

    __tablename__ = "loan_line_photo"
    __table_args__ = (Index("ix_loan_line_photo_line", "line_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("loan_line.id"))
    photo_key: Mapped[str] = mapped_column(String(80))
    thumbnail_key: Mapped[str] = mapped_column(String(80))
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
