"""Handing an item on to another person without bringing it back first.

The borrower offers it, the other person confirms: in one act the old line ends and a new loan
begins, so that somebody answers for the item at every moment. Who approved and the due date stay.
"""

from __future__ import annotations

from assets.loans import later_queries
from assets.loans.later_models import HandingOn
from assets.loans.later_states import OFFERS, OfferAction, OfferState
from assets.loans.models import Loan, LoanLine
from assets.loans.rules import blocks, lending, loose_ends, obstacles, returning
from assets.loans.rules.lending import Terms
from assets.loans.states import LINES, LineAction, LineState, Outcome
from assets.register.rules import holds
from assets.register.states import HoldKind
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.pages import show_date
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.people.models import Person


def offer(line: LoanLine, person: Person, purpose: str, *, by: Viewer) -> HandingOn:
    """Offer the own borrowed item to another person, who then has to confirm.

    Args:
        line: the line of the item.
        person: who shall have it.
        purpose: what that person needs it for, in the service of the office (clause 207).
        by: the borrower.

    Refuses somebody else's item, one that is not out, is overdue or is on offer already, a person
    who has left or is blocked, oneself, a class kept for the own unit, and a missing purpose.
    """
    if by.id is None or by.id != line.loan.borrower_id:
        raise Refusal(_("You can hand on only what you have borrowed yourself."))
    LINES.target(LineState(line.state), LineAction.HAND_ON)
    _check_line(line, person)
    if not purpose.strip():
        raise Refusal(_("Please say what the items are for."), field="purpose")
    made = bookkeeping.insert_or_skip(
        HandingOn,
        line_id=line.id,
        from_person_id=by.id,
        to_person_id=person.id,
        purpose=purpose.strip()[:500],
        offered_at=clock.now(),
    )
    if not made:
        raise Refusal(_("The item is on offer already; take that offer back first."))
    offered = later_queries.offer_of(line.id)
    if offered is None:
        raise LookupError("the offer was decided at this very moment")
    audit.record("offered", offered, by=by, after={"to": person.name_th, "item": line.asset.name})
    with speaking(person.language):
        _send(
            person,
            _("%(name)s would like to hand “%(item)s” on to you", **_names(offered)),
            _(
                "Please confirm once you have it in your hands. From then on you answer for it, "
                "until %(day)s.",
                day=show_date(line.due_on, "short"),
            ),
        )
    return offered


def _names(offered: HandingOn) -> dict[str, str]:
    return {"name": offered.from_person.name, "item": offered.line.asset.name}


def _check_line(line: LoanLine, person: Person) -> None:
    if line.days_late(clock.today()):
        raise Refusal(_("The item is overdue; it cannot be handed on. Ask the desk first."))
    if person.id == line.loan.borrower_id:
        raise Refusal(_("You have the item already."), field="person")
    if person.left_on is not None:
        raise Refusal(_("%(name)s has left and cannot borrow.", name=person.name), field="person")
    kept = obstacles.kept_for_own_unit(line.asset, person)
    if kept:
        raise Refusal(kept, field="person")
    blocks.check(person)


def accept(offered: HandingOn, *, official: bool, by: Viewer) -> Loan:
    """Take an offered item over: the old line ends and a new loan begins in one act.

    Args:
        offered: the offer.
        official: the promise of clause 207.
        by: the person to whom it was offered.

    Returns:
        the new loan, with its number and the same due date.

    Refuses anybody else, an offer that has been decided, an item that is back or overdue by now, a
    person who is blocked, and a missing promise.
    """
    target = _begin(offered, OfferAction.ACCEPT, by, offered.to_person_id)
    old, person = offered.line, offered.to_person
    db.session.refresh(old.loan, with_for_update={"of": Loan})
    db.session.refresh(old)
    LINES.target(LineState(old.state), LineAction.HAND_ON)
    _check_line(old, person)
    terms = Terms(
        purpose=offered.purpose,
        place_kind=old.loan.place_kind,
        official=official,
        due_on=old.due_on,
        approved_by_text=old.loan.approved_by_text,
    )
    lending.check_terms(terms, person)
    number = bookkeeping.next_number(lending.NUMBERS)
    _end(old, person, number, by)
    loan, line = _begin_anew(old, offered, terms, number)
    offered.state, offered.decided_at, offered.new_line_id = target, clock.now(), line.id
    loose_ends.withdraw([old.id])
    returning.close_loans([old.loan], by=by)
    audit.record("handed_on", loan, by=by, after={"number": number, "from": old.loan.number})
    _tell_old_side(offered, loan)
    return loan


def _end(old: LoanLine, person: Person, number: str, by: Viewer) -> None:
    with speaking("th"):
        note = _("Handed on to %(name)s, loan %(number)s", name=person.name_th, number=number)
    old.state = LINES.target(LineState(old.state), LineAction.HAND_ON)
    old.returned_at, old.taken_back_by_id = clock.now(), by.id
    old.condition_in, old.note = Outcome.GOOD, note[:500]
    holds.release(old.asset, HoldKind.LOAN, old.loan.number)
    db.session.flush()  # the item leaves the old line before it stands in the new one


def _begin_anew(
    old: LoanLine, offered: HandingOn, terms: Terms, number: str
) -> tuple[Loan, LoanLine]:
    loan = Loan(
        number=number,
        lending_unit_id=old.loan.lending_unit_id,
        borrower_id=offered.to_person_id,
        borrower_unit_id=offered.to_person.unit_id,
        purpose=terms.purpose,
        official=terms.official,
        place_kind=old.loan.place_kind,
        approved_by_text=terms.approved_by_text,
        due_on=old.due_on,
        out_at=clock.now(),
        handed_by_id=offered.from_person_id,
    )
    holds.hold(old.asset, HoldKind.LOAN, number)
    line = LoanLine(
        loan=loan,
        asset_id=old.asset_id,
        state=LineState.OUT,
        due_on=old.due_on,
        first_due_on=old.due_on,
        out_at=loan.out_at,
        condition_out=old.asset.condition,
        accessories=old.accessories,
    )
    db.session.add_all([loan, line])
    db.session.flush()  # the offer names the new line by its id
    return loan, line


def _tell_old_side(offered: HandingOn, loan: Loan) -> None:
    """Tell the old borrower, and the officer who lent the item, who has it now."""
    told = [offered.from_person]
    if offered.line.loan.handed_by is not None:
        told.append(offered.line.loan.handed_by)
    for person in {one.id: one for one in told}.values():
        with speaking(person.language):
            subject = _(
                "%(name)s has taken “%(item)s” over",
                name=offered.to_person.name,
                item=offered.line.asset.name,
            )
            body = _("It is lent on loan %(number)s now.", number=loan.number)
            _send(person, subject, body)


def decline(offered: HandingOn, answer: str, *, by: Viewer) -> None:
    """Decline an offered item; the borrower keeps answering for it and is told."""
    target = _begin(offered, OfferAction.DECLINE, by, offered.to_person_id)
    offered.state, offered.decided_at = target, clock.now()
    offered.answer = answer.strip()[:300]
    audit.record("declined", offered, by=by, after={"answer": offered.answer})
    person = offered.from_person
    with speaking(person.language):
        subject = _(
            "%(name)s does not take “%(item)s” over",
            name=offered.to_person.name,
            item=offered.line.asset.name,
        )
        _send(person, subject, offered.answer or _("You still answer for it."))


def withdraw(offered: HandingOn, *, by: Viewer) -> None:
    """Take the own offer back."""
    offered.state = _begin(offered, OfferAction.WITHDRAW, by, offered.from_person_id)
    offered.decided_at = clock.now()
    audit.record("withdrawn", offered, by=by)


def _begin(offered: HandingOn, action: OfferAction, by: Viewer, who: int) -> OfferState:
    if by.id is None or by.id != who:
        raise Refusal(_("This is for somebody else to decide."))
    return OFFERS.target(OfferState(offered.state), action)


def _send(person: Person, subject: str, body: str) -> None:
    bookkeeping.send(
        kind="loan_handing_on",
        subject=subject,
        body=body,
        language=person.language,
        person_id=person.id,
        link="/loans/mine",
    )
