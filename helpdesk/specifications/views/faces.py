"""How a paper of this room looks, who is asked now, and what may be done with it."""

from __future__ import annotations

from typing import Any

from helpdesk.specifications import queries
from helpdesk.specifications.rules.flow import Sort, Written
from helpdesk.specifications.states import SENT_BACK_FACE, State
from kernel.access import Viewer
from kernel.states import Face
from office.approvals import access as approvals
from office.approvals import queries as approval_queries
from office.approvals.states import State as ApprovalState
from office.approvals.views.cards import moment_of


def sent_back(one: Written) -> bool:
    """Tell whether it was sent back with a question that is not answered."""
    approval = one.approval
    return (
        one.state == State.WAITING
        and approval is not None
        and approval.state == ApprovalState.SENT_BACK
    )


def face_of(sort: Sort, one: Written) -> Face:
    """Return how the state looks; sent back is told by the approval."""
    return SENT_BACK_FACE if sent_back(one) else sort.states.faces[State(one.state)]


def approval_of(sort: Sort, one: Written, me: Viewer) -> dict[str, Any]:
    """Return what the page tells of the approval: who is asked now, whether I am, its story.

    ``waiting_for`` is an empty list where nobody can sign, None where nothing waits.
    """
    approval, names = one.approval, None
    to_sign = False
    if approval is not None and approval.state == ApprovalState.WAITING:
        standing = approval_queries.standings([approval.id]).get(approval.id)
        names = list(standing.signers) if standing else []
        to_sign = approvals.can_sign(me, approval)
    told = [moment_of(act) for act in queries.approval_acts(sort.key, one.id)]
    return {
        "sent_back": sent_back(one),
        "waiting_for": names,
        "to_sign": to_sign,
        "story": told,
        "face": face_of(sort, one),
    }
