"""Who may see and change programmes; the loaders that refuse.

The owner, the working group and those who keep the unit's programmes edit; approvers and auditors
read; a school's coordinator sees the programmes of the school and those its people take part in.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload

from helpdesk.programmes.models import Programme, ProgrammeMember
from helpdesk.programmes.notice_models import ProgrammeNotice, ProgrammeReader
from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotAllowed, NotFound
from kernel.i18n import gettext as _
from office.people.access import EVERYONE, Role
from office.people.models import Person

READ = permission("helpdesk:programme:read", roles=EVERYONE)
SEE = permission(
    "helpdesk:programme:see",
    roles=(Role.ADMIN, Role.AUDITOR, Role.APPROVER, Role.TECHNICIAN, Role.COORDINATOR),
)
BEGIN = permission("helpdesk:programme:begin", roles=(Role.ADMIN, Role.TECHNICIAN))
WORDS = permission("helpdesk:process:edit", roles=(Role.ADMIN,), office_wide=True)


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term, over ``Programme``, of what the viewer may see."""
    scope = viewer.scope(SEE)
    mine = Person.id == viewer.id
    concerned = mine if scope.units is None else or_(mine, scope.clause(Person.unit_id))
    member = (
        select(ProgrammeMember.id)
        .join(Person, Person.id == ProgrammeMember.person_id)
        .where(ProgrammeMember.programme_id == Programme.id, concerned)
    )
    reader = (
        select(ProgrammeReader.id)
        .join(ProgrammeNotice, ProgrammeNotice.id == ProgrammeReader.notice_id)
        .join(Person, Person.id == ProgrammeReader.person_id)
        .where(ProgrammeNotice.programme_id == Programme.id, concerned)
    )
    return or_(
        scope.clause(Programme.unit_id),
        Programme.owner_id == viewer.id,
        member.exists(),
        reader.exists(),
    )


def programme_seen(viewer: Viewer, programme_id: int) -> Programme:
    """Return a programme whose page the viewer may see.

    Raises:
        NotFound: there is none, or it is none of the viewer's business.
    """
    found = db.session.scalar(
        select(Programme)
        .options(joinedload(Programme.unit), joinedload(Programme.owner))
        .where(Programme.id == programme_id, visible(viewer))
    )
    if found is None:
        raise NotFound(_("There is no such programme."))
    return found


def may_edit(viewer: Viewer, programme: Programme) -> bool:
    """Tell whether the viewer owns a programme, works in its group, or keeps those of its unit."""
    if viewer.id is None:
        return False
    if programme.owner_id == viewer.id or viewer.may(BEGIN, programme.unit_id):
        return True
    member = exists().where(
        ProgrammeMember.programme_id == programme.id, ProgrammeMember.person_id == viewer.id
    )
    return bool(db.session.scalar(select(member)))


def programme_edited(viewer: Viewer, programme_id: int) -> Programme:
    """Return a programme that the viewer may change, locked until the unit of work ends.

    Raises:
        NotFound: the viewer may not even see it.
        NotAllowed: the viewer only reads it.
    """
    found = programme_seen(viewer, programme_id)
    if not may_edit(viewer, found):
        raise NotAllowed(_("Only the working group changes this programme."))
    return db.session.scalars(
        select(Programme)
        .where(Programme.id == programme_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
