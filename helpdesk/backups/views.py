"""The page of backups: the newest ones, when each was read back, and what to do when none is."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from helpdesk.backups import queries
from kernel.access import permit
from office.bookkeeping import access

blueprint = Blueprint("backups", __name__)


@blueprint.get("/backups")
@permit(access.TIMETABLE)
def overview() -> ResponseReturnValue:
    """List the newest backups; they are made and read back by a command on the machine."""
    days = current_app.extensions["settings"].backup_days
    return render_template(
        "helpdesk/backups/overview.html",
        backups=queries.newest(),
        days=days,
        due_at=queries.due_at(days),
        late=queries.due_since(days) is not None,
        rehearsed=queries.last_rehearsed(),
    )
