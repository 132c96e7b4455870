"""Budgets of a fiscal year: the list with what is promised and spent, its table, and the form."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from assets.register.states import FUND_TYPES
from helpdesk.purchases import access, queries, years
from helpdesk.purchases.forms import BudgetForm
from helpdesk.purchases.queries import Standing
from helpdesk.purchases.rules import budgets as rules
from helpdesk.purchases.views.blueprint import blueprint
from kernel import clock, downloads, thai
from kernel.access import permit, viewer
from kernel.i18n import gettext as _
from kernel.paths import whole
from kernel.tables import Column, Kind
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping
from office.places import queries as places

YEARS_AROUND = 50


@blueprint.get("/budgets")
@permit(access.BUDGETS)
def budgets() -> ResponseReturnValue:
    """List the budgets of a fiscal year."""
    me, year = viewer(), _year()
    rows = queries.budgets(me, year)
    kept = sorted({*queries.budget_years(), thai.fiscal_year(clock.today())}, reverse=True)
    return render_template(
        "helpdesk/purchases/budgets.html",
        rows=rows,
        year=year,
        shown_year=years.shown(year),
        years=[(str(one), str(years.shown(one))) for one in kept],
        sources=FUND_TYPES,
        totals=[
            sum(one.budget.amount for one in rows),
            sum(one.reserved for one in rows),
            sum(one.spent for one in rows),
            sum(one.left for one in rows),
        ],
        may_keep=me.may(access.KEEP_BUDGETS),
    )


def _year() -> int:
    now = thai.fiscal_year(clock.today())
    asked = whole(request.args.get("year")) or now
    return asked if abs(asked - now) <= YEARS_AROUND else now


@blueprint.get("/budgets.<ending>")
@permit(access.BUDGETS)
def budget_table(ending: str) -> Response:
    """Send exactly what the list shows."""
    columns: list[Column[Standing]] = [
        Column(
            _("Fiscal year"), lambda row: years.shown(row.budget.fiscal_year), Kind.WHOLE, width=10
        ),
        Column(_("Unit"), lambda row: row.budget.unit.name, width=32),
        Column(_("Source of the money"), lambda row: str(FUND_TYPES[row.budget.source]), width=24),
        Column(_("Plan, project or activity"), lambda row: row.budget.project, width=44),
        Column(_("Amount (baht)"), lambda row: row.budget.amount, Kind.MONEY),
        Column(_("Reserved"), lambda row: row.reserved, Kind.MONEY),
        Column(_("Spent"), lambda row: row.spent, Kind.MONEY),
        Column(_("Left"), lambda row: row.left, Kind.MONEY),
        Column(_("Note"), lambda row: row.budget.note, width=32),
    ]
    year = _year()
    rows = queries.budgets(viewer(), year)
    name = _("Budgets %(year)s", year=years.shown(year))
    return downloads.table(ending, columns, rows, name=name, plain_name=f"budgets-{year}")


@blueprint.route("/budgets/new", methods=["GET", "POST"])
@permit(access.KEEP_BUDGETS)
def add_budget() -> ResponseReturnValue:
    """Write down a budget."""
    form = BudgetForm()
    _offer(form)
    if not form.is_submitted():
        form.fiscal_year.data = years.shown(thai.fiscal_year(clock.today()))
        form.refuses.data = True
    if form.accepted():
        with form.refusals():
            with work():
                there = url_for("purchases.budgets", year=years.read(form.fiscal_year.data))
                if bookkeeping.spend_key(form.act_key, there) is None:
                    viewer().demand(access.KEEP_BUDGETS, form.unit_id.data)
                    rules.add(form.fields(), by=viewer())
            flash(_("The budget is written down."), "ok")
            return redirect(there)
    page = render_template("helpdesk/purchases/budget.html", form=form, budget=None)
    return page, form.status


@blueprint.route("/budgets/<int:budget_id>", methods=["GET", "POST"])
@permit(access.KEEP_BUDGETS)
def edit_budget(budget_id: int) -> ResponseReturnValue:
    """Change a budget."""
    found = access.budget_kept(viewer(), budget_id)
    form = BudgetForm(obj=found)
    _offer(form)
    if not form.is_submitted():
        form.version.data = str(found.version)
        form.fiscal_year.data = years.shown(found.fiscal_year)
    if form.accepted():
        with form.refusals():
            with work():
                found = access.budget_kept(viewer(), budget_id)
                check_version(found.version, form.seen_version)
                viewer().demand(access.KEEP_BUDGETS, form.unit_id.data)
                rules.edit(found, form.fields(), by=viewer())
            flash(_("The budget is changed."), "ok")
            return redirect(url_for("purchases.budgets", year=found.fiscal_year))
        form.stand_at(found.version)
    page = render_template("helpdesk/purchases/budget.html", form=form, budget=found)
    return page, form.status


def _offer(form: BudgetForm) -> None:
    found = places.choices(viewer().scope(access.KEEP_BUDGETS))
    form.unit_id.choices = [(int(unit_id), name) for unit_id, name in found]
