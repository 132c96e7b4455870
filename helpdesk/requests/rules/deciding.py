"""What follows when the engine has decided: approved, rejected, taken back, void."""

from __future__ import annotations

from helpdesk.requests import shapes, sorts
from helpdesk.requests.models import ServiceRequest
from helpdesk.requests.rules import story
from helpdesk.requests.rules.drafting import content_of
from helpdesk.requests.states import REQUESTS, Action, State
from kernel import clock
from kernel.access import Viewer
from kernel.i18n import gettext as _
from office.approvals import queries
from office.approvals.models import Approval
from office.approvals.papers import signers_for_record
from office.approvals.snapshot import canonical, fingerprint
from office.bookkeeping import audit
from office.papers import rules as papers
from office.people.access import Role

PAPER = "service_request"


def approve(request: ServiceRequest, approval: Approval, *, by: Viewer) -> None:
    """Write down that a request is approved, give its paper a code, and set it to work."""
    request.state = REQUESTS.target(State(request.state), Action.APPROVE)
    request.approved_at = clock.now()
    audit.record("approved", request, by=by, after={"number": request.number})
    shape = shapes.of_request(request)
    sort = sorts.sort_of(request.kind)
    if sort is not None:
        sort.approved(request, by)
    else:
        roles = (Role.TECHNICIAN.value, Role.STOREKEEPER.value)
        story.tell_to_carry_out(request, story.holders(roles, request.handling_unit_id))
    papers.issue(
        PAPER,
        request.number or "",
        title_th=shape.paper_th,
        title_en=shape.paper_en,
        content_hash=fingerprint(canonical(content_of(request))),
        signers=signers_for_record(approval),
        by=by,
    )


def reject(request: ServiceRequest, why: str, *, by: Viewer) -> None:
    """Write down that a request was not approved."""
    request.state = REQUESTS.target(State(request.state), Action.REJECT)
    request.ended_at, request.ended_why = clock.now(), (why or "–")[:500]
    audit.record("rejected", request, by=by, after={"why": request.ended_why})


def withdraw(request: ServiceRequest, *, by: Viewer) -> None:
    """Make a request whose approval was taken back or made void a draft again.

    Refuses where a part of it was carried out already.
    """
    state = State(request.state)
    if state == State.APPROVED:
        sort = sorts.sort_of(request.kind)
        if sort is not None:
            sort.stopped(request, by)
        request.state = REQUESTS.target(state, Action.CHANGE)
        request.approved_at = None
        papers.void_number(PAPER, request.number or "", _("The approval was made void."), by=by)
    else:
        request.state = REQUESTS.target(state, Action.RECALL)
    audit.record("withdrawn", request, by=by, before={"state": state.value})


def last_words(approval: Approval) -> str:
    """Return what was said with the last act of an approval."""
    acts = queries.story(approval.id)
    return acts[-1].words if acts else ""
