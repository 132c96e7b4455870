"""Wanting things back earlier than agreed: a new due date, a reason, a message to the borrower."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select

from assets.loans import access
from assets.loans.later_models import LoanRecall
from assets.loans.models import Loan, LoanLine
from assets.loans.rules import due_dates
from assets.loans.states import LINES, NOT_BACK, LineAction, LineState
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import ngettext, speaking
from kernel.pages import show_date
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping


def recall(
    loan: Loan, lines: Sequence[LoanLine], new_due_on: date | None, *, why: str, by: Viewer
) -> None:
    """Ask for lines of a loan earlier; the borrower gets a message, the reminders begin anew.

    Args:
        loan: the loan.
        lines: those of its lines that are meant; they must be out.
        new_due_on: the new day; an open day of the office, earlier than each line's present one.
        why: the reason, which the borrower reads.
        by: the officer.

    Refuses an empty list, lines that are not out, a day that is not earlier, a missing reason and
    what ``due_dates.check`` refuses.
    """
    by.demand(access.RECALL)
    if not lines:
        raise Refusal(_("Choose at least one item that is still out."), field="lines")
    if not why.strip():
        raise Refusal(_("Please give the reason."), field="why")
    day = due_dates.check(new_due_on, by.unit_id)
    for line in lines:
        LINES.target(LineState(line.state), LineAction.EXTEND)
        if day >= line.due_on:
            raise Refusal(
                _("The new day must be earlier than the present due date."), field="due_on"
            )
        db.session.add(
            LoanRecall(
                line_id=line.id,
                old_due_on=line.due_on,
                first_due_on=line.first_due_on,
                new_due_on=day,
                why=why.strip()[:300],
                at=clock.now(),
                by_id=by.id,
            )
        )
        line.due_on, line.first_due_on = day, min(line.first_due_on, day)
    db.session.flush()  # the latest due date is asked of the database
    open_days = select(func.max(LoanLine.due_on)).where(
        LoanLine.loan_id == loan.id, LoanLine.state.in_(NOT_BACK)
    )
    loan.due_on = db.session.scalar(open_days) or day
    audit.record(
        "recalled",
        loan,
        by=by,
        after={"due_on": day, "lines": [line.id for line in lines], "why": why.strip()},
    )
    _tell(loan, lines, day, why.strip())


def _tell(loan: Loan, lines: Sequence[LoanLine], day: date, why: str) -> None:
    person = loan.borrower
    with speaking(person.language):
        subject = ngettext(
            "Please bring %(number)s borrowed item back earlier",
            "Please bring %(number)s borrowed items back earlier",
            len(lines),
        )
        body = _(
            "The lending unit needs the items below earlier: by %(day)s (loan %(loan)s).",
            day=show_date(day, "short"),
            loan=loan.number,
        )
        names = "\n".join(f"- {line.asset.name} {line.asset.asset_no or ''}" for line in lines)
        bookkeeping.send(
            kind="loan_recall",
            subject=subject,
            body="\n\n".join((body, names, _("Reason: %(why)s", why=why))),
            language=person.language,
            person_id=person.id,
            link=f"/loans/{loan.id}",
        )
