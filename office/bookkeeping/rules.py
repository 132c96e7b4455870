"""The verbs of the bookkeeping: number a document, queue a message, spend a key, count a try."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, case, delete, insert, literal, select, update

from kernel import clock, thai
from kernel.db import db, inserting
from kernel.errors import TooMany
from office.bookkeeping import audit
from office.bookkeeping.models import AuditHead, NumberSeries, OutgoingMessage, Tally, UsedKey

KEYS_KEPT = timedelta(days=14)


def insert_or_skip(model: Any, **values: Any) -> bool:  # noqa: ANN401 - a table class
    """Insert a row unless one with the same key stands there; tell whether it was inserted.

    Two that try at once wait for each other: exactly one inserts.
    """
    # The row count of an INSERT is not known on PostgreSQL; what it returns is known on both.
    return db.session.execute(_skipping(model, db.engine.dialect.name), values).first() is not None


def insert_new(
    model: Any,  # noqa: ANN401 - a table class
    rows: Sequence[dict[str, Any]],
    *columns: str,
) -> list[Any]:
    """Insert those of these rows whose key does not stand there yet, all of them at once.

    Args:
        model: the table class.
        rows: each with the same columns; two that try at once give theirs in the same order.
        columns: which columns of the inserted rows are returned.
    """
    if not rows:
        return []
    statement = _new_ones(model, columns, db.engine.dialect.name)
    return list(db.session.execute(statement, list(rows)))


@cache
def _new_ones(model: Any, columns: tuple[str, ...], engine: str) -> Any:  # noqa: ANN401 - an INSERT
    shown = (model.__table__.columns[name] for name in columns)
    return inserting(model, engine).on_conflict_do_nothing().returning(*shown)


# Building these statements costs more than running them, so each is built once for an engine.
@cache
def _skipping(model: Any, engine: str) -> Any:  # noqa: ANN401 - a table class, its INSERT
    return inserting(model, engine).on_conflict_do_nothing().returning(literal(1))


def next_number(kind: str, on: date | None = None) -> str:
    """Return the next number of a document, ``ซ.12/2569``, without gaps in its fiscal year.

    The series is locked until the unit of work ends; a roll-back gives the number back.

    Args:
        kind: the prefix that stands before the number.
        on: the day that decides the fiscal year (from 1 October); today when left out.
    """
    year = thai.fiscal_year(on or clock.today())
    number, last_id, last_hash = db.session.execute(
        _numbering(db.engine.dialect.name), {"kind": kind, "fiscal_year": year, "last": 1}
    ).one()
    if last_id is not None:
        audit.expect_head(last_id, last_hash)
    return f"{kind}{number}/{year}"


@cache
def _numbering(engine: str) -> Any:  # noqa: ANN401 - an INSERT
    return (
        inserting(NumberSeries, engine)
        .on_conflict_do_update(
            index_elements=["kind", "fiscal_year"], set_={"last": NumberSeries.last + 1}
        )
        # What is numbered is written down too: the head of the audit trail comes along.
        .returning(
            NumberSeries.last,
            select(AuditHead.last_id).scalar_subquery(),
            select(AuditHead.last_hash).scalar_subquery(),
        )
    )


def send(  # noqa: PLR0913 - a message has as many parts
    *,
    kind: str,
    subject: str,
    body: str,
    language: str,
    person_id: int | None = None,
    address: str = "",
    link: str = "",
    reply_to: str = "",
    dedupe_key: str | None = None,
) -> None:
    """Leave a message for delivery with the present unit of work.

    Args:
        kind: what it is about, ``ticket_resolved``.
        subject: one line, in the recipient's language.
        body: plain text, in the recipient's language.
        language: of subject and body.
        person_id: the recipient, where it is a person of the office.
        address: an e-mail address, where it is not.
        link: path of the page it is about, from the root of the service.
        reply_to: what an answer by e-mail belongs to (``t12``); blank where none is taken.
        dedupe_key: with the same key a message is stored once, however often it is asked for.
    """
    values = {
        "kind": kind,
        "subject": subject[:300],
        "body": body,
        "language": language,
        "person_id": person_id,
        "address": address,
        "link": link,
        "reply_to": reply_to,
        "dedupe_key": dedupe_key,
        "created_at": clock.now(),
    }
    if dedupe_key is None:
        db.session.execute(insert(OutgoingMessage).values(**values))
    else:
        insert_or_skip(OutgoingMessage, **values)


def spend_key(key: str, address: str = "") -> str | None:
    """Spend the key of a form.

    Args:
        key: of the form.
        address: where the act will lead to, where that is known before the act.

    Returns:
        None where the key is fresh: go on and, unless an address was given, tell ``settle_key``
        where the act led to. Else the address that the first act led to.
    """
    if insert_or_skip(UsedKey, key=key[:80], at=clock.now(), result=address):
        return None
    return db.session.execute(select(UsedKey.result).where(UsedKey.key == key[:80])).scalar_one()


def settle_key(key: str, address: str) -> None:
    """Remember the address that the act of a spent key led to."""
    db.session.execute(update(UsedKey).where(UsedKey.key == key[:80]).values(result=address))


@dataclass(frozen=True)
class Allowance:
    """How many tries of one kind are allowed to one caller.

    Attributes:
        bucket: what is counted, for whom.
        most: how many are allowed within the window.
        sentence: what to tell the person after that.
    """

    bucket: str
    most: int
    sentence: str


def count_try(bucket: str, *, most: int, seconds: int, sentence: str) -> None:
    """Count a try; call it in a unit of work of its own, so that a later refusal keeps it.

    Args:
        bucket: what is counted, for whom.
        most: how many are allowed within the window.
        seconds: the length of the window, which starts with the first try.
        sentence: what to tell the person.

    Raises:
        TooMany: more than ``most`` tries within the window.
    """
    count_tries(Allowance(bucket, most, sentence), seconds=seconds)


def count_tries(*allowances: Allowance, seconds: int) -> None:
    """Count one try against several allowances of the same window.

    Raises:
        TooMany: one of them is used up; the sentence is that of the first such.
    """
    now = clock.now()
    values = {"since": now, "count": 1, "over": now - timedelta(seconds=seconds)}
    # Buckets are locked in one order, whoever counts.
    buckets = sorted({one.bucket[:120] for one in allowances})
    values |= {f"bucket_{place}": bucket for place, bucket in enumerate(buckets)}
    counted = db.session.execute(_counting(db.engine.dialect.name, len(buckets)), values)
    counts = {bucket: count for bucket, count in counted}  # noqa: C416 - rows, not pairs
    for one in allowances:
        if counts[one.bucket[:120]] > one.most:
            raise TooMany(one.sentence)


@cache
def _counting(engine: str, buckets: int) -> Any:  # noqa: ANN401 - an INSERT
    """Return the statement that counts one try in as many buckets, built once."""
    since = bindparam("since", type_=Tally.since.type)
    first = inserting(Tally, engine).values(
        [
            {"bucket": bindparam(f"bucket_{place}"), "since": since, "count": bindparam("count")}
            for place in range(buckets)
        ]
    )
    window_is_over = Tally.since <= bindparam("over", type_=Tally.since.type)
    return first.on_conflict_do_update(
        index_elements=["bucket"],
        set_={
            "since": case((window_is_over, first.excluded.since), else_=Tally.since),
            "count": case((window_is_over, 1), else_=Tally.count + 1),
        },
    ).returning(Tally.bucket, Tally.count)


def forget_tries(bucket: str) -> None:
    """Start a bucket anew, after a success."""
    db.session.execute(delete(Tally).where(Tally.bucket == bucket[:120]))


def tidy() -> int:
    """Remove keys and tallies that no longer matter; return how many rows went."""
    before = clock.now() - KEYS_KEPT
    gone = db.session.execute(delete(UsedKey).where(UsedKey.at < before))
    gone_too = db.session.execute(delete(Tally).where(Tally.since < before))
    return int(gone.rowcount + gone_too.rowcount)  # type: ignore[attr-defined]
