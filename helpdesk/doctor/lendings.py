"""Checks of loans: an item is out at most once, and exactly then a loan holds it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import exists, func, select

from assets.loans.models import Loan, LoanLine
from assets.loans.states import NOT_BACK
from assets.register.models import Hold
from assets.register.states import HoldKind
from helpdesk.doctor.findings import Check, named, rows
from kernel import clock
from kernel.i18n import lazy_gettext as _l

OUT = LoanLine.state.in_(NOT_BACK)
HELD = (Hold.kind == HoldKind.LOAN, Hold.ended_at.is_(None))


def lent_twice() -> Iterator[str]:
    """Yield items that are out in more than one line."""
    lines = select(LoanLine.asset_id).where(OUT).group_by(LoanLine.asset_id)
    return named("asset", lines.having(func.count() > 1))


def loan_holds() -> Iterator[str]:
    """Yield lines that are out without a hold, holds without such a line, and second holds."""
    same = (Hold.asset_id == LoanLine.asset_id, Hold.reference == Loan.number)
    lines = select(LoanLine.id).join(Loan, Loan.id == LoanLine.loan_id).where(OUT)
    yield from named("loan_line", lines.where(~exists().where(*same, *HELD)))
    of_line = select(LoanLine.id).join(Loan, Loan.id == LoanLine.loan_id).where(OUT, *same)
    yield from named("hold", select(Hold.id).where(*HELD, ~of_line.correlate(Hold).exists()))
    twice = select(Hold.asset_id).where(*HELD).group_by(Hold.asset_id)
    yield from named("asset", twice.having(func.count() > 1))


def loan_ends() -> Iterator[str]:
    """Yield loans that are closed with a line out, or open with none."""
    waiting = exists().where(LoanLine.loan_id == Loan.id, OUT)
    return named("loan", select(Loan.id).where(Loan.closed_at.is_(None) != waiting))


def loan_days() -> Iterator[str]:
    """Yield lines that are due before they went out, or came back before."""
    columns = (LoanLine.id, LoanLine.out_at, LoanLine.due_on, LoanLine.returned_at)
    for line in rows(select(*columns).where(LoanLine.out_at.is_not(None)).order_by(LoanLine.id)):
        back_too_soon = line.returned_at is not None and line.returned_at < line.out_at
        if line.due_on < clock.local(line.out_at).date() or back_too_soon:
            yield f"loan_line {line.id}"


CHECKS = (
    Check(
        "lent_twice",
        _l("Every item is out in at most one line of a loan."),
        _l("Ask who really has the item, and take back the other line at the lending desk."),
        lent_twice,
    ),
    Check(
        "loan_holds",
        _l("An item that is out is held by that loan once, and by no other."),
        _l(
            "Take the item back at the lending desk and, if it is still out, lend it anew. "
            "Where its loan has ended already, restore it from a backup."
        ),
        loan_holds,
    ),
    Check(
        "loan_ends",
        _l("A loan is closed exactly when nothing of it is out any more."),
        _l("Compare the loan with its slip; take back what has come back."),
        loan_ends,
    ),
    Check(
        "loan_days",
        _l("Nothing is due, or came back, before it went out."),
        _l("Compare the days with the slip; extend the loan to the right day."),
        loan_days,
    ),
)
