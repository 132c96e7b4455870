"""The checks in their order, each run on one view of the data."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.exc import DatabaseError

from helpdesk.doctor import (
    access_log,
    approvals,
    cards,
    catalogue,
    counts,
    deadlines,
    disposals,
    engine,
    findings,
    imports,
    incidents,
    keys,
    learned,
    lendings,
    letters,
    maintenance,
    minutes,
    movements,
    privacy,
    programmes,
    purchases,
    records,
    renewals,
    repairs,
    requests,
    reservations,
    risks,
    schooling,
    specifying,
    stock,
    studied,
    taking_in,
    undertakings,
    user_cards,
    workings,
)
from helpdesk.doctor.findings import Check, Result
from kernel.db import db

CHECKS = (
    *engine.CHECKS,
    *records.CHECKS,
    *access_log.CHECKS,
    *cards.CHECKS,
    *catalogue.CHECKS,
    *imports.CHECKS,
    *keys.CHECKS,
    *lendings.CHECKS,
    *reservations.CHECKS,
    *requests.CHECKS,
    *programmes.CHECKS,
    *incidents.CHECKS,
    *privacy.CHECKS,
    *purchases.CHECKS,
    *specifying.CHECKS,
    *undertakings.CHECKS,
    *counts.CHECKS,
    *movements.CHECKS,
    *repairs.CHECKS,
    *deadlines.CHECKS,
    *maintenance.CHECKS,
    *taking_in.CHECKS,
    *approvals.CHECKS,
    *user_cards.CHECKS,
    *disposals.CHECKS,
    *stock.CHECKS,
    *studied.CHECKS,
    *workings.CHECKS,
    *learned.CHECKS,
    *renewals.CHECKS,
    *schooling.CHECKS,
    *letters.CHECKS,
    *minutes.CHECKS,
    *risks.CHECKS,
)


def checks() -> list[Check]:
    """Return the checks that the present engine can be asked."""
    name = db.engine.dialect.name
    return [check for check in CHECKS if check.engine in ("", name)]


def examine() -> Iterator[Result]:
    """Run every check and yield its result; a check that the database refuses has found that.

    Each check sees the data of one moment, so people may go on working meanwhile.
    """
    for check in checks():
        db.session.rollback()
        try:
            if db.engine.dialect.name == "postgresql":
                one_view = {"isolation_level": "REPEATABLE READ"}
                db.session.connection(execution_options=one_view)
            yield findings.examine(check)
        except DatabaseError as error:
            yield Result(check, 1, (str(error.orig),))
        finally:
            db.session.rollback()
