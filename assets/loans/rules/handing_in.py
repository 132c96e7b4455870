"""Handing in elsewhere: a borrower gives a thing to another unit than the one that lent it.

The borrower owes it no more; but it is free only when its own store has taken it in, so the hold
stays (returned is not available). A wish for a later date or an offer that waited is withdrawn.
"""

from __future__ import annotations

from sqlalchemy import select

from assets.loans import access
from assets.loans.models import Loan, LoanLine
from assets.loans.rules import loose_ends
from assets.loans.states import LINES, LineAction, LineState
from assets.register.models import Asset
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person
from office.places.models import Unit


def hand_in(asset: Asset, *, by: Viewer) -> LoanLine:
    """Take a lent thing in for the unit that lends it; who handed it over there is told.

    Refuses without the right over the own unit, a thing that is not out, the own loan (R-L6), and
    one that the receiver's own store lent: that is taken back at the lending desk.
    """
    if by.unit_id is None:
        raise NotAllowed(_("This needs a right that you do not have."))
    by.demand(access.HAND_IN, by.unit_id)
    line = db.session.scalar(
        select(LoanLine)
        .where(LoanLine.asset_id == asset.id, LoanLine.state == LineState.OUT)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if line is None:
        raise Refusal(_("“%(name)s” is not out on loan any more.", name=asset.name), field="code")
    loan = db.session.get_one(Loan, line.loan_id)
    if loan.borrower_id == by.id:
        raise Refusal(_("You cannot take in what you borrowed yourself."), field="code")
    if by.may(access.TAKE_BACK, asset.owner_unit_id, asset.holding_unit_id):
        raise Refusal(
            _("This is of your own store. Please take it back at the lending desk."), field="code"
        )
    line.state = LINES.target(LineState(line.state), LineAction.HAND_IN)
    line.handed_in_at, line.handed_in_unit_id = clock.now(), by.unit_id
    line.handed_in_to_id = by.id
    loose_ends.withdraw([line.id])
    audit.record("handed_in", line, by=by, after={"loan": loan.number, "unit": by.unit_id})
    _tell(line, loan, asset, db.session.get_one(Unit, by.unit_id))
    return line


def _tell(line: LoanLine, loan: Loan, asset: Asset, unit: Unit) -> None:
    for person_id in {loan.handed_by_id, loan.borrower_id} - {None}:
        person = db.session.get_one(Person, person_id)
        with speaking(person.language):
            subject = _("“%(name)s” was handed in at %(unit)s", name=asset.name, unit=unit.name)
            body = _(
                "“%(name)s” of loan %(number)s was handed in at %(unit)s. The borrower owes it no "
                "more. It can be lent again when its own store has taken it in.",
                name=asset.name,
                number=loan.number,
                unit=unit.name,
            )
        bookkeeping.send(
            kind="loan_handed_in",
            subject=subject,
            body=body,
            language=person.language,
            person_id=person.id,
            link=f"/loans/{loan.id}",
            dedupe_key=f"loan_handed_in:{line.id}:{person.id}",
        )
