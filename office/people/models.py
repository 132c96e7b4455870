"""Tables of people."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from kernel.db import BigId, Model, Moment
from kernel.i18n import language
from kernel.search import searchable


class Person(Model):
    """A person who works in the office or a school.

    ``session_epoch`` grows when the person signs out everywhere: older sessions end. ``card_code``
    is what the person's card holds, never an identity number.
    """

    __tablename__ = "person"
    __table_args__ = (
        Index(
            "uq_person_username",
            "username",
            unique=True,
            sqlite_where=text("username <> ''"),
            postgresql_where=text("username <> ''"),
        ),
        Index(
            "uq_person_email",
            "email",
            unique=True,
            sqlite_where=text("email <> ''"),
            postgresql_where=text("email <> ''"),
        ),
        CheckConstraint("name_th <> ''", name="name"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name_th: Mapped[str] = mapped_column(String(200))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    position: Mapped[str] = mapped_column(String(200), default="")
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    username: Mapped[str] = mapped_column(String(60), default="")
    password_hash: Mapped[str | None] = mapped_column(String(200))
    session_epoch: Mapped[int] = mapped_column(default=1)
    language: Mapped[str] = mapped_column(String(2), default="th")
    card_code: Mapped[str | None] = mapped_column(String(20), unique=True)
    left_on: Mapped[date | None]
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    search_key: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def name(self) -> str:
        """The name in the language spoken now, Thai where there is no English one."""
        return self.name_en if language() == "en" and self.name_en else self.name_th


searchable(Person.__table__, "search_key")


class RoleGrant(Model):
    """A role of one person, for the whole office (no unit) or a unit and what lies under it."""

    __tablename__ = "role_grant"
    __table_args__ = (
        Index(
            "uq_role_grant_unit",
            "person_id",
            "role",
            "unit_id",
            unique=True,
            sqlite_where=text("unit_id IS NOT NULL"),
            postgresql_where=text("unit_id IS NOT NULL"),
        ),
        Index(
            "uq_role_grant_office",
            "person_id",
            "role",
            unique=True,
            sqlite_where=text("unit_id IS NULL"),
            postgresql_where=text("unit_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))


class PasswordLink(Model):
    """A link that sets a password once; only the hash of its secret is kept.

    Without a person it is the first start's link, which makes the first administrator.
    """

    __tablename__ = "password_link"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
