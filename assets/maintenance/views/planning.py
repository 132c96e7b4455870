"""Pages of the plans."""

from __future__ import annotations

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
from assets.maintenance.views.year import month_names, shown_year, strips, totals
from assets.register.models import Asset
from kernel import clock, thai
from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.pages import page_number
from kernel.paths import whole
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping
from office.places import queries as places


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


@blueprint.get("/maintenance/plans/foreseen")
@permit(access.PLAN)
def foreseen() -> ResponseReturnValue:
    """Return the part of the form that tells what would come, from what is typed so far."""
    form = _offered(PlanForm(formdata=request.args))
    found = None
    plan_id = whole(request.args.get("of"))
    if plan_id:
        found = access.plan_edited(viewer(), plan_id)
    asset = found.asset if found else _item_asked()
    return render_template("assets/maintenance/_foreseen.html", **_foreseen(form, found, asset))


def _form_page(form: PlanForm, found: Plan | None, asset: Asset | None) -> ResponseReturnValue:
    if form.is_submitted():
        form.spare_rows()
    page = render_template(
        "assets/maintenance/edit.html",
        form=form,
        plan=found,
        asset=asset,
        live=url_for(
            "maintenance.foreseen",
            of=found.id if found else None,
            asset=asset.id if asset and not found else None,
        ),
        **_foreseen(form, found, asset),
    )
    return page, form.status


def _foreseen(form: PlanForm, found: Plan | None, asset: Asset | None) -> dict[str, Any]:
    """Return what a plan as it is typed would bring in its first year, None where none is told."""
    this = thai.fiscal_year(clock.today())
    try:
        draft = form.draft(asset.id if asset else None)
        planning.check(draft)
        told = thai.fiscal_year(max(draft.starts_on, clock.today()))
        months = year.would_come(draft, told)
    except (Refusal, ValueError, TypeError):
        # What is half typed has no year yet; the form says what is wrong when it is sent.
        return {"foreseen": None, "year": shown_year(this)}
    return {
        "foreseen": strips(months),
        "total": totals(months),
        "total_now": _totals_now(found, told) if found else None,
        "year": shown_year(told),
        "months": month_names(told),
    }


def _totals_now(found: Plan, fiscal_year: int) -> dict[str, Any]:
    """Return what the year holds of a plan as it stands, beside what would come of the change."""
    first, last = year.days_of(fiscal_year)
    due = year.days(viewer(), {found.id: found}, first, last)
    return totals(year.by_month({found.id: found}, due))


def _offered(form: PlanForm) -> PlanForm:
    form.offer(
        list(catalogue.classes(retired=False)),
        catalogue.products_offered(also=form.model_id.data or None),
        places.choices(),
        queries.caretakers(),
    )
    return form


def _item_asked() -> Asset | None:
    asset_id = whole(request.values.get("asset"))
    return db.session.get(Asset, asset_id) if asset_id else None
