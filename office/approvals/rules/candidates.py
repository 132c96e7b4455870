"""Who may sign a step: worked out from roles and units, kept as rows, looked at again at each act.

A step of a unit asks who holds the role for exactly that unit. Where nobody does, the units above
are asked, short of the whole office: a small group signs through its school, but not everything
ends with the director. Where the asker is the one who holds it, the next one above signs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from kernel import clock
from kernel.db import db
from office.approvals.kinds import StepPlan
from office.approvals.models import (
    Absence,
    Approval,
    ApprovalAct,
    ApprovalStep,
    PathStep,
    StepSigner,
)
from office.approvals.states import Act, Capacity, Origin, Place
from office.people.models import Person, RoleGrant
from office.places.models import Unit

CLIMBING = (Place.OWN_UNIT, Place.UNIT_ABOVE, Place.RESPONSIBLE)
OWN_CAPACITY = {
    Origin.PATH: Capacity.OWN,
    Origin.DELEGATED: Capacity.DELEGATED,
    Origin.ASSIGNED: Capacity.ASSIGNED,
}


@dataclass(frozen=True)
class Seat:
    """A signature that a person may give: as whose (``principal_id``), and in which capacity."""

    principal_id: int
    capacity: Capacity


@dataclass(frozen=True)
class Asked:
    """What decides who signs a step: who asks, from which unit, and whom the request names."""

    asker_id: int
    unit_id: int
    responsible_unit_id: int | None
    given: Mapping[str, Sequence[int]]


def asked_by(approval: Approval) -> Asked:
    """Return what an approval says about its signers."""
    return Asked(
        approval.asker_id, approval.unit_id, approval.responsible_unit_id, dict(approval.given)
    )


def plan_of(step: PathStep) -> StepPlan:
    """Return a step of a path as plain values."""
    return StepPlan(
        name_th=step.name_th,
        name_en=step.name_en,
        place=Place(step.place),
        role=step.role,
        unit_id=step.unit_id,
        slot=step.slot,
        people=tuple(person.id for person in step.people),
        all_sign=step.all_sign,
        above=step.above,
        up_to=step.up_to,
        variant=step.variant,
    )


def principals(asked: Asked, plan: StepPlan) -> set[int]:
    """Return the ids of the people whom a step asks; never the asker, never who has left."""
    if plan.place in (Place.PEOPLE, Place.GIVEN):
        ids = plan.people if plan.place == Place.PEOPLE else asked.given.get(plan.slot, ())
        return _still_here(ids) - {asked.asker_id}
    chain = _chain(asked, plan)
    return _holders(plan.role, chain, asked.asker_id, climbs=plan.place in CLIMBING)


def _chain(asked: Asked, plan: StepPlan) -> list[int]:
    """Return the ids of the units to ask, the nearest first, the whole office last."""
    start = {
        Place.OWN_UNIT: asked.unit_id,
        Place.UNIT_ABOVE: asked.unit_id,
        Place.RESPONSIBLE: asked.responsible_unit_id,
        Place.UNIT: plan.unit_id,
    }.get(plan.place)
    where = Unit.parent_id.is_(None) if plan.place == Place.OFFICE else Unit.id == start
    path = db.session.scalar(select(Unit.path).where(where)) or ""
    chain = [int(part) for part in path.split("/") if part][::-1]
    return chain[1:] if plan.place == Place.UNIT_ABOVE and len(chain) > 1 else chain


def _holders(role: str, chain: list[int], asker_id: int, *, climbs: bool) -> set[int]:
    if not chain:
        return set()
    root = chain[-1]
    held: dict[int, set[int]] = {unit_id: set() for unit_id in chain}
    rows = db.session.execute(
        select(RoleGrant.person_id, RoleGrant.unit_id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.role == role,
            Person.left_on.is_(None),
            or_(RoleGrant.unit_id.in_(chain), RoleGrant.unit_id.is_(None)),
        )
    )
    for person_id, unit_id in rows:
        held[unit_id or root].add(person_id)
    past_the_asker = False
    for number, unit_id in enumerate(chain):
        if number and not past_the_asker and (not climbs or unit_id == root):
            break
        others = held[unit_id] - {asker_id}
        if others:
            return others
        past_the_asker = past_the_asker or asker_id in held[unit_id]
    return set()


def _still_here(ids: Iterable[int]) -> set[int]:
    query = select(Person.id).where(Person.id.in_(list(ids)), Person.left_on.is_(None))
    return set(db.session.scalars(query))


def refresh(step: ApprovalStep) -> list[StepSigner]:
    """Bring the signers of an open step up to the present day; return those who may sign.

    Call it under the lock of the approval. Who has left or lost the role goes, who came into it is
    added; who handed the step on comes back when the other one has left.
    """
    approval = step.approval
    wanted = principals(asked_by(approval), plan_of(step.plan)) - worn(step)
    rows = list(db.session.scalars(select(StepSigner).where(StepSigner.step_id == step.id)))
    here = _still_here(row.person_id for row in rows) - {approval.asker_id} - worn(step)
    handed_on = {
        row.for_person_id
        for row in rows
        if row.origin == Origin.DELEGATED and row.person_id in here and row.for_person_id in wanted
    }
    for row in rows:
        if row.origin == Origin.PATH:
            stays = row.person_id in wanted - handed_on
        elif row.origin == Origin.DELEGATED:
            stays = row.person_id in here and row.for_person_id in wanted
        else:
            stays = row.person_id in here
        _keep(row, stays=stays)
    for person_id in sorted(wanted - {row.person_id for row in rows}):
        row = StepSigner(step_id=step.id, person_id=person_id, origin=Origin.PATH)
        db.session.add(row)
        rows.append(row)
    return [row for row in rows if row.ended_at is None]


def _keep(row: StepSigner, *, stays: bool) -> None:
    if stays:
        row.ended_at = None
    elif row.ended_at is None:
        row.ended_at = clock.now()


def worn(step: ApprovalStep) -> set[int]:
    """Return who signed an earlier step of this round and may not sign another one."""
    if step.approval.path.may_repeat:
        return set()
    return set(
        db.session.scalars(
            select(ApprovalAct.person_id).where(
                ApprovalAct.approval_id == step.approval_id,
                ApprovalAct.round == step.round,
                ApprovalAct.act == Act.APPROVED,
                ApprovalAct.step_id != step.id,
                ApprovalAct.person_id.is_not(None),
            )
        )
    )


def signed_for(step: ApprovalStep) -> set[int]:
    """Return the people whose signature on this step has been given, by themselves or for them."""
    return set(
        db.session.scalars(
            select(ApprovalAct.principal_id).where(
                ApprovalAct.step_id == step.id,
                ApprovalAct.act == Act.APPROVED,
                ApprovalAct.principal_id.is_not(None),
            )
        )
    )


def principal_of(signer: StepSigner) -> int:
    """Return as whose a signer's signature counts."""
    return signer.for_person_id or signer.person_id


def absent_now(ids: Iterable[int]) -> list[Absence]:
    """Return today's absences of these people, with a stand-in who still works here."""
    today = clock.today()
    return list(
        db.session.scalars(
            select(Absence)
            .join(Person, Person.id == Absence.stand_in_id)
            .where(
                Absence.person_id.in_(list(ids)),
                Absence.first_day <= today,
                Absence.last_day >= today,
                Absence.cancelled_at.is_(None),
                Person.left_on.is_(None),
            )
            .order_by(Absence.id)
        )
    )


def seats(step: ApprovalStep, signers: list[StepSigner]) -> dict[int, list[Seat]]:
    """Return by person the signatures that are still to give, the own before those for others."""
    done, asker = signed_for(step), step.approval.asker_id
    waiting = [signer for signer in signers if principal_of(signer) not in done]
    found: dict[int, list[Seat]] = {}
    for signer in waiting:
        seat = Seat(principal_of(signer), OWN_CAPACITY[Origin(signer.origin)])
        found.setdefault(signer.person_id, []).append(seat)
    spent = {asker} | worn(step)
    if not step.approval.path.may_repeat:
        spent |= _signed_here(step)
    away = {row.person_id for row in waiting if row.for_person_id is None}
    for absence in absent_now(away):
        seat = Seat(absence.person_id, Capacity(absence.capacity))
        found.setdefault(absence.stand_in_id, []).append(seat)
    return {person_id: given for person_id, given in found.items() if person_id not in spent}


def _signed_here(step: ApprovalStep) -> set[int]:
    """Return who has given a signature on this very step, for themselves or for another."""
    query = select(ApprovalAct.person_id).where(
        ApprovalAct.step_id == step.id,
        ApprovalAct.act == Act.APPROVED,
        ApprovalAct.person_id.is_not(None),
    )
    return set(db.session.scalars(query))


def is_signed(step: ApprovalStep, signers: list[StepSigner]) -> bool:
    """Tell whether a step has the signatures it needs: one, or that of everybody it asks."""
    done = signed_for(step)
    if not done:
        return False
    return not step.plan.all_sign or all(principal_of(signer) in done for signer in signers)
