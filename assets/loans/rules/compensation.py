"""What a borrower owes for an item that came back damaged or incomplete, or was lost (clause 209).

Three ways make it good: repair at the own cost, an item of the same kind, or the price at the time
of borrowing. A duty opens with the return, in the same act, and stays open until a paper shows that
it was made good, or an officer lifts it with a reason.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from assets.loans import access
from assets.loans.later_models import LoanDuty
from assets.loans.later_states import DUTIES, DutyAction, DutyKind, DutyState
from assets.loans.models import LoanLine
from assets.loans.states import Outcome
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

# Wear is nobody's fault; these outcomes oblige the borrower.
OBLIGING = (Outcome.DAMAGED, Outcome.INCOMPLETE, Outcome.LOST)
DUE_AFTER_DAYS = 30


def oblige(line: LoanLine, *, by: Viewer) -> LoanDuty:
    """Write down that the borrower of a line owes something for its item (clause 209, R-L5)."""
    duty = LoanDuty(
        line_id=line.id,
        person_id=line.loan.borrower_id,
        price=line.asset.price,
        due_on=clock.today() + timedelta(days=DUE_AFTER_DAYS),
        opened_at=clock.now(),
        opened_by_id=by.id,
    )
    db.session.add(duty)
    audit.record(
        "obliged",
        duty,
        by=by,
        after={"loan": line.loan.number, "item": line.asset.name, "outcome": line.condition_in},
    )
    return duty


def agree(
    duty: LoanDuty,
    kind: str,
    *,
    due_on: date | None,
    amount: Decimal | None = None,
    note: str = "",
    by: Viewer,
) -> None:
    """Write down how and until when a duty is made good; it stays open.

    Args:
        duty: the duty.
        kind: one of the three ways of clause 209.
        due_on: the day until which it is made good.
        amount: baht; needed where money is paid.
        note: whatever else was agreed.
        by: the officer.

    Refuses a duty that has ended, the own duty, an unknown way, a missing or past day, a negative
    amount, and money without an amount.
    """
    _begin(duty, DutyAction.SET_TERMS, by)
    _check(kind, amount)
    if due_on is None or due_on < clock.today():
        raise Refusal(_("Choose a day from today on."), field="due_on")
    changes = {"kind": kind, "due_on": due_on, "amount": amount, "note": note.strip()[:500]}
    audit.record_changes("agreed", duty, changes, by=by)


def settle(
    duty: LoanDuty, kind: str, *, paper: str, amount: Decimal | None = None, note: str, by: Viewer
) -> None:
    """Close a duty that was made good.

    Args:
        duty: the duty.
        kind: the way in which it was made good.
        paper: the document that shows it: a receipt, a record of acceptance.
        amount: baht; needed where money was paid.
        note: whatever else is to be known.
        by: the officer.

    Refuses a duty that has ended, the own duty, an unknown way, a missing paper, money without an
    amount.
    """
    target = _begin(duty, DutyAction.SETTLE, by)
    _check(kind, amount)
    if not paper.strip():
        raise Refusal(_("Please name the paper that shows it."), field="paper")
    changes = {
        "state": target,
        "kind": kind,
        "amount": amount,
        "paper": paper.strip()[:200],
        "note": note.strip()[:500] or duty.note,
    }
    audit.record_changes("settled", duty, changes, by=by)
    duty.ended_at, duty.ended_by_id = clock.now(), by.id


def lift(duty: LoanDuty, why: str, *, by: Viewer) -> None:
    """End a duty that is not owed: refuses one that has ended, the own one, a missing reason."""
    target = _begin(duty, DutyAction.LIFT, by)
    if not why.strip():
        raise Refusal(_("Please give the reason."), field="note")
    audit.record_changes("lifted", duty, {"state": target, "note": why.strip()[:500]}, by=by)
    duty.ended_at, duty.ended_by_id = clock.now(), by.id


def _begin(duty: LoanDuty, action: DutyAction, by: Viewer) -> DutyState:
    by.demand(access.SETTLE)
    if by.id is not None and by.id == duty.person_id:
        raise Refusal(_("You cannot decide about your own duty; ask another officer to do it."))
    return DUTIES.target(DutyState(duty.state), action)


def _check(kind: str, amount: Decimal | None) -> None:
    if kind not in set(DutyKind):
        raise Refusal(_("Please choose how it is made good (clause 209)."), field="kind")
    if amount is not None and amount < 0:
        raise Refusal(_("An amount of money cannot be negative."), field="amount")
    if kind == DutyKind.PAY and amount is None:
        raise Refusal(_("Please give the amount in baht."), field="amount")
