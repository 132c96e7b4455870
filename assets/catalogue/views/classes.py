"""Pages of classes: the tree, one class, adding, editing, retiring."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.catalogue import access, queries
from assets.catalogue.forms import ClassForm, lines_of, pairs_of
from assets.catalogue.models import AssetClass
from assets.catalogue.rules import classes
from assets.catalogue.states import BORROWERS, FIELD_KINDS
from assets.catalogue.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import check_version, work


@blueprint.get("/catalogue")
@permit(access.SEE)
def tree() -> ResponseReturnValue:
    """Show the classes as a tree."""
    words, retired = request.args.get("q", "").strip()[:100], request.args.get("retired") == "1"
    return render_template(
        "assets/catalogue/tree.html",
        lines=queries.tree(words, retired=retired),
        words=words,
        retired=retired,
        may_edit=viewer().may(access.EDIT),
    )


@blueprint.get("/catalogue/classes/<int:class_id>")
@permit(access.SEE)
def asset_class(class_id: int) -> ResponseReturnValue:
    """Show a class with what holds for it, its symptoms and its fields."""
    found = access.class_known(class_id)
    line = [one for one in queries.lineage(class_id) if one != class_id]
    return render_template(
        "assets/catalogue/class.html",
        asset_class=found,
        above=[access.class_known(one) for one in line],
        symptoms=queries.symptoms_of(class_id),
        fields=queries.fields_of(class_id),
        inherited=[f for f in queries.extra_fields_for(class_id) if f.class_id != class_id],
        kinds=FIELD_KINDS,
        borrowers=BORROWERS,
        form=ActionForm(version=str(found.version)),
        may_edit=viewer().may(access.EDIT),
    )


@blueprint.route("/catalogue/classes/new", methods=["GET", "POST"])
@permit(access.EDIT)
def add_class() -> ResponseReturnValue:
    """Add a class."""
    under = request.args.get("under", "")
    form = ClassForm(parent_id=int(under) if under.isdecimal() and len(under) < 10 else 0)
    form.offer(queries.classes(retired=False), None)
    if form.accepted():
        with form.refusals():
            with work():
                made = classes.add(form.changes(), by=viewer())
                classes.set_symptoms(made, pairs_of(form.symptoms.data), by=viewer())
                here = url_for("catalogue.asset_class", class_id=made.id)
            flash(_("The class is added."), "ok")
            return redirect(here)
    page = "assets/catalogue/class_form.html"
    return render_template(page, form=form, asset_class=None), form.status


@blueprint.route("/catalogue/classes/<int:class_id>/edit", methods=["GET", "POST"])
@permit(access.EDIT)
def edit_class(class_id: int) -> ResponseReturnValue:
    """Change a class."""
    found = access.class_known(class_id)
    offered = [(one.text_th, one.text_en) for one in queries.symptoms_of(class_id)]
    form = ClassForm(
        obj=found,
        parent_id=found.parent_id or 0,
        symptoms=lines_of(offered),
        version=str(found.version),
    )
    form.offer(queries.classes(), found)
    if form.accepted():
        with form.refusals():
            with work():
                _edit(access.class_known(class_id), form)
            flash(_("Saved."), "ok")
            return redirect(url_for("catalogue.asset_class", class_id=class_id))
        found = access.class_known(class_id)
        form.stand_at(found.version)
    page = "assets/catalogue/class_form.html"
    return render_template(page, form=form, asset_class=found), form.status


def _edit(found: AssetClass, form: ClassForm) -> None:
    check_version(found.version, form.seen_version)
    classes.edit(found, form.changes(), by=viewer())
    classes.set_symptoms(found, pairs_of(form.symptoms.data), by=viewer())


@blueprint.post("/catalogue/classes/<int:class_id>/retire")
@permit(access.EDIT)
def retire_class(class_id: int) -> ResponseReturnValue:
    """Offer a class no more."""
    ActionForm().insist()
    with work():
        classes.retire(access.class_known(class_id), by=viewer())
    flash(_("The class is not offered any more; items that have it keep it."), "ok")
    return redirect(url_for("catalogue.asset_class", class_id=class_id))


@blueprint.post("/catalogue/classes/<int:class_id>/reopen")
@permit(access.EDIT)
def reopen_class(class_id: int) -> ResponseReturnValue:
    """Offer a class again."""
    ActionForm().insist()
    with work():
        classes.reopen(access.class_known(class_id), by=viewer())
    flash(_("The class is offered again."), "ok")
    return redirect(url_for("catalogue.asset_class", class_id=class_id))
