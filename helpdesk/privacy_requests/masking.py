"""Takes the data of others out of texts that go into the copy of somebody's own data."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import select

from helpdesk.privacy_requests.traces import SHORTEST_NAME
from kernel.db import db
from office.people.models import Person
from office.privacy.slots import Subject

HIDDEN = "[…]"
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<!\d)0\d(?:[ -]?\d){7,8}(?!\d)")


class Mask:
    """Hides names of other people, and addresses and numbers that are not the subject's own."""

    def __init__(self, subject: Subject) -> None:
        self.contacts = {one.lower() for one in subject.contacts}
        self.digits = {re.sub(r"\D", "", one) for one in subject.contacts}
        own = {name.lower() for name in subject.names}
        people = select(Person.name_th, Person.name_en).where(Person.id != (subject.person_id or 0))
        names = {
            name
            for row in db.session.execute(people)
            for name in row
            if len(name) >= SHORTEST_NAME and name.lower() not in own
        }
        longest_first = sorted(names, key=len, reverse=True)
        self.names = re.compile("|".join(map(re.escape, longest_first)) or "(?!)", re.IGNORECASE)

    def text(self, value: str) -> str:
        """Return a text without the data of others."""
        value = self.names.sub(HIDDEN, value)
        value = MAIL.sub(lambda one: self._kept(one.group()), value)
        return PHONE.sub(lambda one: self._kept(one.group()), value)

    def _kept(self, found: str) -> str:
        own = found.lower() in self.contacts or re.sub(r"\D", "", found) in self.digits - {""}
        return found if own else HIDDEN

    def value(self, value: Any) -> Any:  # noqa: ANN401 - any JSON
        """Return a value of a row without the data of others."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.value(one) for one in value]
        if isinstance(value, dict):
            return {name: self.value(one) for name, one in value.items()}
        return value
