"""People and bookings as forms name them."""

from __future__ import annotations

from sqlalchemy import select

from assets.loans import access as loans
from assets.loans.request_models import LoanRequest
from kernel import thai
from kernel.access import viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.approvals.queries import person_named
from office.people.models import Person


def named(typed: str | None, field: str) -> Person:
    """Return the person that a form names.

    Raises:
        Refusal: nobody, or several people, are known by it.
    """
    person = person_named(typed or "")
    if person is None:
        raise Refusal(
            _(
                "Nobody is known by “%(typed)s”. Write the full name or the e-mail.",
                typed=(typed or "")[:80],
            ),
            field=field,
        )
    return person


def named_each(typed: str | None, field: str) -> list[Person]:
    """Return the people that a form names one a line. Refuses as ``named``."""
    return [named(line, field) for line in (typed or "").splitlines() if line.strip()]


def booking_named(typed: str | None) -> LoanRequest | None:
    """Return the loan request that a form names; None where it names none.

    Raises:
        Refusal: there is none that the viewer may see.
    """
    number = thai.arabic_digits(typed or "").replace(" ", "")
    if not number:
        return None
    found = db.session.scalar(
        select(LoanRequest).where(LoanRequest.number == number, loans.requests_visible(viewer()))
    )
    if found is None:
        raise Refusal(_("No loan request is known by this number."), field="booking")
    return found
