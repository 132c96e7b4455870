"""Proposing a programme to the director, taking it back, and following the decision."""

from __future__ import annotations

from typing import Any

from helpdesk.programmes import queries
from helpdesk.programmes.models import Programme
from helpdesk.programmes.rules import stepping
from helpdesk.programmes.states import DUTIES, PROGRAMMES, Action, Duty, State, StepKind
from kernel.access import Viewer
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from office.approvals.rules import asking
from office.approvals.rules.asking import Request
from office.bookkeeping import audit

KIND = "programme"


def propose(programme: Programme, *, by: Viewer) -> None:
    """Propose a draft to the director, frozen as it is.

    Refuses a programme that is no draft, one without objective or targets, and an empty plan.
    """
    target = PROGRAMMES.target(State(programme.state), Action.PROPOSE)
    if not programme.objective or not programme.targets:
        raise Refusal(_("Please write the objective and the targets first."))
    if not queries.activities_of(programme.id):
        raise Refusal(_("Please plan at least one activity first."))
    if by.id is None:
        raise NotAllowed(_("Only the working group changes this programme."))
    request = Request(
        kind=KIND,
        subject_id=programme.id,
        title=programme.name,
        content=content(programme),
        asker_id=by.id,
        unit_id=programme.unit_id,
        amount=programme.budget,
    )
    programme.approval = asking.submit(request, by=by)
    programme.state = target
    audit.record("proposed", programme, by=by, after={"budget": programme.budget})


def take_back(programme: Programme, reason: str, *, by: Viewer) -> None:
    """Make a draft again of what is proposed (only the proposer) or approved (with a reason).

    An approval that was given becomes void: the changed programme is proposed anew.
    """
    if programme.state == State.PROPOSED and programme.approval:
        asking.recall(programme.approval, by=by, words=reason)
    elif programme.state == State.RUNNING and programme.approval:
        asking.void(programme.approval, reason, by=by)
    else:
        raise Refusal(_("This programme is neither proposed nor approved."))


def approve(programme: Programme, *, doc_no: str, by: Viewer) -> None:
    """Follow the director's yes: the programme is under way, its approval step done."""
    programme.state = PROGRAMMES.target(State(programme.state), Action.APPROVE)
    stepping.decide(programme, StepKind.PROPOSE, done=True, doc_no=doc_no, by=by)
    audit.record("approved", programme, by=by)


def give_back(programme: Programme, *, by: Viewer) -> None:
    """Follow a no, a recall or a voiding: the programme is a draft again."""
    programme.state = PROGRAMMES.target(State(programme.state), Action.RETURN)
    stepping.decide(programme, StepKind.PROPOSE, done=False, doc_no="", by=by)
    audit.record("returned", programme, by=by)


def content(programme: Programme) -> dict[str, Any]:
    """Return everything that the director approves, in plain values."""
    with speaking("th"):
        return {
            "process_no": programme.process_no,
            "process": programme.process.name_th,
            "fiscal_year": programme.fiscal_year,
            "name": programme.name,
            "objective": programme.objective,
            "targets": programme.targets,
            "unit": programme.unit.name_th,
            "owner": programme.owner.name_th,
            "starts_on": programme.starts_on,
            "ends_on": programme.ends_on,
            "budget": programme.budget,
            "group": [
                {
                    "name": one.name,
                    "position": one.position,
                    "acting": one.acting,
                    "duty": str(DUTIES[Duty(one.duty)]),
                }
                for one in queries.members_of(programme.id)
            ],
            "plan": [
                {
                    "title": one.title,
                    "starts_on": one.starts_on,
                    "ends_on": one.ends_on,
                    "responsible": one.responsible.name_th if one.responsible else "",
                    "budget": one.budget,
                }
                for one in queries.activities_of(programme.id)
            ],
            "indicators": [
                {"name": one.name, "target": one.target, "unit": one.unit_word}
                for one in queries.indicators_of(programme.id)
            ],
        }
