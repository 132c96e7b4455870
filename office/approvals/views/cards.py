"""What a card and a page say about one approval, made from its rows and its kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from office.approvals import kinds
from office.approvals.models import Approval, ApprovalAct, ApprovalStep
from office.approvals.snapshot import read
from office.approvals.states import ACTS, CAPACITIES, STEP_FACES, Act, Capacity, StepState

FACTS_OF_A_CARD = 4
# Acts on the whole request; all others belong to a step, which is named.
OF_THE_WHOLE = (Act.SUBMITTED, Act.ANSWERED, Act.RECALLED, Act.VOIDED)


@dataclass(frozen=True)
class Card:
    """One request that waits: who asks what, for how much, since when."""

    approval_id: int
    step_id: int
    kind: str
    number: str
    title: str
    asker: str
    unit: str
    amount: Decimal | None
    since: datetime | None
    step: str
    facts: Sequence[tuple[str, str]]


def card_of(step: ApprovalStep) -> Card:
    """Return the card of a step that waits."""
    approval = step.approval
    return Card(
        approval_id=approval.id,
        step_id=step.id,
        kind=kinds.label_of(approval.kind),
        number=approval.number,
        title=kinds.title_of(approval),
        asker=approval.asker.name,
        unit=approval.unit.name,
        amount=approval.amount,
        since=step.opened_at,
        step=step.plan.name,
        facts=facts_of(approval)[:FACTS_OF_A_CARD],
    )


def facts_of(approval: Approval) -> list[tuple[str, str]]:
    """Return what the kind tells of the snapshot; nothing where its room is gone."""
    known = {kind.key: kind for kind in kinds.registered()}
    kind = known.get(approval.kind)
    return list(kind.facts(read(approval.snapshot))) if kind else []


def page_of(approval: Approval) -> str:
    """Return the address of the subject's own page, "" where its room is gone."""
    known = {kind.key: kind for kind in kinds.registered()}
    kind = known.get(approval.kind)
    return kind.page(approval.subject_id) if kind else ""


def moment_of(act: ApprovalAct) -> dict[str, Any]:
    """Return an act as the timeline shows it, with the step it was done in."""
    face = ACTS[Act(act.act)]
    text = str(face.label)
    if act.step is not None and act.act not in OF_THE_WHOLE:
        text = f"{act.step.plan.name}: {text}"
    if act.for_name:
        text = f"{text} ({CAPACITIES[Capacity(act.capacity)]} {act.for_position or act.for_name})"
    who = f"{act.name} · {act.position}" if act.position else act.name
    return {
        "at": act.at,
        "text": text,
        "body": act.words,
        "who": who,
        "tone": face.tone,
        "icon": face.icon,
    }


@dataclass(frozen=True)
class StepLine:
    """One step of the walk: its name, its state, who is asked and who signed when."""

    name: str
    face: Any
    all_sign: bool
    asked: Sequence[str]
    signed: Sequence[tuple[str, datetime]]
    open: bool


def step_lines(
    steps: Sequence[ApprovalStep],
    names: dict[int, list[str]],
    acts: Sequence[ApprovalAct],
) -> list[StepLine]:
    """Return the steps of a round with the names that belong to them."""
    return [
        StepLine(
            name=step.plan.name,
            face=STEP_FACES[StepState(step.state)],
            all_sign=step.plan.all_sign,
            asked=names.get(step.id, ()) if step.state == StepState.OPEN else (),
            signed=[
                (act.name, act.at)
                for act in acts
                if act.step_id == step.id and act.act == Act.APPROVED
            ],
            open=step.state == StepState.OPEN,
        )
        for step in steps
    ]
