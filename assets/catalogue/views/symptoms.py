"""Pages of all symptoms: which classes offer them, adding, renaming, retiring."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assets.catalogue import access, queries
from assets.catalogue.forms import SymptomForm
from assets.catalogue.rules import symptoms
from assets.catalogue.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.errors import Stale
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.work import work


@blueprint.get("/catalogue/symptoms")
@permit(access.SEE)
def symptom_list() -> ResponseReturnValue:
    """Show every symptom with the classes that offer it."""
    return render_template(
        "assets/catalogue/symptoms.html",
        lines=queries.symptom_lines(),
        may_edit=viewer().may(access.EDIT),
    )


@blueprint.route("/catalogue/symptoms/new", methods=["GET", "POST"])
@permit(access.EDIT)
def add_symptom() -> ResponseReturnValue:
    """Offer a further symptom for everything."""
    form = SymptomForm()
    if form.accepted():
        with form.refusals():
            with work():
                symptoms.add(form.text_th.data or "", form.text_en.data or "", by=viewer())
            flash(_("The symptom is offered for everything."), "ok")
            return redirect(url_for("catalogue.symptom_list"))
    return render_template("assets/catalogue/symptom_form.html", form=form, line=None), form.status


@blueprint.route("/catalogue/symptoms/<int:symptom_id>/edit", methods=["GET", "POST"])
@permit(access.EDIT)
def edit_symptom(symptom_id: int) -> ResponseReturnValue:
    """Rename a symptom wherever it is offered."""
    found = access.symptom_known(symptom_id)
    form = SymptomForm(obj=found, was=found.text_th)
    if form.accepted():
        with form.refusals():
            with work():
                found = access.symptom_known(symptom_id)
                if form.was.data != found.text_th:
                    raise Stale(_("Somebody has renamed this symptom meanwhile."))
                said = (form.text_th.data or "", form.text_en.data or "")
                number = symptoms.rename(found, *said, by=viewer())
            flash(
                ngettext("Renamed in %(number)s place.", "Renamed in %(number)s places.", number),
                "ok",
            )
            return redirect(url_for("catalogue.symptom_list"))
    line = queries.symptom_line(access.symptom_known(symptom_id))
    return render_template("assets/catalogue/symptom_form.html", form=form, line=line), form.status


@blueprint.post("/catalogue/symptoms/<int:symptom_id>/retire")
@permit(access.EDIT)
def retire_symptom(symptom_id: int) -> ResponseReturnValue:
    """Offer a symptom no more."""
    ActionForm().insist()
    with work():
        symptoms.retire(access.symptom_known(symptom_id), by=viewer())
    flash(_("The symptom is not offered any more; reports that have it keep it."), "ok")
    return redirect(url_for("catalogue.symptom_list"))


@blueprint.post("/catalogue/symptoms/<int:symptom_id>/reopen")
@permit(access.EDIT)
def reopen_symptom(symptom_id: int) -> ResponseReturnValue:
    """Offer a retired symptom again."""
    ActionForm().insist()
    with work():
        symptoms.reopen(access.symptom_known(symptom_id), by=viewer())
    flash(_("The symptom is offered again."), "ok")
    return redirect(url_for("catalogue.symptom_list"))
