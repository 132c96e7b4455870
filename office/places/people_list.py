"""The list of people: what taking it in would do, and taking it in.

A person is known again by the e-mail address or the user name, else by name and unit. Roles are
only added, never taken away. Planning reads only; ``apply`` does exactly what was planned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from kernel import thai
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.people import rules
from office.people.access import ROLE_NAMES, Role
from office.people.models import Person, RoleGrant
from office.places import sheet
from office.places.models import Unit
from office.places.unit_list import Outcome
from office.places.words import PERSON_HEADS, by_word, head_word, plain

NEEDED = ("name", "unit")
COLUMNS = {"name": "name_th"}
LONGEST = {"name_th": 200, "name_en": 200, "position": 200, "phone": 40, "email": 254}
# These roles reach the person's own unit; the others reach the whole office.
OWN_UNIT = (Role.COORDINATOR,)


@dataclass
class PersonPlan:
    """What becomes of one row; ``person`` is who was known already."""

    number: int
    name: str
    unit_name: str
    outcome: Outcome = "match"
    reason: str = ""
    column: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    roles: list[str] = field(default_factory=list)
    person: Person | None = None

    def refuse(self, column: str, reason: str) -> None:
        """Say why the row cannot be taken."""
        self.outcome, self.column, self.reason = "refused", column, reason


@dataclass
class _Known:
    """Who and what stands in the database, by what a row may name."""

    units: dict[str, Unit]
    roles: dict[str, str]
    by_key: dict[str, Person]
    by_name: dict[tuple[str, int], Person]
    grants: set[tuple[int, str]]


def read(data: bytes) -> list[sheet.Line]:
    """Return the rows of a list of people; refuses what is none (see ``sheet.read``)."""
    return sheet.read(data, PERSON_HEADS, NEEDED)


def plan(lines: Sequence[sheet.Line]) -> list[PersonPlan]:
    """Return what becomes of each row, in the order of the file."""
    known = _known()
    seen: set[str] = set()
    plans = []
    for line in lines:
        row = PersonPlan(line.number, line.get("name"), line.get("unit"))
        try:
            _fill(row, line, known)
            _once(row, seen)
            _compare(row, known)
        except Refusal as refusal:
            column = refusal.field or "name"
            row.refuse("name" if column == "name_th" else column, refusal.message)
        plans.append(row)
    return plans


def _known() -> _Known:
    people = db.session.scalars(select(Person).where(Person.left_on.is_(None))).all()
    units = db.session.scalars(select(Unit).where(Unit.closed_on.is_(None))).all()
    named = {plain(name): unit for unit in units for name in (unit.name_en, unit.name_th) if name}
    grants = db.session.execute(select(RoleGrant.person_id, RoleGrant.role))
    return _Known(
        units={**named, **{plain(unit.code): unit for unit in units}},
        roles=by_word({role.value: label for role, label in ROLE_NAMES.items()}),
        by_key={key: one for one in people for key in (one.email, one.username) if key},
        by_name={(thai.search_key(one.name_th), one.unit_id): one for one in people},
        grants={(row.person_id, row.role) for row in grants},
    )


def _fill(row: PersonPlan, line: sheet.Line, known: _Known) -> None:
    unit = known.units.get(plain(line.get("unit")))
    if unit is None:
        raise Refusal(_("There is no unit “%(name)s”.", name=line.get("unit")), field="unit")
    typed = {COLUMNS.get(name, name): text for name, text in line.cells.items()}
    for name, most in LONGEST.items():
        if len(typed.get(name, "")) > most:
            raise Refusal(_("This is longer than %(most)s characters.", most=most), field=name)
    wanted = {name: text for name, text in typed.items() if name not in ("unit", "role")}
    row.fields = {**rules.clean(wanted), "unit_id": unit.id}
    for word in re.split(r"[,;/]", line.get("role")):
        role = known.roles.get(plain(word))
        if plain(word) and role is None:
            raise Refusal(_("“%(role)s” is not a role.", role=word.strip()), field="role")
        if role and role != Role.REQUESTER:
            row.roles.append(role)


def _once(row: PersonPlan, seen: set[str]) -> None:
    keys = {row.fields[name] for name in ("email", "username") if row.fields.get(name)}
    keys = keys or {f"{thai.search_key(row.name)}\n{row.fields['unit_id']}"}
    if keys & seen:
        raise Refusal(_("This person stands in an earlier row already."), field="name")
    seen |= keys


def _compare(row: PersonPlan, known: _Known) -> None:
    keys = [row.fields[name] for name in ("email", "username") if row.fields.get(name)]
    found = {known.by_key[key].id: known.by_key[key] for key in keys if key in known.by_key}
    if len(found) > 1:
        raise Refusal(_("Another person has this user name."), field="username")
    row.person = next(iter(found.values()), None) or known.by_name.get(
        (thai.search_key(row.name), row.fields["unit_id"])
    )
    if row.person is None:
        row.outcome = "new"
        return
    row.fields = {name: text for name, text in row.fields.items() if text not in ("", None)}
    changed = [name for name, text in row.fields.items() if getattr(row.person, name) != text]
    held = {role for person_id, role in known.grants if person_id == row.person.id}
    row.roles = [role for role in row.roles if role not in held]
    if changed or row.roles:
        row.outcome = "changed"
        words = [head_word(PERSON_HEADS, name) for name in changed]
        row.reason = ", ".join((*words, *(str(ROLE_NAMES[Role(role)]) for role in row.roles)))


def apply(plans: Sequence[PersonPlan], *, by: Viewer) -> int:
    """Do what was planned and return how many people are new or changed; refused rows stay out."""
    done = 0
    for row in plans:
        if row.outcome not in ("new", "changed"):
            continue
        person = row.person or rules.hire(by=by, **row.fields)
        if row.person is not None:
            rules.edit(person, by=by, **row.fields)
        for role in row.roles:
            rules.grant(person, role, person.unit_id if role in OWN_UNIT else None, by=by)
        done += 1
    return done
