"""Pages of the year and of the plans."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.catalogue import queries as catalogue
from assets.maintenance import access, queries, year
from assets.maintenance.forms import PlanForm
from assets.maintenance.models import Plan
from assets.maintenance.rules import enrolling, planning
from assets.maintenance.states import BASES, CATCH_UPS, EVERY, STEP_KINDS
from assets.maintenance.views.blueprint import blueprint
from assets.register.models import Asset
from kernel import clock, thai
from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.pages import page_number
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping
from office.places import queries as places
from office.places.models import Unit

YEARS_AROUND = 30


@blueprint.get("/maintenance")
@permit(access.SEE)
def of_year() -> ResponseReturnValue:
    """Show the plan of a fiscal year: a strip of twelve months for each school."""
    shown = _year_asked()
    plan_id = request.args.get("plan", 0, type=int)
    found = [one for one in year.of_year(viewer(), shown) if plan_id in (0, one.plan_id)]
    return render_template(
        "assets/maintenance/year.html",
        year=shown,
        months=month_names(shown),
        strips=strips(found),
        total=totals(found),
        plans=[line.plan for line in queries.plans(viewer())],
        plan_id=plan_id,
        may_plan=viewer().may(access.PLAN),
    )


def strips(found: list[year.Month]) -> list[tuple[Unit, dict[date, year.Month], int]]:
    """Return for each unit what its months hold, plans together, and the items of the year."""
    by_unit: dict[int, dict[date, year.Month]] = defaultdict(dict)
    for one in found:
        known = by_unit[one.unit_id].get(one.month)
        by_unit[one.unit_id][one.month] = one if known is None else _together(known, one)
    units = {unit.id: unit for unit in db.session.query(Unit).where(Unit.id.in_(by_unit))}
    return [
        (units[unit_id], months, sum(one.items for one in months.values()))
        for unit_id, months in sorted(by_unit.items(), key=lambda pair: units[pair[0]].code)
    ]


def totals(found: list[year.Month]) -> dict[str, Any]:
    """Return the sums of a year: items, hours and baht."""
    return {
        "items": sum(one.items for one in found),
        "hours": sum(one.minutes for one in found) / 60,
        "cost": sum((one.cost for one in found), start=Decimal(0)),
    }


def _together(one: year.Month, other: year.Month) -> year.Month:
    return year.Month(
        0,
        one.unit_id,
        one.month,
        one.items + other.items,
        one.minutes + other.minutes,
        one.cost + other.cost,
    )


def month_names(fiscal_year: int) -> list[tuple[date, str]]:
    """Return the months of a fiscal year with their short names."""
    names = thai.SHORT_MONTHS if language() == "th" else [n[:3] for n in thai.ENGLISH_MONTHS]
    return [(month, names[month.month - 1]) for month in year.months_of(fiscal_year)]


def _year_asked() -> int:
    now = thai.fiscal_year(clock.today())
    asked = request.args.get("year", now, type=int)
    return asked if abs(asked - now) <= YEARS_AROUND else now


@blueprint.get("/maintenance/plans")
@permit(access.SEE)
def plan_list() -> ResponseReturnValue:
    """List the plans."""
    return render_template(
        "assets/maintenance/plans.html",
        lines=queries.plans(viewer()),
        every=EVERY,
        may_plan=viewer().may(access.PLAN),
    )


@blueprint.get("/maintenance/plans/<int:plan_id>")
@permit(access.SEE)
def plan(plan_id: int) -> ResponseReturnValue:
    """Show one plan: what is done, how often, to which items."""
    found = access.plan_seen(viewer(), plan_id)
    return render_template(
        "assets/maintenance/plan.html",
        plan=queries.plan_with_steps(plan_id),
        page=queries.plan_items(found, viewer(), page_number()),
        every=EVERY,
        bases=BASES,
        catch_ups=CATCH_UPS,
        step_kinds=STEP_KINDS,
        months=thai.MONTHS if language() == "th" else thai.ENGLISH_MONTHS,
        may_plan=viewer().may(access.PLAN),
    )


@blueprint.route("/maintenance/plans/new", methods=["GET", "POST"])
@permit(access.PLAN)
def make() -> ResponseReturnValue:
    """Make a plan; what would come of it is shown before it is saved."""
    form = _offered(PlanForm())
    asset = _item_asked()
    if not form.is_submitted():
        form.starts_on.data = clock.today()
        form.spare_rows()
    if form.accepted() and not _goes_on():
        with form.refusals():
            with work():
                earlier = bookkeeping.spend_key(form.act_key)
                if earlier is None:
                    made = planning.make(form.draft(asset.id if asset else None), by=viewer())
                    enrolling.enrol(made)
                    earlier = url_for("maintenance.plan", plan_id=made.id)
                    bookkeeping.settle_key(form.act_key, earlier)
            flash(_("The plan stands. Its dates come up by themselves."), "ok")
            return redirect(earlier)
    return _form_page(form, None, asset)


@blueprint.route("/maintenance/plans/<int:plan_id>/edit", methods=["GET", "POST"])
@permit(access.PLAN)
def edit(plan_id: int) -> ResponseReturnValue:
    """Change a plan; what would come of it is shown before it is saved."""
    found = access.plan_edited(viewer(), plan_id)
    form = _offered(PlanForm(obj=None if request.method == "POST" else found, steps=[], parts=[]))
    if not form.is_submitted():
        form.show(queries.plan_with_steps(plan_id))
        form.version.data = str(found.version)
        form.spare_rows()
    if form.accepted() and not _goes_on():
        with form.refusals():
            with work():
                one = access.plan_edited(viewer(), plan_id)
                check_version(one.version, form.seen_version)
                planning.edit(one, form.draft(one.asset_id), by=viewer())
                enrolling.enrol(one)
            flash(_("Saved. The dates to come follow the plan as it is now."), "ok")
            return redirect(url_for("maintenance.plan", plan_id=plan_id))
    form.stand_at(access.plan_edited(viewer(), plan_id).version)
    return _form_page(form, found, found.asset)


@blueprint.post("/maintenance/plans/<int:plan_id>/end")
@permit(access.PLAN)
def end(plan_id: int) -> ResponseReturnValue:
    """End a plan."""
    ActionForm().insist()
    with work():
        planning.end(access.plan_edited(viewer(), plan_id), by=viewer())
    flash(_("The plan has ended; nothing more falls due of it."), "ok")
    return redirect(url_for("maintenance.plan", plan_id=plan_id))


def _goes_on() -> bool:
    """Tell whether more lines or a look at the year were asked for instead of saving."""
    return bool(request.form.get("more") or request.form.get("preview"))


def _form_page(form: PlanForm, found: Plan | None, asset: Asset | None) -> ResponseReturnValue:
    shown, foreseen = thai.fiscal_year(clock.today()), None
    if form.is_submitted():
        form.spare_rows()
        if not form.errors:
            draft = form.draft(asset.id if asset else None)
            try:
                planning.check(draft)
            except Refusal:
                foreseen = None
            else:
                shown = max(shown, thai.fiscal_year(draft.starts_on))
                foreseen = year.would_come(draft, shown)
    page = render_template(
        "assets/maintenance/edit.html",
        form=form,
        plan=found,
        asset=asset,
        foreseen=strips(foreseen) if foreseen is not None else None,
        total=totals(foreseen) if foreseen else None,
        year=shown,
        months=month_names(shown),
    )
    return page, form.status


def _offered(form: PlanForm) -> PlanForm:
    form.offer(
        list(catalogue.classes(retired=False)),
        catalogue.products_offered(also=form.model_id.data or None),
        places.choices(),
        queries.caretakers(),
    )
    return form


def _item_asked() -> Asset | None:
    asset_id = request.values.get("asset", 0, type=int)
    return db.session.get(Asset, asset_id) if asset_id else None
