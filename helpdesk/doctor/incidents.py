"""Checks of incidents: the clock of 72 hours, and what is closed."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import and_, or_, select

from helpdesk.doctor.findings import Check, named
from helpdesk.incidents.models import Incident
from helpdesk.incidents.states import NOTICE_WITHIN, Risk, State
from kernel.db import db
from kernel.i18n import lazy_gettext as _l


def wrong_clock() -> Iterator[str]:
    """Yield incidents whose notice is not due 72 hours after the office knew."""
    query = select(Incident.id, Incident.known_at, Incident.notice_due_at).where(
        Incident.notice_due_at.is_not(None)
    )
    for row in db.session.execute(query.order_by(Incident.id)):
        if row.notice_due_at != row.known_at + NOTICE_WITHIN:
            yield f"incident {row.id}"


def closed_untold() -> Iterator[str]:
    """Yield incidents that were closed while the Committee or the people were still to be told."""
    query = select(Incident.id).where(
        Incident.state == State.CLOSED,
        or_(
            and_(Incident.risk.in_((Risk.SOME, Risk.HIGH)), Incident.notified_at.is_(None)),
            and_(Incident.risk == Risk.HIGH, Incident.told_at.is_(None)),
        ),
    )
    return named("incident", query.order_by(Incident.id))


CHECKS = (
    Check(
        "incidents_clock",
        _l("The notice of a breach is due 72 hours after the office knew."),
        _l("Classify the incident again: that reckons the clock anew."),
        wrong_clock,
    ),
    Check(
        "incidents_untold",
        _l("No breach is closed before all were told who are to be told."),
        _l("Open the incident again and write down the notice."),
        closed_untold,
    ),
)
