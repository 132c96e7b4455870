"""The verbs of who is asked: approve, reject, send back, hand on; and of the administrator: assign.

Every verb locks the approval first and works out anew who may sign, so of two that act at the same
moment exactly one finds the step open.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from kernel import clock
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from office.approvals import kinds
from office.approvals.limits import limits
from office.approvals.models import Approval, ApprovalAct, ApprovalStep, StepSigner
from office.approvals.rules import candidates, moving, notices
from office.approvals.states import APPROVALS, Act, Action, Origin, State
from office.people.models import Person

LONGEST_WORDS = 2000


@dataclass(frozen=True)
class Signing:
    """An approval under lock, its open step, and the seat of who acts."""

    step: ApprovalStep
    signers: list[StepSigner]
    seat: candidates.Seat


def approve(
    approval: Approval,
    *,
    by: Viewer,
    step_id: int | None = None,
    words: str = "",
    by_link: bool = False,
) -> None:
    """Sign the open step.

    Args:
        approval: of which the actor is asked.
        by: who signs: somebody the step asks, or today's stand-in; never the asker.
        step_id: the step that the person saw; another open step is not signed by mistake.
        words: a remark, may be empty.
        by_link: it came through the link of a message.

    Refuses who is not asked, a step that is signed already, and an approval that has ended.
    """
    signing = _begin(approval, by, step_id, Action.SIGN)
    with _once():
        moving.write(
            approval,
            Act.APPROVED,
            by=by,
            step=signing.step,
            seat=signing.seat,
            words=_cut(words),
            by_link=by_link,
        )
        db.session.flush()  # the unique index of signatures decides between two at once
    moving.settle(approval, signing.step, by=by)


def reject(
    approval: Approval,
    reason: str,
    *,
    by: Viewer,
    step_id: int | None = None,
    by_link: bool = False,
) -> None:
    """Say no, with the reason; the approval ends. Refuses as ``approve`` does, and no reason."""
    signing = _begin(approval, by, step_id, Action.REJECT)
    words = _needed(reason, _("Please write why, so that the person can mend it."))
    moving.end(approval, Action.REJECT)
    moving.write(
        approval,
        Act.REJECTED,
        by=by,
        step=signing.step,
        seat=signing.seat,
        words=words,
        by_link=by_link,
    )
    kinds.kind_of(approval.kind).rejected(approval, by)
    notices.tell_asker(approval, by=by, words=words)


def send_back(
    approval: Approval,
    question: str,
    *,
    by: Viewer,
    step_id: int | None = None,
    by_link: bool = False,
) -> None:
    """Ask the asker something; the step waits for the answer. Refuses as ``reject`` does."""
    signing = _begin(approval, by, step_id, Action.SEND_BACK)
    words = _needed(question, _("Please write what you would like to know or have changed."))
    approval.state = APPROVALS.target(State(approval.state), Action.SEND_BACK)
    moving.write(
        approval,
        Act.SENT_BACK,
        by=by,
        step=signing.step,
        seat=signing.seat,
        words=words,
        by_link=by_link,
    )
    kinds.kind_of(approval.kind).sent_back(approval, by)
    notices.tell_asker(approval, by=by, words=words)


def delegate(
    approval: Approval, person: Person, *, by: Viewer, step_id: int | None = None, words: str = ""
) -> None:
    """Hand the own signature of the open step on to another person, who signs by delegation.

    Refuses who is not asked in person (a stand-in, a person handed on to), and a person who asked,
    has left, is asked already, or has signed an earlier step of a path where each signs once.
    """
    signing = _begin(approval, by, step_id, Action.DELEGATE)
    own = next((row for row in signing.signers if row.person_id == by.id), None)
    if own is None or own.origin != Origin.PATH:
        raise NotAllowed(_("Only the person whom the step itself asks may hand it on."))
    _refuse_person(signing.step, person)
    _seat_person(signing.step, person, origin=Origin.DELEGATED, for_person_id=own.person_id)
    own.ended_at = clock.now()
    moving.write(
        approval, Act.DELEGATED, by=by, step=signing.step, words=f"{person.name_th} {_cut(words)}"
    )
    _told(signing.step, person)


def assign(approval: Approval, person: Person, reason: str, *, by: Viewer) -> None:
    """Name a signer of the open step: the way out where nobody can sign or nobody does.

    The door checks that the actor administers the unit. Refuses while somebody can sign and the
    step does not wait for too long; the asker, who has left, who is asked already, the
    administrator's own person, and no reason.
    """
    moving.lock(approval)
    APPROVALS.target(State(approval.state), Action.ASSIGN)
    step = moving.open_step(approval)
    signers = candidates.refresh(step)
    db.session.flush()  # the seats are counted over the rows as they are now
    since = step.opened_at or approval.submitted_at
    waited = notices.working_days(since, clock.today())
    if candidates.seats(step, signers) and waited < limits().escalate_after:
        raise Refusal(
            _("Somebody can sign this step; please give them until it has waited for too long.")
        )
    words = _needed(reason, _("Please give the reason."))[:300]
    if person.id == by.id:
        raise Refusal(_("Please name somebody else than yourself."), field="person")
    _refuse_person(step, person)
    _seat_person(step, person, origin=Origin.ASSIGNED, reason=words)
    moving.write(approval, Act.ASSIGNED, by=by, step=step, words=f"{person.name_th}: {words}")
    _told(step, person)


def _begin(approval: Approval, by: Viewer, step_id: int | None, action: Action) -> Signing:
    moving.lock(approval)
    step = moving.open_step(approval)
    if by.id == approval.asker_id:
        raise NotAllowed(_("Nobody approves a request of their own."))
    if step_id is not None and step.id != step_id:
        raise Refusal(_gone_on(step_id))
    APPROVALS.target(State(approval.state), action)
    signers = candidates.refresh(step)
    db.session.flush()  # what was found out about the signers is asked of the database below
    seats = candidates.seats(step, signers).get(by.id or 0)
    if not seats:
        raise NotAllowed(_not_asked(step, by))
    return Signing(step, signers, seats[0])


def _gone_on(step_id: int) -> str:
    last = db.session.scalar(
        select(ApprovalAct)
        .where(ApprovalAct.step_id == step_id)
        .order_by(ApprovalAct.id.desc())
        .limit(1)
    )
    if last is None:
        return _("This step is no longer open. Please look at the request again.")
    return _(
        "%(name)s was quicker and has dealt with this step. Nothing more is needed from you here.",
        name=last.name,
    )


def _not_asked(step: ApprovalStep, by: Viewer) -> str:
    signed = db.session.scalar(
        select(ApprovalAct.id).where(
            ApprovalAct.approval_id == step.approval_id,
            ApprovalAct.round == step.round,
            ApprovalAct.act == Act.APPROVED,
            ApprovalAct.person_id == by.id,
        )
    )
    if signed:
        return _("You have signed this request already; another person signs this step.")
    return _("This step asks other people, not you.")


@contextmanager
def _once() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if not violates(error, "uq_approval_act_signature", "approval_act.step_id"):
            raise
        raise Refusal(_("This signature has been given already.")) from error


def _refuse_person(step: ApprovalStep, person: Person) -> None:
    if person.left_on is not None:
        raise Refusal(_("%(name)s has left.", name=person.name), field="person")
    if person.id == step.approval.asker_id:
        raise Refusal(_("Nobody approves a request of their own."), field="person")
    if person.id in candidates.worn(step):
        raise Refusal(
            _(
                "%(name)s has signed an earlier step, and on this path each person signs once.",
                name=person.name,
            ),
            field="person",
        )


def _seat_person(
    step: ApprovalStep,
    person: Person,
    *,
    origin: Origin,
    for_person_id: int | None = None,
    reason: str = "",
) -> None:
    row = db.session.scalar(
        select(StepSigner).where(StepSigner.step_id == step.id, StepSigner.person_id == person.id)
    )
    if row is not None and row.ended_at is None:
        raise Refusal(_("%(name)s is asked already.", name=person.name), field="person")
    if row is None:
        row = StepSigner(step_id=step.id, person_id=person.id)
        db.session.add(row)
    row.origin, row.for_person_id, row.reason, row.ended_at = origin, for_person_id, reason, None


def _told(step: ApprovalStep, person: Person) -> None:
    db.session.flush()  # the link names the person's row
    notices.tell_signers(step, [person.id])


def _needed(words: str, sentence: str) -> str:
    if not words.strip():
        raise Refusal(sentence, field="words")
    return _cut(words)


def _cut(words: str) -> str:
    return words.strip()[:LONGEST_WORDS]
