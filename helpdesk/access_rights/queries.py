"""Reading systems and rights: mine, who has what, what is to be done, one review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import joinedload

from helpdesk.access_rights import access
from helpdesk.access_rights.models import (
    AccessRight,
    InformationSystem,
    ReviewLine,
    ReviewRound,
    SystemPerson,
    SystemRequest,
)
from helpdesk.access_rights.states import SOON_DAYS, Part, Standing
from helpdesk.requests.models import ServiceRequest
from helpdesk.requests.states import State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db, thai_order
from kernel.search import contains
from office.people.models import Person

A_PAGE = 40
CHUNK = 500
MOVED = "moved"


@dataclass(frozen=True)
class Filter:
    """What a list of rights is narrowed to; blanks ask for everything.

    Attributes:
        words: name, account or system.
        system_id: one system.
        unit_id: where the holder works now.
        standing: of ``Standing``, or ``moved`` for holders who work elsewhere now (R-AC2).
    """

    words: str = ""
    system_id: int | None = None
    unit_id: int | None = None
    standing: str = ""


def _rights() -> Select[AccessRight]:
    return (
        select(AccessRight)
        .join(InformationSystem, InformationSystem.id == AccessRight.system_id)
        .join(Person, Person.id == AccessRight.person_id)
        .options(
            joinedload(AccessRight.system),
            joinedload(AccessRight.person),
            joinedload(AccessRight.unit),
            joinedload(AccessRight.granted_by),
            joinedload(AccessRight.request),
        )
    )


def _narrowed(wanted: Filter, today: date) -> list[ColumnElement[bool]]:
    terms: list[ColumnElement[bool]] = []
    if wanted.words:
        terms.append(contains(AccessRight.search_key, wanted.words))
    if wanted.system_id is not None:
        terms.append(AccessRight.system_id == wanted.system_id)
    if wanted.unit_id is not None:
        terms.append(Person.unit_id == wanted.unit_id)
    if wanted.standing:
        terms.append(_standing(wanted.standing, today))
    return terms


def _standing(wanted: str, today: date) -> ColumnElement[bool]:
    in_force = AccessRight.revoked_at.is_(None) & (AccessRight.ends_on >= today)
    soon = today + timedelta(days=max(SOON_DAYS))
    if wanted == Standing.ACTIVE:
        return in_force
    if wanted == Standing.SOON:
        return in_force & (AccessRight.ends_on <= soon)
    if wanted == MOVED:
        left = Person.left_on.is_not(None)
        return in_force & or_(Person.unit_id != AccessRight.unit_id, left)
    if wanted == Standing.TO_SWITCH_OFF:
        over = or_(AccessRight.revoked_at.is_not(None), AccessRight.ends_on < today)
        return over & AccessRight.switched_off_at.is_(None)
    return AccessRight.switched_off_at.is_not(None)


def rights(viewer: Viewer, wanted: Filter, number: int) -> Sequence[AccessRight]:
    """Return a page (one more) of the rights that the viewer sees, newest first."""
    return db.session.scalars(
        _rights()
        .where(access.rights_seen(viewer), *_narrowed(wanted, clock.today()))
        .order_by(AccessRight.id.desc())
        .offset((number - 1) * A_PAGE)
        .limit(A_PAGE + 1)
    ).all()


def all_rights(viewer: Viewer, wanted: Filter) -> Iterator[AccessRight]:
    """Yield every right of the list, a chunk at a time."""
    query = _rights().where(access.rights_seen(viewer), *_narrowed(wanted, clock.today()))
    ordered = query.order_by(AccessRight.id.desc())
    yield from db.session.scalars(ordered.execution_options(yield_per=CHUNK))


def rights_of(person_id: int) -> Sequence[AccessRight]:
    """Return all rights of a person, those in force first."""
    return db.session.scalars(
        _rights()
        .where(AccessRight.person_id == person_id)
        .order_by(AccessRight.revoked_at.is_not(None), AccessRight.id.desc())
        .limit(200)
    ).all()


def in_force_of(person_id: int) -> Sequence[AccessRight]:
    """Return the rights of a person that are not revoked."""
    return db.session.scalars(
        _rights()
        .where(AccessRight.person_id == person_id, AccessRight.revoked_at.is_(None))
        .order_by(AccessRight.id)
    ).all()


def right_in_force(system_id: int, person_id: int) -> AccessRight | None:
    """Return the right of a person in a system that is not revoked."""
    return db.session.scalar(
        select(AccessRight).where(
            AccessRight.system_id == system_id,
            AccessRight.person_id == person_id,
            AccessRight.revoked_at.is_(None),
        )
    )


def systems(*, retired: bool = False) -> Sequence[InformationSystem]:
    """Return the systems in Thai order."""
    query = select(InformationSystem).options(joinedload(InformationSystem.unit))
    if not retired:
        query = query.where(InformationSystem.retired_on.is_(None))
    return db.session.scalars(
        query.order_by(thai_order(InformationSystem.name_th), InformationSystem.id)
    ).all()


def systems_cared_for(viewer: Viewer) -> Sequence[InformationSystem]:
    """Return the systems that the viewer owns or keeps; who reads the register all of them."""
    query = select(InformationSystem).options(joinedload(InformationSystem.unit))
    if not access.reads_register(viewer):
        query = query.where(access.has_part(viewer, *Part))
    return db.session.scalars(
        query.order_by(thai_order(InformationSystem.name_th), InformationSystem.id)
    ).all()


def holders_of(system_ids: Sequence[int]) -> dict[int, int]:
    """Return by system how many rights are in force."""
    rows = db.session.execute(
        select(AccessRight.system_id, func.count())
        .where(AccessRight.system_id.in_(system_ids), AccessRight.revoked_at.is_(None))
        .group_by(AccessRight.system_id)
    )
    return {row[0]: row[1] for row in rows}


def parts_of(system_ids: Sequence[int]) -> dict[tuple[int, str], list[Person]]:
    """Return by system and part who owns and keeps it, those who have left left out."""
    rows = db.session.execute(
        select(SystemPerson.system_id, SystemPerson.part, Person)
        .join(Person, Person.id == SystemPerson.person_id)
        .where(SystemPerson.system_id.in_(system_ids), Person.left_on.is_(None))
        .order_by(Person.id)
    )
    found: dict[tuple[int, str], list[Person]] = {}
    for system_id, part, person in rows:
        found.setdefault((system_id, part), []).append(person)
    return found


def to_grant(viewer: Viewer) -> Sequence[Any]:
    """Return the approved requests for systems whose accounts the viewer makes, oldest first."""
    query = (
        select(SystemRequest)
        .join(ServiceRequest, ServiceRequest.id == SystemRequest.request_id)
        .join(InformationSystem, InformationSystem.id == SystemRequest.system_id)
        .options(
            joinedload(SystemRequest.system),
            joinedload(SystemRequest.request).joinedload(ServiceRequest.unit),
        )
        .where(ServiceRequest.state == State.APPROVED)
    )
    if not viewer.may(access.SYSTEMS):
        query = query.where(access.has_part(viewer, Part.KEEPER))
    return db.session.scalars(query.order_by(ServiceRequest.approved_at).limit(100)).all()


def to_switch_off(viewer: Viewer) -> Sequence[AccessRight]:
    """Return the ended rights whose accounts still work, in systems the viewer keeps."""
    query = _rights().where(_standing(Standing.TO_SWITCH_OFF, clock.today()))
    if not viewer.may(access.SYSTEMS):
        query = query.where(access.has_part(viewer, Part.KEEPER))
    return db.session.scalars(query.order_by(AccessRight.id).limit(100)).all()


def open_rounds(viewer: Viewer) -> Sequence[ReviewRound]:
    """Return the open reviews of the systems that the viewer owns."""
    query = (
        select(ReviewRound)
        .join(InformationSystem, InformationSystem.id == ReviewRound.system_id)
        .options(joinedload(ReviewRound.system))
        .where(ReviewRound.closed_at.is_(None))
    )
    if not viewer.may(access.SYSTEMS):
        query = query.where(access.has_part(viewer, Part.OWNER))
    return db.session.scalars(query.order_by(ReviewRound.due_on, ReviewRound.id)).all()


def rounds_of(system_id: int) -> Sequence[ReviewRound]:
    """Return the reviews of a system, newest first."""
    return db.session.scalars(
        select(ReviewRound)
        .where(ReviewRound.system_id == system_id)
        .order_by(ReviewRound.id.desc())
        .limit(20)
    ).all()


def lines_of(round_id: int) -> Sequence[ReviewLine]:
    """Return the lines of a review with their rights."""
    return db.session.scalars(
        select(ReviewLine)
        .options(
            joinedload(ReviewLine.right).joinedload(AccessRight.person),
            joinedload(ReviewLine.right).joinedload(AccessRight.unit),
        )
        .where(ReviewLine.round_id == round_id)
        .order_by(ReviewLine.id)
    ).all()


def to_do_count(viewer: Viewer) -> int:
    """Return how many accounts the viewer has to make or to switch off."""
    return len(to_grant(viewer)) + len(to_switch_off(viewer))
