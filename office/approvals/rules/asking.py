"""The verbs of who asks: submit, answer, recall, remind; and of the room: void."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from kernel import clock
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from office.approvals import kinds
from office.approvals.models import Approval
from office.approvals.rules import candidates, moving, notices, paths
from office.approvals.snapshot import canonical, fingerprint
from office.approvals.states import APPROVALS, OPEN_STATES, Act, Action, State
from office.people.models import Person

MOST_BAHT = Decimal("999999999999.99")
LONGEST_TITLE = 300


@dataclass(frozen=True)
class Request:
    """What a room asks approval for.

    Attributes:
        kind: the key of a registered kind.
        subject_id: the id of the thing in its own room.
        title: one line; ``number`` is the thing's own number.
        content: everything that is approved, in plain values, ``Decimal`` and days; it is hashed.
        asker_id: whose request it is; that person signs nothing of it.
        unit_id: whose unit heads are asked; the asker's unit when left out.
        responsible_unit_id: the unit that is responsible for the thing, where a step asks there.
        amount: baht, where the path looks at it.
        variant: one of the kind's variants, or "".
        given: ids of people by the kind's slots.
    """

    kind: str
    subject_id: int
    title: str
    content: Mapping[str, Any]
    asker_id: int
    number: str = ""
    unit_id: int | None = None
    responsible_unit_id: int | None = None
    amount: Decimal | None = None
    variant: str = ""
    given: Mapping[str, Sequence[int]] = field(default_factory=dict)


def submit(request: Request, *, by: Viewer) -> Approval:
    """Ask for approval: the subject is frozen as it is, and the first step opens.

    Refuses a negative amount or one of more than twelve digits, an unknown variant, an asker who
    has left, a path that asks nobody for this amount, and a subject that waits already.
    """
    kind = kinds.kind_of(request.kind)
    asker = _asker(request, kind)
    same = select(Approval.id).where(
        Approval.kind == request.kind,
        Approval.subject_id == request.subject_id,
        Approval.state.in_(OPEN_STATES),
    )
    waits = Refusal(_("This is waiting for approval already."))
    if db.session.scalar(same):
        raise waits
    path = paths.current(kind)
    approval = _frozen(request, path.id, asker)
    plans = paths.steps_for(path, request.amount, request.variant)
    db.session.add(approval)
    try:
        db.session.flush()  # the steps name the approval; of two that ask at once one is refused
    except IntegrityError as error:
        if not violates(error, "uq_approval_open_subject", "approval.kind"):
            raise
        raise waits from error
    moving.write(approval, Act.SUBMITTED, by=by)
    moving.begin_round(approval, plans, by=by)
    return approval


def _frozen(request: Request, path_id: int, asker: Person) -> Approval:
    """Return a new approval that holds the subject as it is now."""
    text = canonical(request.content)
    return Approval(
        kind=request.kind,
        subject_id=request.subject_id,
        number=request.number,
        title=request.title[:LONGEST_TITLE],
        path_id=path_id,
        variant=request.variant,
        state=State.WAITING,
        asker_id=asker.id,
        unit_id=request.unit_id or asker.unit_id,
        responsible_unit_id=request.responsible_unit_id,
        amount=request.amount,
        snapshot=text,
        snapshot_hash=fingerprint(text),
        given={slot: list(ids) for slot, ids in request.given.items()},
        submitted_at=clock.now(),
    )


def _asker(request: Request, kind: kinds.Kind) -> Person:
    if request.amount is not None and not 0 <= request.amount <= MOST_BAHT:
        raise Refusal(
            _("An amount lies between 0 and 999,999,999,999.99 baht. Please correct it."),
            field="amount",
        )
    if request.variant and request.variant not in kind.variants:
        raise Refusal(_("There is no such kind of request."))
    asker = db.session.get_one(Person, request.asker_id)
    if asker.left_on is not None:
        raise Refusal(_("%(name)s has left.", name=asker.name))
    return asker


def answer(approval: Approval, words: str, *, by: Viewer, request: Request | None = None) -> None:
    """Answer what was asked and go on.

    Where ``request`` brings changed content, everybody signs anew along the same edition of the
    path; else the step that asked goes on and earlier signatures stand. Only the asker answers.
    Refuses where nothing was asked, and an empty answer.
    """
    moving.lock(approval)
    _only_the_asker(approval, by)
    target = APPROVALS.target(State(approval.state), Action.ANSWER)
    if not words.strip():
        raise Refusal(_("Please write an answer."), field="words")
    changed = request is not None and _take(approval, request)
    approval.state = target
    moving.write(approval, Act.ANSWERED, by=by, words=words.strip())
    if changed:
        moving.end_steps(approval)
        approval.round += 1
        plans = paths.steps_for(approval.path, approval.amount, approval.variant)
        moving.begin_round(approval, plans, by=by)
        return
    step = moving.open_step(approval)
    step.opened_at = clock.now()
    signers = candidates.refresh(step)
    db.session.flush()  # links name the signers
    notices.tell_signers(step, list(candidates.seats(step, signers)))


def _take(approval: Approval, request: Request) -> bool:
    """Take the mended subject over; tell whether it differs from what was signed so far."""
    _asker(request, kinds.kind_of(request.kind))
    text = canonical(request.content)
    given = {slot: list(ids) for slot, ids in request.given.items()}
    before = (approval.snapshot, approval.amount, approval.variant, dict(approval.given))
    approval.title, approval.number = request.title[:LONGEST_TITLE], request.number
    approval.snapshot, approval.snapshot_hash = text, fingerprint(text)
    approval.amount, approval.variant, approval.given = request.amount, request.variant, given
    approval.responsible_unit_id = request.responsible_unit_id
    return before != (text, request.amount, request.variant, given)


def recall(approval: Approval, *, by: Viewer, words: str = "") -> None:
    """Take the own request back before it is decided. Only the asker may."""
    moving.lock(approval)
    _only_the_asker(approval, by)
    if approval.state not in OPEN_STATES:
        raise Refusal(moving.how_it_ended(approval))
    moving.end(approval, Action.RECALL)
    moving.write(approval, Act.RECALLED, by=by, words=words.strip())
    kinds.kind_of(approval.kind).recalled(approval, by)


def remind(approval: Approval, *, by: Viewer) -> int:
    """Remind those who can sign now; only the asker may, once a day for each step.

    Returns:
        how many people were told.

    Refuses on a closed day, where the step was reminded of today, and where nobody can sign.
    """
    moving.lock(approval)
    _only_the_asker(approval, by)
    APPROVALS.target(State(approval.state), Action.REMIND)
    step = moving.open_step(approval)
    signers = candidates.refresh(step)
    db.session.flush()  # signers that came into the role are told too
    people = list(candidates.seats(step, signers))
    if not people:
        raise Refusal(
            _("Nobody can sign this step now. The administrators see that and name somebody.")
        )
    told = notices.remind_of(step, people)
    moving.write(approval, Act.REMINDED, by=by, step=step)
    return told


def _only_the_asker(approval: Approval, by: Viewer) -> None:
    if by.id is None or by.id != approval.asker_id:
        raise NotAllowed(_("Only the person who asked may do this."))


def void(approval: Approval, reason: str, *, by: Viewer) -> None:
    """End an approval whose subject is not what was asked for any more, or is gone.

    Refuses an approval that has ended without being given, and an empty reason.
    """
    moving.lock(approval)
    if not reason.strip():
        raise Refusal(_("Please give the reason."), field="words")
    moving.end(approval, Action.VOID)
    moving.write(approval, Act.VOIDED, by=by, words=reason.strip())
    kinds.kind_of(approval.kind).voided(approval, by)
    notices.tell_asker(approval, by=by)


def void_if_changed(approval: Approval, content: Mapping[str, Any], *, by: Viewer) -> bool:
    """Make an approval void where its subject is no longer what the snapshot says.

    Call it after every edit of the subject. While a request is sent back its asker may edit it;
    then nothing is made void, as ``answer`` brings the new content.

    Returns:
        whether it was made void.
    """
    moving.lock(approval)
    same = fingerprint(canonical(content)) == approval.snapshot_hash
    if same or approval.state not in (State.WAITING, State.APPROVED):
        return False
    void(approval, _("The content was changed after it was submitted."), by=by)
    return True
