"""What happens to the work on tickets because time passed: timers forgotten, things late."""

from __future__ import annotations

from helpdesk.repairs import queries
from helpdesk.repairs.models import OutsideRepair, Spell
from helpdesk.repairs.rules import reminding
from helpdesk.repairs.rules.times import LONGEST_TIMER
from kernel import clock
from kernel.db import db
from kernel.work import work


def remind() -> int:
    """Ask about forgotten timers, and tell of what vendors have kept for too long.

    Returns:
        how many people were told; the same timer is asked about once, the same repair once a week.
    """
    spells = list(queries.timers_since(clock.now() - LONGEST_TIMER))
    late = [row.id for row in queries.overdue_away(clock.today())]
    db.session.rollback()
    told = 0
    for spell_id in spells:
        with work():
            spell = db.session.get(Spell, spell_id)
            told += spell is not None and reminding.ask_about(spell)
    for outside_id in late:
        with work():
            outside = db.session.get(OutsideRepair, outside_id)
            told += outside is not None and reminding.tell_late(outside)
    return told
