"""The papers of a meeting as PDF."""

from __future__ import annotations

from flask import Response

from helpdesk.minutes import access, papers, queries
from helpdesk.minutes.states import BEFORE, State
from helpdesk.minutes.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from kernel.sending import disposition
from office.places.naming import office_name


@blueprint.get("/<int:meeting_id>/invitation.pdf")
@permit(access.READ)
def invitation_paper(meeting_id: int) -> Response:
    """Print the memo that invites, with the agenda."""
    found = access.meeting_seen(viewer(), meeting_id)
    sheet = papers.sheet_of(
        found, queries.people_of(found), queries.items_of(found), (), queries.files_of(found)
    )
    return _pdf(papers.invitation(sheet, office=office_name("th")), f"invitation-{found.id}")


@blueprint.get("/<int:meeting_id>/minutes.pdf")
@permit(access.READ)
def minutes_paper(meeting_id: int) -> Response:
    """Print the minutes."""
    found = access.meeting_seen(viewer(), meeting_id)
    if found.state in (*BEFORE, State.CANCELLED):
        raise NotFound(_("There are no minutes yet."))
    people, items = queries.people_of(found), queries.items_of(found)
    files = queries.files_of(found)
    sheet = papers.sheet_of(found, people, items, queries.tasks_of(found), files)
    return _pdf(papers.minutes(sheet, office=office_name("th")), f"minutes-{found.id}")


def _pdf(made: bytes, name: str) -> Response:
    answer = Response(made, content_type="application/pdf")
    answer.headers["Content-Disposition"] = disposition(f"{name}.pdf", inline=True)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
