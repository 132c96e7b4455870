"""What the verbs share: locking an approval, writing down an act, opening steps, ending it all."""

from __future__ import annotations

from sqlalchemy import select

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from kernel.pages import show_moment
from office.approvals import kinds
from office.approvals.models import Approval, ApprovalAct, ApprovalStep, PathStep
from office.approvals.rules import candidates, notices
from office.approvals.states import (
    APPROVALS,
    OPEN_STATES,
    Act,
    Action,
    Capacity,
    State,
    StepState,
)
from office.bookkeeping import audit
from office.people.models import Person


def lock(approval: Approval) -> None:
    """Read an approval anew and let nobody else move it until the unit of work ends."""
    # Locked by its id alone: PostgreSQL locks no row together with what a page joins to it.
    db.session.execute(select(Approval.id).where(Approval.id == approval.id).with_for_update())
    db.session.refresh(approval)


def open_step(approval: Approval) -> ApprovalStep:
    """Return the step that waits.

    Refuses where the approval has ended, telling who ended it and how.
    """
    step = db.session.scalar(
        select(ApprovalStep)
        .where(ApprovalStep.approval_id == approval.id, ApprovalStep.state == StepState.OPEN)
        .execution_options(populate_existing=True)
    )
    if step is None or approval.state not in OPEN_STATES:
        raise Refusal(how_it_ended(approval))
    return step


def how_it_ended(approval: Approval) -> str:
    """Return the sentence for somebody who comes after the decision."""
    last = db.session.scalar(
        select(ApprovalAct)
        .where(ApprovalAct.approval_id == approval.id)
        .order_by(ApprovalAct.id.desc())
        .limit(1)
    )
    face = APPROVALS.faces[approval.state]
    if last is None:
        return _("This request is decided already: %(state)s.", state=face.label)
    return _(
        "This request is decided already: %(state)s, by %(name)s on %(when)s.",
        state=face.label,
        name=last.name,
        when=show_moment(last.at),
    )


def write(
    approval: Approval,
    act: Act,
    *,
    by: Viewer,
    step: ApprovalStep | None = None,
    seat: candidates.Seat | None = None,
    words: str = "",
    by_link: bool = False,
) -> ApprovalAct:
    """Add an act to the story of an approval and to the audit trail."""
    person = db.session.get(Person, by.id) if by.id else None
    principal_id = seat.principal_id if seat else None
    absent = None
    if principal_id is not None and principal_id != by.id:
        absent = db.session.get_one(Person, principal_id)
    row = ApprovalAct(
        approval_id=approval.id,
        step_id=step.id if step else None,
        round=approval.round,
        act=act,
        asker_id=approval.asker_id,
        person_id=by.id,
        name=person.name_th if person else by.name,
        position=person.position if person else "",
        principal_id=principal_id,
        for_name=absent.name_th if absent else "",
        for_position=absent.position if absent else "",
        capacity=seat.capacity if seat else Capacity.OWN,
        words=words,
        snapshot_hash=approval.snapshot_hash,
        by_link=by_link,
        at=clock.now(),
    )
    db.session.add(row)
    told = {"words": words} if words else {}
    if absent:
        told["acting_for"] = absent.name_th
    audit.record(act.value, approval, by=by, after={"state": str(approval.state), **told})
    return row


def begin_round(approval: Approval, plans: list[PathStep], *, by: Viewer) -> None:
    """Make the steps of a round and open the first one."""
    for position, plan in enumerate(plans, start=1):
        db.session.add(
            ApprovalStep(
                approval_id=approval.id,
                round=approval.round,
                position=position,
                path_step_id=plan.id,
                state=StepState.PENDING,
            )
        )
    db.session.flush()  # the first step is looked for among the rows just made
    _open_next(approval, by=by)


def _open_next(approval: Approval, *, by: Viewer) -> None:
    """Open the next step of the round; where none is left, the approval is given."""
    following = db.session.scalar(
        select(ApprovalStep)
        .where(
            ApprovalStep.approval_id == approval.id,
            ApprovalStep.round == approval.round,
            ApprovalStep.state == StepState.PENDING,
        )
        .order_by(ApprovalStep.position)
        .limit(1)
    )
    if following is None:
        end(approval, Action.FINISH)
        kinds.kind_of(approval.kind).approved(approval, by)
        notices.tell_asker(approval, by=by)
        return
    following.state, following.opened_at = StepState.OPEN, clock.now()
    signers = candidates.refresh(following)
    db.session.flush()  # links and notices name the step and its signers
    notices.tell_signers(following, list(candidates.seats(following, signers)))


def settle(approval: Approval, step: ApprovalStep, *, by: Viewer) -> None:
    """Go on to the next step where this one has the signatures it needs."""
    db.session.flush()  # the signature just given counts
    if candidates.is_signed(step, candidates.refresh(step)):
        step.state, step.signed_at = StepState.SIGNED, clock.now()
        db.session.flush()  # one step is open at a time: this one closes before the next opens
        _open_next(approval, by=by)


def end(approval: Approval, action: Action) -> None:
    """Move an approval to a state in which nobody is asked any more."""
    approval.state = APPROVALS.target(State(approval.state), action)
    approval.decided_at = clock.now()
    end_steps(approval)


def end_steps(approval: Approval) -> None:
    """End every step that was not signed."""
    for step in db.session.scalars(
        select(ApprovalStep).where(
            ApprovalStep.approval_id == approval.id,
            ApprovalStep.state.in_((StepState.OPEN, StepState.PENDING)),
        )
    ):
        step.state = StepState.ENDED
    db.session.flush()  # a new round opens a step of its own, and only one may be open
