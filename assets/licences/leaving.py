"""Who leaves gives the seats back first: the room of people asks here."""

from __future__ import annotations

from assets.licences import queries
from kernel.i18n import gettext as _
from kernel.i18n import ngettext
from office.people.leaving import Standing
from office.people.models import Person

NAMED = 5


def still_seated(person: Person) -> Standing | None:
    """Return the seats to take back before a person leaves; None where there are none."""
    seats = queries.seats_held(person_id=person.id)
    if not seats:
        return None
    named = tuple(seat.licence.name for seat in seats[:NAMED])
    return Standing(
        ngettext(
            "%(name)s still has a seat of %(number)s licence. Take it back first.",
            "%(name)s still has seats of %(number)s licences. Take them back first.",
            len(seats),
            name=person.name,
        ),
        things=(*named, *(["…"] if len(seats) > NAMED else [])),
        href=f"/licences/people/{person.id}",
        action=_("To the seats"),
    )
