"""Telling that a licence ends: 60, 30 and 7 days before, and when it is over; each step once.

Told are the caretaker and everybody who keeps licences of its unit. A licence that is found late
is told of at the step it has reached. A renewal has another last day and so its own reminders.
"""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from assets.licences.models import Licence
from assets.licences.states import KINDS, TOLD_DAYS, Kind
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import speaking
from kernel.pages import show_date
from office.bookkeeping import rules as bookkeeping
from office.people.access import Role
from office.people.models import Person, RoleGrant
from office.places.models import Unit

OVER = "over"
# Longer ago than this, the end of a licence is no news any more.
OLD_DAYS = 30
KEEPERS = (Role.TECHNICIAN, Role.STOREKEEPER)


def step_of(ends_on: date, today: date) -> str | None:
    """Return the step that is reached on a day: ``60``, ``30``, ``7``, ``over`` or none."""
    left = (ends_on - today).days
    if left < 0:
        return OVER if -left <= OLD_DAYS else None
    reached = min((days for days in TOLD_DAYS if left <= days), default=None)
    return None if reached is None else str(reached)


def near_their_end(today: date) -> list[int]:
    """Return the ids of licences that have reached a step, the next to end first."""
    return list(
        db.session.scalars(
            select(Licence.id)
            .where(
                Licence.given_up_on.is_(None),
                Licence.ends_on.between(
                    today - timedelta(days=OLD_DAYS), today + timedelta(days=max(TOLD_DAYS))
                ),
            )
            .order_by(Licence.ends_on, Licence.id)
        )
    )


def tell(licence_id: int, today: date) -> int:
    """Tell everybody concerned the step that is reached; who heard of it hears nothing.

    Returns:
        how many people are concerned.
    """
    licence = db.session.get_one(Licence, licence_id)
    step = step_of(licence.ends_on, today) if licence.ends_on and not licence.given_up_on else None
    if step is None or licence.ends_on is None:
        return 0
    told = people_told(licence)
    for person in told:
        with speaking(person.language):
            bookkeeping.send(
                kind="licence_ends",
                subject=_subject(licence, step),
                body=_body(licence),
                language=person.language,
                person_id=person.id,
                link=f"/licences/{licence.id}",
                dedupe_key=f"licence:{licence.id}:{licence.ends_on}:{step}:{person.id}",
            )
    return len(told)


def people_told(licence: Licence) -> list[Person]:
    """Return the caretaker and the keepers of the licence's unit, who are there still."""
    unit = db.session.get_one(Unit, licence.unit_id)
    above = [int(part) for part in unit.path.strip("/").split("/") if part]
    keepers = select(RoleGrant.person_id).where(
        RoleGrant.role.in_(KEEPERS), RoleGrant.unit_id.is_(None) | RoleGrant.unit_id.in_(above)
    )
    return list(
        db.session.scalars(
            select(Person)
            .where(
                Person.left_on.is_(None),
                Person.id.in_(keepers) | (Person.id == licence.caretaker_id),
            )
            .order_by(Person.id)
        )
    )


def _subject(licence: Licence, step: str) -> str:
    day = show_date(licence.ends_on, "long")
    if step == OVER:
        return _("“%(name)s” has ended on %(day)s", name=licence.name, day=day)
    return _("“%(name)s” ends on %(day)s", name=licence.name, day=day)


def _body(licence: Licence) -> str:
    lines = [str(KINDS[Kind(licence.kind)])]
    if licence.vendor is not None:
        lines.append(_("Vendor: %(name)s", name=licence.vendor.name))
    lines.append(_("Renew it and write the new term down, or give it up."))
    return "\n".join(lines)
