"""Taking things back: the condition of each, the hold released, the loan closed at the last one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select

from assets.loans import access
from assets.loans.models import Loan, LoanLine
from assets.loans.states import LINES, LineAction, LineState, Outcome
from assets.register.models import Asset
from assets.register.rules import holds, items
from assets.register.states import Condition, HoldKind, Lifecycle
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit

CONDITIONS = {
    Outcome.DAMAGED: Condition.DAMAGED,
    Outcome.WORN_OUT: Condition.WORN_OUT,
    Outcome.LOST: Condition.MISSING,
}


@dataclass(frozen=True)
class Return:
    """One item on the counter: how it came back (or that it is lost), and what was noticed."""

    asset_id: int
    outcome: Outcome
    note: str = ""


def take_back(returns: Sequence[Return], *, by: Viewer) -> list[LoanLine]:
    """Take items back, of any loans; all of them or none.

    Returns:
        the lines, in the order given. Their items are free again unless their condition keeps
        them; an item that is lost leaves the service. A loan without anything out is closed.

    Refuses an empty list, an item that is not out (also one that another desk took back a moment
    ago) or not in the officer's scope, and parts missing without saying which (R-L5).
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
        if one.outcome == Outcome.INCOMPLETE and not one.note.strip():
            raise Refusal(
                _("Please say which parts of “%(name)s” are missing.", name=line.asset.name),
                field="code",
            )
        action = LineAction.LOSE if one.outcome == Outcome.LOST else LineAction.TAKE_BACK
        line.state = LINES.target(LineState(line.state), action)
        line.returned_at, line.taken_back_by_id = now, by.id
        line.condition_in, line.note = one.outcome, one.note.strip()
        _settle_item(line, by)
        ended.append(line)
    _close_loans({line.loan_id: line.loan for line in ended}, by)
    return ended


def _locked(asset_ids: Sequence[int], by: Viewer) -> dict[int, LoanLine]:
    """Return the open lines by item, their loans locked: two desks that return take turns."""
    out = [LoanLine.asset_id.in_(asset_ids), LoanLine.state == LineState.OUT]
    loans = select(LoanLine.loan_id).where(*out)
    db.session.scalars(
        select(Loan.id).where(Loan.id.in_(loans)).order_by(Loan.id).with_for_update()
    ).all()
    rows = db.session.scalars(
        select(LoanLine)
        .join(Asset, Asset.id == LoanLine.asset_id)
        .where(*out, access.reached(by, access.TAKE_BACK))
        .execution_options(populate_existing=True)
    )
    return {line.asset_id: line for line in rows}


def _not_out(asset_id: int) -> str:
    name = db.session.scalar(select(Asset.name).where(Asset.id == asset_id))
    return _("“%(name)s” is not out on loan any more.", name=name or "?")


def _settle_item(line: LoanLine, by: Viewer) -> None:
    asset, outcome = line.asset, Outcome(line.condition_in or Outcome.GOOD)
    holds.release(asset, HoldKind.LOAN, line.loan.number)
    if outcome == Outcome.LOST:
        audit.record_changes("lost", asset, {"lifecycle": Lifecycle.LOST}, by=by)
    if outcome in CONDITIONS:
        items.judge(asset, CONDITIONS[outcome], by=by, why=line.note or line.loan.number)
    audit.record(
        "taken_back",
        line,
        by=by,
        after={"loan": line.loan.number, "outcome": outcome, "note": line.note},
    )


def _close_loans(loans: dict[int, Loan], by: Viewer) -> None:
    for loan in loans.values():
        open_one = exists().where(LoanLine.loan_id == loan.id, LoanLine.state == LineState.OUT)
        if not db.session.scalar(select(open_one)):
            loan.closed_at = clock.now()
            audit.record("closed", loan, by=by, after={"number": loan.number})
