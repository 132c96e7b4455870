"""Checks of what was undertaken for loans: duties, due dates, offers, letters, set-ups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import groupby

from sqlalchemy import Select, exists, or_, select, union_all
from sqlalchemy.orm import aliased

from assets.loans.later_models import (
    ExtensionWish,
    FollowUpLetter,
    HandingOn,
    LetterLine,
    LoanDuty,
    LoanRecall,
)
from assets.loans.later_states import DutyState, OfferState, WishState
from assets.loans.models import Loan, LoanExtension, LoanLine
from assets.loans.request_models import LoanRequest, LoanSetup
from assets.loans.rules.compensation import OBLIGING
from assets.loans.rules.reserving import TAKES_ROOM, same_place, starts_setting_up
from assets.loans.states import LineState
from helpdesk.doctor.findings import Check, named, rows
from kernel.db import db
from kernel.i18n import lazy_gettext as _l


def loan_duties() -> Iterator[str]:
    """Yield duties of somebody else than the borrower, or open ones for what came back whole."""
    query = (
        select(LoanDuty.id)
        .join(LoanLine, LoanLine.id == LoanDuty.line_id)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .where(
            or_(
                LoanDuty.person_id != Loan.borrower_id,
                LoanLine.condition_in.is_(None),
                (LoanDuty.state == DutyState.OPEN) & LoanLine.condition_in.not_in(OBLIGING),
            )
        )
        .order_by(LoanDuty.id)
    )
    return named("loan_duty", query)


def due_dates() -> Iterator[str]:
    """Yield lines whose due date does not follow from the extensions and recalls written down.

    Each one begins where another ended; so what is left over is the first day and the present one.
    """
    recalled = exists().where(LoanRecall.line_id == LoanLine.id)
    bare = ~recalled & ~exists().where(LoanExtension.line_id == LoanLine.id)
    moved = select(LoanLine.id).where(bare, LoanLine.due_on != LoanLine.first_due_on)
    yield from named("loan_line", moved.order_by(LoanLine.id))
    for line_id, steps in groupby(rows(_steps()), key=lambda row: row.line_id):
        moves = list(steps)
        olds, news = Counter(s.old_due_on for s in moves), Counter(s.new_due_on for s in moves)
        if not _is_chain(olds, news, moves[0].due_on):
            yield f"loan_line {line_id}"


def _steps() -> Select[int, date, date, date]:
    steps = union_all(
        select(LoanExtension.line_id, LoanExtension.old_due_on, LoanExtension.new_due_on),
        select(LoanRecall.line_id, LoanRecall.old_due_on, LoanRecall.new_due_on),
    ).subquery()
    return (
        select(steps.c.line_id, steps.c.old_due_on, steps.c.new_due_on, LoanLine.due_on)
        .join(LoanLine, LoanLine.id == steps.c.line_id)
        .order_by(steps.c.line_id)
    )


def _is_chain(olds: Counter[date], news: Counter[date], now: date) -> bool:
    """Tell whether the steps, in some order, lead from one day to the present one."""
    first, last = olds - news, news - olds
    there_and_back = not first and not last and now in news
    return there_and_back or (first.total() == 1 and last == Counter([now]))


def offers_and_wishes() -> Iterator[str]:
    """Yield what waits for a line that is not out or not the borrower's; offers kept by nobody."""
    out = LoanLine.state == LineState.OUT
    wishes = (
        select(ExtensionWish.id)
        .join(LoanLine, LoanLine.id == ExtensionWish.line_id)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .where(
            ExtensionWish.state == WishState.WAITING,
            ~(out & (ExtensionWish.asked_by_id == Loan.borrower_id)),
        )
    )
    yield from named("loan_extension_wish", wishes.order_by(ExtensionWish.id))
    offers = (
        select(HandingOn.id)
        .join(LoanLine, LoanLine.id == HandingOn.line_id)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .where(
            HandingOn.state == OfferState.OFFERED,
            ~(out & (HandingOn.from_person_id == Loan.borrower_id)),
        )
    )
    yield from named("loan_handing_on", offers.order_by(HandingOn.id))
    yield from named("loan_handing_on", _kept_wrongly())


def _kept_wrongly() -> Select[int]:
    """Return the accepted offers whose new line is not the same item with the other person."""
    old, new, taken = aliased(LoanLine), aliased(LoanLine), aliased(Loan)
    return (
        select(HandingOn.id)
        .join(old, old.id == HandingOn.line_id)
        .join(new, new.id == HandingOn.new_line_id)
        .join(taken, taken.id == new.loan_id)
        .where(
            HandingOn.state == OfferState.ACCEPTED,
            or_(
                old.state != LineState.RETURNED,
                old.asset_id != new.asset_id,
                taken.borrower_id != HandingOn.to_person_id,
            ),
        )
        .order_by(HandingOn.id)
    )


def letters_about() -> Iterator[str]:
    """Yield follow-up letters that ask for nothing, or for what another person borrowed."""
    asks = exists().where(LetterLine.letter_id == FollowUpLetter.id)
    of_another = (
        select(LetterLine.id)
        .join(LoanLine, LoanLine.id == LetterLine.line_id)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .where(LetterLine.letter_id == FollowUpLetter.id)
        .where(Loan.borrower_id != FollowUpLetter.person_id)
    )
    wrong = select(FollowUpLetter.id).where(or_(~asks, of_another.exists()))
    return named("loan_letter", wrong.order_by(FollowUpLetter.id))


def undone_loans() -> Iterator[str]:
    """Yield loans of which only a part was undone, and undone lines that still keep a promise."""
    line = aliased(LoanLine)
    other = exists().where(line.loan_id == LoanLine.loan_id, line.state != LineState.UNDONE)
    wrong = or_(other, LoanLine.request_line_id.is_not(None))
    query = select(LoanLine.loan_id).where(LoanLine.state == LineState.UNDONE, wrong)
    return named("loan", query.distinct().order_by(LoanLine.loan_id))


def setups_at_once() -> Iterator[str]:
    """Yield promised set-ups that need a room or an operator which another one has then (R-V1)."""
    setups = db.session.scalars(
        select(LoanSetup)
        .join(LoanRequest, LoanRequest.id == LoanSetup.request_id)
        .where(LoanRequest.state.in_(TAKES_ROOM))
        .order_by(LoanSetup.starts_at, LoanSetup.id)
    ).all()
    going_on: list[LoanSetup] = []
    for setup in sorted(setups, key=starts_setting_up):
        going_on = [one for one in going_on if one.ends_at > starts_setting_up(setup)]
        if any(_collide(setup, one) for one in going_on):
            yield f"loan_setup {setup.id}"
        going_on.append(setup)


def _collide(one: LoanSetup, other: LoanSetup) -> bool:
    same_hands = one.operator_id is not None and one.operator_id == other.operator_id
    return same_hands or same_place(one, other)


CHECKS = (
    Check(
        "loan_duties",
        _l("A duty of clause 209 is the borrower's, and open only for what is not whole."),
        _l("Compare the duty with the return receipt; lift it with the reason."),
        loan_duties,
    ),
    Check(
        "due_dates",
        _l("Every due date follows from the extensions and recalls that were written down."),
        _l("Compare with the audit trail, and extend or recall the item to the right day."),
        due_dates,
    ),
    Check(
        "offers_and_wishes",
        _l("A wish or an offer waits only while the thing is out with the person who made it."),
        _l("Answer the wish at the desk; let the offer be withdrawn."),
        offers_and_wishes,
    ),
    Check(
        "letters_about",
        _l("A follow-up letter asks one borrower for what this person borrowed."),
        _l("Do not send the letter; restore it from a backup."),
        letters_about,
    ),
    Check(
        "undone_loans",
        _l("A hand-over is undone as a whole and keeps no promise any more."),
        _l("Take back at the desk what is out; compare the request with its loans."),
        undone_loans,
    ),
    Check(
        "setups_at_once",
        _l("No room and no operator is promised to two meetings at once."),
        _l("Choose another operator, or cancel one of the requests and ask for another room."),
        setups_at_once,
    ),
)
