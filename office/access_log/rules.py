"""The verbs of the access log: take lines in and seal them, purge, hold, hand out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.access_log import queries
from office.access_log.models import (
    AccessAbout,
    AccessEntry,
    AccessHead,
    HandOut,
    LegalHold,
    Purge,
)
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping

# Section 26: at least 90 days; by order at most two years.
FEWEST_DAYS, MOST_DAYS = 90, 730
SHORTEST_REASON = 10

Concerned = Callable[[Sequence[int]], Mapping[int, Sequence[int]]]
_concerned: dict[str, Concerned] = {}


def tell_concerned(kind: str, ask: Concerned) -> None:
    """Let a room say whose personal data stands on the pages of a kind of thing.

    Args:
        kind: of the subject of an entry.
        ask: from ids of that kind to the ids of the people concerned.
    """
    _concerned[kind] = ask


def take_in(lines: Sequence[Mapping[str, Any]]) -> int:
    """Write lines of a spool into the log and seal them; return how many were new.

    A line that was taken in before is left out, so a broken-off round may simply be repeated.
    """
    keys = [line["key"] for line in lines]
    known = set(db.session.scalars(select(AccessEntry.key).where(AccessEntry.key.in_(keys))))
    fresh = {line["key"]: line for line in lines if line["key"] not in known}
    if not fresh:
        return 0
    last_id, last_hash = _locked_head()
    rows = []
    for line in fresh.values():
        last_id += 1
        row = {**line, "id": last_id, "at": _moment(line["at"]), "previous_hash": last_hash}
        row["hash"] = last_hash = queries.seal(row)
        rows.append(row)
    db.session.execute(insert(AccessEntry), rows)
    _note_concerned(rows)
    db.session.execute(
        update(AccessHead).where(AccessHead.id == 1).values(last_id=last_id, last_hash=last_hash)
    )
    return len(rows)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _locked_head() -> tuple[int, str]:
    bookkeeping.insert_or_skip(AccessHead, id=1, last_id=0, last_hash=queries.START)
    query = select(AccessHead.last_id, AccessHead.last_hash).where(AccessHead.id == 1)
    last_id, last_hash = db.session.execute(query.with_for_update()).one()
    return last_id, last_hash


def _note_concerned(rows: Sequence[Mapping[str, Any]]) -> None:
    by_kind: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["subject_id"] is not None:
            by_kind[row["subject_kind"]].append(row)
    about = []
    for kind, found in by_kind.items():
        ids = sorted({row["subject_id"] for row in found})
        people = {one: [one] for one in ids} if kind == "person" else {}
        if kind in _concerned:
            people = {key: list(value) for key, value in _concerned[kind](ids).items()}
        about += [
            {"entry_id": row["id"], "person_id": person_id}
            for row in found
            for person_id in sorted(set(people.get(row["subject_id"], ())))
        ]
    if about:
        db.session.execute(insert(AccessAbout), about)


def purge(days: int, *, by: Viewer) -> int:
    """Remove the entries that are older than the days of the settings (R-C1); return how many.

    While an order to keep entries is in force, only what is older than two years goes. Only the
    oldest end of the chain is cut, so no younger entry goes with an older one.

    Args:
        days: how long entries are kept, 90 to 730.
        by: who asks, the timetable as a rule.

    Refuses a time shorter than 90 days, and one longer than two years.
    """
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise Refusal(
            _("The access log is kept for at least 90 days and at most 730 days (two years).")
        )
    kept = MOST_DAYS if queries.is_held(clock.today()) else days
    limit = clock.now() - timedelta(days=kept)
    _locked_head()
    first_young = db.session.scalar(select(func.min(AccessEntry.id)).where(AccessEntry.at >= limit))
    old = select(AccessEntry.id, AccessEntry.hash).where(AccessEntry.at < limit)
    if first_young is not None:
        old = old.where(AccessEntry.id < first_young)
    last = db.session.execute(old.order_by(AccessEntry.id.desc()).limit(1)).first()
    if last is None:
        return 0
    return _cut(last.id, last.hash, limit, by)


def _cut(through_id: int, through_hash: str, limit: datetime, by: Viewer) -> int:
    over = AccessEntry.id <= through_id
    count = db.session.scalar(select(func.count()).where(over)) or 0
    done = Purge(
        at=clock.now(),
        older_than=limit,
        through_id=through_id,
        through_hash=through_hash,
        entries=count,
    )
    db.session.add(done)
    db.session.flush()  # the guard of the table lets go of nothing before this row stands
    db.session.execute(delete(AccessAbout).where(AccessAbout.entry_id <= through_id))
    db.session.execute(delete(AccessEntry).where(over))
    audit.record("purged", done, by=by, after={"rows": count, "hash": through_hash})
    return count


def hold(ends_on: date | None, reason: str, letter: str, *, by: Viewer) -> LegalHold:
    """Keep entries longer than usual, by order of an official.

    Args:
        ends_on: the last day of the order, at most two years from today.
        reason: why, at least ten letters.
        letter: number of the letter that orders it.
        by: who writes it down.

    Refuses a day that has passed or lies further ahead, and a missing reason.
    """
    today = clock.today()
    if ends_on is None or not today < ends_on <= today + timedelta(days=MOST_DAYS):
        raise Refusal(_("Choose a day from tomorrow on, at most two years ahead."), field="ends_on")
    made = LegalHold(
        starts_on=today,
        ends_on=ends_on,
        reason=_reasoned(reason),
        letter=letter.strip(),
        by_id=by.id,
        at=clock.now(),
    )
    db.session.add(made)
    audit.record("held", made, by=by, after={"until": ends_on, "reason": reason, "letter": letter})
    return made


def lift(one: LegalHold, *, by: Viewer) -> None:
    """End an order to keep entries. Refuses one that has ended already."""
    if one.lifted_at is not None:
        raise Refusal(_("This order has ended already."))
    one.lifted_at = clock.now()
    audit.record("lifted", one, by=by)


def hand_out(wanted: queries.Wanted, receiver: str, reason: str, *, by: Viewer) -> HandOut:
    """Write down that entries are given to somebody who may ask for them.

    Refuses without a receiver or a reason of at least ten letters.
    """
    if not receiver.strip():
        raise Refusal(_("Please fill this in."), field="receiver")
    asked = {name: value for name, value in vars(wanted).items() if value not in (None, "")}
    made = HandOut(
        at=clock.now(),
        by_id=by.id,
        receiver=receiver.strip(),
        reason=_reasoned(reason),
        wanted={name: str(value) for name, value in asked.items()},
    )
    db.session.add(made)
    after = {"receiver": made.receiver, "reason": made.reason}
    audit.record("handed_out", made, by=by, after=after)
    return made


def _reasoned(reason: str) -> str:
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refusal(_("Please give the reason in at least ten letters."), field="reason")
    return reason.strip()
