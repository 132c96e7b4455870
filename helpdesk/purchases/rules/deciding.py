"""What follows when the engine has decided: approved, rejected, void; and cancelling."""

from __future__ import annotations

from helpdesk.purchases.models import Purchase
from helpdesk.purchases.rules import budgets, story
from helpdesk.purchases.rules.drafting import content_of
from helpdesk.purchases.states import PAPER_TITLES, PURCHASES, Act, Action, Kind, State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.approvals import queries
from office.approvals.models import Approval
from office.approvals.papers import signers_for_record
from office.approvals.rules import asking
from office.approvals.snapshot import canonical, fingerprint
from office.approvals.states import State as ApprovalState
from office.bookkeeping import audit
from office.papers import rules as papers

PAPER = "purchase"


def approve(purchase: Purchase, approval: Approval, *, by: Viewer) -> None:
    """Write down that a purchase is approved, promise its money, and give its paper a code.

    Refuses where its budget refuses what exceeds it: who signs hears it, and may send it back.
    """
    target = PURCHASES.target(State(purchase.state), Action.APPROVE)
    budgets.hold_still(purchase)
    budgets.check(purchase)
    purchase.state, purchase.approved_at = target, clock.now()
    for line in purchase.lines:
        line.approved = line.quantity
    audit.record("approved", purchase, by=by, after={"number": purchase.number})
    papers.issue(
        PAPER,
        purchase.number or "",
        title_th=PAPER_TITLES[Kind(purchase.kind)][0],
        title_en="Report of a purchase or hire",
        content_hash=fingerprint(canonical(content_of(purchase))),
        signers=signers_for_record(approval),
        by=by,
    )
    story.tell_to_order(purchase)


def reject(purchase: Purchase, why: str, *, by: Viewer) -> None:
    """Write down that a purchase was not approved."""
    purchase.state = PURCHASES.target(State(purchase.state), Action.REJECT)
    purchase.ended_at, purchase.ended_why = clock.now(), (why or "–")[:500]
    audit.record("rejected", purchase, by=by, after={"why": purchase.ended_why})


def withdraw(purchase: Purchase, *, by: Viewer) -> None:
    """Make a purchase whose approval was taken back or made void a draft again.

    Refuses what was ordered already.
    """
    state = State(purchase.state)
    if state == State.CANCELLED:
        return  # it was cancelled, and so its approval ended
    if state == State.WAITING:
        purchase.state = PURCHASES.target(state, Action.RECALL)
    else:
        purchase.state = PURCHASES.target(state, Action.CHANGE)
        purchase.approved_at = None
        for line in purchase.lines:
            line.approved = None
        papers.void_number(PAPER, purchase.number or "", _("The approval was made void."), by=by)
    audit.record("withdrawn", purchase, by=by, before={"state": state.value})


def cancel(purchase: Purchase, why: str, *, by: Viewer) -> None:
    """End a purchase that is not ordered; the money promised for it is free again.

    Refuses an empty reason, and what was ordered: cancel the orders first.
    """
    if purchase.state in (State.ORDERED, State.RECEIVED):
        raise Refusal(_("This is ordered already. Cancel what is ordered first."))
    target = PURCHASES.target(State(purchase.state), Action.CANCEL)
    if not why.strip() and purchase.state != State.DRAFT:
        raise Refusal(_("Please give the reason."), field="words")
    before = State(purchase.state)
    purchase.state, purchase.ended_at = target, clock.now()
    purchase.ended_why = why.strip()[:500]
    db.session.flush()  # the engine calls back, and the purchase says there that it is cancelled
    approval = purchase.approval
    ended = why.strip() or _("The purchase was cancelled.")
    if approval is not None and approval.state in (ApprovalState.WAITING, ApprovalState.SENT_BACK):
        asking.void(approval, ended, by=by)
    if before == State.APPROVED:
        papers.void_number(PAPER, purchase.number or "", ended, by=by)
    story.note(purchase, Act.CANCELLED, by=by, words=purchase.ended_why)
    audit.record("cancelled", purchase, by=by, after={"why": purchase.ended_why})
    if by.id != purchase.asker_id:
        story.tell_asker(
            purchase, "purchase_ended", lambda: _("Reason: %(why)s", why=purchase.ended_why)
        )


def last_words(approval: Approval) -> str:
    """Return what was said with the last act of an approval."""
    acts = queries.story(approval.id)
    return acts[-1].words if acts else ""
