"""The copy of somebody's data: rows of all rooms, as JSON and as a page to read, in a ZIP (R-PD5).

A row in which the person is the one it is about comes whole, one in which the person only acted
with its numbers and days. Secrets, keys and the columns that name others stay out; what others'
data stands in texts is hidden by ``masking``.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Date, DateTime, Table, or_, select

from helpdesk.privacy_requests.copy_words import lines
from helpdesk.privacy_requests.kind_words import kind_word
from helpdesk.privacy_requests.masking import Mask
from helpdesk.privacy_requests.traces import PERSON
from kernel import clock
from kernel.db import Model, Moment, db
from kernel.errors import NotFound
from kernel.files import store
from kernel.i18n import gettext as _
from kernel.i18n import language
from office.privacy import slots
from office.privacy.slots import Part, Subject

# Columns of whose person a row tells; in every other the person acted on something of others.
OWN = frozenset(
    {
        "asker_id",
        "author_id",
        "borrower_id",
        "caretaker_id",
        "custodian_id",
        "keeper_id",
        "owner_id",
        "person_id",
        "receiver_id",
        "reported_by_id",
        "reporter_id",
        "requester_id",
        "to_custodian_id",
        "to_person_id",
    }
)
SECRET = re.compile(
    r"(^|_)(key|hash|token|secret|password|endpoint|snapshot|version|seal|device|search|sort)(_|$)"
)
PLAIN = frozenset({"id", "number", "state", "kind", "act", "code", "fiscal_year"})
# Others' acts and messages to everybody; the access log is told by the page of looks.
LEFT_OUT = frozenset({"audit_entry", "approval_signer", "privacy_request"})
MOST_ROWS = 20_000


def collect(subject: Subject) -> list[Part]:
    """Return everything the service holds of a subject, without the data of others."""
    mask = Mask(subject)
    found = list(_own_rows(subject)) if subject.person_id is not None else []
    found += slots.parts(subject)
    return [
        Part(one.kind, [mask.value(dict(row)) for row in one.rows], one.files)
        for one in found
        if one.rows
    ]


def _own_rows(subject: Subject) -> Iterator[Part]:
    for table in Model.metadata.sorted_tables:
        people = _people(table)
        if table.name == PERSON:
            people = [table.c.id]
        if not people or table.name in LEFT_OUT:
            continue
        query = select(table).where(or_(*(one == subject.person_id for one in people)))
        rows = db.session.execute(query.limit(MOST_ROWS)).mappings().all()
        if rows:
            told = [_told(table, people, row, subject.person_id) for row in rows]
            yield Part(table.name, told)


def _people(table: Table) -> list[Column[Any]]:
    return [c for c in table.columns if any(f.column.table.name == PERSON for f in c.foreign_keys)]


def _told(
    table: Table, people: Sequence[Column[Any]], row: Mapping[Any, Any], person_id: int | None
) -> dict[str, Any]:
    mine = {one.name for one in people if row[one] == person_id}
    own = table.name == PERSON or bool(mine & OWN)
    others = {one.name for one in people} - mine if table.name != PERSON else set()
    return {
        column.name: _plain(row[column])
        for column in table.columns
        if _is_told(column, own=own)
        and column.name not in others
        and not _names_other(column.name, others, mine)
        and row[column] not in (None, "")
    }


def _is_told(column: Column[Any], *, own: bool) -> bool:
    if SECRET.search(column.name):
        return False
    moment = isinstance(column.type, Date | DateTime | Moment)
    return own or moment or column.name in PLAIN


def _names_other(name: str, others: set[str], mine: set[str]) -> bool:
    """Tell whether a column holds a name or position that goes with the column of another."""
    for other in others:
        base = other.removesuffix("_id")
        if name.startswith(f"{base}_"):
            return True
        if base == "person" and name in ("name", "position", "acting"):
            return True
    return name in ("by_name", "actor_name") and not mine & {"by_id", "actor_id", "person_id"}


def _plain(value: Any) -> Any:  # noqa: ANN401 - a column
    if isinstance(value, datetime):
        return clock.local(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def archive(subject: Subject, page: str, parts: Sequence[Part]) -> bytes:
    """Return the copy as a ZIP: ``data.json``, ``index.html`` and the files.

    Args:
        subject: whose.
        page: the finished page to read.
        parts: of ``collect``.
    """
    told = {
        "made_at": clock.now().isoformat(timespec="seconds"),
        "names": list(subject.names),
        "contacts": list(subject.contacts),
        "parts": {one.kind: one.rows for one in parts},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("data.json", json.dumps(told, ensure_ascii=False, indent=1, default=str))
        bundle.writestr("index.html", page)
        for part in parts:
            for name, key in part.files:
                try:
                    bundle.writestr(f"files/{name}", store().read(key))
                except NotFound:
                    continue  # it was removed by retention; its row tells that there was one
    return buffer.getvalue()


def page_words(subject: Subject) -> dict[str, Any]:
    """Return what the page to read needs besides the parts."""
    return {
        "title": _("Copy of personal data"),
        "names": ", ".join(subject.names) or ", ".join(subject.contacts),
        "language": language(),
        "kind_word": kind_word,
        "lines": lines,
        "made_at": clock.now(),
    }
