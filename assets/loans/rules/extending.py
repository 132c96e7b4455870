"""Giving things a later due date: a row more, the first due date stays.

A borrower asks, the desk decides. What is promised to somebody else by then is not extended.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assets.loans import access, pools
from assets.loans.later_models import ExtensionWish
from assets.loans.later_states import WISHES, WishAction, WishState
from assets.loans.models import Loan, LoanExtension, LoanLine
from assets.loans.rules import due_dates, obstacles, reserving
from assets.loans.states import LINES, LineAction, LineState
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.pages import show_date
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping


def extend(
    loan: Loan, lines: Sequence[LoanLine], new_due_on: date | None, *, why: str, by: Viewer
) -> None:
    """Give lines of a loan a later due date.

    Args:
        loan: the loan.
        lines: those of its lines that are meant; they must be out.
        new_due_on: the new day; an open day of the office, later than each line's present one.
        why: the reason, for the history.
        by: the officer.

    Refuses an empty list, lines that are not out, a day that is not later, an item promised to
    somebody else by then, what ``due_dates.check`` refuses, a missing reason, and the borrower
    extending the own loan (R-L6).
    """
    by.demand(access.EXTEND)
    if by.id is not None and by.id == loan.borrower_id:
        raise Refusal(_("You cannot extend your own loan; ask another officer to do it."))
    if not lines:
        raise Refusal(_("Choose at least one item that is still out."), field="lines")
    if not why.strip():
        raise Refusal(_("Please give the reason."), field="why")
    day = due_dates.check(new_due_on, by.unit_id)
    reserving.take_turns({pools.pool_of(line.asset).unit_id for line in lines})
    for line in lines:
        LINES.target(LineState(line.state), LineAction.EXTEND)
        check_later(line, day)
        extension = LoanExtension(
            line_id=line.id,
            old_due_on=line.due_on,
            new_due_on=day,
            at=clock.now(),
            by_id=by.id,
            why=why.strip(),
        )
        db.session.add(extension)
        line.due_on = day
    before = loan.due_on
    loan.due_on = max(loan.due_on, day)
    audit.record(
        "extended",
        loan,
        by=by,
        before={"due_on": before},
        after={"due_on": day, "lines": [line.id for line in lines], "why": why.strip()},
    )


def check_later(line: LoanLine, day: date) -> None:
    """Refuse a day that is not later than the due date, and one by which the item is promised."""
    if day <= line.due_on:
        raise Refusal(_("The new day must be later than the present due date."), field="due_on")
    said = obstacles.promised(line.asset, line.due_on, day)
    if said:
        raise Refusal(said, field="due_on")


def ask(line: LoanLine, new_due_on: date | None, why: str, *, by: Viewer) -> ExtensionWish:
    """Ask as the borrower to keep one item longer; the desk decides.

    Refuses somebody else's item, one that is not out, one that has a wish waiting, a missing
    reason, what ``due_dates.check`` refuses, a day that is not later, and an item that is promised
    to somebody else by then.
    """
    if by.id is None or by.id != line.loan.borrower_id:
        raise Refusal(_("You can ask only for what you have borrowed yourself."))
    LINES.target(LineState(line.state), LineAction.EXTEND)
    if not why.strip():
        raise Refusal(_("Please give the reason."), field="why")
    day = due_dates.check(new_due_on, line.loan.lending_unit_id)
    check_later(line, day)
    wish = {"line_id": line.id, "new_due_on": day, "why": why.strip()[:300], "asked_by_id": by.id}
    made = bookkeeping.insert_or_skip(ExtensionWish, **wish, asked_at=clock.now())
    if not made:
        raise Refusal(_("You have asked already; the desk has not decided yet."))
    asked = waiting_of(line)
    audit.record("asked", asked, by=by, after={"loan": line.loan.number, "due_on": day})
    return asked


def waiting_of(line: LoanLine) -> ExtensionWish:
    """Return the wish that waits for a line.

    Raises:
        Refusal: none waits any more.
    """
    wish: ExtensionWish | None = (
        db.session.query(ExtensionWish)
        .filter_by(line_id=line.id, state=WishState.WAITING)
        .one_or_none()
    )
    if wish is None:
        raise Refusal(_("This wish has been decided already."))
    return wish


def grant(wish: ExtensionWish, *, answer: str = "", by: Viewer) -> None:
    """Grant a wish; the borrower is told. Refuses what ``extend`` refuses."""
    target = WISHES.target(WishState(wish.state), WishAction.GRANT)
    extend(wish.line.loan, [wish.line], wish.new_due_on, why=wish.why, by=by)
    _decide(wish, target, answer, by)


def refuse(wish: ExtensionWish, answer: str, *, by: Viewer) -> None:
    """Refuse a wish with a reason; the borrower is told."""
    by.demand(access.EXTEND)
    target = WISHES.target(WishState(wish.state), WishAction.REFUSE)
    if by.id == wish.asked_by_id:
        raise Refusal(_("You cannot decide about your own wish; ask another officer to do it."))
    if not answer.strip():
        raise Refusal(_("Please give the reason."), field="answer")
    _decide(wish, target, answer, by)


def withdraw(wish: ExtensionWish, *, by: Viewer) -> None:
    """Take the own wish back."""
    if by.id is None or by.id != wish.asked_by_id:
        raise Refusal(_("You can take back only your own wish."))
    wish.state = WISHES.target(WishState(wish.state), WishAction.WITHDRAW)
    wish.decided_at, wish.decided_by_id = clock.now(), by.id
    audit.record("withdrawn", wish, by=by)


def _decide(wish: ExtensionWish, target: WishState, answer: str, by: Viewer) -> None:
    wish.state, wish.answer = target, answer.strip()[:300]
    wish.decided_at, wish.decided_by_id = clock.now(), by.id
    audit.record(str(target), wish, by=by, after={"answer": wish.answer})
    person, name = wish.asked_by, wish.line.asset.name
    with speaking(person.language):
        if target == WishState.GRANTED:
            subject = _("You may keep “%(name)s” longer", name=name)
            day = show_date(wish.new_due_on, "short")
            body = _("It is due back on %(day)s now.", day=day)
        else:
            subject = _("“%(name)s” cannot be extended", name=name)
            day = show_date(wish.line.due_on, "short")
            body = _("It stays due back on %(day)s.", day=day)
        bookkeeping.send(
            kind="loan_wish",
            subject=subject,
            body="\n\n".join(part for part in (body, wish.answer) if part),
            language=person.language,
            person_id=person.id,
            link="/loans/mine",
        )
