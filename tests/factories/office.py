"""Units, rooms and people for tests. Each opens its own unit of work unless one is open."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from kernel.access import Viewer
from kernel.db import db, writing
from kernel.work import work
from office.people import rules as people
from office.people.models import Person, RoleGrant
from office.people.session import SignedIn
from office.places import rules as places
from office.places.access import viewer_of
from office.places.models import Room, Unit

TESTER = Viewer(name="a test")
_count = itertools.count(1)


@contextmanager
def in_work() -> Iterator[None]:
    """Open a unit of work, or take part in the one that is open."""
    if writing.get():
        yield
    else:
        with work():
            yield


def make_office() -> Unit:
    """Return the root unit, made once."""
    with in_work():
        found = db.session.scalar(select(Unit).where(Unit.parent_id.is_(None)))
        if found is None:
            found = Unit(
                code="00",
                kind="office",
                name_th="สำนักงานเขตพื้นที่การศึกษามัธยมศึกษาตัวอย่าง",
                name_en="Example Secondary Education Service Area Office",
            )
            settle(found)
        return found


def make_unit(*, parent: Unit | None = None, **overrides: Any) -> Unit:
    """Return a new school under the office."""
    with in_work():
        unit = unit_of(parent or make_office(), **overrides)
        settle(unit)
        return unit


def unit_of(parent: Unit, **overrides: Any) -> Unit:
    """Return a school that the database does not know yet."""
    number = next(_count)
    return Unit(
        **{
            "code": f"S{number:04}",
            "kind": "school",
            "name_th": f"โรงเรียนตัวอย่างที่ {number}",
            "name_en": f"Example School {number}",
            "parent_id": parent.id,
            **overrides,
        }
    )


def settle(*units: Unit) -> None:
    """Write new units down at their place in the tree.

    The rules that found a unit are tested where they are written; every test in need of a school
    would wait for their questions and their line in the trail.
    """
    db.session.add_all(units)
    db.session.flush()
    for unit in units:
        above = db.session.get(Unit, unit.parent_id) if unit.parent_id else None
        unit.path = f"{above.path if above else '/'}{unit.id}/"


def make_room(unit: Unit, name: str = "ห้อง 231", *, building: str = "") -> Room:
    """Return a room of a unit."""
    with in_work():
        return places.room_named(unit.id, name, by=TESTER, building=building)


def make_person(
    *roles: str, unit: Unit | None = None, over: Unit | None = None, **overrides: Any
) -> Person:
    """Return a new person.

    Args:
        roles: role names granted, for the whole office unless ``over`` names a unit.
        unit: where the person belongs; the office when left out.
        over: the unit the roles reach.
        overrides: columns of ``Person``.
    """
    with in_work():
        person = person_of(unit or make_office(), **overrides)
        take_in({person: roles}, over=over)
    return person


def person_of(home: Unit, **overrides: Any) -> Person:
    """Return a person of a unit whom the database does not know yet."""
    number = next(_count)
    person = Person(
        **{
            "name_th": f"บุคคลตัวอย่างที่ {number}",
            "name_en": f"Example Person {number}",
            "unit_id": home.id,
            "username": f"person{number}",
            "email": f"person{number}@example.test",
            "card_code": f"C{number:06}",
            **overrides,
        }
    )
    person.search_key = people.search_key_of(person)
    return person


def take_in(people_with_roles: Mapping[Person, Sequence[str]], over: Unit | None = None) -> None:
    """Write down new people and what they may do, for the whole office or over one unit."""
    db.session.add_all(people_with_roles)
    db.session.flush()
    reach = over.id if over else None
    db.session.add_all(
        RoleGrant(person_id=person.id, role=role, unit_id=reach)
        for person, roles in people_with_roles.items()
        for role in roles
    )


def viewer_for(person: Person) -> Viewer:
    """Return a person as the viewer that a signed-in page would have."""
    found = viewer_of(person.id)
    assert found is not None
    return found


def sign_in(client: FlaskClient, person: Person) -> Person:
    """Give a test browser the session of a person, without the sign-in page."""
    with client.session_transaction() as session:
        session["_user_id"] = SignedIn(person.id, person.session_epoch).get_id()
        session["_fresh"] = True
    return person
