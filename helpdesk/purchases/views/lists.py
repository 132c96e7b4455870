"""The lists: my purchases, all of the units, and their table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from helpdesk.purchases import access, queries
from helpdesk.purchases.models import Purchase
from helpdesk.purchases.payment_queries import to_pay_among
from helpdesk.purchases.queries import ALL_OPEN, TO_PAY, Filter
from helpdesk.purchases.states import KINDS, PURCHASES, TO_PAY_FACE, Kind, State
from helpdesk.purchases.views.blueprint import blueprint
from helpdesk.purchases.views.faces import face_of
from kernel import downloads, thai
from kernel.access import Viewer, permit, viewer
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.tables import Column
from kernel.tables import Kind as Cell
from office.places import queries as places

LONGEST_ID = 15


@blueprint.get("")
@permit(access.ASK)
def mine() -> ResponseReturnValue:
    """Show my own purchases, drafts too."""
    return _list("mine", queries.mine)


@blueprint.get("/all")
@permit(access.SEE)
def overview() -> ResponseReturnValue:
    """Show the purchases of the units that the viewer sees."""
    return _list("all", queries.listing)


def _list(
    which: str, find: Callable[[Viewer, Filter, int], Sequence[Purchase]]
) -> ResponseReturnValue:
    me, number, wanted = viewer(), page_number(), _wanted()
    states = [
        (state.value, PURCHASES.faces[state].label)
        for state in State
        if which == "mine" or state != State.DRAFT
    ]
    page = paged(find(me, wanted, number), number, queries.A_PAGE)
    return render_template(
        "helpdesk/purchases/list.html",
        which=which,
        page=page,
        wanted=wanted,
        kinds=KINDS,
        states=[
            (ALL_OPEN, _("all that are open")),
            (TO_PAY, str(TO_PAY_FACE.label)),
            *states,
        ],
        unpaid=to_pay_among([one.id for one in page.rows]),
        to_pay_face=TO_PAY_FACE,
        units=places.choices(me.scope(access.SEE)) if which == "all" else [],
        face=face_of,
    )


def _wanted() -> Filter:
    state, kind = request.args.get("state", ""), request.args.get("kind", "")
    unit = request.args.get("unit", "")
    return Filter(
        words=thai.normalize(request.args.get("q", "").replace("\0", ""))[:100],
        state=state if state in (*State, ALL_OPEN, TO_PAY) else "",
        kind=kind if kind in tuple(Kind) else "",
        unit_id=int(unit) if unit.isdecimal() and len(unit) <= LONGEST_ID else None,
    )


@blueprint.get("/all.<ending>")
@permit(access.SEE)
def table(ending: str) -> Response:
    """Send exactly what the list shows."""
    columns: list[Column[Purchase]] = [
        Column(_("Number"), lambda one: one.number, width=16),
        Column(_("What is asked for"), lambda one: str(KINDS[Kind(one.kind)]), width=24),
        Column(_("Subject"), lambda one: one.title, width=48),
        Column(_("Asked by"), lambda one: one.asker_name, width=24),
        Column(_("Unit"), lambda one: one.unit.name, width=32),
        Column(_("State"), lambda one: str(face_of(one).label), width=24),
        Column(_("Budget"), lambda one: one.budget.project if one.budget else "", width=32),
        Column(_("Costs, with VAT"), lambda one: one.total, Cell.MONEY),
        Column(_("Spent"), lambda one: one.spent, Cell.MONEY),
        Column(_("Sent on"), lambda one: one.sent_at, Cell.MOMENT),
        Column(_("Approved on"), lambda one: one.approved_at, Cell.MOMENT),
        Column(_("Ended on"), lambda one: one.ended_at, Cell.MOMENT),
        Column(_("Reason"), lambda one: one.ended_why, width=32),
    ]
    rows = queries.all_listed(viewer(), _wanted())
    return downloads.table(ending, columns, rows, name=_("Purchases"), plain_name="purchases")
