"""The lease: exactly one process does a thing that only one may do.

One row for each name says who holds it and until when. Taking and renewing are one conditional
UPDATE, so of two that try at the same moment the database lets one win, on both engines. Hosts
that share a database must agree on the time to a few seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update

from kernel import clock
from kernel.db import db
from office.bookkeeping.models import Lease
from office.bookkeeping.rules import insert_or_skip


@dataclass(frozen=True)
class Held:
    """A lease as it stands: its holder, and the moment it runs out."""

    holder: str
    until: datetime


def held(name: str) -> Held | None:
    """Return who holds a lease, None where nobody ever did; it may have run out already."""
    row = db.session.execute(select(Lease.holder, Lease.until).where(Lease.name == name)).first()
    return Held(row.holder, row.until) if row else None


def take(name: str, holder: str, *, seconds: float) -> bool:
    """Take a lease that is free or has run out, or renew the own one.

    Args:
        name: of the lease.
        holder: who asks; unique for each process.
        seconds: how long it holds from now on.

    Returns:
        whether ``holder`` holds it now.
    """
    now = clock.now()
    until = now + timedelta(seconds=seconds)
    renewed = db.session.execute(
        update(Lease)
        .where(Lease.name == name, or_(Lease.holder == holder, Lease.until <= now))
        .values(holder=holder, until=until)
    )
    if renewed.rowcount:  # type: ignore[attr-defined]
        return True
    return insert_or_skip(Lease, name=name, holder=holder, until=until)


def release(name: str, holder: str) -> None:
    """Give the own lease back, so that another process need not wait for its end."""
    db.session.execute(
        update(Lease)
        .where(Lease.name == name, Lease.holder == holder)
        .values(holder="", until=clock.now())
    )
