"""Reading the access log: pages of it, whose data was looked at, the orders, the chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import language
from office.access_log import access
from office.access_log.models import AccessAbout, AccessEntry, AccessHead, LegalHold, Purge
from office.access_log.states import LOOKING
from office.people.models import Person

A_PAGE = 50
START = "0" * 64
LAST_DAY = date(9999, 1, 1)


@dataclass(frozen=True)
class Wanted:
    """What is looked for; None and blanks look for everything.

    Attributes:
        person_id: who acted.
        about_id: whose data was looked at.
        action: one of ``Action``.
        address: the beginning of the source address.
        first, last: days in Bangkok, both counted.
        before: only entries older than this one.
    """

    person_id: int | None = None
    about_id: int | None = None
    action: str = ""
    address: str = ""
    first: date | None = None
    last: date | None = None
    before: int | None = None

    def narrowed(self) -> Select[Any]:
        """Return the query over ``AccessEntry`` with its WHERE terms."""
        query = select(AccessEntry)
        if self.about_id is not None:
            query = query.join(AccessAbout, AccessAbout.entry_id == AccessEntry.id)
            query = query.where(AccessAbout.person_id == self.about_id)
        return query.where(*self._terms())

    def _terms(self) -> list[ColumnElement[bool]]:
        terms: list[ColumnElement[bool]] = []
        if self.person_id is not None:
            terms.append(AccessEntry.person_id == self.person_id)
        if self.action:
            terms.append(AccessEntry.action == self.action)
        if self.address:
            terms.append(AccessEntry.address.startswith(self.address, autoescape=True))
        if self.first:
            terms.append(AccessEntry.at >= _midnight(self.first))
        if self.last and self.last < LAST_DAY:
            terms.append(AccessEntry.at < _midnight(self.last + timedelta(days=1)))
        if self.before is not None:
            terms.append(AccessEntry.id < self.before)
        return terms


def _midnight(day: date) -> datetime:
    return clock.at(day, time(0, 0))


def entries(viewer: Viewer, wanted: Wanted) -> Sequence[AccessEntry]:
    """Return one entry more than a page, newest first.

    Raises:
        NotAllowed: the viewer may not read the log.
    """
    viewer.demand(access.SEE)
    query = wanted.narrowed().order_by(AccessEntry.id.desc()).limit(A_PAGE + 1)
    return db.session.scalars(query).all()


def all_entries(viewer: Viewer, wanted: Wanted) -> Iterator[AccessEntry]:
    """Yield every entry that fits, the oldest first.

    Raises:
        NotAllowed: the viewer may not read the log.
    """
    viewer.demand(access.SEE)
    query = wanted.narrowed().order_by(AccessEntry.id).execution_options(yield_per=500)
    yield from db.session.scalars(query)


def looks_at(viewer: Viewer, person_id: int, before: int | None = None) -> Sequence[AccessEntry]:
    """Return who looked at the data of a person, newest first, one entry more than a page.

    Raises:
        NotAllowed: it is somebody else's data and the viewer may not read the log.
    """
    if person_id != viewer.id:
        viewer.demand(access.SEE)
    wanted = Wanted(about_id=person_id, before=before).narrowed()
    # Who looks at the own data needs no telling.
    others = or_(AccessEntry.person_id.is_(None), AccessEntry.person_id != person_id)
    query = wanted.where(AccessEntry.action.in_(LOOKING), others)
    return db.session.scalars(query.order_by(AccessEntry.id.desc()).limit(A_PAGE + 1)).all()


def names_of(rows: Sequence[AccessEntry]) -> Mapping[int, str]:
    """Return how the people of entries are called, in the language spoken now."""
    ids = {row.person_id for row in rows} | {
        row.subject_id for row in rows if row.subject_kind == "person"
    }
    query = select(Person.id, Person.name_th, Person.name_en).where(Person.id.in_(ids - {None}))
    english = language() == "en"
    return {
        one.id: one.name_en if english and one.name_en else one.name_th
        for one in db.session.execute(query)
    }


def holds() -> Sequence[LegalHold]:
    """Return the orders to keep entries, the newest first."""
    return db.session.scalars(select(LegalHold).order_by(LegalHold.id.desc()).limit(A_PAGE)).all()


def is_held(day: date) -> bool:
    """Tell whether an order to keep entries is in force on a day."""
    query = select(LegalHold.id).where(LegalHold.lifted_at.is_(None), LegalHold.ends_on >= day)
    return db.session.scalar(query.limit(1)) is not None


def last_purge() -> Purge | None:
    """Return the newest purge, None where there was none yet."""
    return db.session.scalar(select(Purge).order_by(Purge.through_id.desc()).limit(1))


def head() -> tuple[int, str] | None:
    """Return the id and the hash of the last entry, None before the first one."""
    found = db.session.execute(select(AccessHead.last_id, AccessHead.last_hash)).first()
    return (found.last_id, found.last_hash) if found else None


def seal(row: Mapping[str, Any]) -> str:
    """Return the hash of an entry over all of its fields and the hash before it (R-C3)."""
    fields = {name: value for name, value in row.items() if name != "hash"}
    fields["at"] = fields["at"].isoformat()
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """What ``verify`` found: entries that hold, and the first broken one with the reason."""

    entries: int
    broken_id: int | None = None
    reason: str = ""


def verify() -> Verdict:
    """Walk the chain from the last purge on (R-C3).

    Returns:
        how many entries hold; where it is broken, the first wrong entry and whether it was
        changed, removed, or cut off at the end.
    """
    purge = last_purge()
    previous, expected = (purge.through_hash, purge.through_id + 1) if purge else (START, 1)
    first, columns = expected, AccessEntry.__table__.columns
    query = select(*columns).order_by(columns.id).execution_options(yield_per=2000)
    for row in db.session.execute(query):
        fields = row._asdict()
        if fields["id"] != expected:
            return Verdict(expected - first, expected, "removed")
        if fields["previous_hash"] != previous or seal(fields) != fields["hash"]:
            return Verdict(expected - first, expected, "changed")
        previous, expected = fields["hash"], expected + 1
    last = head()
    if (last or (0, START)) != (expected - 1, previous):
        return Verdict(expected - first, expected, "cut off")
    return Verdict(expected - first)
