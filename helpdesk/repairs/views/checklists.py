"""The checklists of the office: the list, adding, editing, retiring."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.catalogue import queries as catalogue
from helpdesk.repairs import access, queries
from helpdesk.repairs.checklist_models import Checklist
from helpdesk.repairs.forms import ChecklistForm
from helpdesk.repairs.rules import checklists as rules
from helpdesk.repairs.rules.checklists import Draft
from helpdesk.repairs.views.blueprint import blueprint
from helpdesk.tickets.categories import queries as categories
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import check_version, work


@blueprint.get("/checklists")
@permit(access.SET_UP)
def checklist_list() -> ResponseReturnValue:
    """List the checklists of the office."""
    retired = request.args.get("retired") == "1"
    return render_template(
        "helpdesk/repairs/checklists.html",
        checklists=queries.checklists(retired=retired),
        retired=retired,
        categories=categories.names(),
    )


@blueprint.route("/checklists/new", methods=["GET", "POST"])
@permit(access.SET_UP)
def add_checklist() -> ResponseReturnValue:
    """Keep a new checklist."""
    form = ChecklistForm(required=True)
    form.offer(catalogue.classes(retired=False))
    if form.accepted():
        with form.refusals():
            with work():
                rules.add(_draft(form), by=viewer())
            flash(_("The checklist is kept. New tickets it fits get its steps."), "ok")
            return redirect(url_for("repairs.checklist_list"))
    return _form_page(form, None)


@blueprint.route("/checklists/<int:checklist_id>", methods=["GET", "POST"])
@permit(access.SET_UP)
def edit_checklist(checklist_id: int) -> ResponseReturnValue:
    """Change a checklist."""
    found = access.checklist_known(checklist_id)
    form = ChecklistForm(
        obj=found,
        class_id=found.class_id or 0,
        steps="\n".join(_line(step) for step in found.steps),
        version=str(found.version),
    )
    if not form.is_submitted():
        form.steps.data = "\n".join(_line(step) for step in found.steps)
    form.offer(catalogue.classes())
    if form.accepted():
        with form.refusals():
            with work():
                found = access.checklist_known(checklist_id)
                check_version(found.version, form.seen_version)
                rules.edit(found, _draft(form), by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("repairs.checklist_list"))
        found = access.checklist_known(checklist_id)
        form.stand_at(found.version)
    return _form_page(form, found)


@blueprint.post("/checklists/<int:checklist_id>/retire")
@permit(access.SET_UP)
def retire_checklist(checklist_id: int) -> ResponseReturnValue:
    """Put a checklist on no further tickets."""
    ActionForm().insist()
    with work():
        rules.retire(access.checklist_known(checklist_id), by=viewer())
    flash(_("The checklist is not used any more; tickets that have it keep it."), "ok")
    return redirect(url_for("repairs.checklist_list"))


@blueprint.post("/checklists/<int:checklist_id>/reopen")
@permit(access.SET_UP)
def reopen_checklist(checklist_id: int) -> ResponseReturnValue:
    """Use a retired checklist again."""
    ActionForm().insist()
    with work():
        rules.reopen(access.checklist_known(checklist_id), by=viewer())
    flash(_("The checklist is used again."), "ok")
    return redirect(url_for("repairs.checklist_list"))


def _line(step: dict[str, str]) -> str:
    return f"{step['th']} | {step['en']}" if step.get("en") else step["th"]


def _draft(form: ChecklistForm) -> Draft:
    category = form.category.data or ""
    return Draft(
        name_th=form.name_th.data or "",
        name_en=form.name_en.data or "",
        category=category if category in categories.names() else "",
        class_id=form.class_id.data or None,
        required=bool(form.required.data),
        steps=form.pairs(),
    )


def _form_page(form: ChecklistForm, found: Checklist | None) -> ResponseReturnValue:
    page = render_template("helpdesk/repairs/checklist_form.html", form=form, checklist=found)
    return page, form.status
