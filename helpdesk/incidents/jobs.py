"""What happens to incidents because time passed."""

from __future__ import annotations

from helpdesk.incidents import queries
from helpdesk.incidents.rules import reminding
from kernel import clock
from kernel.work import work


def watch_incidents() -> int:
    """Remind of notices that are due, on closed days too, and of measures; each step once.

    Returns:
        how many people were told, this time or before.
    """
    told = 0
    for incident_id in queries.awaiting_notice():
        with work():
            told += reminding.remind(incident_id, clock.now())
    for measure_id in reminding.measures_due(clock.today()):
        with work():
            told += reminding.remind_measure(measure_id)
    return told
