"""Where items stood on a day: by the movements and the trail where that day has passed.

Reading the register of a day asks three things that the card alone does not tell: in whose books
an item was, where it stood and who answered for it, and on which day it was struck off. Each is a
SQL expression here, so that lists, totals and papers of a day read the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from assets.register.models import Asset, Movement
from assets.register.states import GONE, Lifecycle, MoveCause
from kernel import clock
from office.bookkeeping.models import AuditEntry
from office.people.models import Person
from office.places.models import Room, Unit

NEVER_IN = (Lifecycle.DRAFT, Lifecycle.CANCELLED)
TAKEN_IN, EDITED = "taken_in", "edited"
Holder = aliased(Unit)
Next = aliased(Movement)
Rebooked = aliased(AuditEntry)


@dataclass(frozen=True)
class Then:
    """What the columns of an item were at the end of a day, as SQL.

    Attributes:
        owner_id: the unit in whose books it was.
        holder_id, holder, room_id, room, custodian: where it stood and who answered for it; ids
            and names.
        holder_en, custodian_en: the English names of those two of today, NULL where there are none.
        on: the day.
    """

    on: date
    owner_id: Any
    holder_id: Any
    holder: Any
    room_id: Any
    room: Any
    custodian: Any
    holder_en: Any
    custodian_en: Any

    def owners_joined(self, query: Select[Any]) -> Select[Any]:
        """Join what ``owner_id`` reads."""
        if not self.has_passed:
            return query
        first = _rebooked_after(self.on)
        return query.outerjoin(first, first.c.asset_id == Asset.id).outerjoin(
            Rebooked, Rebooked.id == first.c.entry_id
        )

    def places_joined(self, query: Select[Any]) -> Select[Any]:
        """Join what the places and the custodian read."""
        query = (
            query.join(Holder, Holder.id == Asset.holding_unit_id)
            .outerjoin(Room, Room.id == Asset.room_id)
            .outerjoin(Person, Person.id == Asset.custodian_id)
        )
        if not self.has_passed:
            return query
        first = _moved_after(self.on)
        return query.outerjoin(first, first.c.asset_id == Asset.id).outerjoin(
            Next, Next.id == first.c.movement_id
        )

    @property
    def has_passed(self) -> bool:
        """Whether something may have changed since."""
        return self.on < clock.today()


def at_end_of(on: date) -> Then:
    """Return where items were at the end of a day; for today and later as they are now."""
    owner, custodian = Asset.owner_unit_id, func.coalesce(Person.name_th, Asset.custodian_text)
    if on >= clock.today():
        holder = (Asset.holding_unit_id, Holder.name_th)
        english = (Holder.name_en, Person.name_en)
        return Then(on, owner, *holder, Asset.room_id, Room.name, custodian, *english)
    moved = Next.id.is_not(None)
    return Then(
        on=on,
        owner_id=func.coalesce(Rebooked.before["owner_unit_id"].as_integer(), owner),
        holder_id=func.coalesce(Next.from_unit_id, Asset.holding_unit_id),
        holder=func.coalesce(Next.from_unit_name, Holder.name_th),
        room_id=case((moved, Next.from_room_id), else_=Asset.room_id),
        room=case((moved, Next.from_room_name), else_=Room.name),
        custodian=case((moved, Next.from_custodian_name), else_=custodian),
        holder_en=case((moved, _english(Unit, Next.from_unit_id)), else_=Holder.name_en),
        custodian_en=case((moved, _english(Person, Next.from_custodian_id)), else_=Person.name_en),
    )


def _english(table: Any, row_id: Any) -> Any:  # noqa: ANN401 - a mapped class and a column
    named = aliased(table)
    return select(named.name_en).where(named.id == row_id).scalar_subquery()


def struck_off_at() -> ColumnElement[Any]:
    """Return the moment an item was struck off, as the trail tells it; NULL for what stands."""
    last = (
        select(func.max(AuditEntry.at))
        .where(
            AuditEntry.subject_kind == Asset.__tablename__,
            AuditEntry.subject_id == Asset.id,
            AuditEntry.act != TAKEN_IN,
            AuditEntry.after["lifecycle"].as_string().in_(GONE),
        )
        .correlate(Asset)
        .scalar_subquery()
    )
    return case((Asset.lifecycle.in_(GONE), last))


def stood_on(on: date) -> list[ColumnElement[bool]]:
    """Return the WHERE terms of what stood in the register on a day.

    Acquired by then or on an unknown day, and not struck off before it.
    """
    return [
        Asset.lifecycle.not_in(NEVER_IN),
        or_(Asset.acquired_on.is_(None), Asset.acquired_on <= on),
        or_(Asset.lifecycle.not_in(GONE), struck_off_at() >= morning_of(on)),
    ]


def morning_of(day: date) -> datetime:
    """Return the first moment of a day in Bangkok."""
    return clock.at(day, time())


def night_after(day: date) -> datetime:
    """Return the first moment after a day in Bangkok."""
    return morning_of(day + timedelta(days=1))


def _moved_after(on: date) -> Subquery:
    return (
        select(Movement.asset_id, func.min(Movement.id).label("movement_id"))
        .where(Movement.at >= night_after(on))
        .group_by(Movement.asset_id)
        .subquery()
    )


def _rebooked_after(on: date) -> Subquery:
    """Return the first entry after a day that put an item into other books."""
    transferred = select(Movement.asset_id).where(
        Movement.cause == MoveCause.TRANSFER, Movement.at >= night_after(on)
    )
    return (
        select(AuditEntry.subject_id.label("asset_id"), func.min(AuditEntry.id).label("entry_id"))
        .where(
            and_(
                AuditEntry.subject_kind == Asset.__tablename__,
                AuditEntry.subject_id.in_(transferred),
            ),
            AuditEntry.act == EDITED,
            AuditEntry.at >= night_after(on),
            AuditEntry.before["owner_unit_id"].as_integer().is_not(None),
        )
        .group_by(AuditEntry.subject_id)
        .subquery()
    )
