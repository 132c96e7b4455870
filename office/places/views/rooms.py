"""Pages of rooms and buildings: adding, editing, closing."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kernel.access import permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import check_version, work
from office.places import access, queries, rules
from office.places.forms import BuildingForm, RoomForm
from office.places.models import Building

blueprint = Blueprint("rooms", __name__)


def _chosen_building(form: RoomForm) -> Building | None:
    building_id = form.building_id.data
    return access.building_edited(viewer(), building_id) if building_id else None


@blueprint.route("/places/<int:unit_id>/rooms/add", methods=["GET", "POST"])
@permit(access.EDIT)
def add(unit_id: int) -> ResponseReturnValue:
    """Add a room to a unit."""
    unit = access.unit_edited(viewer(), unit_id)
    form = RoomForm(building_id=request.args.get("building"))
    form.offer(list(queries.buildings_of(unit_id)))
    if form.accepted():
        with form.refusals():
            with work():
                unit = access.unit_edited(viewer(), unit_id)
                room = rules.add_room(
                    unit,
                    form.name.data or "",
                    by=viewer(),
                    building=_chosen_building(form),
                    floor=form.floor.data or "",
                )
            flash(_("%(name)s is added.", name=room.name), "ok")
            return redirect(url_for("places.unit", unit_id=unit_id, _anchor="rooms"))
        unit = access.unit_edited(viewer(), unit_id)
    return render_template(
        "office/places/room_form.html", form=form, unit=unit, room=None
    ), form.status


@blueprint.route("/rooms/<int:room_id>/edit", methods=["GET", "POST"])
@permit(access.EDIT)
def edit(room_id: int) -> ResponseReturnValue:
    """Rename a room or move it to another building."""
    room = access.room_edited(viewer(), room_id)
    form = RoomForm(obj=room)
    form.offer(list(queries.buildings_of(room.unit_id)))
    if form.accepted():
        with form.refusals():
            with work():
                room = access.room_edited(viewer(), room_id)
                check_version(room.version, form.seen_version)
                rules.edit_room(
                    room,
                    by=viewer(),
                    name=form.name.data or "",
                    building=_chosen_building(form),
                    floor=form.floor.data or "",
                )
            flash(_("Saved."), "ok")
            return redirect(url_for("places.unit", unit_id=room.unit_id, _anchor="rooms"))
        room = access.room_edited(viewer(), room_id)
        form.stand_at(room.version)
    return render_template(
        "office/places/room_form.html", form=form, unit=room.unit, room=room
    ), form.status


@blueprint.post("/rooms/<int:room_id>/close")
@permit(access.EDIT)
def close(room_id: int) -> ResponseReturnValue:
    """Close a room."""
    ActionForm().insist()
    with work():
        rules.close_room(access.room_edited(viewer(), room_id), by=viewer())
    flash(_("The room is closed."), "ok")
    return _to_unit(room_id)


@blueprint.post("/rooms/<int:room_id>/reopen")
@permit(access.EDIT)
def reopen(room_id: int) -> ResponseReturnValue:
    """Open a closed room again."""
    ActionForm().insist()
    with work():
        rules.reopen_room(access.room_edited(viewer(), room_id), by=viewer())
    flash(_("The room is open again."), "ok")
    return _to_unit(room_id)


def _to_unit(room_id: int) -> ResponseReturnValue:
    room = access.room_edited(viewer(), room_id)
    return redirect(url_for("places.unit", unit_id=room.unit_id, _anchor="rooms"))


@blueprint.route("/places/<int:unit_id>/buildings/add", methods=["GET", "POST"])
@permit(access.EDIT)
def add_building(unit_id: int) -> ResponseReturnValue:
    """Add a building to a unit."""
    unit = access.unit_edited(viewer(), unit_id)
    form = BuildingForm()
    if form.accepted():
        with form.refusals():
            with work():
                unit = access.unit_edited(viewer(), unit_id)
                building = rules.add_building(unit, form.name.data or "", by=viewer())
            flash(_("%(name)s is added.", name=building.name), "ok")
            return redirect(url_for("places.unit", unit_id=unit_id, _anchor="rooms"))
        unit = access.unit_edited(viewer(), unit_id)
    return render_template(
        "office/places/building_form.html", form=form, unit=unit, building=None
    ), form.status


@blueprint.route("/buildings/<int:building_id>/rename", methods=["GET", "POST"])
@permit(access.EDIT)
def rename_building(building_id: int) -> ResponseReturnValue:
    """Rename a building."""
    building = access.building_edited(viewer(), building_id)
    form = BuildingForm(obj=building)
    if form.accepted():
        with form.refusals():
            with work():
                building = access.building_edited(viewer(), building_id)
                check_version(building.version, form.seen_version)
                rules.rename_building(building, form.name.data or "", by=viewer())
            flash(_("Saved."), "ok")
            return redirect(url_for("places.unit", unit_id=building.unit_id, _anchor="rooms"))
        building = access.building_edited(viewer(), building_id)
        form.stand_at(building.version)
    unit = access.unit_seen(building.unit_id)
    return render_template(
        "office/places/building_form.html", form=form, unit=unit, building=building
    ), form.status
