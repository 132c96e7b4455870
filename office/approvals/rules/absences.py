"""The verbs of absence: enter one with a stand-in, and end it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.i18n import gettext as _
from office.approvals.models import Absence
from office.approvals.states import STAND_IN_CAPACITIES, Capacity
from office.bookkeeping import audit
from office.people.models import Person


def enter(
    person: Person,
    stand_in: Person,
    first_day: date,
    last_day: date,
    *,
    capacity: Capacity,
    by: Viewer,
) -> Absence:
    """Write down that a person is away and who signs in their place; both days count.

    Refuses days in the wrong order or wholly past, the person as the own stand-in, a stand-in who
    has left, and days on which the person has another stand-in already.
    """
    _check_days(first_day, last_day)
    _check_people(person, stand_in, capacity)
    db.session.refresh(person, with_for_update=True)
    overlap = select(Absence.id).where(
        Absence.person_id == person.id,
        Absence.cancelled_at.is_(None),
        Absence.first_day <= last_day,
        Absence.last_day >= first_day,
    )
    if db.session.scalar(overlap.limit(1)):
        raise Refusal(
            _("There is a stand-in for some of these days already. End that absence first."),
            field="first_day",
        )
    absence = Absence(
        person_id=person.id,
        stand_in_id=stand_in.id,
        first_day=first_day,
        last_day=last_day,
        capacity=capacity,
    )
    db.session.add(absence)
    days = f"{first_day.isoformat()} – {last_day.isoformat()}"
    audit.record("entered", absence, by=by, after={"stand_in": stand_in.name_th, "days": days})
    return absence


def _check_days(first_day: date, last_day: date) -> None:
    if last_day < first_day:
        raise Refusal(_("The last day lies before the first one."), field="last_day")
    if last_day < clock.today():
        raise Refusal(_("These days are over already."), field="last_day")


def _check_people(person: Person, stand_in: Person, capacity: Capacity) -> None:
    if stand_in.id == person.id:
        raise Refusal(_("Please choose somebody else as the stand-in."), field="stand_in")
    for one in (person, stand_in):
        if one.left_on is not None:
            raise Refusal(_("%(name)s has left.", name=one.name), field="stand_in")
    if capacity not in STAND_IN_CAPACITIES:
        raise Refusal(_("Please choose in which capacity the stand-in signs."), field="capacity")


def cancel(absence: Absence, *, by: Viewer) -> None:
    """End an absence now: what the stand-in has signed stands. Refuses one that was ended."""
    db.session.refresh(absence, with_for_update=True)
    if absence.cancelled_at is not None:
        raise Refusal(_("This absence was ended already."))
    absence.cancelled_at = clock.now()
    audit.record("cancelled", absence, by=by, after={"last_day": absence.last_day})
