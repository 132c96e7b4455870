"""Tables of meetings: who is there, what is on the agenda, what was resolved, who does what."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.loans.request_models import LoanRequest
from helpdesk.minutes.states import Adopted, Duty, Presence, Reply, State
from helpdesk.programmes.models import Programme
from kernel.db import BigId, Model, Moment
from kernel.search import searchable
from office.people.models import Person
from office.places.models import Unit


class Meeting(Model):
    """Session ``session_no`` of a body in a calendar year (Buddhist era).

    ``previous_id`` is the meeting that it follows and whose minutes it adopts; ``request_id`` the
    booking of room and video (F03 with a set-up). ``began_at`` and ``ended_at`` are the hours that
    stand in the minutes.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("unit_id", "body", "year", "session_no"),
        Index("ix_meeting_unit", "unit_id", "starts_at"),
        Index("ix_meeting_starts", "starts_at", "id"),
        CheckConstraint("session_no > 0", name="session_no"),
        CheckConstraint("ends_at > starts_at", name="span"),
        CheckConstraint("began_at IS NULL OR ended_at > began_at", name="held"),
        CheckConstraint("(state = 'cancelled') = (cancelled_why <> '')", name="cancelled"),
        CheckConstraint("(state = 'adopted') = (adopted_on IS NOT NULL)", name="adopted"),
        CheckConstraint(
            "state NOT IN ('held', 'circulated', 'adopted') OR began_at IS NOT NULL", name="began"
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    body: Mapped[str] = mapped_column(String(200))
    session_no: Mapped[int]
    year: Mapped[int]
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("loan_request.id"), index=True)
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    place: Mapped[str] = mapped_column(String(200))
    state: Mapped[State] = mapped_column(String(12), default=State.DRAFT)
    began_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    adopted_on: Mapped[date | None]
    adopted_how: Mapped[Adopted | None] = mapped_column(String(10))
    corrections: Mapped[str] = mapped_column(Text, default="")
    cancelled_why: Mapped[str] = mapped_column(String(300), default="")
    search_key: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()
    owner: Mapped[Person] = relationship()
    programme: Mapped[Programme | None] = relationship()
    request: Mapped[LoanRequest | None] = relationship()
    previous: Mapped[Meeting | None] = relationship(remote_side=lambda: Meeting.id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def number(self) -> str:
        """The number of the session: ``3/2569``."""
        return f"{self.session_no}/{self.year}"


searchable(Meeting.__table__, "search_key")


class MeetingPerson(Model):
    """Somebody of a meeting; name and position as they were when they were written down.

    Without ``person_id`` it is a guest from outside, who gets no message.
    """

    __tablename__ = "meeting_person"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        Index(
            "uq_meeting_person_chair",
            "meeting_id",
            unique=True,
            sqlite_where=text("duty = 'chair'"),
            postgresql_where=text("duty = 'chair'"),
        ),
        Index("ix_meeting_person_person", "person_id", "meeting_id"),
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("(presence = 'deputy') = (deputy <> '')", name="deputy"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    duty: Mapped[Duty] = mapped_column(String(10), default=Duty.MEMBER)
    name: Mapped[str] = mapped_column(String(200))
    position: Mapped[str] = mapped_column(String(300), default="")
    called_at: Mapped[datetime | None] = mapped_column(Moment)
    reply: Mapped[Reply] = mapped_column(String(10), default=Reply.NONE)
    replied_at: Mapped[datetime | None] = mapped_column(Moment)
    presence: Mapped[Presence] = mapped_column(String(10), default=Presence.UNKNOWN)
    deputy: Mapped[str] = mapped_column(String(200), default="")
    remark: Mapped[str] = mapped_column(String(200), default="")

    person: Mapped[Person | None] = relationship()


class AgendaItem(Model):
    """A section of the agenda (``place`` 0) or an item in it, with what was said and resolved."""

    __tablename__ = "agenda_item"
    __table_args__ = (
        UniqueConstraint("meeting_id", "section", "place"),
        CheckConstraint("title <> ''", name="title"),
        CheckConstraint("section > 0 AND place >= 0", name="number"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    section: Mapped[int]
    place: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(String(300))
    detail: Mapped[str] = mapped_column(Text, default="")
    minutes: Mapped[str] = mapped_column(Text, default="")
    resolution: Mapped[str] = mapped_column(Text, default="")

    @property
    def number(self) -> str:
        """The number as it is read out: ``4`` or ``4.1``."""
        return f"{self.section}.{self.place}" if self.place else str(self.section)


_OPEN = text("done_on IS NULL")


class MeetingTask(Model):
    """What somebody does until a day because a meeting resolved it."""

    __tablename__ = "meeting_task"
    __table_args__ = (
        Index("ix_meeting_task_meeting", "meeting_id", "id"),
        Index(
            "ix_meeting_task_open",
            "due_on",
            "id",
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_meeting_task_person", "person_id", "done_on", "due_on"),
        CheckConstraint("(done_on IS NULL) = (done_words = '')", name="done"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    what: Mapped[str] = mapped_column(String(500))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    done_words: Mapped[str] = mapped_column(String(500), default="")

    meeting: Mapped[Meeting] = relationship()
    item: Mapped[AgendaItem | None] = relationship()
    person: Mapped[Person] = relationship()


class MeetingFile(Model):
    """A photo or document of a meeting: a paper of the agenda, an attachment of the minutes.

    Without ``item_id`` it belongs to the meeting as a whole. A photo has a thumbnail.
    """

    __tablename__ = "meeting_file"
    __table_args__ = (Index("ix_meeting_file_meeting", "meeting_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_item.id"), index=True)
    file_key: Mapped[str] = mapped_column(String(80))
    thumbnail_key: Mapped[str] = mapped_column(String(80), default="")
    name: Mapped[str] = mapped_column(String(200))
    media: Mapped[str] = mapped_column(String(100))
    caption: Mapped[str] = mapped_column(String(200), default="")
    added_at: Mapped[datetime] = mapped_column(Moment)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
