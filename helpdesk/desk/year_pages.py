"""The year at a glance for those who answer for the office, and its tables as files."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from assets.loans import access as loans_access
from helpdesk.desk import access, year, year_lent
from helpdesk.desk.year_facts import Area, Fact, areas_of
from helpdesk.figures import queries as figures
from helpdesk.figures.charts import Series, columns
from helpdesk.figures.periods import ERA, Period, month_name, period_asked, this_year
from helpdesk.programmes.shipped import processes
from helpdesk.programmes.states import State
from kernel import downloads
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.pages import page_number, paged
from kernel.tables import Column, Kind

blueprint = Blueprint("year", __name__)
YEARS_BACK = 6


def _asked() -> Period:
    return period_asked(request.args.get("year", ""), "")


def _named(number: int) -> str:
    return str(number if language() == "th" else number - ERA)


def _areas() -> list[Area]:
    me, period = viewer(), _asked()
    return areas_of(year.numbers_of(me, period), period, me)


@blueprint.get("/year")
@permit(access.YEAR)
def overview() -> ResponseReturnValue:
    """Show a fiscal year over all floors: areas with their numbers, and the months."""
    me, period = viewer(), _asked()
    numbers = year.numbers_of(me, period)
    as_of, gathering = figures.gathered()
    return render_template(
        "helpdesk/desk/year.html",
        areas=areas_of(numbers, period, me),
        numbers=numbers,
        charts=_charts(numbers),
        processes=processes(),
        run=State,
        fiscal=period.year,
        month_name=month_name,
        year=_named(period.year),
        filters=[_years(period)],
        as_of=as_of,
        gathering=gathering,
    )


def _years(period: Period) -> dict[str, Any]:
    present = this_year().year
    others = sorted({*range(present - YEARS_BACK, present), period.year} - {present}, reverse=True)
    return {
        "name": "year",
        "label": _("Fiscal year"),
        "value": "" if period.year == present else str(period.year),
        "any": _named(present),
        "choices": [(str(one), _named(one)) for one in others],
    }


def _charts(numbers: year.Numbers) -> list[tuple[str, Any, list[tuple[str, str]]]]:
    """Return the charts: a heading, the drawing, and its key as (look, name)."""
    months = numbers.months
    short = [month_name(month.number, short=True).split(" ")[0] for month in months]
    repairs = [
        Series(_("came in"), [month.repairs.came for month in months], "first"),
        Series(_("finished"), [month.repairs.ended for month in months], "second"),
        Series(_("still open"), [month.repairs.still_open for month in months], "line"),
    ]
    lent = [Series(_("items lent"), [month.lent for month in months], "first")]
    return [
        (
            _("Repairs and advice by month"),
            columns(
                _("Tickets that came in, ended, and were still open at the end of each month"),
                short,
                repairs,
                chart_id="chart-repairs",
            ),
            [(one.look, one.name) for one in repairs],
        ),
        (
            _("Lending by month"),
            columns(_("Items lent in each month"), short, lent, chart_id="chart-lent"),
            [(one.look, one.name) for one in lent],
        ),
    ]


@blueprint.get("/year/figures.<ending>")
@permit(access.YEAR)
def figures_file(ending: str) -> ResponseReturnValue:
    """Send the numbers of a year as a file, area by area."""
    rows = [(area, fact) for area in _areas() for fact in area.facts]
    table: list[Column[tuple[Area, Fact]]] = [
        Column(_("Area"), lambda row: row[0].title, width=28),
        Column(_("Figure"), lambda row: row[1].label, width=34),
        Column(_("How many"), lambda row: None if _is_money(row[1]) else row[1].value, Kind.WHOLE),
        Column(
            _("Amount or mean"), lambda row: row[1].value if _is_money(row[1]) else None, Kind.MONEY
        ),
        Column(
            _("Unit of measure"), lambda row: _("baht") if row[1].unit == "baht" else row[1].unit
        ),
    ]
    return downloads.table(
        ending, table, rows, name=_("Year at a glance"), plain_name="year-at-a-glance"
    )


@blueprint.get("/year/lent")
@permit(loans_access.SEE)
def lent() -> ResponseReturnValue:
    """List what was lent in a fiscal year, as far as the reader sees loans."""
    period, number = _asked(), page_number()
    found = year_lent.page_of(viewer(), period, number)
    return render_template(
        "helpdesk/desk/year_lent.html",
        page=paged(found, number, year_lent.A_PAGE),
        fiscal=period.year,
        year=_named(period.year),
        borrower=year_lent.borrower,
    )


@blueprint.get("/year/lent.<ending>")
@permit(loans_access.SEE)
def lent_file(ending: str) -> ResponseReturnValue:
    """Send what was lent in a fiscal year as a file."""
    return downloads.table(
        ending,
        year_lent.columns(),
        year_lent.every(viewer(), _asked()),
        name=_("Items lent"),
        plain_name="items-lent",
    )


def _is_money(fact: Fact) -> bool:
    return fact.value is not None and not isinstance(fact.value, int)


@blueprint.get("/year/months.<ending>")
@permit(access.YEAR)
def months_file(ending: str) -> ResponseReturnValue:
    """Send the months of a year as a file."""
    table: list[Column[year.Month]] = [
        Column(_("Month"), lambda month: month_name(month.number), width=24),
        Column(_("Came in"), lambda month: month.repairs.came, Kind.WHOLE),
        Column(_("Finished"), lambda month: month.repairs.ended, Kind.WHOLE),
        Column(_("Still open"), lambda month: month.repairs.still_open, Kind.WHOLE),
        Column(_("Resolved in time (%)"), lambda month: month.repairs.resolution_share, Kind.WHOLE),
        Column(_("Satisfaction (mean)"), lambda month: month.repairs.ratings.mean, Kind.MONEY),
        Column(_("Repair cost (baht)"), lambda month: month.repairs.cost, Kind.MONEY),
        Column(_("Items lent"), lambda month: month.lent, Kind.WHOLE),
    ]
    numbers = year.numbers_of(viewer(), _asked())
    return downloads.table(
        ending,
        table,
        numbers.months,
        name=_("Months of the year"),
        plain_name="months-of-the-year",
    )
