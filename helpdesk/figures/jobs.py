"""What happens to figures because time passed."""

from __future__ import annotations

from helpdesk.figures.rules import gathering, months
from kernel import clock
from kernel.work import work

BATCHES_A_RUN = 40


def gather() -> int:
    """Take in the tickets that changed; return how many tickets and entries were looked at.

    A run stops after some batches, so that a first walk over a million tickets takes many runs
    and none of them holds the database for long.
    """
    touched = 0
    for _number in range(BATCHES_A_RUN):
        now = clock.now()
        with work():
            cursor = gathering.begin()
            done = gathering.walk(cursor) or gathering.follow(cursor, now)
        touched += done
        if not done:
            break
    return touched


def check_figures() -> int:
    """Take in what changed without a word in the audit trail; return how many tickets."""
    mended, at = 0, 0
    while True:
        with work():
            stale, last = gathering.stale_after(at)
            for start in range(0, len(stale), gathering.BATCH):
                gathering.take_in(stale[start : start + gathering.BATCH])
        mended += len(stale)
        if not last:
            break
        at = last
    with work():
        months.renew()
    return mended
