"""Who may ask, see and carry out requests, and make kinds of them; the loaders that refuse.

The asker sees the own request, whoever is or was asked to sign it sees it too; staff see those of
their units and those that their unit carries out.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload

from helpdesk.requests.models import KindEdition, RequestFile, RequestKind, ServiceRequest
from helpdesk.requests.states import State
from kernel.access import Permission, Viewer, permission
from kernel.db import db
from kernel.errors import NotAllowed, NotFound
from kernel.i18n import gettext as _
from office.approvals import access as approvals
from office.approvals.models import Approval
from office.people.access import EVERYONE, Role

ASK = permission("helpdesk:request:ask", roles=EVERYONE)
SEE = permission(
    "helpdesk:request:see",
    roles=(Role.TECHNICIAN, Role.STOREKEEPER, Role.COORDINATOR, Role.AUDITOR, Role.ADMIN),
)
CARRY_OUT = permission(
    "helpdesk:request:carry_out", roles=(Role.TECHNICIAN, Role.STOREKEEPER, Role.ADMIN)
)
ISSUE = permission("helpdesk:request:issue", roles=(Role.STOREKEEPER, Role.ADMIN))
KINDS = permission("helpdesk:request_kind:edit", roles=(Role.ADMIN,), office_wide=True)


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the requests that a viewer sees in the list of all; no drafts."""
    reach = viewer.scope(SEE).clause(ServiceRequest.unit_id, ServiceRequest.handling_unit_id)
    return reach & (ServiceRequest.state != State.DRAFT)


def request_read(viewer: Viewer, request_id: int) -> ServiceRequest:
    """Return a request that the viewer may read.

    Raises:
        NotFound: there is none, or it is none of the viewer's business.
    """
    asked = exists().where(Approval.id == ServiceRequest.approval_id, approvals.visible(viewer))
    terms = [ServiceRequest.asker_id == viewer.id, asked]
    if viewer.scope(SEE):
        terms.append(visible(viewer))
    found = db.session.scalar(
        select(ServiceRequest)
        .options(
            joinedload(ServiceRequest.asker),
            joinedload(ServiceRequest.unit),
            joinedload(ServiceRequest.handling_unit),
            joinedload(ServiceRequest.approval),
            joinedload(ServiceRequest.edition).joinedload(KindEdition.kind),
        )
        .where(ServiceRequest.id == request_id, or_(*terms))
    )
    if found is None or viewer.id is None:
        raise NotFound(_("There is no such request."))
    return found


def request_owned(viewer: Viewer, request_id: int) -> ServiceRequest:
    """Return the viewer's own request.

    Raises:
        NotFound: there is none, or the viewer may not read it.
        NotAllowed: it is somebody else's.
    """
    found = request_read(viewer, request_id)
    if found.asker_id != viewer.id:
        raise NotAllowed(_("Only the person who asked may do this."))
    return found


def request_for(viewer: Viewer, request_id: int, right: Permission) -> ServiceRequest:
    """Return a request that the viewer's unit carries out, for an act of staff.

    Raises:
        NotFound: there is none, or the viewer may not read it.
        NotAllowed: another unit carries it out.
    """
    found = request_read(viewer, request_id)
    viewer.demand(right, found.handling_unit_id)
    return found


def file_read(viewer: Viewer, request_id: int, file_id: int) -> RequestFile:
    """Return a file of a request that the viewer may read.

    Raises:
        NotFound: there is none, or the request is none of the viewer's business.
    """
    found = db.session.get(RequestFile, file_id)
    if found is None or found.request_id != request_read(viewer, request_id).id:
        raise NotFound(_("There is no such file."))
    return found


def kind_edited(kind_id: int) -> RequestKind:
    """Return a kind to edit.

    Raises:
        NotFound: there is none.
    """
    found = db.session.get(RequestKind, kind_id)
    if found is None:
        raise NotFound(_("There is no such kind of request."))
    return found
