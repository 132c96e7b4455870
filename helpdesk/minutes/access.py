"""Who may see and write meetings; the loaders that refuse.

Who is invited, or has a task of a meeting, sees it; readers of the unit do. Owner, chair and
secretary write, and administrators of the unit.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload

from helpdesk.minutes.models import (
    AgendaItem,
    Meeting,
    MeetingFile,
    MeetingPerson,
    MeetingTask,
)
from helpdesk.minutes.states import Duty
from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotAllowed, NotFound
from kernel.i18n import gettext as _
from office.people.access import EVERYONE, Role

READ = permission("helpdesk:meeting:read", roles=EVERYONE)
SEE = permission("helpdesk:meeting:see", roles=(Role.ADMIN, Role.AUDITOR, Role.APPROVER))
BEGIN = permission(
    "helpdesk:meeting:begin",
    roles=(Role.ADMIN, Role.APPROVER, Role.TECHNICIAN, Role.STOREKEEPER, Role.COORDINATOR),
)
KEEP = permission("helpdesk:meeting:keep", roles=(Role.ADMIN,))
WRITERS = (Duty.CHAIR, Duty.SECRETARY)


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term, over ``Meeting``, of what the viewer may see."""
    scope = viewer.scope(SEE).clause(Meeting.unit_id)
    if viewer.id is None:
        return scope
    invited = exists().where(
        MeetingPerson.meeting_id == Meeting.id, MeetingPerson.person_id == viewer.id
    )
    tasked = exists().where(
        MeetingTask.meeting_id == Meeting.id, MeetingTask.person_id == viewer.id
    )
    return or_(scope, Meeting.owner_id == viewer.id, invited, tasked)


def meeting_seen(viewer: Viewer, meeting_id: int) -> Meeting:
    """Return a meeting whose page the viewer may see.

    Raises:
        NotFound: there is none, or it is none of the viewer's business.
    """
    found = db.session.scalar(
        select(Meeting)
        .options(joinedload(Meeting.unit), joinedload(Meeting.owner), joinedload(Meeting.previous))
        .where(Meeting.id == meeting_id, visible(viewer))
    )
    if found is None:
        raise NotFound(_("There is no such meeting."))
    return found


def may_write(viewer: Viewer, meeting: Meeting) -> bool:
    """Tell whether the viewer owns, chairs or minutes a meeting, or administers its unit."""
    if viewer.id is None:
        return False
    if meeting.owner_id == viewer.id or viewer.may(KEEP, meeting.unit_id):
        return True
    writer = exists().where(
        MeetingPerson.meeting_id == meeting.id,
        MeetingPerson.person_id == viewer.id,
        MeetingPerson.duty.in_(WRITERS),
    )
    return bool(db.session.scalar(select(writer)))


def meeting_written(viewer: Viewer, meeting_id: int) -> Meeting:
    """Return a meeting that the viewer may write, locked until the unit of work ends.

    Raises:
        NotFound: the viewer may not even see it.
        NotAllowed: the viewer only reads it.
    """
    found = meeting_seen(viewer, meeting_id)
    if not may_write(viewer, found):
        raise NotAllowed(_("Only the chair and the secretary write this meeting."))
    return db.session.scalars(
        select(Meeting)
        .where(Meeting.id == meeting_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def item_of(meeting: Meeting, item_id: int) -> AgendaItem:
    """Return an item of the agenda. Raises NotFound where there is none."""
    found = db.session.get(AgendaItem, item_id)
    if found is None or found.meeting_id != meeting.id:
        raise NotFound(_("There is no such item on the agenda."))
    return found


def person_of(meeting: Meeting, row_id: int) -> MeetingPerson:
    """Return somebody of the meeting. Raises NotFound where there is nobody."""
    found = db.session.get(MeetingPerson, row_id)
    if found is None or found.meeting_id != meeting.id:
        raise NotFound(_("This person is not on the list of the meeting."))
    return found


def file_of(meeting: Meeting, file_id: int) -> MeetingFile:
    """Return a file of the meeting. Raises NotFound where there is none."""
    found = db.session.get(MeetingFile, file_id)
    if found is None or found.meeting_id != meeting.id:
        raise NotFound(_("There is no such file."))
    return found


def task_of(meeting: Meeting, task_id: int) -> MeetingTask:
    """Return a task of the meeting. Raises NotFound where there is none."""
    found = db.session.get(MeetingTask, task_id)
    if found is None or found.meeting_id != meeting.id:
        raise NotFound(_("There is no such task."))
    return found
