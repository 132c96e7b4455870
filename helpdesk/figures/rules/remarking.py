"""Writing the remarks of a summary of operations."""

from __future__ import annotations

from helpdesk.figures import access, summing
from helpdesk.figures.queries import Asked
from helpdesk.figures.summary_models import OperationSummary
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed
from kernel.i18n import gettext as _
from office.bookkeeping import audit


def may_remark(viewer: Viewer, asked: Asked) -> bool:
    """Tell whether somebody may write remarks: on the whole only with the right for the whole."""
    if asked.unit_id:
        return viewer.may(access.REMARK, asked.unit_id)
    return viewer.scope(access.REMARK).units is None


def remark(asked: Asked, problems: str, suggestions: str, *, by: Viewer) -> OperationSummary:
    """Write or change the remarks on a period.

    Args:
        asked: the period and unit.
        problems: problems and obstacles.
        suggestions: suggestions.
        by: who writes.

    Refuses who may not.
    """
    if not may_remark(by, asked):
        raise NotAllowed(_("This needs a right that you do not have."))
    found = summing.remarks_on(asked)
    said = {"problems": problems, "suggestions": suggestions}
    now = {"changed_by": by.name[:200], "changed_at": clock.now()}
    if found is None:
        found = OperationSummary(code=summing.code_of(asked), unit_id=asked.unit_id, **said, **now)
        db.session.add(found)
        audit.record("remarked_on", found, by=by, after=said)
    elif audit.record_changes("remarked_on", found, said, by=by):
        found.changed_by, found.changed_at = by.name[:200], clock.now()
    return found
