"""Reading approvals: what waits for me, what I decided, what I asked, and what is stuck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from kernel import clock, thai
from kernel.access import Viewer
from kernel.db import db
from office.approvals import access
from office.approvals.models import (
    Absence,
    Approval,
    ApprovalAct,
    ApprovalPath,
    ApprovalStep,
    PathStep,
    StepSigner,
)
from office.approvals.states import Act, State, StepState
from office.people.models import Person

A_PAGE = 20
MOST_COUNTED = 100
DECISIONS = (Act.APPROVED, Act.REJECTED, Act.SENT_BACK)
# What a story of acts names beside them; every query that tells one takes it along.
WITH_STEP = joinedload(ApprovalAct.step).joinedload(ApprovalStep.plan)


@dataclass(frozen=True)
class Standing:
    """Where an approval stands: the open step, who can sign it, and since when it waits."""

    step: ApprovalStep
    signers: Sequence[str]


def _open_steps() -> Select[ApprovalStep]:
    return (
        select(ApprovalStep)
        .join(Approval, Approval.id == ApprovalStep.approval_id)
        .join(ApprovalPath, ApprovalPath.id == Approval.path_id)
        .options(
            joinedload(ApprovalStep.approval).joinedload(Approval.asker),
            joinedload(ApprovalStep.approval).joinedload(Approval.unit),
            joinedload(ApprovalStep.approval).joinedload(Approval.path),
            joinedload(ApprovalStep.plan),
        )
    )


def waiting_for(viewer: Viewer, number: int) -> Sequence[ApprovalStep]:
    """Return a page (one more than it holds) of the steps the viewer can sign, oldest first."""
    return db.session.scalars(
        _open_steps()
        .where(access.waits_for(viewer.id))
        .order_by(ApprovalStep.opened_at, ApprovalStep.id)
        .offset((number - 1) * A_PAGE)
        .limit(A_PAGE + 1)
    ).all()


def waiting_count(viewer: Viewer) -> int:
    """Return how many steps the viewer can sign now; counting stops at a hundred."""
    rows = (
        select(ApprovalStep.id)
        .join(Approval, Approval.id == ApprovalStep.approval_id)
        .join(ApprovalPath, ApprovalPath.id == Approval.path_id)
        .where(access.waits_for(viewer.id))
        .limit(MOST_COUNTED)
        .subquery()
    )
    return int(db.session.scalar(select(func.count()).select_from(rows)) or 0)


def all_waiting_for(person_id: int) -> Sequence[ApprovalStep]:
    """Return every step that a person can sign now, oldest first."""
    return db.session.scalars(
        _open_steps()
        .where(access.waits_for(person_id))
        .order_by(ApprovalStep.opened_at, ApprovalStep.id)
    ).all()


def decided_by(viewer: Viewer, number: int) -> Sequence[Any]:
    """Return a page (one more) of what the viewer decided: (act, approval), newest first."""
    return db.session.execute(
        select(ApprovalAct, Approval)
        .join(Approval, Approval.id == ApprovalAct.approval_id)
        .options(joinedload(Approval.asker))
        .where(ApprovalAct.person_id == viewer.id, ApprovalAct.act.in_(DECISIONS))
        .order_by(ApprovalAct.id.desc())
        .offset((number - 1) * A_PAGE)
        .limit(A_PAGE + 1)
    ).all()


def asked_by(viewer: Viewer, number: int) -> Sequence[Approval]:
    """Return a page (one more) of the viewer's own requests, newest first."""
    return db.session.scalars(
        select(Approval)
        .where(Approval.asker_id == viewer.id)
        .order_by(Approval.id.desc())
        .offset((number - 1) * A_PAGE)
        .limit(A_PAGE + 1)
    ).all()


def standings(approval_ids: Sequence[int]) -> dict[int, Standing]:
    """Return by approval its open step and the names of who is asked, in two queries."""
    steps = db.session.scalars(
        select(ApprovalStep)
        .options(joinedload(ApprovalStep.plan))
        .where(ApprovalStep.approval_id.in_(approval_ids), ApprovalStep.state == StepState.OPEN)
    ).all()
    names = signer_names([step.id for step in steps])
    return {step.approval_id: Standing(step, names.get(step.id, ())) for step in steps}


def signer_names(step_ids: Sequence[int]) -> dict[int, list[str]]:
    """Return by step the names of those who are asked and still work here."""
    rows = db.session.execute(
        select(StepSigner.step_id, Person)
        .join(Person, Person.id == StepSigner.person_id)
        .where(
            StepSigner.step_id.in_(step_ids),
            StepSigner.ended_at.is_(None),
            Person.left_on.is_(None),
        )
        .order_by(StepSigner.id)
    )
    found: dict[int, list[str]] = {}
    for step_id, person in rows:
        found.setdefault(step_id, []).append(person.name)
    return found


def steps_of(approval: Approval) -> Sequence[ApprovalStep]:
    """Return the steps of the present round, in order, with their plans."""
    return db.session.scalars(
        select(ApprovalStep)
        .options(joinedload(ApprovalStep.plan))
        .where(ApprovalStep.approval_id == approval.id, ApprovalStep.round == approval.round)
        .order_by(ApprovalStep.position)
    ).all()


def story(approval_id: int) -> Sequence[ApprovalAct]:
    """Return what happened to an approval, oldest first."""
    return db.session.scalars(
        select(ApprovalAct)
        .options(WITH_STEP)
        .where(ApprovalAct.approval_id == approval_id)
        .order_by(ApprovalAct.id)
    ).all()


def signature_acts(approval: Approval) -> Sequence[tuple[ApprovalAct, ApprovalStep, PathStep]]:
    """Return the signatures that count, in the order of the steps: those of the present round."""
    rows = db.session.execute(
        select(ApprovalAct, ApprovalStep, PathStep)
        .join(ApprovalStep, ApprovalStep.id == ApprovalAct.step_id)
        .join(PathStep, PathStep.id == ApprovalStep.path_step_id)
        .where(
            ApprovalAct.approval_id == approval.id,
            ApprovalAct.act == Act.APPROVED,
            ApprovalStep.round == approval.round,
        )
        .order_by(ApprovalStep.position, ApprovalAct.id)
    )
    return [(row[0], row[1], row[2]) for row in rows]


def latest_of(kind: str, subject_id: int) -> Approval | None:
    """Return the newest approval of a subject."""
    return db.session.scalar(
        select(Approval)
        .where(Approval.kind == kind, Approval.subject_id == subject_id)
        .order_by(Approval.id.desc())
        .limit(1)
    )


def nobody_signs() -> ColumnElement[bool]:
    """Return the WHERE term of the open steps that nobody can sign."""
    done = exists().where(
        ApprovalAct.step_id == StepSigner.step_id,
        ApprovalAct.act == Act.APPROVED,
        ApprovalAct.principal_id == func.coalesce(StepSigner.for_person_id, StepSigner.person_id),
    )
    somebody = exists().where(
        StepSigner.step_id == ApprovalStep.id,
        StepSigner.ended_at.is_(None),
        StepSigner.person_id == Person.id,
        Person.left_on.is_(None),
        ~done,
    )
    return and_(ApprovalStep.state == StepState.OPEN, Approval.state == State.WAITING, ~somebody)


def stuck(viewer: Viewer, opened_before: date) -> Sequence[ApprovalStep]:
    """Return the steps of the viewer's units that nobody can sign, or that opened before a day."""
    late = and_(
        ApprovalStep.state == StepState.OPEN,
        Approval.state == State.WAITING,
        ApprovalStep.opened_at < clock.at(opened_before, clock.local(clock.now()).time().min),
    )
    return db.session.scalars(
        _open_steps()
        .where(or_(nobody_signs(), late), viewer.scope(access.ASSIGN).clause(Approval.unit_id))
        .order_by(ApprovalStep.opened_at, ApprovalStep.id)
        .limit(A_PAGE * 5)
    ).all()


def open_step_ids() -> Sequence[int]:
    """Return the ids of all steps that wait, oldest first."""
    return db.session.scalars(
        select(ApprovalStep.id)
        .join(Approval, Approval.id == ApprovalStep.approval_id)
        .where(ApprovalStep.state == StepState.OPEN, Approval.state == State.WAITING)
        .order_by(ApprovalStep.opened_at, ApprovalStep.id)
    ).all()


def signers_of_open_steps() -> Sequence[int]:
    """Return the ids of everybody asked by a step that waits, and of today's stand-ins."""
    today = clock.today()
    asked = (
        select(StepSigner.person_id)
        .join(ApprovalStep, ApprovalStep.id == StepSigner.step_id)
        .where(ApprovalStep.state == StepState.OPEN, StepSigner.ended_at.is_(None))
    )
    stand_ins = select(Absence.stand_in_id).where(
        Absence.person_id.in_(asked),
        Absence.first_day <= today,
        Absence.last_day >= today,
        Absence.cancelled_at.is_(None),
    )
    return db.session.scalars(
        select(Person.id)
        .where(or_(Person.id.in_(asked), Person.id.in_(stand_ins)), Person.left_on.is_(None))
        .order_by(Person.id)
    ).all()


def absences_seen(viewer: Viewer) -> Sequence[Absence]:
    """Return the absences that are not over: the own ones, those one stands in for, the units'."""
    mine = or_(Absence.person_id == viewer.id, Absence.stand_in_id == viewer.id)
    reach = viewer.scope(access.AWAY_OTHERS)
    where = or_(mine, reach.clause(Person.unit_id)) if reach else mine
    return db.session.scalars(
        select(Absence)
        .join(Person, Person.id == Absence.person_id)
        .options(joinedload(Absence.person), joinedload(Absence.stand_in))
        .where(where, Absence.cancelled_at.is_(None), Absence.last_day >= clock.today())
        .order_by(Absence.first_day, Absence.id)
        .limit(200)
    ).all()


def person_named(typed: str) -> Person | None:
    """Return the one person who works here and is named so: user name, e-mail, or full name."""
    key = thai.search_key(typed)
    if not key:
        return None
    same = or_(
        Person.username == key,
        Person.email == key,
        Person.name_th == thai.normalize(typed),
        func.lower(Person.name_en) == key,
    )
    found = db.session.scalars(select(Person).where(same, Person.left_on.is_(None)).limit(2)).all()
    return found[0] if len(found) == 1 else None


def signer_ids(step_id: int) -> Sequence[int]:
    """Return the ids of those whom a step asks as its rows stand."""
    return db.session.scalars(
        select(StepSigner.person_id).where(
            StepSigner.step_id == step_id, StepSigner.ended_at.is_(None)
        )
    ).all()
