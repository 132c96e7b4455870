"""Paths as data: the edition that is valid, which of its steps count, and writing a new edition."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal, Stale
from kernel.i18n import gettext as _
from kernel.pages import show_money
from office.approvals.kinds import Kind, StepPlan
from office.approvals.models import ApprovalPath, PathStep
from office.approvals.rules import candidates
from office.approvals.states import Place
from office.bookkeeping import audit
from office.people.access import Role
from office.people.models import Person

MOST_STEPS = 12
SATANG = Decimal("0.01")


@dataclass(frozen=True)
class Plan:
    """A path as plain values; edition 0 is the one that its room brings along."""

    edition: int
    may_repeat: bool
    steps: tuple[StepPlan, ...]


@dataclass(frozen=True)
class Asking:
    """A line of the preview: a step that counts, and whom it would ask today."""

    plan: StepPlan
    people: Sequence[Person]


def newest(kind: Kind) -> ApprovalPath | None:
    """Return the newest edition that the office has written for a kind."""
    return db.session.scalar(
        select(ApprovalPath)
        .where(ApprovalPath.kind == kind.key)
        .order_by(ApprovalPath.edition.desc())
        .limit(1)
    )


def plan_for(kind: Kind) -> Plan:
    """Return what a new approval of this kind would walk; reads only."""
    path = newest(kind)
    if path is None:
        return Plan(0, kind.may_repeat, kind.first_path)
    steps = tuple(candidates.plan_of(step) for step in path.steps)
    return Plan(path.edition, path.may_repeat, steps)


def current(kind: Kind) -> ApprovalPath:
    """Return the edition that a new approval walks; the first one is written when it is needed."""
    path = newest(kind)
    if path is not None:
        return path
    try:
        with db.session.begin_nested():
            return _write(kind, 1, kind.first_path, may_repeat=kind.may_repeat, by=Viewer())
    except IntegrityError:
        found = newest(kind)
        if found is None:
            raise
        return found


def counting(
    steps: Iterable[StepPlan], amount: Decimal | None, variant: str
) -> tuple[StepPlan, ...]:
    """Return the steps that count for an amount (baht; none is 0) and a variant, in order."""
    return tuple(step for step in steps if _counts(step, amount or Decimal(0), variant))


def _counts(step: StepPlan | PathStep, amount: Decimal, variant: str) -> bool:
    if step.variant and step.variant != variant:
        return False
    return (step.above is None or amount > step.above) and (
        step.up_to is None or amount <= step.up_to
    )


def steps_for(path: ApprovalPath, amount: Decimal | None, variant: str) -> list[PathStep]:
    """Return the steps of an edition that count. Refuses where none does."""
    steps = [step for step in path.steps if _counts(step, amount or Decimal(0), variant)]
    if not steps:
        raise Refusal(
            _(
                "The path of approval asks nobody for this amount. "
                "Please ask an administrator to complete the path."
            )
        )
    return steps


def preview(
    plan: Plan, asked: candidates.Asked, amount: Decimal | None, variant: str
) -> list[Asking]:
    """Return which steps a request would take, and whom each of them would ask today."""
    asking = []
    for step in counting(plan.steps, amount, variant):
        ids = candidates.principals(asked, step)
        people = db.session.scalars(
            select(Person).where(Person.id.in_(ids)).order_by(Person.id)
        ).all()
        asking.append(Asking(step, people))
    return asking


def save(
    kind: Kind, steps: Sequence[StepPlan], *, may_repeat: bool, seen_edition: int, by: Viewer
) -> ApprovalPath:
    """Write a new edition; approvals under way keep theirs.

    Refuses no step or more than twelve, a step without a Thai name, without its unit, people or
    slot, an amount range that is empty, a variant that the kind does not know, and a path that
    asks nobody for some amount.

    Raises:
        Stale: somebody else wrote an edition meanwhile.
    """
    before = newest(kind)
    if (before.edition if before else 0) != seen_edition:
        raise Stale(
            _("Somebody else has changed this path meanwhile. What you typed is kept below.")
        )
    if not 1 <= len(steps) <= MOST_STEPS:
        raise Refusal(_("A path has one to twelve steps."))
    for number, step in enumerate(steps, start=1):
        _check(kind, number, step)
    _ask_somebody(kind, steps)
    path = _write(kind, seen_edition + 1, steps, may_repeat=may_repeat, by=by)
    said = [f"{step.name_th} ({step.place.value}, {step.role})" for step in steps]
    audit.record("edited", path, by=by, after={"kind": kind.key, "steps": said})
    return path


def _check(kind: Kind, number: int, step: StepPlan) -> None:
    wrong = None
    if not step.name_th.strip():
        wrong = _("it needs a Thai name")
    elif step.place == Place.UNIT and step.unit_id is None:
        wrong = _("please choose the unit")
    elif step.place == Place.PEOPLE and not step.people:
        wrong = _("please name the people")
    elif step.place == Place.GIVEN and step.slot not in kind.slots:
        wrong = _("please choose which people of the request")
    elif step.role not in tuple(Role) or step.role == Role.REQUESTER:
        wrong = _("please choose a role")
    elif step.variant and step.variant not in kind.variants:
        wrong = _("this kind of request has no such case")
    elif step.above is not None and step.up_to is not None and step.above >= step.up_to:
        wrong = _("the lower amount must be smaller than the upper one")
    if wrong:
        raise Refusal(_("Step %(number)s: %(wrong)s.", number=number, wrong=wrong))


def _ask_somebody(kind: Kind, steps: Sequence[StepPlan]) -> None:
    """Refuse a path with a gap: an amount for which no step counts."""
    amounts = {Decimal(0)}
    for step in steps:
        amounts |= {step.above + SATANG} if step.above is not None else set()
        amounts |= {step.up_to, step.up_to + SATANG} if step.up_to is not None else set()
    for variant in kind.variants or ("",):
        for amount in sorted(amounts):
            if not counting(steps, amount, variant):
                raise Refusal(
                    _(
                        "For %(amount)s baht this path asks nobody. "
                        "Please add a step or widen the amounts.",
                        amount=show_money(amount),
                    )
                )


def _write(
    kind: Kind, edition: int, steps: Sequence[StepPlan], *, may_repeat: bool, by: Viewer
) -> ApprovalPath:
    path = ApprovalPath(
        kind=kind.key,
        edition=edition,
        may_repeat=may_repeat,
        made_at=clock.now(),
        made_by_id=by.id,
    )
    for position, step in enumerate(steps, start=1):
        path.steps.append(
            PathStep(
                position=position,
                name_th=step.name_th.strip(),
                name_en=step.name_en.strip(),
                place=step.place,
                role=step.role,
                unit_id=step.unit_id if step.place == Place.UNIT else None,
                slot=step.slot if step.place == Place.GIVEN else "",
                people=_people(step) if step.place == Place.PEOPLE else [],
                all_sign=step.all_sign,
                above=step.above,
                up_to=step.up_to,
                variant=step.variant,
            )
        )
    db.session.add(path)
    db.session.flush()  # an approval names the path and its steps; two editions at once meet here
    return path


def _people(step: StepPlan) -> list[Person]:
    return list(db.session.scalars(select(Person).where(Person.id.in_(step.people))))
