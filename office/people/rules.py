"""The verbs of people: hire, edit, grant, revoke, leave; ``keys`` holds those of signing in."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.people import keys, leaving, queries
from office.people.access import Role
from office.people.models import PasswordLink, Person, RoleGrant

USERNAME = re.compile(r"^[a-z0-9][a-z0-9._-]{2,59}$")
EMAIL = re.compile(r"^[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\".]{2,}$")
FEWEST_DIGITS = 3
LANGUAGES = ("th", "en")
FIELDS = ("name_th", "name_en", "position", "unit_id", "phone", "email", "username", "card_code")


def hire(*, by: Viewer, **fields: Any) -> Person:  # noqa: ANN401 - columns of Person
    """Add a person.

    Args:
        by: who does it.
        fields: those of ``FIELDS`` that are known; ``name_th`` and ``unit_id`` are needed.

    Refuses a person without a Thai name, a user name, e-mail address or card that another person
    has, and malformed user names, addresses and telephone numbers.
    """
    known = clean(fields)
    person = Person(**known)
    person.search_key = search_key_of(person)
    db.session.add(person)
    _flush()
    audit.record("hired", person, by=by, after=known)
    return person


def edit(person: Person, *, by: Viewer, **fields: Any) -> bool:  # noqa: ANN401
    """Change what is known of a person; refuses as ``hire`` does.

    Returns:
        whether anything changed.
    """
    changed = audit.record_changes("edited", person, clean(fields), by=by)
    if changed:
        person.search_key = search_key_of(person)
        _flush()
    return changed


def grant(person: Person, role: str, unit_id: int | None, *, by: Viewer) -> RoleGrant:
    """Give a role for the whole office (``unit_id`` None) or a unit and what lies under it.

    Refuses a role that is not known, one that the person holds already, and one for somebody who
    has left. Everybody is staff without being told so, so that role is refused too.
    """
    if role not in tuple(Role) or role == Role.REQUESTER:
        raise Refusal(_("Please choose a role."), field="role")
    if person.left_on is not None:
        raise Refusal(_("%(name)s has left.", name=person.name))
    # A failed flush leaves a session in which not even a name can be read.
    held = Refusal(_("%(name)s holds this role already.", name=person.name), field="role")
    same = select(RoleGrant.id).where(
        RoleGrant.person_id == person.id,
        RoleGrant.role == role,
        RoleGrant.unit_id == unit_id if unit_id else RoleGrant.unit_id.is_(None),
    )
    if db.session.scalar(same):
        raise held
    given = RoleGrant(person_id=person.id, role=role, unit_id=unit_id)
    db.session.add(given)
    try:
        db.session.flush()  # two that give the same role at once meet the unique index here
    except IntegrityError as error:
        if not violates(error, "uq_role_grant", "role_grant.person_id"):
            raise
        raise held from error
    audit.record("granted", person, by=by, after={"role": role, "unit_id": unit_id})
    return given


def revoke(person: Person, grant_id: int, *, by: Viewer) -> None:
    """Take a role away. Refuses to take the role of the last administrator of the office."""
    given = db.session.scalar(
        select(RoleGrant).where(RoleGrant.id == grant_id, RoleGrant.person_id == person.id)
    )
    if given is None:
        raise Refusal(_("This role was taken away already."))
    if given.role == Role.ADMIN and given.unit_id is None:
        _keep_an_administrator(person)
    audit.record("revoked", person, by=by, before={"role": given.role, "unit_id": given.unit_id})
    db.session.delete(given)


def leave(person: Person, *, by: Viewer) -> None:
    """Write down that a person has left: the sessions end, the roles and links go.

    Refuses for the last administrator, for who has left already, and for what a room above says
    (``leaving``): things that are still borrowed.
    """
    if person.left_on is not None:
        raise Refusal(_("%(name)s has left.", name=person.name))
    _keep_an_administrator(person)
    person.left_on = clock.today()
    db.session.flush()  # a desk that lends to this person now waits, and then sees it
    reason = leaving.why_not(person)
    if reason is not None:
        raise Refusal(reason)
    roles = db.session.scalars(select(RoleGrant.role).where(RoleGrant.person_id == person.id)).all()
    db.session.execute(delete(RoleGrant).where(RoleGrant.person_id == person.id))
    db.session.execute(
        update(PasswordLink)
        .where(PasswordLink.person_id == person.id, PasswordLink.used_at.is_(None))
        .values(used_at=clock.now())
    )
    person.session_epoch += 1
    audit.record(
        "left", person, by=by, before={"roles": sorted(roles)}, after={"left_on": person.left_on}
    )


def come_back(person: Person, *, by: Viewer) -> None:
    """Take a person who had left back, without roles. Refuses for who is here."""
    if person.left_on is None:
        raise Refusal(_("%(name)s works here already.", name=person.name))
    audit.record_changes("came_back", person, {"left_on": None}, by=by)


def speak(person_id: int, language: str) -> None:
    """Keep the language a person chose; nothing else of the person changes with it."""
    if language in LANGUAGES:
        db.session.execute(update(Person).where(Person.id == person_id).values(language=language))


def first_start_link(base_url: str) -> str | None:
    """Return the address that makes the first administrator; None once there is one.

    Call it in a unit of work. The link printed last is the one that works; it lives for 48 hours
    and as long as there is no administrator.

    Args:
        base_url: of the service, without a slash at the end.
    """
    if queries.has_administrator():
        return None
    return f"{base_url}/setup/{keys.new_first_start()}"


def _keep_an_administrator(person: Person) -> None:
    """Refuse where nobody else is administrator of the whole office.

    The rows are locked, so that two administrators cannot send each other away at once.
    """
    administrators = db.session.scalars(
        select(RoleGrant.person_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.role == Role.ADMIN.value,
            RoleGrant.unit_id.is_(None),
            Person.left_on.is_(None),
        )
        .order_by(RoleGrant.id)
        .with_for_update()
    ).all()
    if person.id in administrators and len(administrators) == 1:
        raise Refusal(
            _(
                "%(name)s is the only administrator. Make somebody else administrator first.",
                name=person.name,
            )
        )


def clean(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a person as they are kept.

    Raises:
        Refusal: an empty Thai name, a malformed telephone number, address or user name.
    """
    unknown = fields.keys() - set(FIELDS)
    if unknown:
        raise ValueError(f"no such field: {unknown}")
    known = {k: v if k == "unit_id" else thai.normalize(v or "") for k, v in fields.items()}
    if not known.get("name_th", "-"):
        raise Refusal(_("Please fill this in."), field="name_th")
    if "phone" in known:
        known["phone"] = _phone(known["phone"])
    if "email" in known:
        known["email"] = known["email"].lower()
        if known["email"] and not EMAIL.match(known["email"]):
            raise Refusal(_("This is not an e-mail address."), field="email")
    if "username" in known:
        known["username"] = thai.arabic_digits(known["username"]).lower()
        if known["username"] and not USERNAME.match(known["username"]):
            raise Refusal(
                _("Use 3 to 60 letters a to z, figures, dots and hyphens."), field="username"
            )
    if "card_code" in known:
        known["card_code"] = thai.code_key(known["card_code"]) or None
    return known


def _phone(typed: str) -> str:
    phone = thai.arabic_digits(typed)
    if phone and sum(letter.isdecimal() for letter in phone) < FEWEST_DIGITS:
        raise Refusal(_("This is not a telephone number."), field="phone")
    return phone


def search_key_of(person: Any) -> str:  # noqa: ANN401 - a person, or a row with these columns
    """Return the words people look for a person by."""
    known = (person.name_th, person.name_en, person.position, person.email, person.username)
    digits = re.sub(r"\D", "", person.phone or "")
    return thai.search_key(" ".join(part for part in (*known, person.phone, digits) if part))


def _flush() -> None:
    """Send the row now, so that a name that is taken is told at its field."""
    taken = {
        "email": (_("Another person has this e-mail address."), "uq_person_email"),
        "username": (_("Another person has this user name."), "uq_person_username"),
        "card_code": (_("Another person has this card."), "uq_person_card_code"),
    }
    try:
        db.session.flush()  # the unique indexes of the table decide, also between two at once
    except IntegrityError as error:
        for field, (sentence, constraint) in taken.items():
            if violates(error, constraint, f"person.{field}"):
                raise Refusal(sentence, field=field) from error
        raise
