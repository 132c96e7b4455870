"""Carries an erasure out: the person's row, own means, messages, and then every trace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, or_, select, update

from helpdesk.privacy_requests import queries, traces
from helpdesk.privacy_requests.holdings import REMOVED
from helpdesk.privacy_requests.kind_words import kind_word
from helpdesk.privacy_requests.models import PrivacyRequest
from helpdesk.privacy_requests.traces import Trace
from kernel.db import Model, db
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.bookkeeping.models import OutgoingMessage
from office.notifications.models import Delivery
from office.people import leaving
from office.people.models import Person
from office.people.rules import search_key_of
from office.privacy import slots
from office.privacy.slots import Subject


@dataclass(frozen=True)
class Preview:
    """What an erasure would do: cells by kind of thing, rows kept by ground, what is in the way.

    ``shared`` are names that somebody else bears too: in free texts of things that do not point at
    the person they stay, and somebody has to look.
    """

    replaced: Mapping[str, int]
    kept: Mapping[str, int]
    obstacles: tuple[str, ...]
    shared: tuple[str, ...]


def pseudonym(request: PrivacyRequest) -> tuple[str, str]:
    """Return what comes into the place of the name, in Thai and in English."""
    number = request.number
    with speaking("th"):
        thai = _("Erased person (%(number)s)", number=number)
    with speaking("en"):
        return thai, _("Erased person (%(number)s)", number=number)


def preview(request: PrivacyRequest) -> Preview:
    """Return what would be replaced and kept, and what is in the way; changes nothing."""
    subject, shared = _about(request)
    replaced = Counter(kind_word(trace.table) for trace in _traces(request, subject, shared))
    kept: Counter[str] = Counter()
    for table, ground in slots.kept().items():
        kept[str(ground)] += _rows_of(table, subject)
    return Preview(
        replaced,
        {ground: rows for ground, rows in kept.items() if rows},
        tuple(obstacles(request)),
        tuple(shared),
    )


def _about(request: PrivacyRequest) -> tuple[Subject, list[str]]:
    subject = queries.subject_of(request)
    return subject, list(queries.namesakes(subject))


def _traces(request: PrivacyRequest, subject: Subject, shared: list[str]) -> list[Trace]:
    words = traces.words_of(subject, pseudonym(request), shared)
    return list(traces.find(words, subject))


def _rows_of(name: str, subject: Subject) -> int:
    """Return how many rows of a kept table point at the person."""
    table = Model.metadata.tables.get(name)
    if table is None or subject.person_id is None:
        return 0
    people = [
        column
        for column in table.columns
        if column.name == "actor_id"
        or any(f.column.table.name == "person" for f in column.foreign_keys)
    ]
    if not people:
        return 0
    query = select(func.count()).where(or_(*(one == subject.person_id for one in people)))
    return db.session.scalar(query) or 0


def obstacles(request: PrivacyRequest) -> list[str]:
    """Return what has to be done before data may be erased."""
    person = request.person
    if person is None:
        return []
    found = [one.sentence for one in leaving.standing(person)]
    if person.left_on is None:
        found.insert(0, _("The person still works here: the office needs the data (section 24)."))
    return found


def erase(request: PrivacyRequest) -> int:
    """Erase; return how many rows and cells were changed. Call it in a unit of work."""
    subject, shared = _about(request)
    # Found before anything is changed: afterwards the names are not known any more.
    words = traces.words_of(subject, pseudonym(request), shared)
    count = _forget_messages(subject) + slots.erase(subject)
    if request.person is not None:
        count += _forget_means(request.person)
    count += traces.put(list(traces.find(words, subject)))
    if request.person is not None:
        _blank(request.person, *pseudonym(request))
    request.words = words.swapped(request.words, linked=True)
    request.recognised = words.swapped(request.recognised, linked=True)
    return count


def _forget_messages(subject: Subject) -> int:
    terms: list[Any] = [OutgoingMessage.address.in_(subject.contacts)]
    if subject.person_id is not None:
        terms.append(OutgoingMessage.person_id == subject.person_id)
    ids = select(OutgoingMessage.id).where(or_(*terms)).scalar_subquery()
    db.session.execute(delete(Delivery).where(Delivery.message_id.in_(ids)))
    gone = db.session.execute(delete(OutgoingMessage).where(or_(*terms)))
    return int(gone.rowcount)  # type: ignore[attr-defined]


def _forget_means(person: Person) -> int:
    count = 0
    for name, column in REMOVED.items():
        table = Model.metadata.tables[name]
        gone = db.session.execute(delete(table).where(table.c[column] == person.id))
        count += gone.rowcount  # type: ignore[attr-defined]
    return count


def _blank(person: Person, thai: str, english: str) -> None:
    person.name_th, person.name_en = thai, english
    person.position = person.phone = person.email = person.username = ""
    person.password_hash = person.card_code = person.seen_at = None
    person.session_epoch += 1
    person.search_key = search_key_of(person)
    db.session.execute(
        update(PrivacyRequest)
        .where(PrivacyRequest.person_id == person.id)
        .values(file_key="", file_until=None)
    )
