"""From the draft to the signed paper and back; the same for specifications and comparisons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from helpdesk.specifications.comparison_models import Comparison
from helpdesk.specifications.models import Specification
from helpdesk.specifications.states import Action, State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.states import StateTable
from office.approvals import queries as approvals
from office.approvals.models import Approval
from office.approvals.papers import signers_for_record
from office.approvals.rules import asking
from office.approvals.states import State as ApprovalState
from office.bookkeeping import audit
from office.bookkeeping import rules as bookkeeping
from office.papers import rules as papers

Written = Specification | Comparison
COMMITTEE = "committee"


@dataclass(frozen=True)
class Sort:
    """What differs between the two: name, numbers, words, and what makes one complete.

    Attributes:
        key: of the kind of approval and of its issued paper.
        series: prefix of the numbers.
        amount: baht, by which the path is chosen.
    """

    key: str
    series: str
    title_th: str
    title_en: str
    states: StateTable[State, Action]
    check: Callable[[Any], None]
    content: Callable[[Any], dict[str, Any]]
    search_key: Callable[[Any], str]
    amount: Callable[[Any], Decimal]


def _asked(sort: Sort, one: Written) -> asking.Request:
    signers: Sequence[int] = [each.person_id for each in one.members]
    return asking.Request(
        kind=sort.key,
        subject_id=one.id,
        number=one.number or "",
        title=one.title,
        content=sort.content(one),
        asker_id=one.author_id,
        unit_id=one.unit_id,
        amount=sort.amount(one),
        given={COMMITTEE: [each for each in signers if each != one.author_id]},
    )


def _ready(sort: Sort, one: Written) -> None:
    sort.check(one)
    person = one.author
    one.author_name, one.author_position = person.name_th, person.position


def send(sort: Sort, one: Written, *, by: Viewer) -> Approval:
    """Send a draft to be signed; the first time it gets its number, without gaps in the year.

    Refuses what is missing or wrong (see ``Sort.check``).
    """
    target = sort.states.target(State(one.state), Action.SEND)
    _ready(sort, one)
    if one.number is None:
        one.number = bookkeeping.next_number(sort.series)
    one.search_key = sort.search_key(one)
    with speaking("th"):
        approval = asking.submit(_asked(sort, one), by=by)
    one.approval_id, one.approval = approval.id, approval
    one.state, one.sent_at = target, clock.now()
    audit.record("sent", one, by=by, after={"number": one.number})
    return approval


def answer(sort: Sort, one: Written, words: str, *, by: Viewer) -> None:
    """Answer the question of who sent it back; what was changed is signed anew."""
    sort.states.target(State(one.state), Action.ANSWER)
    if one.approval is None or one.approval.state != ApprovalState.SENT_BACK:
        raise Refusal(_("This was not sent back; it cannot be changed now."))
    _ready(sort, one)
    with speaking("th"):
        asking.answer(one.approval, words, by=by, request=_asked(sort, one))
    audit.record("answered", one, by=by)


def recall(sort: Sort, one: Written, *, by: Viewer) -> None:
    """Take back what is not decided; it becomes a draft again and keeps its number."""
    sort.states.target(State(one.state), Action.RECALL)
    if one.approval is not None:
        asking.recall(one.approval, by=by)  # calls back and makes it a draft


def approve(sort: Sort, one: Written, approval: Approval, *, by: Viewer) -> None:
    """Write down that it is approved, and give its paper a code."""
    one.state = sort.states.target(State(one.state), Action.APPROVE)
    one.approved_at = clock.now()
    audit.record("approved", one, by=by, after={"number": one.number})
    papers.issue(
        sort.key,
        one.number or "",
        title_th=sort.title_th,
        title_en=sort.title_en,
        content_hash=approval.snapshot_hash,
        signers=signers_for_record(approval),
        by=by,
    )


def reject(sort: Sort, one: Written, approval: Approval, *, by: Viewer) -> None:
    """Write down that it was not approved, and why."""
    one.state = sort.states.target(State(one.state), Action.REJECT)
    acts = approvals.story(approval.id)
    one.ended_why = ((acts[-1].words if acts else "") or "–")[:500]
    audit.record("rejected", one, by=by, after={"why": one.ended_why})


def withdraw(sort: Sort, one: Written, *, by: Viewer) -> None:
    """Make a draft again of what was taken back or made void."""
    state = State(one.state)
    if state == State.CANCELLED:
        return  # it was cancelled, and so its approval ended
    if state == State.WAITING:
        one.state = sort.states.target(state, Action.RECALL)
    else:
        one.state = sort.states.target(state, Action.REOPEN)
        one.approved_at = None
        papers.void_number(sort.key, one.number or "", _("The approval was made void."), by=by)
    audit.record("withdrawn", one, by=by, before={"state": state.value})


def reopen(sort: Sort, one: Written, why: str, *, by: Viewer) -> None:
    """Make the approval of an approved one void so that its author can mend it.

    Refuses an empty reason, and what stays as it was approved.
    """
    sort.states.target(State(one.state), Action.REOPEN)
    if not why.strip():
        raise Refusal(_("Please give the reason."), field="words")
    if one.approval is not None:
        asking.void(one.approval, why.strip(), by=by)  # calls back and makes it a draft


def cancel(sort: Sort, one: Written, why: str, *, by: Viewer) -> None:
    """End what is not decided; refuses an empty reason once it was sent."""
    before = State(one.state)
    target = sort.states.target(before, Action.CANCEL)
    if not why.strip() and before != State.DRAFT:
        raise Refusal(_("Please give the reason."), field="words")
    one.state, one.ended_why = target, why.strip()[:500]
    db.session.flush()  # the engine calls back, and it says there that it is cancelled
    approval = one.approval
    if approval is not None and approval.state in (ApprovalState.WAITING, ApprovalState.SENT_BACK):
        asking.void(approval, one.ended_why or "–", by=by)
    audit.record("cancelled", one, by=by, after={"why": one.ended_why})
