"""The settings of loans: how long a request is kept ready, and the days of the reminders.

The first stands in the settings of the installation, the days on a page that the office keeps.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from assets.loans.models import LoanLadder
from config import Settings
from kernel import kept
from kernel.db import db

CACHE = "loan ladder"


def kept_days() -> int:
    """Return for how many open days after its first day an approved request is kept ready."""
    settings: Settings = current_app.extensions["settings"]
    return settings.loan_kept_days


@dataclass(frozen=True)
class Ladder:
    """The days of the reminders, counted from the due date, and the version of the row they are in.

    The follow-up on the seventh day is the last one that clause 211 allows; the other days are what
    offices usually do, no law asks for them. Version 0: nobody has set anything.
    """

    before_days: int = 1
    after_days: int = 1
    follow_up_days: int = 7
    head_days: int = 14
    director_days: int = 21
    block_from_days: int = 1
    version: int = 0

    @property
    def borrower_steps(self) -> tuple[int, ...]:
        """The days on which the borrower is told; the last one is the official follow-up."""
        return (-self.before_days, 0, self.after_days, self.follow_up_days)


def ladder() -> Ladder:
    """Return the days that hold now; a request may see them a minute late."""
    return kept.kept(CACHE, "days", ladder_in_force) if kept.in_request() else ladder_in_force()


def forget() -> None:
    """Let this process read the days anew; the door calls this when it has changed them."""
    kept.forget(CACHE)


def ladder_in_force() -> Ladder:
    """Return the days as they stand in the database at this moment."""
    row = db.session.scalar(select(LoanLadder))
    if row is None:
        return Ladder()
    return Ladder(
        row.before_days,
        row.after_days,
        row.follow_up_days,
        row.head_days,
        row.director_days,
        row.block_from_days,
        row.version,
    )
