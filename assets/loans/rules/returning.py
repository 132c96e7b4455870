"""Taking things back: the condition of each, the hold released, the loan closed at the last one.

Also what was handed in at another unit, and a thing that was written down as lost and turns up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, or_, select

from assets.loans import access, queries, slots
from assets.loans.later_models import LinePhoto, LoanDuty
from assets.loans.later_states import DUTIES, DutyAction, DutyState
from assets.loans.models import Loan, LoanLine
from assets.loans.rules import compensation, loose_ends
from assets.loans.states import LINES, NOT_BACK, LineAction, LineState, Outcome
from assets.register.models import Asset
from assets.register.rules import holds, items
from assets.register.states import Condition, HoldKind
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.bookkeeping import audit

CONDITIONS = {
    Outcome.DAMAGED: Condition.DAMAGED,
    Outcome.WORN_OUT: Condition.WORN_OUT,
    Outcome.LOST: Condition.MISSING,
}


@dataclass(frozen=True)
class Return:
    """One item on the counter: how it came back (or that it is lost), and what was noticed.

    ``photo_key`` and ``thumbnail_key`` are of a photo kept in the file store, empty where none was
    taken.
    """

    asset_id: int
    outcome: Outcome
    note: str = ""
    photo_key: str = ""
    thumbnail_key: str = ""


def take_back(returns: Sequence[Return], *, by: Viewer) -> list[LoanLine]:
    """Take items back, of any loans; all of them or none.

    Returns:
        the lines, in the order given. Their items are free again unless their condition keeps
        them; an item that is lost stays in the register, missing, until its disposal is through
        (clauses 214 and 217), one that is found again comes back to service. A loan without
        anything out is closed. What came back damaged, incomplete or not at all obliges the
        borrower (clause 209).

    Refuses an empty list, an item that is not out (also one that another desk took back a moment
    ago) or not in the officer's scope, the own loan (R-L6), and parts missing without saying which
    (R-L5).
    """
    by.demand(access.TAKE_BACK)
    if not returns:
        raise Refusal(_("Scan at least one item first."), field="code")
    found = _locked([one.asset_id for one in returns], by)
    now = clock.now()
    ended = []
    for one in returns:
        line = found.get(one.asset_id)
        if line is None:
            raise Refusal(_not_out(one.asset_id), field="code")
        _check(one, line)
        _end(line, one, now, by)
        ended.append(line)
    loose_ends.withdraw(line.id for line in ended)
    close_loans([line.loan for line in ended], by=by)
    return ended


def _check(one: Return, line: LoanLine) -> None:
    if one.outcome == Outcome.INCOMPLETE and not one.note.strip():
        raise Refusal(
            _("Please say which parts of “%(name)s” are missing.", name=line.asset.name),
            field="code",
        )
    if line.state == LineState.LOST and one.outcome == Outcome.LOST:
        raise Refusal(_("“%(name)s” is written down as lost.", name=line.asset.name), field="code")


def _end(line: LoanLine, one: Return, now: datetime, by: Viewer) -> None:
    was_lost = line.state == LineState.LOST
    action = LineAction.LOSE if one.outcome == Outcome.LOST else LineAction.TAKE_BACK
    line.state = LINES.target(LineState(line.state), LineAction.FIND if was_lost else action)
    line.returned_at, line.taken_back_by_id = now, by.id
    line.condition_in, line.note = one.outcome, one.note.strip()
    if one.photo_key:
        db.session.add(
            LinePhoto(
                line_id=line.id,
                photo_key=one.photo_key,
                thumbnail_key=one.thumbnail_key,
                at=now,
                by_id=by.id,
            )
        )
    if was_lost:
        _bring_back_to_service(line, by)
    _settle_item(line, by)
    if was_lost:
        _judge_duty(line, by)
    elif one.outcome in compensation.OBLIGING:
        compensation.oblige(line, by=by)


def _locked(asset_ids: Sequence[int], by: Viewer) -> dict[int, LoanLine]:
    """Return the open lines by item, their loans locked: two desks that return take turns.

    The line in which an item was lost counts as open while the item is missing.
    """
    here = [LoanLine.asset_id.in_(asset_ids), or_(LoanLine.state.in_(NOT_BACK), queries.is_lost())]
    loans = select(LoanLine.loan_id).join(Asset, Asset.id == LoanLine.asset_id).where(*here)
    db.session.scalars(
        select(Loan.id).where(Loan.id.in_(loans)).order_by(Loan.id).with_for_update()
    ).all()
    rows = db.session.scalars(
        select(LoanLine)
        .join(Asset, Asset.id == LoanLine.asset_id)
        .where(*here, access.reached(by, access.TAKE_BACK))
        .order_by(LoanLine.id)
        .execution_options(populate_existing=True)
    )
    return {line.asset_id: line for line in rows}


def _not_out(asset_id: int) -> str:
    name = db.session.scalar(select(Asset.name).where(Asset.id == asset_id))
    return _("“%(name)s” is not out on loan any more.", name=name or "?")


def _settle_item(line: LoanLine, by: Viewer) -> None:
    asset, outcome = line.asset, Outcome(line.condition_in or Outcome.GOOD)
    holds.release(asset, HoldKind.LOAN, line.loan.number)
    if outcome in CONDITIONS:
        items.judge(asset, CONDITIONS[outcome], by=by, why=line.note or line.loan.number)
    if outcome == Outcome.LOST:
        slots.lost(asset, line.loan.number, line.note, by=by)
    audit.record(
        "taken_back",
        line,
        by=by,
        after={"loan": line.loan.number, "outcome": outcome, "note": line.note},
    )


def _bring_back_to_service(line: LoanLine, by: Viewer) -> None:
    with speaking("th"):
        why = _("Came back from loan %(number)s.", number=line.loan.number)
    slots.found(line.asset, line.loan.number, why, by=by)
    items.judge(line.asset, Condition.GOOD, by=by, why=line.loan.number)


def _judge_duty(line: LoanLine, by: Viewer) -> None:
    """Lift the open duty of a thing that was lost and came back whole; else it stays open."""
    duty = db.session.scalar(select(LoanDuty).where(LoanDuty.line_id == line.id))
    if duty is None or duty.state != DutyState.OPEN or line.condition_in in compensation.OBLIGING:
        return
    with speaking("th"):
        why = _("The item was found and returned.")
    changes = {"state": DUTIES.target(DutyState.OPEN, DutyAction.LIFT), "note": why}
    audit.record_changes("lifted", duty, changes, by=by)
    duty.ended_at, duty.ended_by_id = clock.now(), by.id


def close_loans(loans: Iterable[Loan], *, by: Viewer) -> None:
    """Close those of the loans of which nothing is out any more."""
    for loan in {one.id: one for one in loans}.values():
        open_one = exists().where(LoanLine.loan_id == loan.id, LoanLine.state.in_(NOT_BACK))
        if loan.closed_at is None and not db.session.scalar(select(open_one)):
            loan.closed_at = clock.now()
            audit.record("closed", loan, by=by, after={"number": loan.number})
