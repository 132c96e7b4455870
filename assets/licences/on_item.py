"""What licences tell on the pages of an item and of a person: the seats they have."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template, url_for
from sqlalchemy import ColumnElement, exists

from assets.licences import access, queries
from assets.licences.models import Seat
from assets.licences.states import STANDINGS
from assets.register.models import Asset
from kernel import clock
from kernel.access import Viewer
from kernel.i18n import gettext as _
from office.people.models import Person
from office.places.slots import Way


def present() -> ColumnElement[bool]:
    """Return SQL about ``Asset``: it has a seat of a licence."""
    return exists().where(Seat.asset_id == Asset.id, Seat.given_back_at.is_(None))


def panel(asset: Asset, viewer: Viewer) -> str:
    """Return the licences that an item uses, of those the viewer may see; empty for none."""
    seats = [
        seat
        for seat in queries.seats_held(asset_id=asset.id)
        if viewer.may(access.SEE, seat.licence.unit_id)
    ]
    if not seats:
        return ""
    today = clock.today()
    return render_template(
        "assets/licences/_on_item.html",
        seats=seats,
        face=lambda licence: STANDINGS[licence.standing(today)],
    )


def ways_of_person(person: Person, viewer: Viewer) -> Sequence[Way]:
    """Return the way from a person's page to the seats the person has."""
    if not viewer.may(access.SEE, person.unit_id):
        return ()
    there = url_for("licences.seats_of_person", person_id=person.id)
    return (Way(_("Seats of licences"), there, "award"),)
