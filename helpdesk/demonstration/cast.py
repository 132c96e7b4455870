"""The units and the people of the demonstration; all names are made up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select

from helpdesk.demonstration import script
from kernel.access import Viewer
from kernel.db import db
from office.people import keys
from office.people import rules as people
from office.people.models import Person
from office.places import rules as places
from office.places import unit_list
from office.places.access import viewer_of
from office.places.models import Unit

NARRATOR = Viewer(name="flask demo fill")
OFFICE = "00"
ICT_GROUP = "G03"
SCHOOL = "01"
STORE = "storekeeper"
PHONE = "034-000-{:03}"


@dataclass
class Cast:
    """Everybody by user name, with the unit they belong to."""

    ids: dict[str, int] = field(default_factory=dict)
    homes: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    units: dict[str, int] = field(default_factory=dict)
    _viewers: dict[str, Viewer] = field(default_factory=dict)

    def viewer(self, username: str) -> Viewer:
        """Return a person as the one who acts."""
        if username not in self._viewers:
            found = viewer_of(self.ids[username])
            if found is None:
                raise LookupError(username)
            self._viewers[username] = found
        return self._viewers[username]

    def person(self, username: str) -> Person:
        """Return a person's row in the present unit of work."""
        return db.session.get_one(Person, self.ids[username])

    def at(self, unit_id: int) -> list[str]:
        """Return who belongs to a unit."""
        return [name for name, code in self.homes.items() if self.units[code] == unit_id]

    def holding(self, role: str, home: str) -> list[str]:
        """Return who holds a role and belongs to a unit."""
        return [n for n, held in self.roles.items() if held == role and self.homes[n] == home]


def sign_ins() -> Sequence[Mapping[str, str]]:
    """Return those who sign in, one for each role, as rows of ``people.csv``."""
    return [row for row in script.rows("people.csv") if row["signs_in"]]


def found_units(cast: Cast) -> None:
    """Take in the list of units and give them their English names."""
    data = (script.DATA / "units.csv").read_bytes()
    unit_list.apply(unit_list.plan(unit_list.read(data)), by=NARRATOR)
    units = {unit.code: unit for unit in db.session.scalars(select(Unit))}
    for row in script.rows("unit_names.csv"):
        unit = units[row["code"]]
        above = db.session.get(Unit, unit.parent_id) if unit.parent_id else None
        places.edit_unit(unit, by=NARRATOR, parent=above, name_en=row["name_en"])
    cast.units = {code: unit.id for code, unit in units.items()}


def hire(cast: Cast, password_hashes: Mapping[str, str]) -> None:
    """Hire everybody and give out the roles; whoever has a hash can sign in."""
    for number, row in enumerate(script.rows("people.csv"), 1):
        person = people.hire(
            by=NARRATOR,
            name_th=row["name_th"],
            name_en=row["name_en"],
            position=row["position"],
            unit_id=cast.units[row["unit"]],
            phone=PHONE.format(number),
            email=f"{row['username']}@example.test",
            username=row["username"],
            card_code=f"C{number:06}",
        )
        if row["role"]:
            over = cast.units[row["over"]] if row["over"] else None
            people.grant(person, row["role"], over, by=NARRATOR)
        if row["username"] in password_hashes:
            keys.set_password(person, password_hashes[row["username"]], by=NARRATOR)
        cast.ids[row["username"]] = person.id
        cast.homes[row["username"]] = row["unit"]
        cast.roles[row["username"]] = row["role"]
