"""What the address of a page of figures asks for, and what every such page shows."""

from __future__ import annotations

from typing import Any

from flask import request

from helpdesk.figures import queries
from helpdesk.figures.periods import Period, month_name, period_asked, this_year
from helpdesk.tickets.states import Kind
from kernel.access import Viewer
from kernel.i18n import gettext as _
from kernel.i18n import language

YEARS_BACK = 6
ERA = 543


def asked_for() -> queries.Asked:
    """Return what the address asks for."""
    unit, kind = request.args.get("unit", ""), request.args.get("kind", "")
    return queries.Asked(
        period_asked(request.args.get("year", ""), request.args.get("month", "")),
        int(unit) if unit.isdecimal() and len(unit) < 10 else None,
        Kind(kind) if kind in set(Kind) else None,
    )


def filters_of(asked: queries.Asked, viewer: Viewer) -> list[dict[str, Any]]:
    """Return the filters of a page: year, month, school, kind."""
    period, present = asked.period, this_year().year
    years = sorted({*range(present - YEARS_BACK, present + 1), period.year}, reverse=True)
    units = queries.units_of(viewer)
    english = language() == "en"
    return [
        {
            "name": "year",
            "label": _("Fiscal year"),
            "value": "" if period.year == present else str(period.year),
            "any": year_name(present),
            "choices": [(str(year), year_name(year)) for year in years if year != present],
        },
        {
            "name": "month",
            "label": _("Month"),
            "value": str(period.month or ""),
            "any": _("the whole year"),
            "choices": [(str(m % 100), month_name(m)) for m in Period(period.year).months],
        },
        {
            "name": "unit",
            "label": _("School"),
            "value": str(asked.unit_id or ""),
            "any": _("all"),
            "choices": [
                (str(u.id), u.name_en if english and u.name_en else u.name_th) for u in units
            ],
        },
        {
            "name": "kind",
            "label": _("Kind"),
            "value": str(asked.kind or ""),
            "any": _("repairs and advice"),
            "choices": [("repair", _("repairs")), ("advice", _("advice"))],
        },
    ]


def year_name(year: int) -> str:
    """Return a fiscal year in the era of the reader."""
    return str(year if language() == "th" else year - ERA)


def period_name(period: Period) -> str:
    """Return what a period is called."""
    if period.month:
        return month_name(period.first)
    return _("fiscal year %(year)s", year=year_name(period.year))
