"""The page of a room: what stands in it, and what may be done with all of it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import joinedload

from assets.labels import access as labelling
from assets.labels import queries as labels
from assets.register import access as register
from assets.transfers import access as transfers
from assets.transfers.queries import movements
from helpdesk.tickets import access as tickets
from kernel.access import Viewer, permit, viewer
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.access_log import access as access_log
from office.people.models import Person
from office.places.models import Room, Unit
from office.places.slots import Way

blueprint = Blueprint("room", __name__)


def seen_by(me: Viewer, room_id: int) -> Room:
    """Return a room of a unit whose items the viewer may see.

    Raises:
        NotFound: there is none, or it lies outside the viewer's scope.
    """
    whole = (joinedload(Room.unit), joinedload(Room.building))
    room = db.session.get(Room, room_id, options=whole)
    if room is None or not me.may(register.SEE, room.unit_id):
        raise NotFound(_("There is no such room."))
    return room


@blueprint.get("/rooms/<int:room_id>")
@permit(register.SEE)
def show(room_id: int) -> ResponseReturnValue:
    """Show what stands in a room."""
    me = viewer()
    room = seen_by(me, room_id)
    items = movements.standing_in(me, room.id, register.SEE)
    return render_template(
        "helpdesk/desk/room.html",
        room=room,
        items=items,
        most=movements.MOST,
        code=labels.tags_of_rooms([room.id]).get(room.id),
        ways=_ways(me, room, some=bool(items)),
    )


def _ways(me: Viewer, room: Room, *, some: bool) -> list[Way]:
    ways = []
    if me.may(register.MOVE, room.unit_id) and room.closed_on is None:
        here = url_for("transfers.moves", room=room.id)
        ways.append(Way(_("Move things here"), here, "geo-alt"))
    if some and me.may(transfers.PROPOSE, room.unit_id):
        all_of_it = url_for("transfers.propose", room=room.id)
        ways.append(Way(_("Hand over everything"), all_of_it, "person-lines-fill"))
    if me.may(labelling.PRINT, room.unit_id) and room.closed_on is None:
        label = url_for("labels.rooms", unit=room.unit_id, room=room.id)
        ways.append(Way(_("Print the room's label"), label, "qr-code"))
    if some and me.may(tickets.REPORT_MANY, room.unit_id):
        several = url_for("tickets.report_many", room_id=room.id)
        ways.append(Way(_("Report several things at once"), several, "tools"))
    ways.append(Way(_("Report a fault in this room"), report_address(room), "tools"))
    return ways


def report_address(room: Room) -> str:
    """Return the page that takes a report about a room, which is filled in already."""
    return url_for("tickets.ask", unit=room.unit_id, place=room.name)


def address(room_id: int) -> str:
    """Return the address of a room's page."""
    return url_for("room.show", room_id=room_id)


def may_see(me: Viewer, unit: Unit) -> bool:
    """Tell whether the viewer may see what stands in the rooms of a unit."""
    return me.may(register.SEE, unit.id)


def ways_of_unit(unit: Unit, me: Viewer) -> Sequence[Way]:
    """Return the way from a unit's page to the labels of its rooms."""
    if unit.closed_on is not None or not me.may(labelling.PRINT, unit.id):
        return ()
    return (Way(_("Labels of rooms"), url_for("labels.rooms", unit=unit.id), "qr-code"),)


def ways_of_person(person: Person, me: Viewer) -> Sequence[Way]:
    """Return the ways from a person's page: to all in their name, and to who looked at it."""
    ways = []
    if me.may(transfers.PROPOSE, person.unit_id):
        everything = url_for("transfers.propose", person=person.id)
        ways.append(Way(_("Hand over everything"), everything, "person-lines-fill"))
    if me.may(access_log.SEE):
        looks = url_for("access_log.looks", person_id=person.id)
        ways.append(Way(_("Who looked"), looks, "eye"))
    return ways
