"""Checks of the access log: its chain holds, and nothing old is left over or removed too early."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from helpdesk.doctor.findings import Check, rows
from kernel.i18n import lazy_gettext as _l
from office.access_log import queries
from office.access_log.models import Purge
from office.access_log.rules import FEWEST_DAYS


def access_chain() -> Iterator[str]:
    """Yield the first entry at which the chain of seals is broken."""
    verdict = queries.verify()
    if verdict.broken_id is not None:
        yield f"access_entry {verdict.broken_id}: {verdict.reason}"


def access_purged_early() -> Iterator[str]:
    """Yield removals that took entries younger than the law allows (R-C1)."""
    for row in rows(select(Purge.id, Purge.at, Purge.older_than).order_by(Purge.id)):
        if (row.at - row.older_than).days < FEWEST_DAYS:
            yield f"access_purge {row.id}"


CHECKS = (
    Check(
        "access_chain",
        _l("No entry of the access log was changed or removed behind the service."),
        _l("Keep the database as it is and tell the person in charge of security."),
        access_chain,
    ),
    Check(
        "access_purged_early",
        _l("No entry of the access log was removed before its 90 days were over."),
        _l("Take the entries from a backup; who removed them stands in the audit trail."),
        access_purged_early,
    ),
)
