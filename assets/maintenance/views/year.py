"""Pages of a year: strip, list and calendar of what falls due; the plan as workbook and paper."""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from assets.maintenance import access, columns, papers, plan_of_year, queries, year
from assets.maintenance.models import Plan
from assets.maintenance.papers import short_month
from assets.maintenance.plan_of_year import Wanted
from assets.maintenance.states import VISITS
from assets.maintenance.views.blueprint import blueprint
from kernel import clock, downloads, thai
from kernel.access import permit, viewer
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.pages import page_number, paged
from kernel.paths import whole
from office.papers.variant import both
from office.places import queries as places
from office.places.models import Unit
from office.places.naming import office_name

YEARS_AROUND = 30
LINES = 100
MONTHS_AROUND = 360
Strip = tuple[Unit | Plan, dict[date, year.Month], int]


def asked() -> Wanted:
    """Return the year, plan and unit that the address asks for, so far as the viewer sees them."""
    now = thai.fiscal_year(clock.today())
    fiscal_year = whole(request.args.get("year")) or now
    if abs(fiscal_year - now) > YEARS_AROUND:
        fiscal_year = now
    unit_id = _id("unit")
    unit = None
    if unit_id:
        seen = viewer().scope(access.SEE).clause(Unit.id)
        unit = db.session.scalar(select(Unit).where(Unit.id == unit_id, seen))
    return Wanted(fiscal_year, _id("plan"), unit)


def _id(name: str) -> int:
    return whole(request.args.get(name)) or 0


def shown_year(fiscal_year: int) -> str:
    """Return a fiscal year as the reader writes it."""
    return str(fiscal_year if language() == "th" else fiscal_year - thai.BUDDHIST_OFFSET)


def address(endpoint: str, wanted: Wanted, **parts: str | int) -> str:
    """Return the address of a page about the same year, plan and unit, or about others."""
    here: dict[str, Any] = {"year": wanted.fiscal_year}
    if wanted.plan_id:
        here["plan"] = wanted.plan_id
    if wanted.unit:
        here["unit"] = wanted.unit.id
    return url_for(endpoint, **(here | parts))


def groups(wanted: Wanted, *, years: bool = True) -> list[dict[str, Any]]:
    """Return the filters of a page of the year as the filter bar wants them."""
    this = wanted.fiscal_year
    around = [(str(one), shown_year(one)) for one in range(this - 2, this + 3)]
    plans = [(str(line.plan.id), line.plan.name) for line in queries.plans(viewer())]
    bar = [
        {
            "name": "unit",
            "label": _("School or group"),
            "value": str(wanted.unit.id) if wanted.unit else "",
            "choices": places.choices(viewer().scope(access.SEE)),
        },
        {
            "name": "plan",
            "label": _("Plan"),
            "value": str(wanted.plan_id) if wanted.plan_id else "",
            "choices": plans,
        },
    ]
    own = {"name": "year", "label": _("Fiscal year"), "value": str(this), "choices": around}
    return [own, *bar] if years else bar


def books_of(wanted: Wanted) -> str:
    """Return in Thai whose items a paper is about."""
    return wanted.unit.name_th if wanted.unit else office_name("th")


@blueprint.get("/maintenance")
@permit(access.SEE)
def of_year() -> ResponseReturnValue:
    """Show the plan of a fiscal year: a strip of twelve months for each school, or each plan."""
    wanted = asked()
    found = _months(wanted)
    return render_template(
        "assets/maintenance/year.html",
        year=shown_year(wanted.fiscal_year),
        unit=wanted.unit,
        months=month_names(wanted.fiscal_year),
        strips=_plan_strips(found) if wanted.unit else strips(found),
        total=totals(found),
        groups=groups(wanted),
        may_plan=viewer().may(access.PLAN),
        of_unit=lambda one: address("maintenance.of_year", wanted, unit=one.id),
        files=[
            *both(_("The plan for signature (PDF)"), address("maintenance.year_paper", wanted)),
            ("Excel", address("maintenance.year_file", wanted, ending="xlsx")),
            *_item_files(wanted),
        ],
    )


def _item_files(wanted: Wanted) -> list[tuple[str, str]]:
    """Return the files with a line for each item, where that is not the whole office."""
    if wanted.unit is None and not wanted.plan_id:
        return []
    workbook = address("maintenance.year_file", wanted, ending="xlsx", by="item")
    return [
        *both(_("Item by item (PDF)"), address("maintenance.year_paper", wanted, by="item")),
        (_("Item by item (Excel)"), workbook),
    ]


def _months(wanted: Wanted) -> list[year.Month]:
    plans = plan_of_year.plans_wanted(viewer(), wanted)
    first, last = year.days_of(wanted.fiscal_year)
    return year.by_month(plans, year.days(viewer(), plans, first, last, unit=wanted.unit))


def strips(found: list[year.Month]) -> list[Strip]:
    """Return for each unit what its months hold, plans together, and the items of the year."""
    by_unit = _summed(found, lambda one: one.unit_id)
    units = {unit.id: unit for unit in db.session.query(Unit).where(Unit.id.in_(by_unit))}
    return [
        (units[unit_id], months, sum(one.items for one in months.values()))
        for unit_id, months in sorted(by_unit.items(), key=lambda pair: units[pair[0]].code)
    ]


def _plan_strips(found: list[year.Month]) -> list[Strip]:
    by_plan = _summed(found, lambda one: one.plan_id)
    plans = {plan.id: plan for plan in db.session.query(Plan).where(Plan.id.in_(by_plan))}
    return [
        (plans[plan_id], months, sum(one.items for one in months.values()))
        for plan_id, months in sorted(
            by_plan.items(), key=lambda pair: thai.sort_key(plans[pair[0]].name_th)
        )
    ]


def _summed(found: list[year.Month], key: Any) -> dict[int, dict[date, year.Month]]:  # noqa: ANN401 - a function of a month
    sums: dict[int, dict[date, year.Month]] = defaultdict(dict)
    for one in found:
        known = sums[key(one)].get(one.month)
        sums[key(one)][one.month] = one if known is None else known.together(one)
    return sums


def totals(found: list[year.Month]) -> dict[str, Any]:
    """Return the sums of a year: items, those that are over, hours and baht."""
    return {
        "items": sum(one.items for one in found),
        "over": sum(one.over for one in found),
        "missed": sum(one.missed for one in found),
        "hours": sum(one.minutes for one in found) / 60,
        "cost": sum((one.cost for one in found), start=Decimal(0)),
    }


def month_names(fiscal_year: int) -> list[tuple[date, str]]:
    """Return the months of a fiscal year with their short names."""
    return [(month, short_month(month.month)) for month in year.months_of(fiscal_year)]


@blueprint.get("/maintenance/list")
@permit(access.SEE)
def year_list() -> ResponseReturnValue:
    """List what falls due in a fiscal year, day by day."""
    wanted, number = asked(), page_number()
    plans = plan_of_year.plans_wanted(viewer(), wanted)
    first, last = year.days_of(wanted.fiscal_year)
    found = year.days(viewer(), plans, first, last, unit=wanted.unit)
    found.sort(key=lambda due: (due.day, due.unit_id, due.plan_id))
    some = found[(number - 1) * LINES : number * LINES + 1]
    return render_template(
        "assets/maintenance/year_list.html",
        year=shown_year(wanted.fiscal_year),
        page=paged(some, number, LINES),
        plans=plans,
        units=_units(some),
        groups=groups(wanted),
        today=clock.today(),
    )


def _units(found: list[year.Due]) -> dict[int, Unit]:
    wanted = {due.unit_id for due in found}
    return {unit.id: unit for unit in db.session.query(Unit).where(Unit.id.in_(wanted))}


@blueprint.get("/maintenance/calendar")
@permit(access.SEE)
def calendar() -> ResponseReturnValue:
    """Show a month: the visits of each day, and what falls due and is on no visit yet."""
    wanted, month = asked(), _month_asked()
    weeks = Calendar().monthdatescalendar(month.year, month.month)
    first, last = weeks[0][0], weeks[-1][-1]
    plans = plan_of_year.plans_wanted(viewer(), wanted)
    coming = [due for due in year.days(viewer(), plans, first, last, unit=wanted.unit) if due.ahead]
    return render_template(
        "assets/maintenance/calendar.html",
        month=month,
        month_name=_month_name(month),
        weeks=weeks,
        visits=_by_day(queries.visits_between(viewer(), first, last, wanted.unit)),
        coming=_by_day(coming),
        plans=plans,
        units=_units(coming),
        faces=VISITS.faces,
        weekdays=thai.WEEKDAYS if language() == "th" else thai.ENGLISH_WEEKDAYS,
        groups=groups(wanted, years=False),
        today=clock.today(),
        before=_calendar_of(month - timedelta(days=1), wanted),
        after=_calendar_of(month + timedelta(days=31), wanted),
    )


def _calendar_of(day: date, wanted: Wanted) -> str:
    return address("maintenance.calendar", wanted, month=f"{day:%Y-%m}")


def _month_name(month: date) -> str:
    if language() == "th":
        return f"{thai.MONTHS[month.month - 1]} {month.year + thai.BUDDHIST_OFFSET}"
    return f"{thai.ENGLISH_MONTHS[month.month - 1]} {month.year}"


def _month_asked() -> date:
    this = clock.today().replace(day=1)
    try:
        month = date.fromisoformat(f"{request.args.get('month', '')[:7]}-01")
    except ValueError:
        return this
    return month if abs((month - this).days) < MONTHS_AROUND * 31 else this


def _by_day(found: Any) -> dict[date, list[Any]]:  # noqa: ANN401 - things that have a day
    days: dict[date, list[Any]] = defaultdict(list)
    for one in found:
        days[one.day].append(one)
    return days


@blueprint.get("/maintenance/year.<ending>")
@permit(access.SEE)
def year_file(ending: str) -> ResponseReturnValue:
    """Hand out the plan of a year as a workbook or as CSV, by school or by item."""
    wanted, by_item = asked(), request.args.get("by") == "item"
    shown = columns.of_year(month_names(wanted.fiscal_year), by_item=by_item)
    name = f"{_('Plan of maintenance')} {shown_year(wanted.fiscal_year)}"
    rows = _rows(wanted, by_item=by_item)
    plain_name = f"maintenance-{wanted.fiscal_year}"
    return downloads.table(ending, shown, rows, name=name, plain_name=plain_name)


@blueprint.get("/maintenance/year.pdf")
@permit(access.SEE)
def year_paper() -> ResponseReturnValue:
    """Print the plan of a year for signature, by school or by item."""
    wanted, by_item = asked(), request.args.get("by") == "item"
    rows = _rows(wanted, by_item=by_item)
    content = papers.plan_of_year(
        wanted.fiscal_year, rows, books_of=books_of(wanted), by_item=by_item
    )
    return pdf(content, f"maintenance-{wanted.fiscal_year}")


def _rows(wanted: Wanted, *, by_item: bool) -> list[plan_of_year.Row]:
    of = plan_of_year.of_items if by_item else plan_of_year.of_schools
    return of(viewer(), wanted)


def pdf(content: bytes, name: str) -> Response:
    """Return a paper as the browser shows it."""
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(content, mimetype="application/pdf", headers=headers)
