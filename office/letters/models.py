"""Tables of letters, the series of their numbers, the steps they went, what they belong to."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import BigId, Model, Moment
from kernel.search import searchable
from office.letters.states import Action, Book, State, Urgency
from office.people.models import Person
from office.places.models import Unit

_OPEN = text("state IN ('registered', 'passed') AND answer_by IS NOT NULL")


class LetterSeries(Model):
    """The last number of one book of one unit in a calendar year (Buddhist era)."""

    __tablename__ = "letter_series"
    __table_args__ = (UniqueConstraint("unit_id", "book", "year"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    book: Mapped[Book] = mapped_column(String(10))
    year: Mapped[int]
    last: Mapped[int] = mapped_column(default=0)


class Letter(Model):
    """One line of a register; it is never removed, a cancelled number stays where it is.

    ``number`` runs within unit, book and calendar ``year`` without gaps (clauses 38 and 43).
    ``letter_no`` is what stands on the letter behind "ที่": the sender's own for letters in.
    ``answers_id`` is the letter that this one answers; ``answer_by`` the day by which the matter
    wants an answer.
    """

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("unit_id", "book", "year", "number"),
        Index("ix_letter_list", "unit_id", "book", "year", "number"),
        Index("ix_letter_no", "letter_no"),
        Index("ix_letter_answer_by", "answer_by", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("subject <> ''", name="subject"),
        CheckConstraint("(state = 'cancelled') = (cancelled_why <> '')", name="cancelled"),
        CheckConstraint("state <> 'done' OR outcome <> ''", name="done"),
        CheckConstraint("state <> 'passed' OR holder_id IS NOT NULL", name="holder"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    book: Mapped[Book] = mapped_column(String(10))
    year: Mapped[int]
    number: Mapped[int]
    letter_no: Mapped[str] = mapped_column(String(80), default="")
    dated_on: Mapped[date]
    sender: Mapped[str] = mapped_column(String(200))
    recipient: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(300))
    urgency: Mapped[Urgency] = mapped_column(String(8), default=Urgency.NORMAL)
    enclosures: Mapped[str] = mapped_column(String(500), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    state: Mapped[State] = mapped_column(String(12), default=State.REGISTERED)
    answer_by: Mapped[date | None]
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("letter.id"), index=True)
    holder_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    outcome: Mapped[str] = mapped_column(String(500), default="")
    cancelled_why: Mapped[str] = mapped_column(String(300), default="")
    registered_at: Mapped[datetime] = mapped_column(Moment)
    registered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    search_key: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()
    holder: Mapped[Person | None] = relationship(foreign_keys=lambda: Letter.holder_id)
    registered_by: Mapped[Person | None] = relationship(
        foreign_keys=lambda: Letter.registered_by_id
    )
    answers: Mapped[Letter | None] = relationship(remote_side=lambda: Letter.id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def shown_number(self) -> str:
        """The number in the register: ``12/2569``."""
        return f"{self.number}/{self.year}"

    @property
    def is_in(self) -> bool:
        """It came from outside."""
        return self.book == Book.IN


searchable(Letter.__table__, "search_key")


class LetterStep(Model):
    """Passed on, finished, opened again, cancelled: by whom, to whom, with which words."""

    __tablename__ = "letter_step"
    __table_args__ = (
        Index("ix_letter_step_letter", "letter_id", "id"),
        Index("ix_letter_step_person", "person_id", "letter_id"),
        CheckConstraint("(act = 'passed') = (person_id IS NOT NULL)", name="person"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    act: Mapped[Action] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(Moment)
    by_name: Mapped[str] = mapped_column(String(200), default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    words: Mapped[str] = mapped_column(String(500), default="")

    person: Mapped[Person | None] = relationship()


class LetterMatter(Model):
    """What a letter belongs to in a room above, by its kind and row, as it was called then.

    Letters stand below those rooms and cannot name their tables, as approvals cannot.
    """

    __tablename__ = "letter_matter"
    __table_args__ = (
        UniqueConstraint("letter_id", "kind", "matter_id"),
        Index("ix_letter_matter", "kind", "matter_id", "letter_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    kind: Mapped[str] = mapped_column(String(20))
    matter_id: Mapped[int] = mapped_column(BigId)
    title: Mapped[str] = mapped_column(String(300))


class LetterFile(Model):
    """The scanned letter or one of its enclosures."""

    __tablename__ = "letter_file"
    __table_args__ = (Index("ix_letter_file_letter", "letter_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    key: Mapped[str] = mapped_column(String(80))
    media: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    added_at: Mapped[datetime] = mapped_column(Moment)
    by_name: Mapped[str] = mapped_column(String(200), default="")
