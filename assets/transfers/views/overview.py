"""The list of movements, for the storekeeper and the auditor."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from assets.register import access as register
from assets.register.states import MOVE_CAUSES, MoveCause
from assets.transfers import access
from assets.transfers.forms import whole
from assets.transfers.queries import movements as queries
from assets.transfers.views.blueprint import blueprint
from assets.transfers.views.on_item import changes
from kernel import thai
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.pages import page_number, paged

LONGEST = 100


@blueprint.get("/movements")
@permit(access.SEE_MOVEMENT)
def movements() -> ResponseReturnValue:
    """List what moved, newest first, by day, unit and cause."""
    args, me, number = request.args, viewer(), page_number()
    filters = queries.Filters(
        words=thai.normalize(args.get("q", "").replace("\0", ""))[:LONGEST],
        since=_day(args.get("since", "")),
        until=_day(args.get("until", "")),
        unit_id=whole(args.get("unit")),
        cause=args.get("cause", "") if args.get("cause") in tuple(MoveCause) else "",
    )
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
    )


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
