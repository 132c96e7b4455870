"""Who may report, see and handle incidents; the loaders that refuse.

An incident tells of weak places of the whole office, so only roles for the whole office see it;
whoever reported one sees what became of it.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from helpdesk.incidents.models import Incident, IncidentMeasure
from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.people.access import EVERYONE, Role

REPORT = permission("helpdesk:incident:report", roles=EVERYONE)
SEE = permission(
    "helpdesk:incident:see",
    roles=(Role.TECHNICIAN, Role.APPROVER, Role.AUDITOR, Role.ADMIN),
    office_wide=True,
)
HANDLE = permission(
    "helpdesk:incident:handle", roles=(Role.TECHNICIAN, Role.ADMIN), office_wide=True
)


def incident_seen(viewer: Viewer, incident_id: int) -> Incident:
    """Return an incident.

    Raises:
        NotFound: there is none, or the viewer may not see incidents.
    """
    found = None
    if viewer.may(SEE):
        found = db.session.scalar(
            select(Incident)
            .options(joinedload(Incident.reported_by), joinedload(Incident.handler))
            .where(Incident.id == incident_id)
        )
    if found is None:
        raise NotFound(_("There is no such incident."))
    return found


def measure_of(incident: Incident, measure_id: int) -> IncidentMeasure:
    """Return a measure of an incident.

    Raises:
        NotFound: there is none.
    """
    found = db.session.get(IncidentMeasure, measure_id)
    if found is None or found.incident_id != incident.id:
        raise NotFound(_("There is no such measure."))
    return found
