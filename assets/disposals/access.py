"""Who may propose, prepare and read disposals; the loaders that refuse.

The head of the agency signs in ``office.approvals``. Members of a fact-finding committee are named
in the order, not by a role: they read the case and write its findings.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload

from assets.disposals.models import Disposal, DisposalMember
from kernel.access import Permission, Viewer, permission
from kernel.db import db
from kernel.errors import NotAllowed, NotFound
from kernel.i18n import gettext as _
from office.people.access import EVERYONE, Role

SEE = permission(
    "assets:disposal:see",
    roles=(Role.STOREKEEPER, Role.APPROVER, Role.COORDINATOR, Role.AUDITOR, Role.ADMIN),
)
PREPARE = permission("assets:disposal:prepare", roles=(Role.STOREKEEPER, Role.ADMIN))
# Everybody may be called onto a committee; the loaders below ask whether this person was.
OPEN = permission("assets:disposal:open", roles=EVERYONE)


def is_member(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the cases on whose committee the viewer is."""
    return exists().where(
        DisposalMember.disposal_id == Disposal.id, DisposalMember.person_id == (viewer.id or 0)
    )


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the cases a viewer may see: of the own units, and as a member."""
    scope = viewer.scope(SEE)
    mine = is_member(viewer)
    return or_(mine, scope.clause(Disposal.unit_id)) if scope else mine


def disposal_seen(viewer: Viewer, disposal_id: int) -> Disposal:
    """Return a case that the viewer may see.

    Raises:
        NotFound: there is none, or it is of another unit.
    """
    found = db.session.scalar(
        select(Disposal)
        .options(joinedload(Disposal.unit), joinedload(Disposal.approval))
        .where(Disposal.id == disposal_id, visible(viewer))
    )
    if found is None or viewer.id is None:
        raise NotFound(_("There is no such disposal, or it belongs to another school."))
    return found


def disposal_under(viewer: Viewer, disposal_id: int, right: Permission = PREPARE) -> Disposal:
    """Return a case that the viewer may prepare.

    Raises:
        NotFound: there is none, or the viewer may not see it.
        NotAllowed: the viewer may read it only.
    """
    found = disposal_seen(viewer, disposal_id)
    viewer.demand(right, found.unit_id)
    return found


def disposal_investigated(viewer: Viewer, disposal_id: int) -> Disposal:
    """Return a case on whose fact-finding committee the viewer is.

    Raises:
        NotFound: there is none, or the viewer may not see it.
        NotAllowed: the viewer is not on its committee.
    """
    found = disposal_seen(viewer, disposal_id)
    if not member_of(viewer, found):
        raise NotAllowed(_("Only members of the fact-finding committee write its findings."))
    return found


def member_of(viewer: Viewer, disposal: Disposal) -> bool:
    """Tell whether the viewer is on the committee of a case."""
    query = select(DisposalMember.id).where(
        DisposalMember.disposal_id == disposal.id, DisposalMember.person_id == (viewer.id or 0)
    )
    return db.session.scalar(query) is not None
