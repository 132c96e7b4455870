"""Who may see and change the calendar."""

from __future__ import annotations

from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.calendar.models import ClosedDay
from office.people.access import EVERYONE, Role

SEE = permission("office:calendar:see", roles=EVERYONE)
EDIT = permission("office:calendar:edit", roles=(Role.ADMIN,))


def day_edited(viewer: Viewer, day_id: int) -> ClosedDay:
    """Return a closed day that the viewer may change: the office's needs the whole office.

    Raises:
        NotFound: there is no such day.
        NotAllowed: it lies outside the viewer's units.
    """
    row = db.session.get(ClosedDay, day_id)
    if row is None:
        raise NotFound(_("There is no such day."))
    viewer.demand(EDIT, row.unit_id)
    return row
