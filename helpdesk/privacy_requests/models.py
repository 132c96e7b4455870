"""The table of requests of people about their own data."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from helpdesk.privacy_requests.states import OPEN, Kind, State
from kernel.db import BigId, Model, Moment
from office.people.models import Person

_OPEN = text("state IN ('asked', 'proposed')")


class PrivacyRequest(Model):
    """What somebody asked about the own data, and what became of it.

    ``contact`` is the telephone number or e-mail address of a guest; it goes with the data when
    they are erased. ``file_key`` names the prepared copy until ``file_until``.
    """

    __tablename__ = "privacy_request"
    __table_args__ = (
        CheckConstraint("person_id IS NOT NULL OR contact <> '' OR state = 'done'", name="subject"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> proposed_by_id", name="two"),
        CheckConstraint("state <> 'refused' OR answer <> ''", name="refused"),
        Index("ix_privacy_request_state", "state", "due_on", "id"),
        Index(
            "uq_privacy_request_open",
            "person_id",
            "kind",
            unique=True,
            sqlite_where=text("person_id IS NOT NULL AND state IN ('asked', 'proposed')"),
            postgresql_where=text("person_id IS NOT NULL AND state IN ('asked', 'proposed')"),
        ),
        Index("ix_privacy_request_person", "person_id", "id"),
        Index("ix_privacy_request_due", "due_on", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[str] = mapped_column(String(24), unique=True)
    kind: Mapped[Kind] = mapped_column(String(8))
    state: Mapped[State] = mapped_column(String(10), default=State.ASKED)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    contact: Mapped[str] = mapped_column(String(254), default="")
    recognised: Mapped[str] = mapped_column(String(300), default="")
    words: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime] = mapped_column(Moment)
    due_on: Mapped[date]
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(String(500), default="")
    replaced: Mapped[int] = mapped_column(default=0)
    file_key: Mapped[str] = mapped_column(String(80), default="")
    file_until: Mapped[date | None]
    version: Mapped[int] = mapped_column(default=1)

    person: Mapped[Person | None] = relationship(foreign_keys=person_id)
    proposed_by: Mapped[Person | None] = relationship(foreign_keys=proposed_by_id)
    decided_by: Mapped[Person | None] = relationship(foreign_keys=decided_by_id)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def is_open(self) -> bool:
        """It is still to be answered."""
        return self.state in OPEN
