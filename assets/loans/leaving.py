"""Nobody leaves the office with borrowed things (clause 211): the room of people asks here."""

from __future__ import annotations

from sqlalchemy import func, select

from assets.loans.models import Loan, LoanLine
from assets.loans.states import LineState
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from office.people.leaving import Standing
from office.people.models import Person


def still_out(person: Person) -> Standing | None:
    """Return what keeps a person from leaving: things still out; None where there are none."""
    number = db.session.scalar(
        select(func.count())
        .select_from(LoanLine)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .where(Loan.borrower_id == person.id, LoanLine.state == LineState.OUT)
    )
    if not number:
        return None
    return Standing(
        ngettext(
            "%(name)s still has %(number)s borrowed item. Take it back first.",
            "%(name)s still has %(number)s borrowed items. Take them back first.",
            number,
            name=person.name,
        ),
        href=f"/loans/person/{person.id}",
        action=_("To the loans"),
    )
