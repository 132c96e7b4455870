"""Pages of figures: the months of a year, and the period told apart by school or technician."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from helpdesk.figures import access, queries
from helpdesk.figures.charts import Series, columns
from helpdesk.figures.periods import month_name
from helpdesk.figures.queries import By, Line
from helpdesk.figures.views.asking import asked_for, filters_of, period_name
from helpdesk.figures.views.blueprint import blueprint
from kernel import downloads
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from kernel.tables import Column, Kind

LABELS = {
    By.SCHOOL: _l("School"),
    By.TECHNICIAN: _l("Technician"),
    By.CLASS: _l("Class of items"),
    By.SYMPTOM: _l("Symptom"),
    By.CATEGORY: _l("Category"),
    By.PRIORITY: _l("Priority"),
}
AGE_NAMES = (
    _l("up to 1 day"),
    _l("up to 3 days"),
    _l("up to 7 days"),
    _l("up to 14 days"),
    _l("up to 30 days"),
    _l("older"),
)


def _offered() -> list[By]:
    people = viewer().may(access.SEE_PEOPLE)
    return [one for one in LABELS if one != By.TECHNICIAN or people]


def _chosen(what: str) -> By:
    found = next((one for one in _offered() if one == what), None)
    if found is None:
        raise NotFound(_("There are no such figures."))
    return found


@blueprint.get("/figures")
@permit(access.SEE)
def overview() -> ResponseReturnValue:
    """Show the figures of a fiscal year by month, as charts and as a table."""
    asked = asked_for()
    lines = _months()
    ages = queries.backlog(viewer(), asked)
    as_of, gathering = queries.gathered()
    short = [month_name(line.key, short=True).split(" ")[0] for line in lines]
    load = columns(
        _("Tickets that came in, ended, and were still open at the end of each month"),
        short,
        [
            Series(_("came in"), [line.came for line in lines], "first"),
            Series(_("finished"), [line.ended for line in lines], "second"),
            Series(_("still open"), [line.still_open for line in lines], "line"),
        ],
        chart_id="chart-load",
    )
    old = columns(
        _("Tickets that are open now, by age"),
        [str(one) for one in AGE_NAMES],
        [Series(_("open"), ages, "first")],
        chart_id="chart-ages",
    )
    return render_template(
        "helpdesk/figures/overview.html",
        lines=lines,
        total=queries.total(lines),
        ages=list(zip(AGE_NAMES, ages, strict=True)),
        open_now=sum(ages),
        load=load,
        old=old,
        filters=filters_of(asked, viewer()),
        period=period_name(asked.period),
        as_of=as_of,
        gathering=gathering,
        offered=[(one, LABELS[one]) for one in _offered()],
    )


@blueprint.get("/figures/months.<ending>")
@permit(access.SEE)
def months_file(ending: str) -> ResponseReturnValue:
    """Send the figures by month as a file."""
    return downloads.table(
        ending,
        _table(_("Month")),
        _months(),
        name=_("Figures by month"),
        plain_name="figures-by-month",
    )


@blueprint.get("/figures/by/<what>")
@permit(access.SEE)
def by(what: str) -> ResponseReturnValue:
    """Show the figures of a period told apart by school, technician or class."""
    chosen, asked = _chosen(what), asked_for()
    as_of, gathering = queries.gathered()
    return render_template(
        "helpdesk/figures/by.html",
        chosen=chosen,
        label=LABELS[chosen],
        lines=queries.by(viewer(), asked, chosen),
        filters=filters_of(asked, viewer()),
        period=period_name(asked.period),
        as_of=as_of,
        gathering=gathering,
        offered=[(one, LABELS[one]) for one in _offered()],
    )


@blueprint.get("/figures/by/<what>.<ending>")
@permit(access.SEE)
def by_file(what: str, ending: str) -> ResponseReturnValue:
    """Send the figures told apart as a file."""
    chosen = _chosen(what)
    return downloads.table(
        ending,
        _table(str(LABELS[chosen])),
        queries.by(viewer(), asked_for(), chosen),
        name=_("Figures by %(what)s", what=str(LABELS[chosen]).lower()),
        plain_name=f"figures-by-{chosen}",
    )


def _months() -> list[Line]:
    lines = queries.by_month(viewer(), asked_for())
    for line in lines:
        line.label = month_name(line.key)
    return lines


def _table(first: str) -> list[Column[Line]]:
    """Return the columns of a file of figures; times are working minutes."""
    return [
        Column(first, lambda one: one.label, width=34),
        Column(_("Came in"), lambda one: one.came, Kind.WHOLE),
        Column(_("Ended"), lambda one: one.ended, Kind.WHOLE),
        Column(_("Still open"), lambda one: one.still_open, Kind.WHOLE),
        Column(_("First answer, median (minutes)"), lambda one: one.response.median, Kind.MONEY),
        Column(_("First answer, 9 of 10 (minutes)"), lambda one: one.response.p90, Kind.WHOLE),
        Column(_("First answer in time (%)"), lambda one: one.response_share, Kind.WHOLE),
        Column(_("Resolution, median (minutes)"), lambda one: one.resolution.median, Kind.MONEY),
        Column(_("Resolution, 9 of 10 (minutes)"), lambda one: one.resolution.p90, Kind.WHOLE),
        Column(_("Resolved in time (%)"), lambda one: one.resolution_share, Kind.WHOLE),
        Column(_("Satisfaction (mean)"), lambda one: one.ratings.mean, Kind.MONEY),
        Column(_("Ratings"), lambda one: one.ratings.n, Kind.WHOLE),
        Column(_("Repair cost (baht)"), lambda one: one.cost, Kind.MONEY),
    ]
