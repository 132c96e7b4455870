"""The audit trail: entries of one unit of work are chained by hash when it commits.

Entries wait in the session until just before the commit, so the one row that everybody must lock
is held for as short a time as possible. ``verify`` walks the chain and names the first broken row.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from flask import g, has_request_context
from sqlalchemy import event, insert, select, update
from sqlalchemy.orm import Session

from kernel import clock
from kernel.access import Viewer
from kernel.db import db, inserting
from office.bookkeeping.models import AuditEntry, AuditHead

START = "0" * 64
FEW = 10


def record(
    act: str,
    subject: Any,  # noqa: ANN401 - any row with an integer id
    *,
    by: Viewer,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Write down an act with the present unit of work.

    Args:
        act: past tense, the name of the rule: ``closed``.
        subject: the row it was done to; its table name and id are kept.
        by: who did it; a viewer without an id is a guest or the timetable, named by ``name``.
        before: the changed fields as they were.
        after: the changed fields as they are.
    """
    waiting = db.session.info.setdefault("audit", [])
    waiting.append((clock.now(), by, act, subject, _plain(before), _plain(after)))


def record_changes(act: str, subject: Any, changes: dict[str, Any], *, by: Viewer) -> bool:  # noqa: ANN401
    """Set fields of a row and write down those that really changed.

    Returns:
        whether anything changed; where nothing did, nothing is written.
    """
    before = {name: getattr(subject, name) for name in changes}
    changed = {name: value for name, value in changes.items() if before[name] != value}
    for name, value in changed.items():
        setattr(subject, name, value)
    if changed:
        record(act, subject, by=by, before={name: before[name] for name in changed}, after=changed)
    return bool(changed)


@contextmanager
def trial() -> Iterator[None]:
    """Try something inside a unit of work: where it raises, it is undone and nothing is told of it.

    What stood in the session before stays. Raises what was raised inside.
    """
    waiting = db.session.info.setdefault("audit", [])
    before = len(waiting)
    try:
        with db.session.begin_nested():
            yield
    except BaseException:
        del db.session.info.get("audit", [])[before:]
        raise


def _plain(fields: dict[str, Any] | None) -> dict[str, Any] | None:
    return None if fields is None else {name: _plain_value(v) for name, v in fields.items()}


def _plain_value(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, bool | int | float | str | list | dict) or value is None:
        return value
    return str(value)


def expect_head(last_id: int, last_hash: str) -> None:
    """Take the head of the chain as it was seen on the way to something else.

    It is only a guess: where another unit of work has chained its entries meanwhile, the head is
    read anew under the lock.
    """
    db.session.info["audit head"] = (last_id, last_hash)


@event.listens_for(Session, "before_commit")
def _write_chain(session: Session) -> None:
    waiting = session.info.pop("audit", None)
    expected = session.info.pop("audit head", None)
    if not waiting:
        return
    session.flush()  # subjects made in this unit of work get their id, which the entry holds
    rows = _chained(waiting, *expected) if expected else []
    if not (expected and _moved(session, expected, rows)):
        head = _locked_head(session)
        rows = _chained(waiting, *head)
        _moved(session, head, rows)
    _insert(session, rows)


def _insert(session: Session, rows: list[dict[str, Any]]) -> None:
    """Write entries; many of them go in few statements only where something is asked back."""
    entry = insert(AuditEntry)
    connection = session.connection()
    connection.execute(entry.returning(AuditEntry.id) if len(rows) > FEW else entry, rows)


def _locked_head(session: Session) -> tuple[int, str]:
    head = select(AuditHead.last_id, AuditHead.last_hash).where(AuditHead.id == 1)
    found = session.execute(head.with_for_update()).first()
    if found is None:
        # Of several that write the very first entry at once, one begins the chain.
        begun = inserting(AuditHead, db.engine.dialect.name).on_conflict_do_nothing()
        session.execute(begun, {"id": 1, "last_id": 0, "last_hash": START})
        found = session.execute(head.with_for_update()).one()
    return found.last_id, found.last_hash


def _moved(session: Session, head: tuple[int, str], rows: list[dict[str, Any]]) -> bool:
    """Move the head from where it was seen to the last of these rows; tell whether it was there.

    From here on until the commit nobody else can chain anything.
    """
    moved = session.execute(
        update(AuditHead)
        .where(AuditHead.id == 1, AuditHead.last_id == head[0], AuditHead.last_hash == head[1])
        .values(last_id=rows[-1]["id"], last_hash=rows[-1]["hash"])
        .execution_options(synchronize_session=False)
    )
    return bool(moved.rowcount)  # type: ignore[attr-defined]


def _chained(waiting: list[Any], last_id: int, last_hash: str) -> list[dict[str, Any]]:
    """Return the entries that wait, numbered and sealed after the head."""
    request_id = g.get("request_id", "") if has_request_context() else ""
    rows = []
    for at, by, act, subject, before, after in waiting:
        last_id += 1
        row = {
            "id": last_id,
            "at": at,
            "actor_id": by.id,
            "actor_name": by.name[:200],
            "act": act,
            "subject_kind": subject.__tablename__,
            "subject_id": subject.id,
            "before": before,
            "after": after,
            "request_id": request_id,
            "previous_hash": last_hash,
        }
        row["hash"] = last_hash = seal(row)
        rows.append(row)
    return rows


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    session.info.pop("audit", None)
    session.info.pop("audit head", None)


def seal(row: dict[str, Any]) -> str:
    """Return the hash of an entry over all of its fields and the hash before it."""
    fields = {name: value for name, value in row.items() if name != "hash"}
    fields["at"] = fields["at"].isoformat()
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """What ``verify`` found: entries walked, and the first broken one with the reason."""

    entries: int
    broken_id: int | None
    reason: str


def verify() -> Verdict:
    """Walk the whole chain.

    Returns:
        how many entries stand; where the chain is broken, the first entry that is wrong and
        whether it was changed, removed, or cut off at the end.
    """
    previous, expected = START, 1
    columns = AuditEntry.__table__.columns
    for row in db.session.execute(select(*columns).order_by(columns.id)).yield_per(2000):
        fields = row._asdict()
        if fields["id"] != expected:
            return Verdict(expected - 1, expected, "removed")
        if fields["previous_hash"] != previous or seal(fields) != fields["hash"]:
            return Verdict(expected - 1, expected, "changed")
        previous, expected = fields["hash"], expected + 1
    head = db.session.execute(select(AuditHead.last_id, AuditHead.last_hash)).first()
    if head is not None and tuple(head) != (expected - 1, previous):
        return Verdict(expected - 1, expected, "cut off")
    if head is None and expected > 1:
        return Verdict(expected - 1, expected, "without a head")
    return Verdict(expected - 1, None, "")
