"""Tables of loans: the loan, its lines, extensions, notices sent, and the basket on the counter."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.loans.states import LineState, Outcome, PlaceKind
from assets.register.models import Asset
from assets.register.states import Condition
from kernel.db import BigId, Model, Moment, filled_index
from office.people.models import Person
from office.places.models import Unit


class Loan(Model):
    """One handing-over to one person, ``ย.12/2570``; the lines say what and until when.

    ``official`` is the promise of clause 207. ``due_on`` is the latest due date of the lines.
    ``borrower_unit_id`` is the unit the borrower belonged to on that day. ``approved_by_text``
    says who approved, by name or role (R-L1). ``closed_at`` is set when no line is out any more.
    """

    __tablename__ = "loan"
    __table_args__ = (
        filled_index("ix_loan_handed_by_id", "handed_by_id"),
        CheckConstraint("official", name="official"),
        CheckConstraint("purpose <> ''", name="purpose"),
        CheckConstraint("place_kind IN ('inside', 'outside', 'other_agency')", name="place_kind"),
        CheckConstraint("handed_by_id IS NULL OR handed_by_id <> borrower_id", name="two_people"),
        Index("ix_loan_borrower", "borrower_id", "id"),
        Index("ix_loan_lending_unit", "lending_unit_id", "id"),
        Index("ix_loan_borrower_unit", "borrower_unit_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    lending_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    borrower_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    borrower_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    purpose: Mapped[str] = mapped_column(String(500))
    official: Mapped[bool]
    place_kind: Mapped[PlaceKind] = mapped_column(String(20))
    approved_by_text: Mapped[str] = mapped_column(String(200), default="")
    due_on: Mapped[date]
    out_at: Mapped[datetime] = mapped_column(Moment)
    handed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    note: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(default=1)

    lending_unit: Mapped[Unit] = relationship(foreign_keys=lending_unit_id)
    borrower: Mapped[Person] = relationship(foreign_keys=borrower_id)
    borrower_unit: Mapped[Unit] = relationship(foreign_keys=borrower_unit_id)
    handed_by: Mapped[Person | None] = relationship(foreign_keys=handed_by_id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class LoanLine(Model):
    """One item of a loan. An item stands in at most one line that is not back.

    ``first_due_on`` stays when the loan is extended. ``returned_at`` and ``taken_back_by_id``
    tell when and who took it back into its store, or wrote down that it is lost. ``handed_in_at``
    is when the borrower gave it to another unit instead. ``request_line_id`` is the promise that
    this hand-over keeps, NULL for who walked in.
    """

    __tablename__ = "loan_line"
    __table_args__ = (
        filled_index("ix_loan_line_taken_back_by_id", "taken_back_by_id"),
        filled_index("ix_loan_line_handed_in_unit_id", "handed_in_unit_id"),
        filled_index("ix_loan_line_handed_in_to_id", "handed_in_to_id"),
        Index(
            "uq_loan_line_open",
            "asset_id",
            unique=True,
            sqlite_where=text("state IN ('out', 'returned_elsewhere')"),
            postgresql_where=text("state IN ('out', 'returned_elsewhere')"),
        ),
        Index("ix_loan_line_state_due", "state", "due_on", "id"),
        Index("ix_loan_line_asset", "asset_id", "id"),
        Index("ix_loan_line_loan", "loan_id", "id"),
        filled_index("ix_loan_line_request_line", "request_line_id"),
        Index("ix_loan_line_out", "out_at"),
        CheckConstraint("out_at IS NOT NULL", name="handed_out"),
        CheckConstraint(
            "(state IN ('returned', 'lost')) = (returned_at IS NOT NULL)", name="ended"
        ),
        CheckConstraint(
            "(state IN ('returned', 'lost')) = (condition_in IS NOT NULL)", name="judged"
        ),
        CheckConstraint("due_on >= first_due_on", name="first_due"),
        CheckConstraint(
            "state <> 'returned_elsewhere' OR handed_in_at IS NOT NULL", name="handed_in"
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    loan_id: Mapped[int] = mapped_column(ForeignKey("loan.id"))
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"))
    request_line_id: Mapped[int | None] = mapped_column(ForeignKey("loan_request_line.id"))
    state: Mapped[LineState] = mapped_column(String(20))
    due_on: Mapped[date]
    first_due_on: Mapped[date]
    out_at: Mapped[datetime | None] = mapped_column(Moment)
    returned_at: Mapped[datetime | None] = mapped_column(Moment)
    taken_back_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    handed_in_at: Mapped[datetime | None] = mapped_column(Moment)
    handed_in_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    handed_in_to_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    condition_out: Mapped[Condition] = mapped_column(String(20))
    condition_in: Mapped[Outcome | None] = mapped_column(String(20))
    accessories: Mapped[str] = mapped_column(String(400), default="")
    note: Mapped[str] = mapped_column(String(500), default="")

    loan: Mapped[Loan] = relationship()
    asset: Mapped[Asset] = relationship()
    taken_back_by: Mapped[Person | None] = relationship(foreign_keys=taken_back_by_id)
    handed_in_unit: Mapped[Unit | None] = relationship()
    handed_in_to: Mapped[Person | None] = relationship(foreign_keys=handed_in_to_id)

    def days_late(self, today: date) -> int:
        """Return how many days the item is overdue (R-L4); 0 while it is not, or is back."""
        return max((today - self.due_on).days, 0) if self.state == LineState.OUT else 0


class LoanExtension(Model):
    """A later due date for one line, with who gave it and why; rows are only added."""

    __tablename__ = "loan_extension"
    __table_args__ = (
        CheckConstraint("new_due_on > old_due_on", name="later"),
        Index("ix_loan_extension_line", "line_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("loan_line.id"))
    old_due_on: Mapped[date]
    new_due_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    why: Mapped[str] = mapped_column(String(300), default="")

    line: Mapped[LoanLine] = relationship()
    by: Mapped[Person | None] = relationship()


class LoanNotice(Model):
    """A reminder that went out for one line: at most one of a kind and step for each due date.

    ``step`` counts days from the due date: -1 the day before, 0, 1, 7. An extension gives the
    line a new due date, so its reminders begin anew.
    """

    __tablename__ = "loan_notice"
    __table_args__ = (
        UniqueConstraint("line_id", "kind", "step", "due_on"),
        Index("ix_loan_notice_person_day", "person_id", "sent_on"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("loan_line.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(12))
    step: Mapped[int]
    due_on: Mapped[date]
    sent_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(Moment)


class LoanLadder(Model):
    """The days on which people are reminded, as the office has set them; one row, or none.

    ``before_days`` count back from the due date, all others forward from it. Who has something that
    is ``block_from_days`` overdue borrows nothing more.
    """

    __tablename__ = "loan_ladder"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("before_days BETWEEN 1 AND 14", name="before_days"),
        CheckConstraint("after_days BETWEEN 1 AND 3", name="after_days"),
        CheckConstraint("follow_up_days BETWEEN 4 AND 7", name="follow_up_days"),
        CheckConstraint("head_days > follow_up_days", name="head_days"),
        CheckConstraint("director_days > head_days", name="director_days"),
        CheckConstraint("block_from_days BETWEEN 1 AND 60", name="block_from_days"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)
    before_days: Mapped[int]
    after_days: Mapped[int]
    follow_up_days: Mapped[int]
    head_days: Mapped[int]
    director_days: Mapped[int]
    block_from_days: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class LoanBasket(Model):
    """What lies on the counter before one officer: kept here, so that a reload loses nothing.

    ``due_text`` and the other terms are kept as typed; they are checked at the handing-over.
    ``said`` is the answer to the last scan, ``said_tone`` its tone (ok, warn, stop).
    ``terms_request_id`` is the request that the terms were taken from; they go when it goes.
    """

    __tablename__ = "loan_basket"
    __table_args__ = (CheckConstraint("mode IN ('lend', 'take_back')", name="mode"),)

    owner_id: Mapped[int] = mapped_column(
        ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    mode: Mapped[str] = mapped_column(String(10), default="lend")
    borrower_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    borrower_before_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    last_scan: Mapped[str] = mapped_column(String(10), default="")
    purpose: Mapped[str] = mapped_column(String(500), default="")
    official: Mapped[bool] = mapped_column(default=False)
    place_kind: Mapped[str] = mapped_column(String(20), default=PlaceKind.INSIDE.value)
    approved_by_text: Mapped[str] = mapped_column(String(200), default="")
    due: Mapped[str] = mapped_column(String(10), default="default")
    due_text: Mapped[str] = mapped_column(String(60), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    terms_request_id: Mapped[int | None] = mapped_column(ForeignKey("loan_request.id"), index=True)
    said: Mapped[str] = mapped_column(Text, default="")
    said_tone: Mapped[str] = mapped_column(String(6), default="")
    updated_at: Mapped[datetime] = mapped_column(Moment)

    borrower: Mapped[Person | None] = relationship(foreign_keys=borrower_id)


class BasketLine(Model):
    """One scanned item in a basket, with what was ticked and chosen for it so far.

    ``against`` is what speaks against lending it to this borrower, ``override_why`` why the officer
    lends it all the same. ``request_line_id`` is the promise that the item would keep.
    """

    __tablename__ = "loan_basket_line"
    __table_args__ = (
        UniqueConstraint("owner_id", "asset_id"),
        Index("ix_loan_basket_line_request_line", "request_line_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("loan_basket.owner_id", ondelete="CASCADE"))
    asset_id: Mapped[int] = mapped_column(ForeignKey("asset.id"), index=True)
    accessories: Mapped[str] = mapped_column(String(400), default="")
    outcome: Mapped[Outcome] = mapped_column(String(20), default=Outcome.GOOD)
    note: Mapped[str] = mapped_column(String(500), default="")
    request_line_id: Mapped[int | None] = mapped_column(ForeignKey("loan_request_line.id"))
    against: Mapped[str] = mapped_column(String(400), default="", server_default=text("''"))
    override_why: Mapped[str] = mapped_column(String(300), default="", server_default=text("''"))
    photo_key: Mapped[str] = mapped_column(String(80), default="", server_default=text("''"))
    thumbnail_key: Mapped[str] = mapped_column(String(80), default="", server_default=text("''"))
