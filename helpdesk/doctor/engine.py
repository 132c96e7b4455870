"""Checks that SQLite does itself: the file, and the index of the search."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, OperationalError

from helpdesk.doctor.findings import Check
from kernel.db import db
from kernel.i18n import lazy_gettext as _l
from kernel.search import SEARCHED

SOUND = "ok"


def integrity() -> Iterator[str]:
    """Yield what SQLite finds wrong with its file and the constraints of its tables."""
    for row in db.session.execute(text("PRAGMA integrity_check")):
        if row[0] != SOUND:
            yield str(row[0])


def search_index() -> Iterator[str]:
    """Yield tables whose search index does not hold what the table holds.

    The question has the form of an INSERT, but writes nothing.
    """
    for table in sorted(SEARCHED):
        index = f"{table}_fts"
        ask = f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)"  # noqa: S608 - our own names
        try:
            with db.session.begin_nested():
                db.session.execute(text(ask))
        except OperationalError:
            raise  # somebody writes for a long time: nothing was learnt about the index
        except DatabaseError:
            yield index


CHECKS = (
    Check(
        "integrity",
        _l("The database file is whole and its constraints hold."),
        _l("Stop the service, keep the file, and restore the last backup that is sound."),
        integrity,
        engine="sqlite",
    ),
    Check(
        "search_index",
        _l("The search finds what the tables hold."),
        _l(
            "Build the index anew: sqlite3 on the database file, then "
            "INSERT INTO asset_fts(asset_fts) VALUES ('rebuild'), and so for each index named."
        ),
        search_index,
        engine="sqlite",
    ),
)
