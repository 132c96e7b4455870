"""The lists: my requests, what is to be carried out, all of the units, and their table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from helpdesk.requests import access, queries, shapes
from helpdesk.requests.models import ServiceRequest
from helpdesk.requests.queries import OPEN, Filter
from helpdesk.requests.shapes import Shape
from helpdesk.requests.states import REQUESTS, SENT_BACK, SENT_BACK_FACE, State
from helpdesk.requests.views.blueprint import blueprint
from helpdesk.requests.views.faces import face_of
from kernel import downloads, thai
from kernel.access import Viewer, permit, viewer
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.tables import Column, Kind
from office.places import queries as places


@blueprint.get("")
@permit(access.ASK)
def mine() -> ResponseReturnValue:
    """Show my own requests, drafts too."""
    return _list("mine", queries.mine)


@blueprint.get("/all")
@permit(access.SEE)
def overview() -> ResponseReturnValue:
    """Show the requests of the units that the viewer sees."""
    return _list("all", queries.listing)


@blueprint.get("/to-do")
@permit(access.CARRY_OUT)
def to_do() -> ResponseReturnValue:
    """Show what is approved and waits to be carried out, the oldest on top."""
    return _list("to_do", lambda me, _wanted, number: queries.to_do(me, number))


def _list(
    which: str, find: Callable[[Viewer, Filter, int], Sequence[ServiceRequest]]
) -> ResponseReturnValue:
    me, number, wanted = viewer(), page_number(), _wanted()
    kinds = {shape.key: shape for shape in shapes.every()}
    return render_template(
        "helpdesk/requests/list.html",
        which=which,
        page=paged(find(me, wanted, number), number, queries.A_PAGE),
        wanted=wanted,
        names={key: shape.name for key, shape in kinds.items()},
        title=lambda one: _title(one, kinds),
        states=_states(drafts=which == "mine"),
        units=places.choices(me.scope(access.SEE)) if which == "all" else [],
        face=face_of,
    )


def _title(one: ServiceRequest, kinds: Mapping[str, Shape]) -> str:
    shape = kinds.get(one.kind)
    return shapes.title_in(one.title, shape.name_th, shape.name_en) if shape else one.title


def _kind(one: ServiceRequest, kinds: Mapping[str, Shape]) -> str:
    return kinds[one.kind].name if one.kind in kinds else one.kind


def _states(*, drafts: bool) -> list[tuple[str, object]]:
    states = [
        (state.value, REQUESTS.faces[state].label)
        for state in State
        if drafts or state != State.DRAFT
    ]
    return [(OPEN, _("all that are open")), *states, (SENT_BACK, SENT_BACK_FACE.label)]


def _wanted() -> Filter:
    state, unit = request.args.get("state", ""), request.args.get("unit", "")
    return Filter(
        words=thai.normalize(request.args.get("q", "").replace("\0", ""))[:100],
        state=state if state in (*State, OPEN, SENT_BACK) else "",
        kind=request.args.get("kind", "")[:30].replace("\0", ""),
        unit_id=int(unit) if unit.isdecimal() and len(unit) < 16 else None,
    )


@blueprint.get("/all.<ending>")
@permit(access.SEE)
def table(ending: str) -> Response:
    """Send exactly what the list shows."""
    kinds = {shape.key: shape for shape in shapes.every()}
    columns: list[Column[ServiceRequest]] = [
        Column(_("Number"), lambda one: one.number, width=16),
        Column(_("Kind of request"), lambda one: _kind(one, kinds), width=28),
        Column(_("Title"), lambda one: _title(one, kinds), width=48),
        Column(_("Asked by"), lambda one: one.asker_name, width=24),
        Column(_("Position"), lambda one: one.asker_position, width=24),
        Column(_("Unit"), lambda one: one.unit.name, width=32),
        Column(_("State"), lambda one: str(face_of(one).label), width=24),
        Column(_("Sent on"), lambda one: one.sent_at, Kind.MOMENT),
        Column(_("Approved on"), lambda one: one.approved_at, Kind.MOMENT),
        Column(_("Carried out on"), lambda one: one.finished_at, Kind.MOMENT),
        Column(_("Ended on"), lambda one: one.ended_at, Kind.MOMENT),
        Column(_("Reason"), lambda one: one.ended_why, width=32),
    ]
    rows = queries.all_listed(viewer(), _wanted())
    return downloads.table(ending, columns, rows, name=_("Requests"), plain_name="requests")
