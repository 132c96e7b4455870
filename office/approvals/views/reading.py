"""Pages to read: waiting for me, decided by me, my requests, one request, what is stuck."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue

from kernel import clock
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.pages import page_number, paged
from office.approvals import access, kinds, queries
from office.approvals.forms import AnswerForm, DecisionForm, PersonForm
from office.approvals.limits import limits
from office.approvals.models import Approval
from office.approvals.states import ACTS, APPROVALS, OPEN_STATES, Action, State, StepState
from office.approvals.views import cards
from office.approvals.views.blueprint import blueprint


@blueprint.get("/approvals")
@permit(access.SIGN)
def waiting() -> ResponseReturnValue:
    """Show what waits for my signature, the longest waiting on top."""
    number = page_number()
    page = paged(queries.waiting_for(viewer(), number), number, queries.A_PAGE)
    return render_template(
        "office/approvals/waiting.html",
        page=page,
        cards=[cards.card_of(step) for step in page.rows],
        form=DecisionForm(formdata=None),
    )


@blueprint.get("/approvals/decided")
@permit(access.SIGN)
def decided() -> ResponseReturnValue:
    """Show what I decided."""
    number = page_number()
    return render_template(
        "office/approvals/decided.html",
        page=paged(queries.decided_by(viewer(), number), number, queries.A_PAGE),
        faces=APPROVALS.faces,
        acts=ACTS,
    )


@blueprint.get("/approvals/mine")
@permit(access.FOLLOW)
def mine() -> ResponseReturnValue:
    """Show my own requests and where each of them stands."""
    number = page_number()
    page = paged(queries.asked_by(viewer(), number), number, queries.A_PAGE)
    return render_template(
        "office/approvals/mine.html",
        page=page,
        standings=queries.standings([row.id for row in page.rows]),
        faces=APPROVALS.faces,
        label_of=kinds.label_of,
    )


@blueprint.get("/approvals/stuck")
@permit(access.ASSIGN)
def stuck() -> ResponseReturnValue:
    """Show the administrators what nobody can sign, and what waits for too long."""
    before = clock.today() - timedelta(days=limits().escalate_after)
    steps = queries.stuck(viewer(), before)
    return render_template(
        "office/approvals/stuck.html",
        cards=[cards.card_of(step) for step in steps],
        names=queries.signer_names([step.id for step in steps]),
    )


@blueprint.get("/approvals/<int:approval_id>")
@permit(access.FOLLOW)
def show(approval_id: int) -> ResponseReturnValue:
    """Show one request: what it says, where it stands, what happened."""
    return one_page(access.approval_seen(viewer(), approval_id))


def one_page(approval: Approval, tried: Any = None) -> ResponseReturnValue:  # noqa: ANN401 - a form
    """Return the page of a request; ``tried`` is a form that was refused."""
    me = viewer()
    steps, acts = queries.steps_of(approval), queries.story(approval.id)
    names = queries.signer_names([step.id for step in steps])
    step = next((one for one in steps if one.state == StepState.OPEN), None)
    waits = approval.state == State.WAITING and step is not None
    asks = approval.asker_id == me.id
    page = render_template(
        "office/approvals/approval.html",
        approval=approval,
        kind=kinds.label_of(approval.kind),
        face=APPROVALS.faces[approval.state],
        facts=cards.facts_of(approval),
        subject_page=cards.page_of(approval),
        steps=cards.step_lines(steps, names, acts),
        story=[cards.moment_of(act) for act in acts],
        step=step,
        nobody=waits and step is not None and not names.get(step.id),
        deciding=_form(DecisionForm, tried, step)
        if waits and access.can_sign(me, approval)
        else None,
        answering=_form(AnswerForm, tried, step)
        if asks and APPROVALS.allows(approval.state, Action.ANSWER)
        else None,
        naming=_form(PersonForm, tried, step),
        may_recall=asks and approval.state in OPEN_STATES,
        may_remind=asks and waits,
        may_assign=waits and me.may(access.ASSIGN, approval.unit_id),
        button=ActionForm(formdata=None),
        tried=tried,
    )
    return page, tried.status if tried is not None else 200


def _form(kind: type[Any], tried: Any, step: Any) -> Any:  # noqa: ANN401 - one of the forms
    form = tried if isinstance(tried, kind) else kind(formdata=None)
    if "step" in form and step is not None:
        form.step.data = str(step.id)
    return form
