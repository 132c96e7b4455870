"""Reading rounds: the list, the committee, the units, the rounds a member may walk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload

from assets.counts import access
from assets.counts.models import Member, Proposal, Round, RoundRoom, RoundUnit, Scan
from assets.counts.states import UNDECIDED, Outcome, RoundState
from kernel.access import Viewer
from kernel.db import db, thai_order
from kernel.search import contains
from office.people.models import Person
from office.places.models import Unit

PAGE = 30
PEOPLE = 12


@dataclass(frozen=True)
class Progress:
    """How far the counting is: lines counted, lines expected, codes that nobody knows."""

    counted: int
    expected: int
    unknown: int = 0


def rounds(viewer: Viewer, page: int = 1) -> Sequence[Any]:
    """Return one page of the rounds a viewer may see, newest first, and one more if any.

    Each row has ``Round``, ``Unit`` of the agency and ``counted``.
    """
    counted = (
        select(func.coalesce(func.sum(RoundRoom.counted), 0))
        .where(RoundRoom.round_id == Round.id)
        .scalar_subquery()
    )
    return db.session.execute(
        select(Round, Unit, counted.label("counted"))
        .join(Unit, Unit.id == Round.unit_id)
        .where(access.visible(viewer))
        .order_by(Round.fiscal_year.desc(), Round.id.desc())
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    ).all()


def rounds_to_walk(viewer: Viewer) -> Sequence[Round]:
    """Return the rounds in which the viewer may scan now."""
    return db.session.scalars(
        select(Round)
        .where(
            Round.state.in_((RoundState.OPEN, RoundState.REVIEWING)), access.is_member_of(viewer)
        )
        .options(joinedload(Round.unit))
        .order_by(Round.id.desc())
    ).all()


def members_of(one: Round) -> Sequence[Member]:
    """Return the committee, the chair first."""
    found = db.session.scalars(
        select(Member)
        .where(Member.round_id == one.id)
        .options(joinedload(Member.room))
        .order_by(Member.id)
    ).all()
    return sorted(found, key=lambda member: ("chair", "member", "secretary").index(member.duty))


def units_of(one: Round) -> Sequence[Unit]:
    """Return the units whose books a round checks, the highest first."""
    return db.session.scalars(
        select(Unit)
        .join(RoundUnit, RoundUnit.unit_id == Unit.id)
        .where(RoundUnit.round_id == one.id)
        .order_by(func.length(Unit.path), thai_order(Unit.name_th))
    ).all()


def people_to_appoint(one: Round, typed: str) -> Sequence[Any]:
    """Return people who may be meant, with their unit; those on the committee are left out."""
    if not typed.strip():
        return []
    on_it = exists().where(Member.round_id == one.id, Member.person_id == Person.id)
    return db.session.execute(
        select(Person, Unit)
        .join(Unit, Unit.id == Person.unit_id)
        .where(contains(Person.search_key, typed), Person.left_on.is_(None), ~on_it)
        .order_by(thai_order(Person.name_th), Person.id)
        .limit(PEOPLE)
    ).all()


def progress(one: Round) -> Progress:
    """Return how far a round is; it costs the same however many items there are."""
    counted, expected = db.session.execute(
        select(
            func.coalesce(func.sum(RoundRoom.counted), 0),
            func.coalesce(func.sum(RoundRoom.expected_total), 0),
        ).where(RoundRoom.round_id == one.id)
    ).one()
    unknown = db.session.scalar(
        select(func.count()).where(Scan.round_id == one.id, Scan.outcome == Outcome.UNKNOWN)
    )
    return Progress(int(counted), int(expected), unknown or 0)


def undecided(one: Round) -> int:
    """Count the proposals that wait for somebody."""
    return (
        db.session.scalar(
            select(func.count()).where(Proposal.round_id == one.id, Proposal.state.in_(UNDECIDED))
        )
        or 0
    )


def _year_before(one: Round) -> Any:  # noqa: ANN401 - terms of WHERE
    units = select(RoundUnit.unit_id).where(RoundUnit.round_id == one.id)
    return (
        RoundUnit.unit_id.in_(units),
        RoundUnit.fiscal_year == one.fiscal_year - 1,
        RoundUnit.active,
        Round.state == RoundState.CLOSED,
    )


def rounds_before(one: Round) -> Sequence[int]:
    """Return the ids of the closed rounds of the year before that checked a unit of this one."""
    return db.session.scalars(
        select(Round.id)
        .join(RoundUnit, RoundUnit.round_id == Round.id)
        .where(*_year_before(one))
        .distinct()
    ).all()


def compared_units(one: Round) -> Select[int]:
    """Return the units of a round that had a closed round the year before."""
    return (
        select(RoundUnit.unit_id)
        .join(Round, Round.id == RoundUnit.round_id)
        .where(*_year_before(one))
    )


def first_day_counts(viewer: Viewer) -> bool:
    """Tell how the newest round in sight counts its days; the stricter way before any (R-I4).

    How an office reads the regulation is decided once: its next round begins with the same way.
    """
    last = db.session.scalar(
        select(Round.first_day_counts)
        .where(access.visible(viewer), Round.state != RoundState.CANCELLED)
        .order_by(Round.id.desc())
        .limit(1)
    )
    return True if last is None else last
