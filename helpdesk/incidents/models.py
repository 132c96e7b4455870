"""Tables of incidents: what happened, its story, its measures, systems and tickets."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from helpdesk.access_rights.models import InformationSystem
from helpdesk.incidents.states import OPEN, TOLD_COMMITTEE, Gravity, Kind, Risk, State
from helpdesk.tickets.models import Ticket
from kernel.db import BigId, Model, Moment
from kernel.search import searchable
from office.people.models import Person

_DUE = text("notice_due_at IS NOT NULL AND notified_at IS NULL")


class Incident(Model):
    """One security incident; never removed, only dismissed with a reason.

    ``known_at`` is when the office knew: from there ``notice_due_at`` is 72 hours away where the
    risk asks for a notice to the Committee. ``notified_at`` is when it was sent, ``told_at`` when
    the people concerned were told.
    """

    __tablename__ = "incident"
    __table_args__ = (
        CheckConstraint("title <> ''", name="title"),
        CheckConstraint("people_count >= 0 AND records_count >= 0", name="counts"),
        CheckConstraint("known_at >= found_at", name="known"),
        CheckConstraint(
            "(notice_due_at IS NOT NULL) = (risk IN ('some', 'high'))", name="notice_due"
        ),
        CheckConstraint("state <> 'closed' OR lessons <> ''", name="lessons"),
        CheckConstraint("state <> 'dismissed' OR dismissed_why <> ''", name="dismissed"),
        Index("ix_incident_state", "state", "id"),
        Index("ix_incident_reporter", "reported_by_id", "id"),
        Index("ix_incident_due", "notice_due_at", sqlite_where=_DUE, postgresql_where=_DUE),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    state: Mapped[State] = mapped_column(String(12), default=State.REPORTED)
    kind: Mapped[Kind] = mapped_column(String(16))
    title: Mapped[str] = mapped_column(String(200))
    story: Mapped[str] = mapped_column(Text, default="")
    found_at: Mapped[datetime] = mapped_column(Moment)
    known_at: Mapped[datetime] = mapped_column(Moment)
    reported_at: Mapped[datetime] = mapped_column(Moment)
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    gravity: Mapped[Gravity] = mapped_column(String(10), default=Gravity.MEDIUM)
    risk: Mapped[Risk] = mapped_column(String(8), default=Risk.NO_DATA)
    systems_text: Mapped[str] = mapped_column(String(300), default="")
    data_kinds: Mapped[str] = mapped_column(String(500), default="")
    people_kinds: Mapped[str] = mapped_column(String(300), default="")
    people_count: Mapped[int] = mapped_column(default=0)
    records_count: Mapped[int] = mapped_column(default=0)
    consequences: Mapped[str] = mapped_column(Text, default="")
    cause: Mapped[str] = mapped_column(Text, default="")
    lessons: Mapped[str] = mapped_column(Text, default="")
    dismissed_why: Mapped[str] = mapped_column(String(400), default="")
    notice_due_at: Mapped[datetime | None] = mapped_column(Moment)
    notified_at: Mapped[datetime | None] = mapped_column(Moment)
    notice_reference: Mapped[str] = mapped_column(String(120), default="")
    late_why: Mapped[str] = mapped_column(String(400), default="")
    told_at: Mapped[datetime | None] = mapped_column(Moment)
    told_how: Mapped[str] = mapped_column(String(300), default="")
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    search_key: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    reported_by: Mapped[Person | None] = relationship(foreign_keys=reported_by_id)
    handler: Mapped[Person | None] = relationship(foreign_keys=handler_id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def is_open(self) -> bool:
        """Something is still to be done."""
        return self.state in OPEN

    @property
    def is_breach(self) -> bool:
        """Personal data are concerned."""
        return self.risk != Risk.NO_DATA

    @property
    def awaits_notice(self) -> bool:
        """The Committee is to be told, and was not yet."""
        return self.risk in TOLD_COMMITTEE and self.notified_at is None

    @property
    def awaits_telling(self) -> bool:
        """The people concerned are to be told, and were not yet."""
        return self.risk == Risk.HIGH and self.told_at is None

    def time_left(self, moment: datetime) -> timedelta | None:
        """Return how long until the notice is due; below zero afterwards, None where none is."""
        if self.notice_due_at is None or not self.awaits_notice:
            return None
        return self.notice_due_at - moment


searchable(Incident.__table__, "search_key")


class IncidentMoment(Model):
    """One moment in the story of an incident; only ever added."""

    __tablename__ = "incident_moment"
    __table_args__ = (Index("ix_incident_moment_incident", "incident_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    act: Mapped[str] = mapped_column(String(16))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    by_name: Mapped[str] = mapped_column(String(200), default="")
    words: Mapped[str] = mapped_column(Text, default="")


class IncidentMeasure(Model):
    """Something done, or to be done by a day, against an incident or its return."""

    __tablename__ = "incident_measure"
    __table_args__ = (
        CheckConstraint("what <> ''", name="what"),
        Index("ix_incident_measure_incident", "incident_id", "id"),
        Index(
            "ix_incident_measure_due",
            "due_on",
            sqlite_where=text("done_on IS NULL"),
            postgresql_where=text("done_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"))
    what: Mapped[str] = mapped_column(String(400))
    responsible_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]

    incident: Mapped[Incident] = relationship()
    responsible: Mapped[Person | None] = relationship()


class IncidentSystem(Model):
    """A registered system that an incident concerns."""

    __tablename__ = "incident_system"

    incident_id: Mapped[int] = mapped_column(
        ForeignKey("incident.id"), primary_key=True, autoincrement=False
    )
    system_id: Mapped[int] = mapped_column(
        ForeignKey("information_system.id"), primary_key=True, autoincrement=False, index=True
    )

    system: Mapped[InformationSystem] = relationship()


class IncidentTicket(Model):
    """A ticket by which an incident is worked on, or from which it was found."""

    __tablename__ = "incident_ticket"
    __table_args__ = (UniqueConstraint("incident_id", "ticket_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id"), index=True)

    ticket: Mapped[Ticket] = relationship()
    incident: Mapped[Incident] = relationship()
