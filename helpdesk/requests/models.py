"""Tables of requests: simple kinds in editions, the request, its files, tickets and moments."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from helpdesk.requests.states import Act, Route, State
from helpdesk.tickets.models import Ticket
from kernel.db import BigId, Model, Moment
from kernel.i18n import language
from kernel.search import searchable
from office.approvals.models import Approval
from office.people.models import Person
from office.places.models import Unit


class RequestKind(Model):
    """A kind of request: a simple one made by an administrator, or the settings of one with code.

    ``key`` is what requests bear for ever. ``handling_unit_id`` is who carries it out; the whole
    office where it is empty. ``is_open`` tells whether new requests are taken.
    """

    __tablename__ = "request_kind"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(30), unique=True)
    is_open: Mapped[bool] = mapped_column(default=False)
    handling_unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    handling_unit: Mapped[Unit | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


class KindEdition(Model):
    """What a simple kind asked from one day on; requests keep the edition they were made with.

    ``fields`` is a list of ``fields.Field`` as JSON.
    """

    __tablename__ = "request_kind_edition"
    __table_args__ = (
        UniqueConstraint("kind_id", "edition"),
        CheckConstraint("name_th <> '' AND series <> ''", name="complete"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("request_kind.id"))
    edition: Mapped[int]
    name_th: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(120), default="")
    intro_th: Mapped[str] = mapped_column(String(500), default="")
    intro_en: Mapped[str] = mapped_column(String(500), default="")
    paper_text: Mapped[str] = mapped_column(Text, default="")
    series: Mapped[str] = mapped_column(String(12))
    route: Mapped[Route] = mapped_column(String(16), default=Route.HEAD)
    fields: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    kind: Mapped[RequestKind] = relationship()

    @property
    def name(self) -> str:
        """The name in the language spoken now, Thai where there is no English one."""
        return self.name_en if language() == "en" and self.name_en else self.name_th


class ServiceRequest(Model):
    """One request from draft to end; its number is given when it is sent for the first time.

    ``typed`` is what stands in the draft, letter by letter, also where it is nonsense; ``answers``
    is what was read of it when it was sent: by field the value and how it reads in both languages.
    ``asker_name`` and the position are those of the day it was sent. ``unit_id`` is the asker's
    unit, ``handling_unit_id`` who carries it out.
    """

    __tablename__ = "service_request"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'cancelled') OR number IS NOT NULL", name="number"),
        CheckConstraint(
            "state IN ('draft', 'cancelled') OR approval_id IS NOT NULL", name="approval"
        ),
        CheckConstraint("state <> 'rejected' OR ended_why <> ''", name="rejected_why"),
        CheckConstraint(
            "(state IN ('closed', 'rejected', 'cancelled')) = (ended_at IS NOT NULL)", name="ended"
        ),
        Index("ix_service_request_asker", "asker_id", "id"),
        Index("ix_service_request_state", "state", "id"),
        Index("ix_service_request_unit", "unit_id", "id"),
        Index("ix_service_request_handling", "handling_unit_id", "state", "id"),
        Index("ix_service_request_kind", "kind", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str] = mapped_column(String(30))
    edition_id: Mapped[int | None] = mapped_column(
        ForeignKey("request_kind_edition.id"), index=True
    )
    number: Mapped[str | None] = mapped_column(String(40), unique=True)
    state: Mapped[State] = mapped_column(String(12), default=State.DRAFT)
    title: Mapped[str] = mapped_column(String(300), default="")
    asker_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    asker_name: Mapped[str] = mapped_column(String(200))
    asker_position: Mapped[str] = mapped_column(String(200), default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    handling_unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    typed: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    approval_id: Mapped[int | None] = mapped_column(ForeignKey("approval.id"), unique=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    approved_at: Mapped[datetime | None] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_why: Mapped[str] = mapped_column(String(500), default="")
    result: Mapped[str] = mapped_column(Text, default="")
    search_key: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    asker: Mapped[Person] = relationship()
    unit: Mapped[Unit] = relationship(foreign_keys=unit_id)
    handling_unit: Mapped[Unit] = relationship(foreign_keys=handling_unit_id)
    approval: Mapped[Approval | None] = relationship()
    edition: Mapped[KindEdition | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration


searchable(ServiceRequest.__table__, "search_key")


class RequestFile(Model):
    """A checked file that came with a field of a request."""

    __tablename__ = "request_file"
    __table_args__ = (Index("ix_request_file_request", "request_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("service_request.id"))
    field: Mapped[str] = mapped_column(String(40))
    key: Mapped[str] = mapped_column(String(80))
    media: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    added_at: Mapped[datetime] = mapped_column(Moment)


class RequestTicket(Model):
    """A ticket that carries out a request, or a part of it."""

    __tablename__ = "request_ticket"

    ticket_id: Mapped[int] = mapped_column(
        ForeignKey("ticket.id"), primary_key=True, autoincrement=False
    )
    request_id: Mapped[int] = mapped_column(ForeignKey("service_request.id"), index=True)
    part: Mapped[str] = mapped_column(String(120), default="")

    ticket: Mapped[Ticket] = relationship()


class RequestMoment(Model):
    """One moment in the story of a request; rows are only added."""

    __tablename__ = "request_moment"
    __table_args__ = (Index("ix_request_moment_request", "request_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("service_request.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    act: Mapped[Act] = mapped_column(String(12))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(200), default="")
    words: Mapped[str] = mapped_column(Text, default="")
