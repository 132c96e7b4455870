"""Nobody leaves the office with borrowed things (clause 211): the room of people asks here."""

from __future__ import annotations

from sqlalchemy import func, select

from assets.loans.models import Loan, LoanLine
from assets.loans.request_models import LoanRequest
from assets.loans.states import LineState, RequestState
from assets.register.models import Asset
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from office.people.leaving import Standing
from office.people.models import Person

NAMED = 5
OPEN = (RequestState.REQUESTED, RequestState.APPROVED)


def still_out(person: Person) -> Standing | None:
    """Return what keeps a person from leaving: things still out; None where there are none."""
    out = (Loan.borrower_id == person.id, LoanLine.state == LineState.OUT)
    number = db.session.scalar(
        select(func.count())
        .select_from(LoanLine)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .where(*out)
    )
    if not number:
        return None
    first = db.session.execute(
        select(Asset.name, Asset.asset_no)
        .join(LoanLine, LoanLine.asset_id == Asset.id)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .where(*out)
        .order_by(LoanLine.due_on, LoanLine.id)
        .limit(NAMED)
    ).all()
    named = [" ".join(part for part in (row.name, row.asset_no) if part) for row in first]
    return Standing(
        ngettext(
            "%(name)s still has %(number)s borrowed item. Take it back first.",
            "%(name)s still has %(number)s borrowed items. Take them back first.",
            number,
            name=person.name,
        ),
        things=(*named, *(["…"] if number > NAMED else [])),
        href=f"/loans/person/{person.id}",
        action=_("To the loans"),
    )


def still_asking(person: Person) -> Standing | None:
    """Return the requests to borrow that would promise things to somebody who is gone."""
    asked = db.session.execute(
        select(LoanRequest.id, LoanRequest.number)
        .where(LoanRequest.asker_id == person.id, LoanRequest.state.in_(OPEN))
        .order_by(LoanRequest.id)
    ).all()
    if not asked:
        return None
    return Standing(
        ngettext(
            "%(name)s has asked to borrow something, which is still open. Cancel it first.",
            "%(name)s has %(number)s open requests to borrow. Cancel them first.",
            len(asked),
            name=person.name,
        ),
        things=tuple(row.number for row in asked[:NAMED]),
        href=f"/loans/requests/{asked[0].id}",
        action=_("To the request"),
    )
