"""The plan with its strip of months, and the indicators."""

from __future__ import annotations

from decimal import Decimal

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from helpdesk.programmes import access, counting, queries
from helpdesk.programmes.forms import ActivityForm, FinishForm, IndicatorForm, ResultForm
from helpdesk.programmes.rules import planning
from helpdesk.programmes.rules.planning import Line
from helpdesk.programmes.states import ACTIVITIES, State
from helpdesk.programmes.views.blueprint import blueprint
from helpdesk.programmes.views.people import named_or_none, page
from kernel import thai
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import language
from kernel.work import work


def _page(
    programme_id: int, activity: ActivityForm | None = None, indicator: IndicatorForm | None = None
) -> ResponseReturnValue:
    shown = access.programme_seen(viewer(), programme_id)
    activity = activity or ActivityForm(
        formdata=None, data={"starts_on": shown.starts_on, "ends_on": shown.ends_on}
    )
    indicator = indicator or IndicatorForm(formdata=None)
    indicator.offer()
    names = thai.SHORT_MONTHS if language() == "th" else [one[:3] for one in thai.ENGLISH_MONTHS]
    return page(
        "plan",
        shown,
        max(activity.status, indicator.status),
        activities=queries.activities_of(shown.id),
        results=counting.results(shown, list(queries.indicators_of(shown.id))),
        months=[(*span, names[span[0].month - 1]) for span in counting.months_of(shown)],
        faces=ACTIVITIES,
        activity_form=activity,
        indicator_form=indicator,
        draft=shown.state == State.DRAFT,
        running=shown.state == State.RUNNING,
    )


@blueprint.get("/<int:programme_id>/plan")
@permit(access.READ)
def plan(programme_id: int) -> ResponseReturnValue:
    """Show the plan and the indicators."""
    return _page(programme_id)


def _back(programme_id: int) -> ResponseReturnValue:
    return redirect(url_for("programmes.plan", programme_id=programme_id))


@blueprint.post("/<int:programme_id>/plan/activities")
@permit(access.READ)
def plan_activity(programme_id: int) -> ResponseReturnValue:
    """Add a line to the plan."""
    form = ActivityForm()
    if form.accepted():
        with form.refusals():
            with work():
                found = access.programme_edited(viewer(), programme_id)
                line = Line(
                    title=form.title.data or "",
                    starts_on=form.starts_on.data,
                    ends_on=form.ends_on.data,
                    responsible=named_or_none(form.responsible.data, "responsible"),
                    budget=form.budget.data or Decimal(0),
                )
                planning.plan_activity(found, line, by=viewer())
            flash(_("Added."), "ok")
            return _back(programme_id)
    return _page(programme_id, activity=form)


@blueprint.post("/<int:programme_id>/plan/activities/<int:activity_id>/remove")
@permit(access.READ)
def remove_activity(programme_id: int, activity_id: int) -> ResponseReturnValue:
    """Take a line out of the plan."""
    ActionForm().insist()
    with work():
        found = access.programme_edited(viewer(), programme_id)
        planning.remove_activity(found, activity_id, by=viewer())
    flash(_("Removed."), "ok")
    return _back(programme_id)


@blueprint.route("/<int:programme_id>/plan/activities/<int:activity_id>", methods=["GET", "POST"])
@permit(access.READ)
def finish_activity(programme_id: int, activity_id: int) -> ResponseReturnValue:
    """Write down that an activity is done or dropped, and what it cost."""
    form = FinishForm()
    if form.accepted():
        with form.refusals():
            with work():
                found = access.programme_edited(viewer(), programme_id)
                planning.finish_activity(
                    found,
                    activity_id,
                    form.spent.data or Decimal(0),
                    dropped=bool(form.dropped.data),
                    by=viewer(),
                )
            flash(_("Written down."), "ok")
            return _back(programme_id)
    shown = access.programme_seen(viewer(), programme_id)
    return page(
        "finish", shown, form.status, activity=planning.activity_of(shown, activity_id), form=form
    )


@blueprint.post("/<int:programme_id>/plan/indicators")
@permit(access.READ)
def set_indicator(programme_id: int) -> ResponseReturnValue:
    """Add an indicator."""
    form = IndicatorForm()
    form.offer()
    if form.accepted():
        with form.refusals():
            with work():
                found = access.programme_edited(viewer(), programme_id)
                planning.set_indicator(
                    found,
                    form.name.data or "",
                    form.unit_word.data or "",
                    form.target.data,
                    form.source.data or "",
                    by=viewer(),
                )
            flash(_("Added."), "ok")
            return _back(programme_id)
    return _page(programme_id, indicator=form)


@blueprint.post("/<int:programme_id>/plan/indicators/<int:indicator_id>/remove")
@permit(access.READ)
def remove_indicator(programme_id: int, indicator_id: int) -> ResponseReturnValue:
    """Take an indicator out."""
    ActionForm().insist()
    with work():
        found = access.programme_edited(viewer(), programme_id)
        planning.remove_indicator(found, indicator_id, by=viewer())
    flash(_("Removed."), "ok")
    return _back(programme_id)


@blueprint.route("/<int:programme_id>/plan/indicators/<int:indicator_id>", methods=["GET", "POST"])
@permit(access.READ)
def measure(programme_id: int, indicator_id: int) -> ResponseReturnValue:
    """Write down the result of an indicator."""
    form = ResultForm()
    if form.accepted():
        with form.refusals():
            with work():
                found = access.programme_edited(viewer(), programme_id)
                planning.measure(
                    found, indicator_id, form.result.data, form.evidence.data or "", by=viewer()
                )
            flash(_("Written down."), "ok")
            return _back(programme_id)
    shown = access.programme_seen(viewer(), programme_id)
    indicator = planning.indicator_of(shown, indicator_id)
    return page("measure", shown, form.status, indicator=indicator, form=form)
