"""The unit of work: the only place in the code base that commits.

A door (view, API, job, command) opens one ``with work():`` around the rules it calls. All of it
happens or none of it. Rules never commit, and nothing leaves the machine inside the block.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError

from kernel.db import db, writing
from kernel.errors import Busy, Stale
from kernel.i18n import gettext as _


@contextmanager
def work() -> Iterator[None]:
    """Open a writing transaction, commit at the end, roll back on any exception.

    Whatever was read before is read again inside, under the writer's lock.

    Raises:
        Stale: somebody else changed one of the rows meanwhile.
        Busy: the database did not take the change in time, or its disk is full.
        RuntimeError: a unit of work inside another one.
    """
    if writing.get():
        raise RuntimeError("a unit of work inside another one")
    db.session.rollback()
    token = writing.set(True)
    try:
        yield
        db.session.commit()
    except StaleDataError as error:
        db.session.rollback()
        raise Stale(stale_sentence()) from error
    except OperationalError as error:
        db.session.rollback()
        if not _passing(error):
            raise
        raise Busy(
            _("The service is busy and has not saved this. Please send it again in a moment.")
        ) from error
    except BaseException:
        db.session.rollback()
        raise
    finally:
        writing.reset(token)


def check_version(current: int, seen: int) -> None:
    """Refuse an edit that was begun on an older version.

    Args:
        current: the version in the database now.
        seen: the version that the form was made from.

    Raises:
        Stale: the two differ.
    """
    if current != seen:
        raise Stale(stale_sentence())


def stale_sentence() -> str:
    """Return the sentence for two people who edit one thing at the same time."""
    return _(
        "Someone else changed this while you were writing. What you typed is kept below; "
        "compare it with what is there now and save again."
    )


def _passing(error: OperationalError) -> bool:
    said = str(error.orig).lower()
    return any(
        sign in said
        for sign in ("locked", "busy", "deadlock", "disk is full", "no space", "disk i/o")
    )
