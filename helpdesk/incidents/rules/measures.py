"""Measures against an incident: write one down, say that it is done."""

from __future__ import annotations

from datetime import date

from helpdesk.incidents.models import Incident, IncidentMeasure
from helpdesk.incidents.rules import handling
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.people.models import Person

MOST = 100


def plan(
    incident: Incident, what: str, responsible: Person | None, due_on: date | None, *, by: Viewer
) -> IncidentMeasure:
    """Write down a measure.

    Args:
        what: is to be done.
        responsible: who does it; the handler hears of it where nobody is named.
        due_on: the day until when; None for something done at once.
        by: who writes it down.

    Refuses without a text, and on an incident that has ended.
    """
    if not incident.is_open:
        raise Refusal(_("The incident has ended. Open it again first."))
    if not what.strip():
        raise Refusal(_("Please fill this in."), field="what")
    made = IncidentMeasure(
        incident_id=incident.id,
        what=what.strip(),
        responsible_id=responsible.id if responsible else None,
        due_on=due_on,
        done_on=None if due_on else clock.today(),
    )
    db.session.add(made)
    audit.record("planned", incident, by=by, after={"what": made.what, "due_on": due_on})
    handling.note(incident, "measure", made.what, by=by)
    return made


def finish(measure: IncidentMeasure, *, by: Viewer) -> None:
    """Say that a measure is done. Refuses one that was done already."""
    if measure.done_on is not None:
        raise Refusal(_("This is done already."))
    measure.done_on = clock.today()
    audit.record("finished", measure.incident, by=by, after={"what": measure.what})
    handling.note(measure.incident, "done", measure.what, by=by)
