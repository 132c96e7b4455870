"""The seats that one person has, to be taken back before the person leaves."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assets.licences import access, queries
from assets.licences.rules import seating
from assets.licences.states import STANDINGS
from assets.licences.views.blueprint import blueprint
from kernel import clock
from kernel.access import permit, viewer
from kernel.db import db
from kernel.errors import NotFound
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.work import work
from office.people import access as people
from office.people.models import Person


@blueprint.get("/people/<int:person_id>")
@permit(access.SEE)
def seats_of_person(person_id: int) -> ResponseReturnValue:
    """List the seats of a person, of the licences that the viewer may see."""
    me, person = viewer(), _person(person_id)
    seats = [
        seat
        for seat in queries.seats_held(person_id=person.id)
        if me.may(access.SEE, seat.licence.unit_id)
    ]
    today = clock.today()
    return render_template(
        "assets/licences/seats_of_person.html",
        person=person,
        seats=seats,
        face=lambda licence: STANDINGS[licence.standing(today)],
        may_keep={seat.licence_id for seat in seats if me.may(access.KEEP, seat.licence.unit_id)},
        may_see_person=me.may(people.SEE, person.unit_id),
    )


def _person(person_id: int) -> Person:
    """Return a person of a unit in which the viewer may see licences; who has left, too.

    Raises:
        NotFound: there is none, or the person belongs to another school.
    """
    found = db.session.get(Person, person_id)
    if found is None or not viewer().may(access.SEE, found.unit_id):
        raise NotFound(_("There is no such person."))
    return found


@blueprint.post("/people/<int:person_id>/seats/<int:seat_id>/give-back")
@permit(access.KEEP)
def give_back_of_person(person_id: int, seat_id: int) -> ResponseReturnValue:
    """Take a seat of a person back and stay with the person."""
    ActionForm().insist()
    with work():
        seat = access.seat_of_person(person_id, seat_id)
        licence = access.licence_seen(viewer(), seat.licence_id, access.KEEP)
        seating.give_back(licence, seat, by=viewer())
    flash(_("The seat is free again."), "ok")
    return redirect(url_for("licences.seats_of_person", person_id=person_id))
