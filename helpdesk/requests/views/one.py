"""The page of one request, and the buttons of its asker and of those who carry it out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from helpdesk.requests import access, answers, shapes, sorts
from helpdesk.requests.forms import LowerForm, WordsForm, WorkForm
from helpdesk.requests.models import ServiceRequest
from helpdesk.requests.rules import carrying_out, drafting
from helpdesk.requests.shapes import Shape
from helpdesk.requests.states import REQUESTS, Action, FieldKind, State
from helpdesk.requests.views.blueprint import blueprint
from helpdesk.requests.views.faces import face_of, story_of
from kernel.access import Viewer, permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.sending import send_kept
from kernel.work import check_version, work
from office.approvals import access as approvals
from office.approvals import queries as approval_queries
from office.approvals.states import State as ApprovalState
from office.bookkeeping import rules as bookkeeping

Loaded = Callable[[Viewer, int], ServiceRequest]


@blueprint.get("/<int:request_id>")
@permit(access.ASK)
def show(request_id: int) -> ResponseReturnValue:
    """Show one request: what it asks, where it stands, what may be done now."""
    return one_page(access.request_read(viewer(), request_id))


def one_page(shown: ServiceRequest, tried: ActionForm | None = None) -> ResponseReturnValue:
    """Return the page of a request; ``tried`` is a form that was refused."""
    me, shape = viewer(), shapes.of_request(shown)
    own = shown.asker_id == me.id
    sort = sorts.sort_of(shown.kind)
    page = render_template(
        "helpdesk/requests/request.html",
        one=shown,
        shape=shape,
        title=shapes.title_in(shown.title, shape.name_th, shape.name_en),
        face=face_of(shown),
        facts=_facts(shown, shape),
        files=drafting.files_of(shown),
        file_labels={field.key: field.label for field in shape.fields},
        story=story_of(shown),
        own=own,
        acts=_acts(shown, shape, me),
        sent_back=drafting.is_sent_back(shown),
        waiting_for=_waiting_for(shown),
        to_sign=_to_sign(shown, me),
        form=_form(WordsForm, tried, shown),
        lower=_form(LowerForm, tried, shown),
        another=_form(WorkForm, tried, shown),
        tried=tried,
        part=sort.page_part if sort and shown.state != State.DRAFT else "",
        **(sort.page_context(shown, me) if sort else {}),
    )
    return page, tried.status if tried is not None else 200


def _form(kind: type[ActionForm], tried: ActionForm | None, shown: ServiceRequest) -> Any:  # noqa: ANN401
    if isinstance(tried, kind):
        tried.stand_at(shown.version)
        return tried
    form = kind(formdata=None)
    form.version.data = str(shown.version)
    return form


def _facts(shown: ServiceRequest, shape: Shape) -> list[tuple[str, str]]:
    said = shown.answers
    if shown.state == State.DRAFT:
        said = drafting.reading_of(shown, shape).answers
    return [
        (field.label, answers.shown(said[field.key]))
        for field in shape.fields
        if field.kind != FieldKind.FILE and field.key in said
    ]


def _acts(shown: ServiceRequest, shape: Shape, me: Viewer) -> dict[str, bool]:
    """Return which buttons a page shows; the same table decides as in the rules."""
    own = shown.asker_id == me.id
    staff = me.may(access.CARRY_OUT, shown.handling_unit_id)
    state = State(shown.state)

    def can(action: Action) -> bool:
        return REQUESTS.allows(state, action)

    return {
        "edit": own and drafting.is_editable(shown),
        "recall": own and can(Action.RECALL),
        "change": own and can(Action.CHANGE),
        "confirm": own and can(Action.CONFIRM),
        "complain": own and can(Action.COMPLAIN),
        "cancel": (own and can(Action.CANCEL)) or (staff and state == State.APPROVED),
        "finish": staff and can(Action.FINISH) and shape.by_hand,
        "carry": staff and state == State.APPROVED,
        "comment": state not in (State.DRAFT, State.CANCELLED) and (own or staff),
        "copy": own and state != State.DRAFT,
    }


def _waiting_for(shown: ServiceRequest) -> list[str] | None:
    """Return who is asked now; an empty list where nobody can sign, None where nothing waits."""
    approval = shown.approval
    if approval is None or approval.state != ApprovalState.WAITING:
        return None
    standing = approval_queries.standings([approval.id]).get(approval.id)
    return list(standing.signers) if standing else []


def _to_sign(shown: ServiceRequest, me: Viewer) -> bool:
    approval = shown.approval
    waits = approval is not None and approval.state == ApprovalState.WAITING
    return waits and approval is not None and approvals.can_sign(me, approval)


def acted(
    request_id: int,
    form: ActionForm,
    load: Loaded,
    verb: Callable[[ServiceRequest], object],
    said: str,
) -> ResponseReturnValue:
    """Do one act in one unit of work; show the page again where it is refused."""
    here = url_for("requests.show", request_id=request_id)
    if form.accepted():
        with form.refusals():
            with work():
                found = load(viewer(), request_id)
                if bookkeeping.spend_key(form.act_key, here) is None:
                    drafting.locked(request_id)
                    check_version(found.version, form.seen_version)
                    verb(found)
            flash(said, "ok")
            return redirect(here)
    return one_page(access.request_read(viewer(), request_id), form)


def _of_staff(me: Viewer, request_id: int) -> ServiceRequest:
    return access.request_for(me, request_id, access.CARRY_OUT)


def _of_either(me: Viewer, request_id: int) -> ServiceRequest:
    found = access.request_read(me, request_id)
    if found.asker_id != me.id:
        me.demand(access.CARRY_OUT, found.handling_unit_id)
    return found


@blueprint.post("/<int:request_id>/recall")
@permit(access.ASK)
def recall(request_id: int) -> ResponseReturnValue:
    """Take the own request back to change it."""

    def verb(one: ServiceRequest) -> None:
        drafting.recall(one, by=viewer())

    said = _("The request is a draft again. Nobody is asked until you send it.")
    return acted(request_id, WordsForm(), access.request_owned, verb, said)


@blueprint.post("/<int:request_id>/change")
@permit(access.ASK)
def change(request_id: int) -> ResponseReturnValue:
    """Make the approval void to change what was approved."""

    def verb(one: ServiceRequest) -> None:
        drafting.change(one, by=viewer())

    said = _("The approval is void. Change the request and send it again.")
    return acted(request_id, WordsForm(), access.request_owned, verb, said)


@blueprint.post("/<int:request_id>/cancel")
@permit(access.ASK)
def cancel(request_id: int) -> ResponseReturnValue:
    """End a request."""
    form = WordsForm()

    def verb(one: ServiceRequest) -> None:
        carrying_out.cancel(one, form.words.data or "", by=viewer())

    return acted(request_id, form, _of_either, verb, _("The request is cancelled."))


@blueprint.post("/<int:request_id>/finish")
@permit(access.CARRY_OUT)
def finish(request_id: int) -> ResponseReturnValue:
    """Say that it is carried out."""
    form = WordsForm()

    def verb(one: ServiceRequest) -> None:
        carrying_out.finish(one, form.words.data or "", by=viewer())

    said = _("Carried out. The asker is asked to confirm it.")
    return acted(request_id, form, _of_staff, verb, said)


@blueprint.post("/<int:request_id>/confirm")
@permit(access.ASK)
def confirm(request_id: int) -> ResponseReturnValue:
    """Confirm as the asker that it is done."""
    form = WordsForm()

    def verb(one: ServiceRequest) -> None:
        carrying_out.confirm(one, by=viewer(), words=form.words.data or "")

    return acted(request_id, form, access.request_owned, verb, _("Thank you. It is finished."))


@blueprint.post("/<int:request_id>/complain")
@permit(access.ASK)
def complain(request_id: int) -> ResponseReturnValue:
    """Say as the asker that it is not done."""
    form = WordsForm()

    def verb(one: ServiceRequest) -> None:
        carrying_out.complain(one, form.words.data or "", by=viewer())

    said = _("Those who carry it out were told what is missing.")
    return acted(request_id, form, access.request_owned, verb, said)


@blueprint.post("/<int:request_id>/comment")
@permit(access.ASK)
def comment(request_id: int) -> ResponseReturnValue:
    """Write a word to the other side."""
    form = WordsForm()

    def verb(one: ServiceRequest) -> None:
        carrying_out.comment(one, form.words.data or "", by=viewer())

    return acted(request_id, form, _of_either, verb, _("Written. The other side was told."))


@blueprint.post("/<int:request_id>/copy")
@permit(access.ASK)
def copy(request_id: int) -> ResponseReturnValue:
    """Begin a new draft with what an own request said."""
    form = ActionForm()
    form.insist()
    with work():
        earlier = bookkeeping.spend_key(form.act_key)
        if earlier is not None:
            return redirect(earlier)
        made = drafting.copy(access.request_owned(viewer(), request_id), by=viewer())
        there = url_for("requests.edit", request_id=made.id)
        bookkeeping.settle_key(form.act_key, there)
    return redirect(there)


@blueprint.get("/<int:request_id>/files/<int:file_id>")
@permit(access.ASK)
def file(request_id: int, file_id: int) -> Response:
    """Send a file of a request to whoever may read the request."""
    found = access.file_read(viewer(), request_id, file_id)
    return send_kept(found.key, media=found.media, name=found.name, inline=False)
