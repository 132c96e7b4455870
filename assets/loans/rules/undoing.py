"""Undoing a hand-over that was confirmed a moment ago: everything lies on the counter again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import exists, select

from assets.loans import access
from assets.loans.later_models import HandingOn, LoanOverride
from assets.loans.models import BasketLine, Loan, LoanBasket, LoanLine
from assets.loans.request_models import LoanRequest, RequestLine
from assets.loans.rules import baskets, loose_ends
from assets.loans.states import (
    LINES,
    REQUESTS,
    LineAction,
    LineState,
    RequestAction,
    RequestState,
)
from assets.register.rules import holds
from assets.register.states import HoldKind
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

UNDO_WITHIN = timedelta(minutes=5)


def may_undo(loan: Loan, *, by: Viewer) -> bool:
    """Tell whether this officer handed the loan over at most five minutes ago, and it is open."""
    return (
        by.id is not None
        and loan.handed_by_id == by.id
        and by.may(access.LEND)
        and loan.closed_at is None
        and clock.now() - loan.out_at <= UNDO_WITHIN
    )


def undo(loan: Loan, *, by: Viewer) -> None:
    """Undo a hand-over; its number stays used, its items are free and lie on the counter again.

    Refuses anybody but the officer who handed over, later than five minutes, and a loan of which
    something has come back or changed since.
    """
    by.demand(access.LEND)
    db.session.refresh(loan, with_for_update={"of": Loan})
    if loan.handed_by_id != by.id:
        raise Refusal(_("Only who handed the items over can undo it."))
    if clock.now() - loan.out_at > UNDO_WITHIN:
        raise Refusal(
            _("More than five minutes have passed. Take the items back at the desk instead.")
        )
    lines = db.session.scalars(
        select(LoanLine).where(LoanLine.loan_id == loan.id).order_by(LoanLine.id)
    ).all()
    ids = [line.id for line in lines]
    handed_on = exists().where(HandingOn.new_line_id.in_(ids))
    moved = any(line.due_on != line.first_due_on for line in lines)
    if moved or db.session.scalar(select(handed_on)):
        raise Refusal(_("The loan has changed since. Take the items back at the desk instead."))
    for line in lines:
        line.state = LINES.target(LineState(line.state), LineAction.UNDO)
        holds.release(line.asset, HoldKind.LOAN, loan.number)
        if line.request_line_id is not None:
            _promise_again(line, by)
    loose_ends.withdraw(line.id for line in lines)
    loan.closed_at = clock.now()
    audit.record("undone", loan, by=by, after={"number": loan.number})
    _lay_back(loan, lines, by)


def _promise_again(line: LoanLine, by: Viewer) -> None:
    """Let the request wait at the counter again for what was fetched by mistake."""
    kept = db.session.get_one(RequestLine, line.request_line_id)
    request = db.session.get_one(
        LoanRequest, kept.request_id, with_for_update=True, populate_existing=True
    )
    db.session.refresh(kept)
    target = REQUESTS.target(RequestState(request.state), RequestAction.LAY_BACK)
    kept.handed -= 1
    line.request_line_id = None
    if request.state != target:
        request.state, request.ended_at = target, None
        audit.record("laid_back", request, by=by, after={"number": request.number})


def _lay_back(loan: Loan, lines: Sequence[LoanLine], by: Viewer) -> None:
    """Put person, items and terms on the counter again, unless other things lie there by now."""
    ids = [line.id for line in lines]
    lying = exists().where(BasketLine.owner_id == by.id)
    if db.session.scalar(select(lying)):
        return
    baskets.clear(by=by)
    basket = baskets.open_basket(by)
    basket.mode, basket.borrower, basket.last_scan = baskets.LEND, loan.borrower, "item"
    _take_terms(basket, loan)
    reasons = dict(
        db.session.execute(
            select(LoanOverride.line_id, LoanOverride.why).where(LoanOverride.line_id.in_(ids))
        ).all()
    )
    for line in lines:
        db.session.add(
            BasketLine(
                owner_id=by.id,
                asset_id=line.asset_id,
                accessories="\n".join(baskets.parts(line.accessories))[:400],
                override_why=reasons.get(line.id, ""),
            )
        )
    baskets.match(loan.due_on, by=by)
    baskets.say(basket, _("Loan %(number)s is undone.", number=loan.number), "ok")


def _take_terms(basket: LoanBasket, loan: Loan) -> None:
    basket.purpose, basket.official, basket.note = loan.purpose, loan.official, loan.note
    basket.place_kind, basket.approved_by_text = loan.place_kind, loan.approved_by_text


def last_of(by: Viewer) -> Loan | None:
    """Return the loan that this officer may still undo; None where there is none."""
    found = db.session.scalar(
        select(Loan)
        .where(
            Loan.handed_by_id == by.id,
            Loan.closed_at.is_(None),
            Loan.out_at >= clock.now() - UNDO_WITHIN,
        )
        .order_by(Loan.id.desc())
        .limit(1)
    )
    return found if found is not None and may_undo(found, by=by) else None
