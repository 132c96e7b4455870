"""The administrator's pages of deadlines: targets by priority and category, and warnings."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from helpdesk.tickets import access, targets
from helpdesk.tickets.categories import queries as categories
from helpdesk.tickets.rules import targets as rules
from helpdesk.tickets.states import PRIORITIES, Priority
from helpdesk.tickets.target_forms import TargetsForm, WarningsForm, hours_said
from helpdesk.tickets.targets import EVERY, Target, Targets
from helpdesk.tickets.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.errors import NotFound
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import work

ALL = "all"


@blueprint.get("/tickets/targets")
@permit(access.SET_TARGETS)
def target_list() -> ResponseReturnValue:
    """Show the targets of all categories, and when a deadline is near."""
    return _shown(targets.in_force(), _warnings(targets.in_force()))


@blueprint.post("/tickets/targets/warnings")
@permit(access.SET_TARGETS)
def set_warnings() -> ResponseReturnValue:
    """Set when a deadline turns amber and red."""
    form = WarningsForm()
    if form.accepted():
        with form.refusals():
            with work():
                percents = form.amber.data or 0, form.red.data or 0
                rules.set_warnings(*percents, seen=form.seen_version, by=viewer())
            targets.forget()
            flash(_("Saved."), "ok")
            return redirect(url_for("tickets.target_list"))
        form.stand_at(targets.in_force().version)
    return _shown(targets.in_force(), form)


@blueprint.route("/tickets/targets/<code>", methods=["GET", "POST"])
@permit(access.SET_TARGETS)
def set_targets(code: str) -> ResponseReturnValue:
    """Set the targets of one category, or of all that have none of their own."""
    category = EVERY if code == ALL else code
    if category and category not in categories.names():
        raise NotFound(_("There is no such category."))
    form = TargetsForm()
    if form.accepted():
        with form.refusals():
            with work():
                wanted = form.targets()
                rules.set_targets(category, wanted, seen=form.seen_version, by=viewer())
            targets.forget()
            flash(_("Saved. Open tickets get their new deadlines within a few minutes."), "ok")
            return redirect(url_for("tickets.target_list"))
        form.stand_at(targets.in_force().version)
    hold = targets.in_force()
    if not form.is_submitted():
        form.show({one: hold.own.get((one, category)) for one in Priority})
        form.version.data = str(hold.version)
    return render_template(
        "helpdesk/tickets/target_edit.html",
        form=form,
        name=categories.name_of(category) if category else _("All categories"),
        usual={one: _said(hold.fallback(one, category)) for one in Priority},
    ), form.status


def _shown(hold: Targets, form: ActionForm) -> ResponseReturnValue:
    names = {EVERY: _("All categories"), **categories.names()}
    rows = [
        (code or ALL, name, [(_said(hold.of(one, code)), (one, code) in hold.own) for one in ORDER])
        for code, name in names.items()
    ]
    return render_template(
        "helpdesk/tickets/targets.html", rows=rows, order=ORDER, form=form, priorities=PRIORITIES
    ), form.status


ORDER = tuple(reversed(Priority))


def _said(target: Target) -> tuple[str, str]:
    return hours_said(target.response), hours_said(target.resolution)


def _warnings(hold: Targets) -> WarningsForm:
    form = WarningsForm(formdata=None, amber=hold.amber_percent, red=hold.red_percent)
    form.version.data = str(hold.version)
    return form
