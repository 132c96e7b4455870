"""Opening a round: the list of what should be there is frozen in a few statements of SQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, insert, literal, or_, select
from sqlalchemy.orm import aliased

from assets.counts import access
from assets.counts.models import Expected, Member, Result, Round, RoundRoom, RoundUnit
from assets.counts.rules import notices
from assets.counts.rules.planning import is_supply_officer, units_of
from assets.counts.states import ROUNDS, Duty, RoundAction
from assets.register.models import Asset
from assets.register.states import Lifecycle
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.pages import show_date
from office.bookkeeping import audit
from office.people.models import Person
from office.places.models import Building, Room

ON_THE_BOOKS = (Lifecycle.IN_SERVICE, Lifecycle.PENDING_DISPOSAL)


def open_round(one: Round, *, by: Viewer) -> None:
    """Freeze the expected list and let the committee begin.

    Expected is what stood in the books of the units on 30 September: nothing that was acquired
    afterwards, nothing that has been struck off (R-I6).

    Refuses before the first working day of October (R-I3), without a committee or, of several
    members, without a chair, a committee with a supply officer on it (R-I2), and an empty list.
    """
    state = ROUNDS.target(access.state_locked(one), RoundAction.OPEN)
    if clock.today() < one.starts_on:
        raise Refusal(_("The counting begins on %(day)s.", day=show_date(one.starts_on, "weekday")))
    _check_committee(one)
    db.session.execute(_insert_rooms(one))
    db.session.execute(_insert_roomless(one))
    for lines in (_lines_with_room(one), _lines_without_room(one)):
        db.session.execute(
            insert(Expected).from_select([c.name for c in lines.selected_columns], lines)
        )
    total = db.session.scalar(
        select(func.count()).select_from(Expected).where(Expected.round_id == one.id)
    )
    if not total:
        raise Refusal(_("The units have nothing in their books that could be counted."))
    one.state, one.opened_at, one.expected_total = state, clock.now(), total
    audit.record("opened", one, by=by, after={"expected": total})
    notices.call(one)


def _check_committee(one: Round) -> None:
    members = db.session.scalars(select(Member).where(Member.round_id == one.id)).all()
    if not members:
        raise Refusal(_("Name the committee first."))
    if len(members) > 1 and all(member.duty != Duty.CHAIR for member in members):
        raise Refusal(_("The committee needs a chair."))
    units = units_of(one)
    for member in members:
        if is_supply_officer(member.person_id, units):
            raise Refusal(
                _(
                    "%(name)s is a supply officer of a unit that is checked. Clause 213 wants "
                    "inspectors who are not.",
                    name=member.name,
                )
            )


def _units(one: Round) -> Select[int]:
    return select(RoundUnit.unit_id).where(RoundUnit.round_id == one.id)


def _countable(one: Round) -> ColumnElement[bool]:
    """Return the WHERE term of the items that belong to the round (R-I6)."""
    return and_(
        Asset.owner_unit_id.in_(_units(one)),
        Asset.lifecycle.in_(ON_THE_BOOKS),
        or_(Asset.acquired_on.is_(None), Asset.acquired_on <= one.counted_day),
    )


def _insert_rooms(one: Round) -> Any:  # noqa: ANN401 - an INSERT
    """Take every room that holds expected items, and every open room of the units."""
    per_room = (
        select(Asset.room_id, func.count().label("items"))
        .where(_countable(one), Asset.room_id.is_not(None))
        .group_by(Asset.room_id)
        .subquery()
    )
    rows = (
        select(
            literal(one.id),
            Room.unit_id,
            Room.id,
            func.coalesce(Building.name, ""),
            Room.name,
            func.coalesce(per_room.c["items"], 0),
            literal(0),
            literal(""),
        )
        .outerjoin(per_room, per_room.c.room_id == Room.id)
        .outerjoin(Building, Building.id == Room.building_id)
        .where(
            or_(
                per_room.c.room_id.is_not(None),
                and_(Room.unit_id.in_(_units(one)), Room.closed_on.is_(None)),
            )
        )
    )
    return insert(RoundRoom).from_select(_ROOM_COLUMNS, rows)


def _insert_roomless(one: Round) -> Any:  # noqa: ANN401 - an INSERT
    rows = (
        select(
            literal(one.id),
            Asset.owner_unit_id,
            literal(""),
            literal(""),
            func.count(),
            literal(0),
            literal(""),
        )
        .where(_countable(one), Asset.room_id.is_(None))
        .group_by(Asset.owner_unit_id)
    )
    return insert(RoundRoom).from_select(
        [name for name in _ROOM_COLUMNS if name != "room_id"], rows
    )


_ROOM_COLUMNS = [
    "round_id",
    "unit_id",
    "room_id",
    "building",
    "name",
    "expected_total",
    "counted",
    "walked_by",
]


def _lines_with_room(one: Round) -> Select[*tuple[Any, ...]]:
    here = and_(RoundRoom.round_id == one.id, RoundRoom.room_id == Asset.room_id)
    return _lines(one, here)


def _lines_without_room(one: Round) -> Select[*tuple[Any, ...]]:
    nowhere = and_(
        RoundRoom.round_id == one.id,
        RoundRoom.room_id.is_(None),
        RoundRoom.unit_id == Asset.owner_unit_id,
    )
    return _lines(one, nowhere).where(Asset.room_id.is_(None))


def _lines(one: Round, place: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Return the lines of the list, with what became of the item the year before."""
    earlier, last = aliased(RoundUnit), aliased(Result)
    year_before = and_(
        earlier.unit_id == Asset.owner_unit_id,
        earlier.fiscal_year == one.fiscal_year - 1,
        earlier.active,
    )
    return (
        select(
            literal(one.id).label("round_id"),
            Asset.id.label("asset_id"),
            RoundRoom.id.label("round_room_id"),
            Asset.owner_unit_id.label("unit_id"),
            Asset.class_id,
            Asset.asset_no,
            Asset.asset_no_sort,
            Asset.name,
            Asset.serial_no,
            func.coalesce(Person.name_th, Asset.custodian_text).label("custodian"),
            Asset.condition,
            Asset.quantity,
            Asset.unit_word,
            Asset.price,
            Asset.acquired_on,
            Asset.acquire_method,
            Asset.fund_type,
            last.outcome.label("last_outcome"),
            last.condition.label("last_condition"),
        )
        .select_from(Asset)
        .join(RoundRoom, place)
        .outerjoin(Person, Person.id == Asset.custodian_id)
        .outerjoin(earlier, year_before)
        .outerjoin(last, and_(last.round_id == earlier.round_id, last.asset_id == Asset.id))
        .where(_countable(one))
    )
