"""How a purchase looks: the face of its state, and its story in one line of moments."""

from __future__ import annotations

from typing import Any

from helpdesk.purchases import queries
from helpdesk.purchases.models import Purchase
from helpdesk.purchases.rules import drafting
from helpdesk.purchases.rules.paying import read_note
from helpdesk.purchases.states import MOMENTS, PAYMENTS, PURCHASES, SENT_BACK_FACE, Act, State
from kernel.states import Face
from office.approvals.views.cards import moment_of


def face_of(purchase: Purchase) -> Face:
    """Return how the state looks; sent back is told by the approval."""
    if drafting.is_sent_back(purchase):
        return SENT_BACK_FACE
    return PURCHASES.faces[State(purchase.state)]


def story_of(purchase: Purchase) -> list[dict[str, Any]]:
    """Return what happened, the newest first: the own moments and those of its approvals."""
    told: list[dict[str, Any]] = []
    for moment in queries.moments(purchase):
        face = MOMENTS[Act(moment.act)]
        told.append(
            {
                "at": moment.at,
                "text": face.label,
                "body": read_note(moment.words) if moment.act in PAYMENTS else moment.words,
                "who": moment.name,
                "tone": face.tone,
                "icon": face.icon,
            }
        )
    # Of one moment the draft comes before what the approval tells.
    told += [moment_of(act) for act in queries.approval_acts(purchase, drafting.KIND)]
    return sorted(told, key=lambda one: one["at"])[::-1]
