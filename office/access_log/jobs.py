"""What happens to the access log because time passed."""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app

from kernel.access import Viewer
from kernel.work import work
from office.access_log import rules, spool
from office.access_log.witness import spool_here

TIMETABLE = Viewer(name="timetable")
AT_ONCE = 500


def seal_access_log() -> int:
    """Take in what the requests of this host have left and seal it; return how many entries.

    A file goes only after its lines stand in the table; what dies between the two is taken in
    again, each line once.
    """
    here, count = spool_here(), 0
    with here.alone() as alone:
        if not alone:
            return 0
        for path in here.take():
            lines = spool.lines_of(path)
            for part in _parts(lines):
                with work():
                    count += rules.take_in(part)
            path.unlink()
    return count


def _parts(lines: list[dict[str, object]]) -> Sequence[list[dict[str, object]]]:
    return [lines[start : start + AT_ONCE] for start in range(0, len(lines), AT_ONCE)]


def purge_access_log() -> int:
    """Remove the entries whose time is over; return how many."""
    days = current_app.extensions["settings"].access_log_days
    with work():
        return rules.purge(days, by=TIMETABLE)
