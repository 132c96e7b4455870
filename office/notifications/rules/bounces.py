"""Addresses that mails come back from."""

from __future__ import annotations

from sqlalchemy import select

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from office.bookkeeping import audit
from office.notifications.models import BadAddress

LONGEST_REASON = 500


def note(address: str, reason: str) -> None:
    """Write down that a mail came back; nothing is sent to the address until it is cleared."""
    known = _known(address)
    if known is None:
        known = BadAddress(address=address.lower(), since=clock.now())
        db.session.add(known)
    known.reason = " ".join(reason.split())[:LONGEST_REASON]


def clear(address: str, *, by: Viewer) -> None:
    """Trust an address again."""
    known = _known(address)
    if known is not None:
        audit.record("trusted", known, by=by, before={"address": known.address})
        db.session.delete(known)


def reason_of(address: str) -> str | None:
    """Return why nothing is sent to an address, None where it is a good one."""
    known = _known(address) if address else None
    return known.reason if known else None


def _known(address: str) -> BadAddress | None:
    return db.session.scalar(select(BadAddress).where(BadAddress.address == address.lower()))
