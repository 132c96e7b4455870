"""Who asks, who answers, who reads; the loaders that refuse."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from helpdesk.privacy_requests.models import PrivacyRequest
from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.people.access import EVERYONE, Role

ASK = permission("helpdesk:privacy_request:ask", roles=EVERYONE)
SEE = permission(
    "helpdesk:privacy_request:see",
    roles=(Role.AUDITOR, Role.APPROVER, Role.ADMIN),
    office_wide=True,
)
HANDLE = permission("helpdesk:privacy_request:handle", roles=(Role.ADMIN,), office_wide=True)
# The second of the two people who erase.
DECIDE = permission(
    "helpdesk:privacy_request:decide", roles=(Role.APPROVER, Role.ADMIN), office_wide=True
)


def request_seen(viewer: Viewer, request_id: int) -> PrivacyRequest:
    """Return a request: for those who read them all, and for whoever asked.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    found = db.session.scalar(
        select(PrivacyRequest)
        .options(
            joinedload(PrivacyRequest.person),
            joinedload(PrivacyRequest.proposed_by),
            joinedload(PrivacyRequest.decided_by),
        )
        .where(PrivacyRequest.id == request_id)
    )
    if found is None or not (
        viewer.may(SEE) or (viewer.id is not None and found.person_id == viewer.id)
    ):
        raise NotFound(_("There is no such request."))
    return found
