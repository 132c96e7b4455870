"""Pages of units: the tree, one unit, adding, editing, closing."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import check_version, work
from office.bookkeeping.queries import history
from office.places import access, queries, rules, slots
from office.places.forms import UnitForm
from office.places.models import Unit

blueprint = Blueprint("places", __name__)


@blueprint.get("/places")
@permit(access.SEE)
def units() -> ResponseReturnValue:
    """Show all units as a tree."""
    query, closed = request.args.get("q", "")[:100], request.args.get("closed") == "1"
    lines = queries.tree(query, closed=closed)
    return render_template(
        "office/places/units.html",
        lines=lines,
        query=query,
        closed=closed,
        may_edit=viewer().may(access.EDIT),
    )


@blueprint.get("/places/<int:unit_id>")
@permit(access.SEE)
def unit(unit_id: int) -> ResponseReturnValue:
    """Show a unit with its rooms and what lies under it."""
    found = access.unit_seen(unit_id)
    may_edit = viewer().may(access.EDIT, unit_id)
    query, closed = request.args.get("q", "")[:100], request.args.get("closed") == "1"
    return render_template(
        "office/places/unit.html",
        unit=found,
        above=queries.above(found),
        room_page=slots.room_page(viewer(), found),
        ways=slots.ways_of_unit(found, viewer()),
        below=queries.below(found),
        rooms=queries.rooms_of(unit_id, query, closed=closed),
        buildings=queries.buildings_of(unit_id),
        people=queries.people_count(unit_id),
        query=query,
        closed=closed,
        form=ActionForm(version=found.version),
        may_edit=may_edit,
        history=history("unit", unit_id, 10) if may_edit else [],
    )


@blueprint.route("/places/found", methods=["GET", "POST"])
@permit(access.EDIT)
def found() -> ResponseReturnValue:
    """Add a unit."""
    form = UnitForm(kind="school", parent_id=request.args.get("parent"))
    form.offer(viewer().scope(access.EDIT), is_root=False)
    if form.accepted():
        with form.refusals():
            with work():
                parent = access.unit_edited(viewer(), form.parent_id.data or 0)
                made = rules.found_unit(
                    form.code.data or "",
                    form.kind.data,
                    form.name_th.data or "",
                    parent=parent,
                    by=viewer(),
                    name_en=form.name_en.data or "",
                    size=form.size.data or "",
                    phone=form.phone.data or "",
                )
            flash(_("%(name)s is added.", name=made.name), "ok")
            return redirect(url_for("places.unit", unit_id=made.id))
    return render_template("office/places/unit_form.html", form=form, unit=None), form.status


@blueprint.route("/places/<int:unit_id>/edit", methods=["GET", "POST"])
@permit(access.EDIT)
def edit(unit_id: int) -> ResponseReturnValue:
    """Change a unit or move it."""
    edited = access.unit_edited(viewer(), unit_id)
    form = UnitForm(obj=edited)
    above = access.unit_seen(edited.parent_id) if edited.parent_id else None
    form.offer(viewer().scope(access.EDIT), is_root=above is None, above=above)
    if form.accepted():
        with form.refusals():
            with work():
                edited = access.unit_edited(viewer(), unit_id)
                check_version(edited.version, form.seen_version)
                _edit(edited, form)
            flash(_("Saved."), "ok")
            return redirect(url_for("places.unit", unit_id=unit_id))
        edited = access.unit_edited(viewer(), unit_id)
        form.stand_at(edited.version)
    return render_template("office/places/unit_form.html", form=form, unit=edited), form.status


def _edit(edited: Unit, form: UnitForm) -> None:
    parent_id = form.parent_id.data
    parent: Unit | None = access.unit_seen(parent_id) if parent_id else None
    if parent_id and parent_id != edited.parent_id:
        viewer().demand(access.EDIT, parent_id)
    rules.edit_unit(
        edited,
        by=viewer(),
        parent=parent,
        code=form.code.data or "",
        kind=form.kind.data,
        name_th=form.name_th.data or "",
        name_en=form.name_en.data or "",
        size=form.size.data or "",
        phone=form.phone.data or "",
    )


@blueprint.post("/places/<int:unit_id>/close")
@permit(access.EDIT)
def close(unit_id: int) -> ResponseReturnValue:
    """Close a unit."""
    ActionForm().insist()
    with work():
        rules.close_unit(access.unit_edited(viewer(), unit_id), by=viewer())
    flash(_("The unit is closed."), "ok")
    return redirect(url_for("places.unit", unit_id=unit_id))


@blueprint.post("/places/<int:unit_id>/reopen")
@permit(access.EDIT)
def reopen(unit_id: int) -> ResponseReturnValue:
    """Open a closed unit again."""
    ActionForm().insist()
    with work():
        rules.reopen_unit(access.unit_edited(viewer(), unit_id), by=viewer())
    flash(_("The unit is open again."), "ok")
    return redirect(url_for("places.unit", unit_id=unit_id))
