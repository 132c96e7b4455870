"""Reminding the administrators of requests that are to be answered; each step once."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from helpdesk.privacy_requests import access
from helpdesk.privacy_requests.models import PrivacyRequest
from helpdesk.privacy_requests.states import KINDS, REMINDED_DAYS, Kind
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.pages import show_date
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person, RoleGrant


def handlers() -> list[Person]:
    """Return the administrators of the whole office."""
    holds = select(RoleGrant.person_id).where(
        RoleGrant.role.in_(access.HANDLE.roles), RoleGrant.unit_id.is_(None)
    )
    query = select(Person).where(Person.left_on.is_(None), Person.id.in_(holds.scalar_subquery()))
    return list(db.session.scalars(query.order_by(Person.id)))


def tell_asked(request: PrivacyRequest) -> None:
    """Tell the administrators that somebody asked."""
    _tell(request, "asked")


def tell_proposed(request: PrivacyRequest) -> None:
    """Tell the administrators that an erasure waits for a second person."""
    _tell(request, f"proposed:{request.version}")


def remind(request_id: int, today: date) -> int:
    """Remind of a request that is near its day; return how many people are concerned."""
    request = db.session.get_one(PrivacyRequest, request_id)
    left = (request.due_on - today).days
    step = min((days for days in REMINDED_DAYS if left <= days), default=None)
    if step is None or not request.is_open:
        return 0
    return _tell(request, str(step))


def _tell(request: PrivacyRequest, step: str) -> int:
    told = handlers()
    for person in told:
        with speaking(person.language):
            day = show_date(request.due_on, "long")
            bookkeeping.send(
                kind="privacy_request",
                subject=_("Request %(number)s: answer by %(day)s", number=request.number, day=day),
                body=_(
                    "%(kind)s. The law gives 30 days, until %(day)s.",
                    kind=KINDS[Kind(request.kind)],
                    day=day,
                ),
                language=person.language,
                person_id=person.id,
                link=f"/privacy/requests/{request.id}",
                dedupe_key=f"privacy_request:{request.id}:{step}:{person.id}",
            )
    return len(told)
