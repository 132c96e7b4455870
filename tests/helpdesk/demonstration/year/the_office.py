"""How the simulated year finds people and units of the demonstration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from kernel.db import db
from office.people.models import Person
from office.places.models import Unit

Later = Callable[[date, Callable[[], object]], None]


def person(name: str) -> Person:
    """Return somebody who signs in with this name."""
    return db.session.execute(select(Person).filter_by(username=name)).scalar_one()


@dataclass
class Office:
    """How its people and units are found, and how something is left to a day."""

    on: Later

    def person(self, name: str) -> Person:
        """Return somebody who signs in with this name."""
        return person(name)

    def unit(self, code: str) -> Unit:
        """Return a unit by its code: 00 is the office, the schools are 01, 02 and so on."""
        return db.session.execute(select(Unit).filter_by(code=code)).scalar_one()
