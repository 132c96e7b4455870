"""The page of one case: what comes next and why, its items, papers, and the form of the step."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.disposals import access, guide, methods, papers, queries
from assets.disposals.forms import (
    AddForm,
    AppointForm,
    FindingsForm,
    FoundForm,
    GoOnForm,
    MethodForm,
    OrderForm,
    ReasonForm,
    ReportsForm,
    ResultForm,
)
from assets.disposals.models import Disposal
from assets.disposals.rules import proposing
from assets.disposals.states import (
    CASES,
    CAUSES,
    DUTIES,
    LINES,
    METHODS,
    ORIGINS,
    SALES,
    Action,
    Method,
    State,
)
from assets.disposals.views.blueprint import blueprint
from assets.labels import queries as labels
from assets.register import access as register
from assets.register.models import Asset
from assets.register.states import CONDITIONS
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.work import work
from office.approvals import queries as approvals
from office.approvals.models import ApprovalAct
from office.approvals.states import State as Approved

BY_MEMBERS = (Action.REPORT,)


@blueprint.get("/<int:disposal_id>")
@permit(access.OPEN)
def disposal(disposal_id: int) -> ResponseReturnValue:
    """Show one case."""
    return case_page(disposal_id)


def case_page(
    disposal_id: int, tried: ActionForm | None = None, found: list[Asset] | None = None
) -> ResponseReturnValue:
    """Return the page of a case, with a form as it was sent where that was refused."""
    me, case = viewer(), access.disposal_seen(viewer(), disposal_id)
    acts, lines = _acts(case), queries.lines_of(case, all_of_them=True)
    if tried is not None:
        tried.stand_at(case.version)
    approval = case.approval
    page = render_template(
        "assets/disposals/disposal.html",
        case=case,
        acts=acts,
        lines=lines,
        cost=queries.cost_of([line for line in lines if line.state != "taken_out"]),
        members=queries.members_of(case),
        forms=_forms(case, acts, tried),
        tried=type(tried).__name__ if tried else "",
        found=found or [],
        advice=guide.NEXT.get(State(case.state)),
        way=[{"title": word, "text": ""} for word, _states in guide.WAY],
        place=guide.place_of(State(case.state)),
        duties=guide.DUTIES,
        papers=papers.offered(case),
        standing=approvals.standings([approval.id]).get(approval.id) if approval else None,
        answer=_not_given(case),
        is_asker=approval is not None and approval.asker_id == me.id,
        may_read_items=me.may(register.SEE),
        words=_WORDS,
    )
    return page, tried.status if tried else 200


def _not_given(case: Disposal) -> ApprovalAct | None:
    """Return the words with which the head sent the request back or did not approve it."""
    approval = case.approval
    if approval is None or approval.state not in (Approved.SENT_BACK, Approved.REJECTED):
        return None
    if case.state not in (State.SUBMITTED, State.PREPARING):
        return None
    return approvals.story(approval.id)[-1]


_WORDS: dict[str, Any] = {
    "states": CASES.faces,
    "lines": LINES.faces,
    "origins": ORIGINS,
    "causes": CAUSES,
    "methods": METHODS,
    "seats": DUTIES,
    "conditions": CONDITIONS,
    "acts": CASES.acts,
}


def _acts(case: Disposal) -> set[str]:
    """Return what the viewer may do with a case now."""
    me = viewer()
    prepares, member = me.may(access.PREPARE, case.unit_id), access.member_of(me, case)
    return {
        action.value
        for action in CASES.actions(State(case.state))
        if (member if action in BY_MEMBERS else prepares)
    }


def _forms(case: Disposal, acts: set[str], tried: ActionForm | None) -> dict[str, ActionForm]:
    """Return the forms of what can be done now; the one that was refused as it was sent."""
    kinds: dict[str, type[ActionForm]] = {
        "edit": AddForm,
        "go_on": GoOnForm,
        "appoint": AppointForm,
        "report": FindingsForm,
        "submit": MethodForm,
        "order": OrderForm,
        "carry_out": ResultForm,
        "notify": ReportsForm,
        "find": FoundForm,
        "take_out": ReasonForm,
        "cancel": ReasonForm,
    }
    forms: dict[str, ActionForm] = {}
    for act, kind in kinds.items():
        if act in acts:
            fresh = tried is None or type(tried) is not kind
            forms[act] = prepared(kind, case) if fresh or tried is None else tried
    return forms


def prepared(kind: type[ActionForm], case: Disposal) -> ActionForm:
    """Return an empty form of a case with what is known already and the version shown."""
    form = kind(formdata=None, obj=case, version=str(case.version))
    form.version.data = str(case.version)
    fit(form, case)
    if isinstance(form, MethodForm):
        form.reason.data = case.method_reason
    if isinstance(form, FoundForm):
        form.reason.data = ""
    return form


def fit(form: ActionForm, case: Disposal) -> None:
    """Fill the choices of a form, and leave out what the method of the case does not ask for."""
    if isinstance(form, AppointForm):
        form.offer(queries.people_for(queries.agency_of(case.unit)), _("– not named –"))
    if isinstance(form, ResultForm) and case.method:
        method = Method(case.method)
        form.ask(
            method,
            sale=method in SALES,
            received=method in methods.RECEIVED,
            witnessed=method in methods.WITNESSED,
        )


@blueprint.post("/<int:disposal_id>/add")
@permit(access.PREPARE)
def add(disposal_id: int) -> ResponseReturnValue:
    """Put a scanned item, or one that was picked among several, into a case."""
    form, found = AddForm(), list[Asset]()
    if form.accepted():
        with form.refusals():
            found = _meant(form)
            if len(found) == 1:
                with work():
                    case = access.disposal_under(viewer(), disposal_id)
                    items = [register.asset_seen_by(viewer(), found[0].id)]
                    number = proposing.add(case, items, by=viewer())
                said = ngettext(
                    "%(number)s item put into the case.",
                    "%(number)s items put into the case.",
                    number,
                )
                flash(said, "ok")
                return redirect(url_for("disposals.disposal", disposal_id=disposal_id))
    return case_page(disposal_id, form, found)


def _meant(form: AddForm) -> list[Asset]:
    picked = request.form.get("item", "")
    if picked.isascii() and picked.isdecimal() and len(picked) < 16:
        return [register.asset_seen_by(viewer(), int(picked))]
    found = labels.scanned(str((form.code.raw_data or [""])[0]), viewer())
    if not found:
        raise Refusal(_("No item of yours has this number or label."), field="code")
    return found
