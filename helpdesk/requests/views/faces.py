"""How a request looks: the face of its state, and its story in one line of moments."""

from __future__ import annotations

from typing import Any

from helpdesk.requests import queries, shapes
from helpdesk.requests.models import ServiceRequest
from helpdesk.requests.rules import drafting
from helpdesk.requests.states import MOMENTS, REQUESTS, SENT_BACK_FACE, Act, State
from kernel.states import Face
from office.approvals.views.cards import moment_of


def face_of(request: ServiceRequest) -> Face:
    """Return how the state looks; sent back is told by the approval."""
    if drafting.is_sent_back(request):
        return SENT_BACK_FACE
    return REQUESTS.faces[State(request.state)]


def story_of(request: ServiceRequest) -> list[dict[str, Any]]:
    """Return what happened, the newest first: the own moments and those of its approvals."""
    paths = [shapes.SIMPLE, shapes.path_key(request.kind)]
    told: list[dict[str, Any]] = []
    for moment in queries.moments(request):
        face = MOMENTS[Act(moment.act)]
        told.append(
            {
                "at": moment.at,
                "text": face.label,
                "body": moment.words,
                "who": moment.name,
                "tone": face.tone,
                "icon": face.icon,
            }
        )
    # Of one moment the draft comes before what the approval tells.
    told += [moment_of(act) for act in queries.approval_acts(request, paths)]
    return sorted(told, key=lambda one: one["at"])[::-1]
