"""Who has something overdue borrows nothing more, until it is back or the store lifts the block.

The block is a rule, not a mark on the person: it begins so many days after a due date as the office
has set, the day after where it has set none, and ends with the return. A lifting holds until its
day, however many things are late.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from assets.loans import access, limits
from assets.loans.later_models import BlockLift
from assets.loans.models import Loan, LoanLine
from assets.loans.states import LineState
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.pages import show_date
from office.bookkeeping import audit
from office.people.models import Person

LONGEST_LIFT_DAYS = 90
USUAL_LIFT_DAYS = 7


@dataclass(frozen=True)
class Block:
    """What stands against a person: how many things are late, the oldest due date, a lifting."""

    late: int
    oldest_due_on: date
    lifted_until: date | None

    @property
    def holds(self) -> bool:
        """The person may borrow nothing now."""
        return self.lifted_until is None

    @property
    def sentence(self) -> str:
        """Why the person may borrow nothing, for the person and the officer."""
        return ngettext(
            "%(number)s borrowed item is overdue, the oldest since %(day)s. It comes back first, "
            "or the store lifts the block.",
            "%(number)s borrowed items are overdue, the oldest since %(day)s. They come back "
            "first, or the store lifts the block.",
            self.late,
            day=show_date(self.oldest_due_on, "short"),
        )


def block_of(person_id: int) -> Block | None:
    """Return what is late with a person, with a lifting in force; None where nothing is late."""
    today = clock.today()
    lifted = (
        select(func.max(BlockLift.until))
        .where(BlockLift.person_id == person_id, BlockLift.until >= today)
        .scalar_subquery()
    )
    late, oldest, until = db.session.execute(
        select(func.count(LoanLine.id), func.min(LoanLine.due_on), lifted)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .where(
            Loan.borrower_id == person_id,
            LoanLine.state == LineState.OUT,
            LoanLine.due_on <= today - timedelta(days=limits.ladder().block_from_days),
        )
    ).one()
    return Block(late, oldest, until) if late else None


def check(person: Person) -> None:
    """Refuse a person with something overdue, unless the block is lifted today."""
    block = block_of(person.id)
    if block is not None and block.holds:
        raise Refusal(
            _("%(name)s cannot borrow now.", name=person.name) + " " + block.sentence, field="code"
        )


def usual_end() -> date:
    """Return the last day of a lifting for which no other day is given: a week from today."""
    return clock.today() + timedelta(days=USUAL_LIFT_DAYS)


def lift(person: Person, until: date | None, why: str, *, by: Viewer) -> BlockLift:
    """Let a person borrow although something is overdue.

    Args:
        person: who is blocked.
        until: the last day on which the lifting holds; at most 90 days ahead.
        why: the reason, kept with the name of the officer.
        by: the officer.

    Refuses a person who is not blocked, the own block, a missing reason, and a day that has passed
    or lies too far ahead.
    """
    by.demand(access.LIFT)
    today = clock.today()
    if by.id is None or by.id == person.id:
        raise Refusal(_("You cannot lift your own block; ask another officer to do it."))
    block = block_of(person.id)
    if block is None or not block.holds:
        raise Refusal(_("%(name)s may borrow already.", name=person.name))
    if not why.strip():
        raise Refusal(_("Please give the reason."), field="why")
    if until is None or not today <= until <= today + timedelta(days=LONGEST_LIFT_DAYS):
        raise Refusal(
            _("Choose a day from today up to %(most)s days ahead.", most=LONGEST_LIFT_DAYS),
            field="until",
        )
    lifting = BlockLift(
        person_id=person.id, until=until, why=why.strip()[:300], at=clock.now(), by_id=by.id
    )
    db.session.add(lifting)
    audit.record(
        "lifted", lifting, by=by, after={"person": person.name_th, "until": until, "why": why}
    )
    return lifting
