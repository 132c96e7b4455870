"""Who may read which messages; the loaders that refuse."""

from __future__ import annotations

from sqlalchemy import select

from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.bookkeeping.models import OutgoingMessage
from office.notifications.models import Delivery
from office.people.access import EVERYONE, Role

INBOX = permission("office:inbox:see", roles=EVERYONE)
SEE = permission("office:message:see", roles=(Role.ADMIN, Role.AUDITOR), office_wide=True)
# The text of a message may hold a link that only its recipient should follow.
READ_TEXT = permission("office:message:read_text", roles=(Role.ADMIN,), office_wide=True)
CHOOSE = permission("office:message:choose", roles=EVERYONE)
SET_UP = permission("office:message:set_up", roles=(Role.ADMIN,), office_wide=True)
RESEND = permission("office:message:resend", roles=(Role.ADMIN,), office_wide=True)


def own_message(viewer: Viewer, message_id: int) -> OutgoingMessage:
    """Return a message to the viewer.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    message = db.session.scalar(
        select(OutgoingMessage).where(
            OutgoingMessage.id == message_id, OutgoingMessage.person_id == viewer.id
        )
    )
    if message is None:
        raise NotFound(_("There is no such message in your inbox."))
    return message


def any_message(viewer: Viewer, message_id: int) -> OutgoingMessage:
    """Return any message of the office, to those who may see them all.

    Raises:
        NotAllowed: the viewer may not.
        NotFound: there is none.
    """
    viewer.demand(SEE)
    message = db.session.get(OutgoingMessage, message_id)
    if message is None:
        raise NotFound(_("There is no such message."))
    return message


def any_delivery(viewer: Viewer, delivery_id: int) -> Delivery:
    """Return any delivery of the office, to those who may see all messages.

    Raises:
        NotAllowed: the viewer may not.
        NotFound: there is none.
    """
    viewer.demand(SEE)
    delivery = db.session.get(Delivery, delivery_id)
    if delivery is None:
        raise NotFound(_("There is no such message."))
    return delivery
