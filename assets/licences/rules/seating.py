"""Give seats of a licence to people and items, and take them back."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from assets.licences.models import Licence, Seat
from assets.licences.rules import keeping
from assets.register.models import Asset
from kernel import clock
from kernel.access import Viewer
from kernel.db import db, violates
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.people.models import Person


def give(licence: Licence, holder: Person | Asset, *, by: Viewer) -> Seat:
    """Give a seat to a person or an item.

    Refuses a licence that was given up or has ended, more than its seats (two who give the last
    one wait for each other), somebody who has left, and a holder who has one already.
    """
    db.session.scalars(select(Licence.id).where(Licence.id == licence.id).with_for_update()).one()
    today = clock.today()
    if licence.given_up_on is not None or (licence.ends_on and licence.ends_on < today):
        raise Refusal(_("This licence is over; nobody can be given a seat of it."))
    if licence.seats is not None and keeping.used(licence) >= licence.seats:
        raise Refusal(_("All %(seats)s seats are in use.", seats=licence.seats), field="holder")
    seat = Seat(licence_id=licence.id, given_at=clock.now())
    if isinstance(holder, Person):
        if holder.left_on is not None:
            raise Refusal(_("%(name)s has left the office.", name=holder.name), field="holder")
        seat.person_id, told = holder.id, holder.name_th
    else:
        seat.asset_id, told = holder.id, holder.asset_no or holder.name
    db.session.add(seat)
    try:
        db.session.flush()  # each holder once at a time
    except IntegrityError as error:
        if violates(
            error,
            "uq_licence_seat_person",
            "licence_seat.licence_id, licence_seat.person_id",
        ) or violates(
            error, "uq_licence_seat_asset", "licence_seat.licence_id, licence_seat.asset_id"
        ):
            raise Refusal(_("“%(name)s” has a seat already.", name=told), field="holder") from error
        raise
    audit.record("seated", licence, by=by, after={"holder": told})
    return seat


def give_back(licence: Licence, seat: Seat, *, by: Viewer) -> None:
    """Take a seat back, so that somebody else may have it."""
    seat.given_back_at = clock.now()
    audit.record("unseated", licence, by=by, before={"holder": seat.holder})
