"""Moving things to a room: one from its page, many by scanning, or the things of a whole room."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assets.labels import queries as labels
from assets.register import access as register
from assets.register.models import Asset
from assets.register.rules import moving
from assets.register.states import MoveCause
from assets.transfers import access
from assets.transfers.forms import BringForm, MoveForm, PlaceForm
from assets.transfers.queries import movements, shipments
from assets.transfers.rules import placing
from assets.transfers.views.blueprint import blueprint
from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import NotFound, Refusal
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from kernel.paths import whole
from kernel.work import check_version, work
from office.bookkeeping import rules as bookkeeping
from office.places import queries as places
from office.places.models import Room, Unit


@blueprint.get("/moves")
@permit(register.MOVE)
def moves() -> ResponseReturnValue:
    """Choose a room, then scan item after item into it."""
    return _moves_page(PlaceForm(), _room(request.args.get("room")))


def _room(raw: str | None) -> Room | None:
    """Return an open room of the units for which the viewer may move things."""
    room = db.session.get(Room, whole(raw) or 0)
    if room is None or room.closed_on or not viewer().may(register.MOVE, room.unit_id):
        return None
    return room


def _units() -> list[Unit]:
    return list(shipments.open_units(viewer().scope(register.MOVE).clause(Unit.id)))


def _moves_page(form: PlaceForm, room: Room | None, found: object = ()) -> ResponseReturnValue:
    units = _units()
    wanted = whole(request.values.get("unit")) or (room.unit_id if room else viewer().unit_id)
    unit = next((one for one in units if one.id == wanted), units[0] if units else None)
    source = _room(request.args.get("from"))
    page = render_template(
        "assets/transfers/moves.html",
        form=form,
        room=room,
        units=units,
        unit=unit,
        rooms=places.rooms_of(unit.id) if unit else (),
        latest=movements.latest_of(viewer(), room) if room else (),
        source=source,
        items=movements.standing_in(viewer(), source.id, register.MOVE) if source else (),
        found=found,
    )
    return page, form.status


@blueprint.post("/moves")
@permit(register.MOVE)
def place() -> ResponseReturnValue:
    """Put the scanned item into the room."""
    form = PlaceForm()
    room = _room(form.room.data)
    if room is None:
        raise NotFound(_("There is no such room."))
    here, room_id = url_for("transfers.moves", room=room.id), room.id
    found: list[Asset] = []
    if form.accepted():
        with form.refusals():
            other = _other_room(form)
            if other is not None:
                return redirect(url_for("transfers.moves", room=other.id))
            found = _scanned(form, request.form.get("asset"))
            if len(found) == 1:
                asset_id = found[0].id
                with work():
                    earlier = bookkeeping.spend_key(form.act_key, here)
                    if earlier is not None:
                        return redirect(earlier)
                    asset = access.item_for(viewer(), asset_id, register.MOVE)
                    moved = placing.place(asset, db.session.get_one(Room, room_id), by=viewer())
                    said = _(
                        "“%(name)s” is in %(room)s now.", name=asset.name, room=moved.to_room_name
                    )
                flash(said, "ok")
                return redirect(here)
    return _moves_page(form, _room(str(room_id)), found)


def _other_room(form: PlaceForm) -> Room | None:
    """Return the room whose label was scanned: what follows is moved there."""
    room = labels.room_scanned(str((form.code.raw_data or [""])[0]))
    if room is None:
        return None
    open_to_viewer = _room(str(room.id))
    if open_to_viewer is None:
        raise Refusal(_("You may move nothing to %(room)s.", room=room.name), field="code")
    return open_to_viewer


def _scanned(form: PlaceForm, picked: str | None) -> list[Asset]:
    chosen = whole(picked)
    if chosen is not None:
        return [access.item_for(viewer(), chosen, register.MOVE)]
    # As it was typed: normalised Thai would lose keystrokes of a scanner.
    code = str((form.code.raw_data or [""])[0])
    found = labels.scanned(code, viewer())
    if not found:
        raise Refusal(_("No item of yours has this number or label."), field="code")
    return found


@blueprint.post("/moves/bring")
@permit(register.MOVE)
def bring() -> ResponseReturnValue:
    """Put ticked items of another room into the room, all or none."""
    form = BringForm()
    form.insist()
    room = _room(form.room.data)
    if room is None:
        raise NotFound(_("There is no such room."))
    here, room_id = url_for("transfers.moves", room=room.id), room.id
    with work():
        earlier = bookkeeping.spend_key(form.act_key, here)
        if earlier is not None:
            return redirect(earlier)
        ids = (form.items.data or [])[: movements.MOST]
        items = [access.item_for(viewer(), asset_id, register.MOVE) for asset_id in ids]
        number = placing.place_all(items, db.session.get_one(Room, room_id), by=viewer())
    flash(ngettext("%(number)s item moved.", "%(number)s items moved.", number), "ok")
    return redirect(here)


@blueprint.post("/moves/<int:movement_id>/undo")
@permit(register.MOVE)
def undo(movement_id: int) -> ResponseReturnValue:
    """Take the own last move of an item back."""
    ActionForm().insist()
    with work():
        movement = movements.last_of(viewer(), movement_id)
        if movement is None:
            raise NotFound(_("There is no such movement of yours."))
        room_id = movement.to_room_id
        asset = placing.undo(movement, by=viewer())
        said = _("“%(name)s” is where it was before.", name=asset.name)
    flash(said, "ok")
    return redirect(url_for("transfers.moves", room=room_id))


@blueprint.route("/items/<int:asset_id>/move", methods=["GET", "POST"])
@permit(register.MOVE)
def move(asset_id: int) -> ResponseReturnValue:
    """Move one item to another room or unit."""
    asset = access.item_for(viewer(), asset_id, register.MOVE)
    form = MoveForm(
        unit_id=asset.holding_unit_id, room=asset.room_id or 0, version=str(asset.version)
    )
    unit_id = whole(request.values.get("unit_id")) or asset.holding_unit_id
    if not form.is_submitted():
        form.unit_id.data = unit_id
    form.offer(_units(), places.rooms_of(unit_id), _("– not in a room –"))
    if form.accepted():
        with form.refusals():
            with work():
                asset = access.item_for(viewer(), asset_id, register.MOVE)
                check_version(asset.version, form.seen_version)
                _move(asset, form)
            flash(_("“%(name)s” is moved.", name=asset.name), "ok")
            return redirect(url_for("register.item", asset_id=asset_id))
        asset = access.item_for(viewer(), asset_id, register.MOVE)
        form.stand_at(asset.version)
    return render_template("assets/transfers/move.html", form=form, asset=asset), form.status


def _move(asset: Asset, form: MoveForm) -> None:
    moved = moving.move(
        asset,
        unit=db.session.get_one(Unit, form.unit_id.data),
        room=db.session.get_one(Room, form.room.data) if form.room.data else None,
        why=MoveCause.HAND,
        reason=form.reason.data or "",
        along=True,
        by=viewer(),
    )
    if moved is None:
        raise Refusal(_("The item is there already. Choose another room."), field="room")
