"""The people of the units: lists that join what two rooms know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from kernel.access import Viewer
from kernel.db import db, thai_order
from kernel.search import contains
from office.people import access
from office.people.models import Person, RoleGrant
from office.places.models import Unit

PAGE_SIZE = 50


@dataclass(frozen=True)
class StaffFilter:
    """Which people are looked for.

    Attributes:
        query: words of the name, position, telephone, e-mail address or user name.
        unit_id: a unit with what lies under it.
        role: holders of a role.
        left: those who have left, instead of those who are here.
    """

    query: str = ""
    unit_id: int | None = None
    role: str = ""
    left: bool = False


@dataclass(frozen=True)
class StaffLine:
    """One person of the list, with the unit and the names of the roles held."""

    person: Person
    unit: Unit
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """A role a person holds; without a unit it reaches the whole office."""

    grant: RoleGrant
    unit: Unit | None


def people(viewer: Viewer, wanted: StaffFilter, page: int) -> list[StaffLine]:
    """Return a page of people (one more than fits tells that another page follows)."""
    seen = viewer.scope(access.SEE)
    query = (
        select(Person, Unit)
        .join(Unit, Unit.id == Person.unit_id)
        .where(seen.clause(Person.unit_id), contains(Person.search_key, wanted.query))
        .where(Person.left_on.is_not(None) if wanted.left else Person.left_on.is_(None))
        .order_by(thai_order(Person.name_th), Person.id)
    )
    if wanted.unit_id is not None:
        top = aliased(Unit)
        query = query.join(top, top.id == wanted.unit_id).where(Unit.path.startswith(top.path))
    if wanted.role:
        query = query.where(
            exists().where(RoleGrant.person_id == Person.id, RoleGrant.role == wanted.role)
        )
    rows = db.session.execute(query.offset((page - 1) * PAGE_SIZE).limit(PAGE_SIZE + 1)).all()
    roles = _roles([row.Person.id for row in rows])
    return [StaffLine(row.Person, row.Unit, roles.get(row.Person.id, ())) for row in rows]


def _roles(person_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    rows = db.session.execute(
        select(RoleGrant.person_id, RoleGrant.role)
        .where(RoleGrant.person_id.in_(person_ids))
        .distinct()
        .order_by(RoleGrant.role)
    )
    for person_id, role in rows:
        found[person_id] = (*found.get(person_id, ()), role)
    return found


def held(person_id: int) -> list[Held]:
    """Return the roles of a person with their units, those for the whole office first."""
    rows = db.session.execute(
        select(RoleGrant, Unit)
        .outerjoin(Unit, Unit.id == RoleGrant.unit_id)
        .where(RoleGrant.person_id == person_id)
        .order_by(RoleGrant.unit_id.is_not(None), RoleGrant.role, RoleGrant.id)
    )
    return [Held(row.RoleGrant, row.Unit) for row in rows]
