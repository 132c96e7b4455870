"""Telling that warranties end: once for each unit and day, 30 days ahead.

Technicians and storekeepers hear of what the units they work for hold, in one message a day: then
there is time to try the things and to claim what is not right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from assets.register.models import Asset
from assets.register.states import Lifecycle
from helpdesk.coming.models import WarrantyNotice
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import language, ngettext, speaking
from kernel.pages import show_date
from office.bookkeeping import rules as bookkeeping
from office.people.access import Role
from office.people.models import Person, RoleGrant
from office.places.models import Unit

AHEAD_DAYS = 30
TOLD = (Role.TECHNICIAN, Role.STOREKEEPER)
MOST_LISTED = 30


@dataclass(frozen=True)
class Ending:
    """The warranties of a unit that end on one day, ``number`` items."""

    unit_id: int
    unit_path: str
    unit_th: str
    unit_en: str
    ends_on: date
    number: int


def endings(today: date) -> list[Ending]:
    """Return what ends within 30 days and was not told of, the next first."""
    rows = db.session.execute(
        select(Unit.id, Unit.path, Unit.name_th, Unit.name_en, Asset.warranty_until, func.count())
        .join(Unit, Unit.id == Asset.holding_unit_id)
        .outerjoin(
            WarrantyNotice,
            (WarrantyNotice.unit_id == Asset.holding_unit_id)
            & (WarrantyNotice.ends_on == Asset.warranty_until),
        )
        .where(
            Asset.warranty_until.between(today, today + timedelta(days=AHEAD_DAYS)),
            Asset.lifecycle == Lifecycle.IN_SERVICE,
            WarrantyNotice.id.is_(None),
        )
        .group_by(Unit.id, Unit.path, Unit.name_th, Unit.name_en, Asset.warranty_until)
        .order_by(Asset.warranty_until, Unit.id)
    )
    return [
        Ending(unit_id, path, th, en, ends_on, number)
        for unit_id, path, th, en, ends_on, number in rows
        if ends_on is not None
    ]


def tell(today: date) -> int:
    """Write down what ends and queue one message for each person, in one unit of work.

    Returns:
        how many units' days were told of, for the first time.
    """
    new = [
        one
        for one in endings(today)
        if bookkeeping.insert_or_skip(
            WarrantyNotice, unit_id=one.unit_id, ends_on=one.ends_on, noticed_on=today
        )
    ]
    for person, paths in _people().values() if new else ():
        theirs = [one for one in new if one.unit_path.startswith(tuple(paths))]
        if theirs:
            _tell_person(person, theirs, today)
    return len(new)


def _people() -> dict[int, tuple[Person, list[str]]]:
    root = aliased(Unit)
    rows = db.session.execute(
        select(Person, root.path)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .join(
            root,
            or_(
                root.id == RoleGrant.unit_id, RoleGrant.unit_id.is_(None) & root.parent_id.is_(None)
            ),
        )
        .where(RoleGrant.role.in_(TOLD), Person.left_on.is_(None))
        .order_by(Person.id)
    )
    found: dict[int, tuple[Person, list[str]]] = {}
    for person, path in rows:
        found.setdefault(person.id, (person, []))[1].append(path)
    return found


def _tell_person(person: Person, theirs: list[Ending], today: date) -> None:
    number = sum(one.number for one in theirs)
    with speaking(person.language):
        lines = [_line(one) for one in theirs[:MOST_LISTED]]
        bookkeeping.send(
            kind="warranty_ends",
            subject=ngettext(
                "The warranty of %(number)s item ends soon",
                "The warranty of %(number)s items ends soon",
                number,
            ),
            body="\n\n".join([_("Please try the things now and claim what is not right:"), *lines]),
            language=person.language,
            person_id=person.id,
            link="/coming?kind=warranty",
            dedupe_key=f"warranty:{person.id}:{today.isoformat()}",
        )


def _line(one: Ending) -> str:
    unit = one.unit_en if language() == "en" and one.unit_en else one.unit_th
    return ngettext(
        "%(unit)s · %(day)s · %(number)s item",
        "%(unit)s · %(day)s · %(number)s items",
        one.number,
        unit=unit,
        day=show_date(one.ends_on, "short"),
    )
