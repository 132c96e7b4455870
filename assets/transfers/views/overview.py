"""The list of movements, for the storekeeper and the auditor; the same as a file."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.register import access as register
from assets.register.states import MOVE_CAUSES, MoveCause
from assets.transfers import access
from assets.transfers.queries import movements as queries
from assets.transfers.views.blueprint import blueprint
from assets.transfers.views.on_item import changes
from kernel import clock, downloads, thai
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.pages import page_number, paged
from kernel.paths import whole
from kernel.tables import Column, Kind

LONGEST = 100
ASKED = ("q", "since", "until", "unit", "cause")


@blueprint.get("/movements")
@permit(access.SEE_MOVEMENT)
def movements() -> ResponseReturnValue:
    """List what moved, newest first, by day, unit and cause."""
    args, me, number = request.args, viewer(), page_number()
    filters = _filters()
    rows = queries.movements(me, filters, page=number)
    return render_template(
        "assets/transfers/movements.html",
        page=paged(rows, number, queries.PAGE),
        filters=filters,
        narrowed=filters != queries.Filters(),
        groups=_groups(filters),
        typed={"since": args.get("since", ""), "until": args.get("until", "")},
        faces=MOVE_CAUSES,
        changes=changes,
        see_item=register.SEE,
        files=[(ending.upper(), _file_address(ending)) for ending in ("xlsx", "csv")],
    )


def _filters() -> queries.Filters:
    args = request.args
    return queries.Filters(
        words=thai.normalize(args.get("q", "").replace("\0", ""))[:LONGEST],
        since=_day(args.get("since", "")),
        until=_day(args.get("until", "")),
        unit_id=whole(args.get("unit")),
        cause=args.get("cause", "") if args.get("cause") in tuple(MoveCause) else "",
    )


def _file_address(ending: str) -> str:
    asked: dict[str, Any] = {name: request.args[name] for name in ASKED if request.args.get(name)}
    return url_for("transfers.movement_file", ending=ending, **asked)


@blueprint.get("/movements/list.<ending>")
@permit(access.SEE_MOVEMENT)
def movement_file(ending: str) -> ResponseReturnValue:
    """Hand out exactly what the list shows, all of its pages, as CSV or as a workbook."""
    day = clock.today().isoformat()
    return downloads.table(
        ending,
        _columns(),
        queries.exported(viewer(), _filters()),
        name=f"{_('Movements')} {day}",
        plain_name=f"movements-{day}",
    )


def _columns() -> list[Column[Any]]:
    def text(label: str, column: str, width: int = 24) -> Column[Any]:
        return Column(label, lambda row: getattr(row.Movement, column), width=width)

    return [
        Column(_("When"), lambda row: row.Movement.at, Kind.MOMENT, width=18),
        Column(_("Asset number"), lambda row: row.asset_no, width=22),
        Column(_("Item"), lambda row: row.name, width=40),
        text(_("Unit before"), "from_unit_name"),
        text(_("Room before"), "from_room_name"),
        text(_("Person in charge before"), "from_custodian_name"),
        text(_("Unit after"), "to_unit_name"),
        text(_("Room after"), "to_room_name"),
        text(_("Person in charge after"), "to_custodian_name"),
        Column(_("Cause"), lambda row: str(MOVE_CAUSES[MoveCause(row.Movement.cause)].label)),
        text(_("Paper"), "reference", 18),
        text(_("Reason"), "reason", 40),
        text(_("Done by"), "by_name"),
    ]


def _groups(filters: queries.Filters) -> list[dict[str, Any]]:
    """Return the filters of the list as the filter bar wants them."""
    english = language() == "en"
    units = [
        (str(u.id), u.name_en if english and u.name_en else u.name_th)
        for u in queries.units(viewer())
    ]
    causes = [(str(cause), face.label) for cause, face in MOVE_CAUSES.items()]
    return [
        {
            "name": "unit",
            "label": _("Unit"),
            "value": filters.unit_id,
            "choices": units,
            "any": _("all units"),
        },
        {
            "name": "cause",
            "label": _("Cause"),
            "value": filters.cause,
            "choices": causes,
            "any": _("any cause"),
        },
    ]


def _day(typed: str) -> date | None:
    """Read a day as people write it; nonsense narrows nothing."""
    try:
        return thai.parse_date(typed[:LONGEST]) if typed.strip() else None
    except ValueError:
        return None
