"""Finding people."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import exists, or_, select

from kernel import clock, thai
from kernel.db import db
from kernel.i18n import language
from office.people.access import Role
from office.people.models import PasswordLink, Person, RoleGrant


def by_login(typed: str) -> Person | None:
    """Return who signs in with this user name or e-mail address and still works here."""
    key = thai.search_key(typed)
    if not key:
        return None
    return db.session.scalar(
        select(Person).where(
            or_(Person.username == key, Person.email == key), Person.left_on.is_(None)
        )
    )


def by_link(secret_hash: str) -> tuple[PasswordLink, Person | None] | None:
    """Return an unused link that has not run out, with its person."""
    row = db.session.execute(
        select(PasswordLink, Person)
        .outerjoin(Person, Person.id == PasswordLink.person_id)
        .where(
            PasswordLink.secret_hash == secret_hash,
            PasswordLink.used_at.is_(None),
            PasswordLink.expires_at > clock.now(),
            Person.left_on.is_(None),
        )
    ).first()
    return (row.PasswordLink, row.Person) if row else None


def has_administrator() -> bool:
    """Tell whether somebody is administrator of the whole office."""
    found = (
        exists()
        .where(RoleGrant.role == Role.ADMIN.value, RoleGrant.unit_id.is_(None))
        .where(Person.id == RoleGrant.person_id, Person.left_on.is_(None))
    )
    return bool(db.session.scalar(select(found)))


def english_names(ids: Iterable[int | None]) -> dict[int, str]:
    """Return the English names of people who have one, by id; asked only on English pages.

    Trails and histories hold names as they were written down, in Thai. On a page in another
    language nothing is asked and nothing returned, so that what was written down is shown.

    Args:
        ids: of the people; None, for guests and the service itself, is passed over.
    """
    wanted = {one for one in ids if one is not None}
    if language() != "en" or not wanted:
        return {}
    query = select(Person.id, Person.name_en).where(Person.id.in_(wanted), Person.name_en != "")
    return {row.id: row.name_en for row in db.session.execute(query)}


def grants_of(person_id: int) -> list[RoleGrant]:
    """Return a person's roles, those for the whole office first."""
    query = (
        select(RoleGrant)
        .where(RoleGrant.person_id == person_id)
        .order_by(RoleGrant.unit_id.is_not(None), RoleGrant.role, RoleGrant.unit_id)
    )
    return list(db.session.scalars(query))
