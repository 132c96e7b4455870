"""Taking items out of a case, and giving a case up, before it is carried out."""

from __future__ import annotations

from assets.disposals import access, queries
from assets.disposals.models import Disposal, DisposalLine
from assets.disposals.rules import cards
from assets.disposals.states import CASES, Action, LineState, State
from assets.register.models import Asset
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.approvals.models import Approval
from office.approvals.rules import asking
from office.approvals.states import State as ApprovalState
from office.bookkeeping import audit


def take_out(case: Disposal, line: DisposalLine, reason: str, *, by: Viewer) -> None:
    """Take an item out of a case before it is carried out; it is in service again.

    An approval that is waiting is made void, as it is asked for something else; one that was given
    stands for what remains. Refuses without a reason, and the last item of a case.
    """
    by.demand(access.PREPARE, case.unit_id)
    cards.lock(case)
    CASES.target(State(case.state), Action.TAKE_OUT)
    if not reason.strip():
        raise Refusal(_("Please give the reason."), field="reason")
    mine = line.disposal_id == case.id and line.state == LineState.LISTED
    if mine and cards.count_listed(case) == 1:
        raise Refusal(_("This is the last item. Cancel the case instead."))
    _take_out(case, line, reason, by)


def cancel(case: Disposal, reason: str, *, by: Viewer) -> None:
    """Give a case up before it is carried out; its items are in service again.

    Refuses without a reason. Its number stays used.
    """
    by.demand(access.PREPARE, case.unit_id)
    cards.lock(case)
    CASES.target(State(case.state), Action.CANCEL)
    if not reason.strip():
        raise Refusal(_("Please give the reason."), field="reason")
    _give_up(case, reason, by)


def let_go(asset: Asset, reason: str, *, by: Viewer) -> None:
    """Let an item that was missed and is there go out of its open case, which ends if none is left.

    The room that found it has asked its own right. Where the item is in no case, nothing happens.
    Refuses once the disposal is carried out.
    """
    line = queries.open_line(asset.id)
    if line is None:
        return
    case = line.disposal
    cards.lock(case)
    CASES.target(State(case.state), Action.TAKE_OUT)
    if cards.count_listed(case) == 1:
        _give_up(case, reason, by)
    else:
        _take_out(case, line, reason, by)


def _take_out(case: Disposal, line: DisposalLine, reason: str, by: Viewer) -> None:
    cards.release(line, reason, by=by)
    told = {"item": line.asset_id, "why": line.end_reason}
    audit.record("taken_out", case, by=by, after=told)
    if case.state == State.SUBMITTED:
        _void(case, _("The list of items was changed."), by=by)


def _give_up(case: Disposal, reason: str, by: Viewer) -> None:
    _void(case, reason, by=by)
    case.state = CASES.target(State(case.state), Action.CANCEL)
    case.end_reason, case.closed_at = reason.strip()[:400], clock.now()
    for line in cards.listed_lines(case):
        cards.release(line, reason, by=by)
    audit.record("cancelled", case, by=by, after={"why": case.end_reason})


def _void(case: Disposal, reason: str, *, by: Viewer) -> None:
    approval = db.session.get(Approval, case.approval_id) if case.approval_id else None
    living = (ApprovalState.WAITING, ApprovalState.SENT_BACK, ApprovalState.APPROVED)
    if approval is not None and approval.state in living:
        asking.void(approval, reason, by=by)
