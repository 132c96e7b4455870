"""Pages of kept readings: keep one from an import, rename it, share it, forget it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assets.register import access, import_queries
from assets.register.import_access import mapping_changed_by
from assets.register.import_forms import MappingForm
from assets.register.rules import saved_mappings
from assets.register.views import import_thread
from assets.register.workbook.files import read_book
from kernel.access import permit, viewer
from kernel.errors import Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import check_version, work

blueprint = Blueprint("saved_mappings", __name__, url_prefix="/register/mappings")


@blueprint.get("")
@permit(access.IMPORT)
def show_all() -> ResponseReturnValue:
    """List the kept readings that the person may use."""
    me = viewer()
    found = import_queries.saved_mappings(me)
    return render_template(
        "assets/register/imports/mappings.html",
        mappings=[(one, saved_mappings.may_change(one, me)) for one in found],
    )


@blueprint.post("/of-import/<int:import_id>")
@permit(access.IMPORT)
def keep(import_id: int) -> ResponseReturnValue:
    """Keep the columns that were chosen for an import, under a name."""
    me, form = viewer(), MappingForm()
    record = access.import_seen_by(me, import_id)
    if not form.accepted():
        raise Refusal(" ".join([*form.form_errors, *(e for f in form for e in f.errors)]))
    with import_thread.file_of(record) as path:
        book = read_book(path, name=record.file_name)
    with work():
        record = access.import_seen_by(me, import_id)
        saved_mappings.save(record, book, form.name.data or "", shared=form.shared.data, by=me)
    flash(
        _("Kept as “%(name)s”. The next file with these headings is read so.", name=form.name.data),
        "ok",
    )
    return redirect(url_for("imports.show", import_id=import_id))


@blueprint.route("/<int:mapping_id>", methods=["GET", "POST"])
@permit(access.IMPORT)
def rename(mapping_id: int) -> ResponseReturnValue:
    """Give a kept reading another name; share it, or keep it to oneself."""
    me = viewer()
    mapping = mapping_changed_by(me, mapping_id)
    form = MappingForm(obj=mapping)
    if form.accepted():
        with form.refusals():
            with work():
                mapping = mapping_changed_by(me, mapping_id)
                check_version(mapping.version, form.seen_version)
                saved_mappings.change(mapping, form.name.data or "", shared=form.shared.data, by=me)
            flash(_("Saved."), "ok")
            return redirect(url_for("saved_mappings.show_all"))
    mapping = mapping_changed_by(me, mapping_id)
    form.stand_at(mapping.version)
    page = render_template("assets/register/imports/mapping.html", mapping=mapping, form=form)
    return page, form.status


@blueprint.post("/<int:mapping_id>/remove")
@permit(access.IMPORT)
def remove(mapping_id: int) -> ResponseReturnValue:
    """Forget a kept reading."""
    me = viewer()
    ActionForm().insist()
    with work():
        saved_mappings.remove(mapping_changed_by(me, mapping_id), by=me)
    flash(_("The kept columns are removed. Imports that were read by them stay as they are."), "ok")
    return redirect(url_for("saved_mappings.show_all"))
