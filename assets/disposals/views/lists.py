"""The list of disposals, and what it shows as a file."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.disposals import access, queries
from assets.disposals.queries import Filters
from assets.disposals.states import CASES, CAUSES, METHODS, ORIGINS, Cause, Method, Origin, State
from assets.disposals.views.blueprint import blueprint
from kernel import clock, downloads
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.pages import page_number, paged
from kernel.tables import Column, Kind


@blueprint.get("")
@permit(access.OPEN)
def disposals() -> ResponseReturnValue:
    """List the cases of the own units, and those on whose committee one is."""
    me, filters, number = viewer(), queries.filters_from(request.args), page_number()
    rows = queries.disposals(me, filters, page=number)
    query: dict[str, Any] = {k: v for k, v in request.args.items() if k != "page"}
    return render_template(
        "assets/disposals/disposals.html",
        page=paged(rows, number, queries.PAGE),
        faces=CASES.faces,
        methods=METHODS,
        groups=_groups(filters),
        narrows=filters != Filters(),
        may_prepare=me.may(access.PREPARE),
        file=url_for("disposals.disposal_file", **query),
    )


@blueprint.get("/list.xlsx")
@permit(access.OPEN)
def disposal_file() -> ResponseReturnValue:
    """Hand out exactly what the list shows, all of its pages, as a workbook."""
    filters = queries.filters_from(request.args)
    day = clock.today().isoformat()
    rows = queries.exported(viewer(), filters)
    name = f"{_('Disposals')} {day}"
    return downloads.table("xlsx", _columns(), rows, name=name, plain_name=f"disposals-{day}")


def _groups(filters: Filters) -> list[dict[str, Any]]:
    me = viewer()
    states = [("all", _("all")), *((str(s), CASES.faces[s].label) for s in State)]
    groups: list[dict[str, Any]] = [
        {
            "name": "state",
            "label": _("State"),
            "value": "" if filters.state == "open" else filters.state,
            "choices": states,
            "any": _("not finished"),
        },
        {
            "name": "method",
            "label": _("Method"),
            "value": filters.method,
            "choices": [(str(method), label) for method, label in METHODS.items()],
        },
        {
            "name": "year",
            "label": _("Fiscal year"),
            "value": filters.fiscal_year,
            "choices": [(year, str(year)) for year in queries.years(me)],
        },
        {
            "name": "late",
            "label": _("Deadline"),
            "value": "1" if filters.late else "",
            "choices": [("1", _("late"))],
        },
    ]
    units = queries.units(me)
    if len(units) > 1:
        group = {
            "name": "unit",
            "label": _("Unit"),
            "value": filters.unit_id,
            "choices": [(unit.id, unit.name) for unit in units],
        }
        groups.insert(1, group)
    return groups


def _columns() -> list[Column[Any]]:
    return [
        Column(_("Number"), lambda row: row.Disposal.number, width=14),
        Column(_("Unit"), lambda row: row.Disposal.unit.name, width=36),
        Column(_("State"), lambda row: str(CASES.faces[State(row.Disposal.state)].label)),
        Column(_("From"), lambda row: str(ORIGINS[Origin(row.Disposal.origin)].label)),
        Column(_("Rests on"), lambda row: row.Disposal.reference, width=28),
        Column(_("Cause"), lambda row: _word(CAUSES, Cause, row.Disposal.cause), width=28),
        Column(_("Method"), lambda row: _word(METHODS, Method, row.Disposal.method), width=28),
        Column(_("Items"), lambda row: row.things, Kind.WHOLE, width=10),
        Column(_("Bought for"), lambda row: row.cost, Kind.MONEY),
        Column(
            _("Proposed on"), lambda row: clock.local(row.Disposal.proposed_at).date(), Kind.DAY
        ),
        Column(_("Order number"), lambda row: row.Disposal.order_no),
        Column(_("Date of the order"), lambda row: row.Disposal.ordered_on, Kind.DAY),
        Column(_("Carried out on"), lambda row: row.Disposal.carried_out_on, Kind.DAY),
        Column(_("Proceeds (baht)"), lambda row: row.Disposal.proceeds, Kind.MONEY),
        Column(_("Struck off the register on"), lambda row: row.Disposal.struck_off_on, Kind.DAY),
        Column(_("State Audit Office told on"), lambda row: row.Disposal.audit_on, Kind.DAY),
        Column(_("Parent agency told on"), lambda row: row.Disposal.parent_on, Kind.DAY),
        Column(_("Next deadline"), lambda row: _due(row.Disposal), Kind.DAY),
    ]


def _word(words: Any, kind: Any, value: Any) -> str:  # noqa: ANN401 - labels by their enum
    return str(words[kind(value)]) if value else ""


def _due(case: Any) -> Any:  # noqa: ANN401 - a day or nothing
    return case.deadline.due_on if case.deadline else None
