"""Checks of personal data: two people erase, and what is erased leaves no account."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import or_, select

from helpdesk.doctor.findings import Check, named
from helpdesk.privacy_requests.models import PrivacyRequest
from helpdesk.privacy_requests.states import Kind, State
from kernel.i18n import lazy_gettext as _l
from office.people.models import Person


def erased_by_one() -> Iterator[str]:
    """Yield erasures that were not carried out by two people."""
    query = select(PrivacyRequest.id).where(
        PrivacyRequest.kind == Kind.ERASE,
        PrivacyRequest.state == State.DONE,
        or_(
            PrivacyRequest.proposed_by_id.is_(None),
            PrivacyRequest.decided_by_id.is_(None),
            PrivacyRequest.proposed_by_id == PrivacyRequest.decided_by_id,
        ),
    )
    return named("privacy_request", query.order_by(PrivacyRequest.id))


def erased_accounts() -> Iterator[str]:
    """Yield people whose data were erased and who have an account or contacts again."""
    query = (
        select(Person.id)
        .join(PrivacyRequest, PrivacyRequest.person_id == Person.id)
        .where(
            PrivacyRequest.kind == Kind.ERASE,
            PrivacyRequest.state == State.DONE,
            or_(
                Person.email != "",
                Person.phone != "",
                Person.username != "",
                Person.password_hash.is_not(None),
            ),
        )
        .distinct()
    )
    return named("person", query.order_by(Person.id))


CHECKS = (
    Check(
        "erased_by_one",
        _l("Every erasure of personal data was proposed by one person and done by another."),
        _l("Was a row changed behind the service? Compare the request with the audit trail."),
        erased_by_one,
    ),
    Check(
        "erased_accounts",
        _l("Nobody whose data were erased has an account or contacts again."),
        _l("Was an old backup or list brought in? Write down a new request and erase again."),
        erased_accounts,
    ),
)
