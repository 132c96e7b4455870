"""Pages of extra fields: adding to a class, editing, retiring."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assets.catalogue import access
from assets.catalogue.forms import FieldForm, lines_of
from assets.catalogue.rules import fields
from assets.catalogue.states import FieldKind
from assets.catalogue.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import check_version, work

PAGE = "assets/catalogue/field_form.html"


@blueprint.route("/catalogue/classes/<int:class_id>/fields/new", methods=["GET", "POST"])
@permit(access.EDIT)
def add_field(class_id: int) -> ResponseReturnValue:
    """Give a class a field of its own."""
    found = access.class_known(class_id)
    form = FieldForm()
    if form.accepted():
        with form.refusals():
            with work():
                given = {**form.changes(), "kind": FieldKind(form.kind.data)}
                given.pop("position", None)
                found = access.class_known(class_id)
                fields.add(found, given, form.wanted_choices(), by=viewer())
            flash(_("The field is on the cards of this class now."), "ok")
            return _to_class(class_id)
        found = access.class_known(class_id)
    return render_template(PAGE, form=form, asset_class=found, field_row=None), form.status


@blueprint.route("/catalogue/fields/<int:field_id>/edit", methods=["GET", "POST"])
@permit(access.EDIT)
def edit_field(field_id: int) -> ResponseReturnValue:
    """Change a field."""
    found = access.field_known(field_id)
    offered = [(one["th"], one["en"]) for one in found.choices if not one["retired"]]
    form = FieldForm(obj=found, choices=lines_of(offered), version=str(found.version))
    if not form.is_submitted():
        # The row's choices are pairs; the form shows them as lines.
        form.choices.data = lines_of(offered)
    form.kind.data = str(found.kind)
    form.kind.raw_data = [str(found.kind)]
    if form.accepted():
        with form.refusals():
            with work():
                found = access.field_known(field_id)
                check_version(found.version, form.seen_version)
                fields.edit(found, form.changes(), form.wanted_choices(), by=viewer())
            flash(_("Saved."), "ok")
            return _to_class(found.class_id)
        found = access.field_known(field_id)
        form.stand_at(found.version)
    return render_template(
        PAGE, form=form, asset_class=found.asset_class, field_row=found
    ), form.status


@blueprint.post("/catalogue/fields/<int:field_id>/retire")
@permit(access.EDIT)
def retire_field(field_id: int) -> ResponseReturnValue:
    """Ask for a field no more."""
    ActionForm().insist()
    with work():
        fields.retire(access.field_known(field_id), by=viewer())
    flash(_("The field is not asked for any more; what was written in it stays."), "ok")
    return _to_class(access.field_known(field_id).class_id)


@blueprint.post("/catalogue/fields/<int:field_id>/reopen")
@permit(access.EDIT)
def reopen_field(field_id: int) -> ResponseReturnValue:
    """Ask for a field again."""
    ActionForm().insist()
    with work():
        fields.reopen(access.field_known(field_id), by=viewer())
    flash(_("The field is asked for again."), "ok")
    return _to_class(access.field_known(field_id).class_id)


def _to_class(class_id: int) -> ResponseReturnValue:
    return redirect(url_for("catalogue.asset_class", class_id=class_id, _anchor="fields"))
