"""Tables of licences with their terms, seats and files."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from assets.licences.states import TOLD_DAYS, Kind, Standing
from assets.register.models import Asset
from assets.vendors.models import Vendor
from kernel import clock
from kernel.db import BigId, Model, Moment, Money
from kernel.search import searchable
from office.people.models import Person
from office.places.models import Unit

_KEPT = text("given_up_on IS NULL")
_USED = "given_back_at IS NULL"


class Licence(Model):
    """One thing paid for by the year. Never removed, only given up.

    ``starts_on``, ``ends_on``, ``cost`` (baht for the term) and ``contract_no`` are those of the
    newest term; without ``ends_on`` it runs for ever. ``seats`` is how many may use it, empty
    where nobody counts. ``caretaker_id`` is told before it ends, beside those who keep licences.
    """

    __tablename__ = "licence"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="days"),
        CheckConstraint("seats IS NULL OR seats > 0", name="seats"),
        CheckConstraint("(given_up_on IS NULL) = (given_up_why = '')", name="given_up"),
        Index("ix_licence_ends", "ends_on", "id", sqlite_where=_KEPT, postgresql_where=_KEPT),
        Index("ix_licence_unit", "unit_id", "ends_on"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[Kind] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(200))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    vendor_id: Mapped[int | None] = mapped_column(ForeignKey("vendor.id"), index=True)
    caretaker_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    contract_no: Mapped[str] = mapped_column(String(80), default="")
    account: Mapped[str] = mapped_column(String(200), default="")
    seats: Mapped[int | None]
    cost: Mapped[Decimal | None] = mapped_column(Money)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(Text, default="")
    given_up_on: Mapped[date | None]
    given_up_why: Mapped[str] = mapped_column(String(300), default="")
    search_key: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship()
    vendor: Mapped[Vendor | None] = relationship()
    caretaker: Mapped[Person | None] = relationship()
    terms: Mapped[list[Term]] = relationship(
        lambda: Term, order_by=lambda: (Term.starts_on.desc(), Term.id.desc())
    )

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy's declaration

    def standing(self, today: date) -> Standing:
        """Return how the licence stands on a day; its last day is still a day of use."""
        if self.given_up_on is not None:
            return Standing.GIVEN_UP
        if self.ends_on is None:
            return Standing.RUNNING
        if self.ends_on < today:
            return Standing.ENDED
        soon = self.ends_on <= today + timedelta(days=max(TOLD_DAYS))
        return Standing.ENDING if soon else Standing.RUNNING

    @property
    def days_left(self) -> int | None:
        """Days until the last one; below zero after it, None where there is none."""
        return None if self.ends_on is None else (self.ends_on - clock.today()).days


searchable(Licence.__table__, "search_key")


class Term(Model):
    """One paid period of a licence; only ever added."""

    __tablename__ = "licence_term"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="days"),
        Index("ix_licence_term_licence", "licence_id", "starts_on"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    licence_id: Mapped[int] = mapped_column(ForeignKey("licence.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    cost: Mapped[Decimal | None] = mapped_column(Money)
    contract_no: Mapped[str] = mapped_column(String(80), default="")
    at: Mapped[datetime] = mapped_column(Moment)
    by_name: Mapped[str] = mapped_column(String(200), default="")


class Seat(Model):
    """A person or an item that uses a licence; each of them once at a time."""

    __tablename__ = "licence_seat"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (asset_id IS NULL)", name="holder"),
        *(
            Index(
                f"uq_licence_seat_{holder}",
                "licence_id",
                f"{holder}_id",
                unique=True,
                sqlite_where=text(f"{holder}_id IS NOT NULL AND {_USED}"),
                postgresql_where=text(f"{holder}_id IS NOT NULL AND {_USED}"),
            )
            for holder in ("person", "asset")
        ),
        Index("ix_licence_seat_licence", "licence_id", "id"),
        Index("ix_licence_seat_person_all", "person_id"),
        Index("ix_licence_seat_asset_all", "asset_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    licence_id: Mapped[int] = mapped_column(ForeignKey("licence.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    asset_id: Mapped[int | None] = mapped_column(ForeignKey("asset.id"))
    given_at: Mapped[datetime] = mapped_column(Moment)
    given_back_at: Mapped[datetime | None] = mapped_column(Moment)

    licence: Mapped[Licence] = relationship()
    person: Mapped[Person | None] = relationship()
    asset: Mapped[Asset | None] = relationship()

    @property
    def holder(self) -> str:
        """Who or what uses it."""
        if self.person is not None:
            return self.person.name
        asset = self.asset
        return "" if asset is None else " · ".join(filter(None, (asset.asset_no, asset.name)))


class LicenceFile(Model):
    """A contract, an invoice, a certificate of a licence."""

    __tablename__ = "licence_file"
    __table_args__ = (Index("ix_licence_file_licence", "licence_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    licence_id: Mapped[int] = mapped_column(ForeignKey("licence.id"))
    key: Mapped[str] = mapped_column(String(80))
    media: Mapped[str] = mapped_column(String(100))
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    added_at: Mapped[datetime] = mapped_column(Moment)
    by_name: Mapped[str] = mapped_column(String(200), default="")
