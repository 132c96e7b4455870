"""Tables of saved views."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kernel.db import BigId, Model, Moment
from kernel.i18n import language
from office.people.models import Person
from office.places.models import Unit
from office.saved_views.states import Reach


class SavedView(Model):
    """A name for one way of looking at a list; ``query`` is what stands behind ``?``.

    ``reach`` says who finds it: the owner, everybody whose unit lies in ``unit``, or everybody.
    """

    __tablename__ = "saved_view"
    __table_args__ = (
        CheckConstraint("name_th <> ''", name="name"),
        CheckConstraint("(reach = 'unit') = (unit_id IS NOT NULL)", name="reach"),
        Index("ix_saved_view_list", "list_key", "owner_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    list_key: Mapped[str] = mapped_column(String(30))
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name_th: Mapped[str] = mapped_column(String(80))
    name_en: Mapped[str] = mapped_column(String(80), default="")
    query: Mapped[str] = mapped_column(Text)
    reach: Mapped[Reach] = mapped_column(String(10), default=Reach.OWN)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    owner: Mapped[Person] = relationship()
    unit: Mapped[Unit | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    @property
    def name(self) -> str:
        """The name in the language spoken now, the one there is where there is only one."""
        return self.name_en if language() == "en" and self.name_en else self.name_th


class ListChoice(Model):
    """What one person has chosen for one list: columns, and the view it begins with."""

    __tablename__ = "list_choice"
    __table_args__ = (UniqueConstraint("person_id", "list_key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    list_key: Mapped[str] = mapped_column(String(30))
    columns: Mapped[str] = mapped_column(String(600), default="")
    view_id: Mapped[int | None] = mapped_column(
        ForeignKey("saved_view.id", ondelete="SET NULL"), index=True
    )
