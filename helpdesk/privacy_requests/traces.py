"""Traces of a person in the text columns of every table: finding them, and putting others there.

The walk knows no table by name: a new one is found by itself unless ``slots.keep`` names it. A
name that somebody else bears too is replaced only in rows that point at the person; a longer name
of somebody else that holds it stays whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import JSON, Column, String, Table, Text, cast, func, or_, select, update

from kernel.db import Model, db
from kernel.thai import search_key
from office.people.models import Person
from office.privacy import slots
from office.privacy.slots import Subject

SHORTEST_NAME = 6
# What stands where a telephone number or an address stood.
GONE = "–"
PERSON = "person"
# What stands in the person's own row is replaced by ``erasing``, column by column.
OWN_TABLES = frozenset({PERSON, "privacy_request"})


@dataclass(frozen=True)
class Words:
    """What is looked for, and what comes into its place.

    Attributes:
        swaps: by the words in small letters what replaces them.
        linked_only: those that somebody else bears too, or that are too short to be sure of.
        whole: longer names of others that hold one of them; these stay.
    """

    swaps: Mapping[str, str]
    linked_only: frozenset[str] = frozenset()
    whole: tuple[str, ...] = ()
    pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        parts = sorted(self.swaps, key=len, reverse=True)
        keep = "|".join(re.escape(one) for one in sorted(self.whole, key=len, reverse=True))
        find = "|".join(re.escape(one) for one in parts)
        text = f"(?P<keep>{keep})|(?P<find>{find})" if keep else f"(?P<keep>(?!))|(?P<find>{find})"
        object.__setattr__(self, "pattern", re.compile(text, re.IGNORECASE))

    def swapped(self, text: str, *, linked: bool) -> str:
        """Return a text with the words replaced; ``linked`` says that the row is the person's."""

        def put(found: re.Match[str]) -> str:
            word = found.group()
            if found.group("keep") or (not linked and word.lower() in self.linked_only):
                return word
            return self.swaps[word.lower()]

        return self.pattern.sub(put, text)


@dataclass(frozen=True)
class Trace:
    """One cell in which a trace stands, and what will stand there."""

    table: str
    column: str
    key: tuple[Any, ...]
    value: Any


def words_of(subject: Subject, pseudonym: tuple[str, str], shared: Sequence[str]) -> Words:
    """Return what is looked for to erase a subject.

    Args:
        subject: whose traces.
        pseudonym: in Thai and in English.
        shared: names that somebody else bears too.
    """
    swaps: dict[str, str] = {}
    short = {name for name in subject.names if len(name) < SHORTEST_NAME or " " not in name}
    for name in subject.names:
        instead = pseudonym[1] if name.isascii() else pseudonym[0]
        swaps[name.lower()] = instead
        swaps[search_key(name)] = search_key(instead)
    for contact in subject.contacts:
        swaps.update(dict.fromkeys(_written(contact), GONE))
    unsure = {*shared, *short}
    linked_only = {one for name in unsure for one in (name.lower(), search_key(name))}
    return Words(swaps, frozenset(linked_only), tuple(_longer_names(subject)))


def _written(contact: str) -> set[str]:
    """Return the ways in which a telephone number or an e-mail address is written."""
    ways = {contact.lower(), search_key(contact)}
    digits = re.sub(r"\D", "", contact)
    if "@" not in contact and len(digits) in (9, 10):
        area = len(digits) - 7
        head, middle, tail = digits[:area], digits[area : area + 3], digits[area + 3 :]
        ways |= {digits}
        ways |= {f"{head}{gap}{middle}{gap}{tail}" for gap in ("-", " ")}
        ways |= {f"{head}{gap}{middle}{tail}" for gap in ("-", " ")}
    return {one for one in ways if one}


def _longer_names(subject: Subject) -> Iterator[str]:
    for name in subject.names:
        query = select(Person.name_th, Person.name_en).where(
            or_(
                Person.name_th.contains(name, autoescape=True),
                Person.name_en.contains(name, autoescape=True),
            ),
            Person.id != (subject.person_id or 0),
        )
        for row in db.session.execute(query):
            for other in row:
                if other and other.lower() != name.lower() and name.lower() in other.lower():
                    yield other.lower()
                    yield search_key(other)


def find(words: Words, subject: Subject) -> Iterator[Trace]:
    """Yield every cell in which one of the words stands, outside of what the law keeps."""
    if not words.swaps:
        return
    for table in Model.metadata.sorted_tables:
        if table.name in slots.kept() or table.name in OWN_TABLES:
            continue
        columns = [column for column in table.columns if _holds_text(column)]
        if columns:
            yield from _of_table(table, columns, words, subject)


def _holds_text(column: Column[Any]) -> bool:
    kinds = isinstance(column.type, JSON | String | Text)
    return kinds and not column.primary_key and not column.foreign_keys


def _of_table(
    table: Table, columns: Sequence[Column[Any]], words: Words, subject: Subject
) -> Iterator[Trace]:
    keys = list(table.primary_key.columns)
    people = [
        c for c in table.columns if any(f.column.table.name == PERSON for f in c.foreign_keys)
    ]
    terms = [_says(column, word) for column in columns for word in words.swaps]
    query = select(*keys, *(c for c in people if c not in keys), *columns).where(or_(*terms))
    for row in db.session.execute(query).mappings().all():
        linked = subject.person_id is not None and any(
            row[column] == subject.person_id for column in people
        )
        key = tuple(row[column] for column in keys)
        for column in columns:
            value = _swapped(row[column], words, linked=linked)
            if value != row[column]:
                yield Trace(table.name, column.name, key, value)


def _says(column: Column[Any], word: str) -> Any:  # noqa: ANN401 - a WHERE term
    text = func.lower(cast(column, Text))
    said = text.contains(word, autoescape=True)
    if isinstance(column.type, JSON):
        # JSON is stored with its Thai letters escaped.
        return or_(said, text.contains(json.dumps(word)[1:-1], autoescape=True))
    return said


def _swapped(value: Any, words: Words, *, linked: bool) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, str):
        return words.swapped(value, linked=linked)
    if isinstance(value, list):
        return [_swapped(one, words, linked=linked) for one in value]
    if isinstance(value, dict):
        return {name: _swapped(one, words, linked=linked) for name, one in value.items()}
    return value


def put(traces: Sequence[Trace]) -> int:
    """Write what comes into the place of traces; return how many cells."""
    tables = Model.metadata.tables
    for trace in traces:
        table = tables[trace.table]
        keys = zip(table.primary_key.columns, trace.key, strict=True)
        value = trace.value
        length = getattr(table.c[trace.column].type, "length", None)
        if isinstance(value, str) and length:
            value = value[:length]
        terms = [column == part for column, part in keys]
        db.session.execute(update(table).where(*terms).values({trace.column: value}))
    return len(traces)
