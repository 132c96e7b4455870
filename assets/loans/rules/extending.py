"""Giving things a later due date: a row more, the first due date stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assets.loans import access
from assets.loans.models import Loan, LoanExtension, LoanLine
from assets.loans.rules import due_dates
from assets.loans.states import LINES, LineAction, LineState
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit


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

    Refuses an empty list, lines that are not out, a day that is not later, what
    ``due_dates.check`` refuses, a missing reason, and the borrower extending the own loan (R-L6).
    """
    by.demand(access.EXTEND)
    if by.id is not None and by.id == loan.borrower_id:
        raise Refusal(_("You cannot extend your own loan; ask another officer to do it."))
    if not lines:
        raise Refusal(_("Choose at least one item that is still out."), field="lines")
    if not why.strip():
        raise Refusal(_("Please give the reason."), field="why")
    day = due_dates.check(new_due_on, by.unit_id)
    for line in lines:
        LINES.target(LineState(line.state), LineAction.EXTEND)
        if day <= line.due_on:
            raise Refusal(_("The new day must be later than the present due date."), field="due_on")
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
