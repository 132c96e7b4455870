"""Telling people that equipment is due for service: once for each item, date and step.

Technicians and storekeepers hear of what the units they work for hold. A person gets one message
a day with everything in it. Steps: two weeks before, on the day, a week after; an item that is
found late is told of once, at the step it has reached.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import case, literal, or_, select
from sqlalchemy.orm import aliased

from assets.register.models import Asset, ServiceNotice
from assets.register.states import Lifecycle
from kernel import thai
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import language, ngettext, speaking
from office.bookkeeping import rules as bookkeeping
from office.people.access import Role
from office.people.models import Person, RoleGrant
from office.places.models import Unit

NEAR, DUE, PASSED = "near", "due", "passed"
NEAR_DAYS = 14
PASSED_DAYS = 7
TOLD = (Role.TECHNICIAN, Role.STOREKEEPER)
MOST_LISTED = 30


@dataclass(frozen=True)
class Waiting:
    """An item whose service people have to be told of."""

    asset_id: int
    asset_no: str
    name: str
    unit_path: str
    unit_th: str
    unit_en: str
    service_on: date
    step: str


def tell(today: date) -> int:
    """Write down the notices of a day and queue one message for each person.

    All of it belongs to one unit of work: a notice without its message would never be told.

    Args:
        today: the day in Bangkok. Where it had its messages already, nothing happens: what has
            come up since waits for the next day.

    Returns:
        how many items reached a new step.
    """
    told_today = select(ServiceNotice.id).where(ServiceNotice.noticed_on == today).limit(1)
    if db.session.scalar(told_today) is not None:
        return 0
    waiting = waiting_on(today)
    if not waiting:
        return 0
    db.session.add_all(
        ServiceNotice(
            asset_id=item.asset_id, service_on=item.service_on, step=item.step, noticed_on=today
        )
        for item in waiting
    )
    for person, paths in _people().values():
        theirs = [item for item in waiting if item.unit_path.startswith(tuple(paths))]
        if theirs:
            _tell_person(person, theirs, today)
    return len(waiting)


def waiting_on(today: date) -> list[Waiting]:
    """Return the items in service whose step of this day has not been told, the oldest first."""
    step = case(
        (Asset.next_service_on <= today - timedelta(days=PASSED_DAYS), literal(PASSED)),
        (Asset.next_service_on <= today, literal(DUE)),
        else_=literal(NEAR),
    )
    rows = db.session.execute(
        select(
            Asset.id,
            Asset.asset_no,
            Asset.name,
            Unit.path,
            Unit.name_th,
            Unit.name_en,
            Asset.next_service_on,
            step.label("step"),
        )
        .join(Unit, Unit.id == Asset.holding_unit_id)
        .outerjoin(
            ServiceNotice,
            (ServiceNotice.asset_id == Asset.id)
            & (ServiceNotice.service_on == Asset.next_service_on)
            & (ServiceNotice.step == step),
        )
        .where(
            Asset.next_service_on.is_not(None),
            Asset.next_service_on <= today + timedelta(days=NEAR_DAYS),
            Asset.lifecycle == Lifecycle.IN_SERVICE,
            ServiceNotice.id.is_(None),
        )
        .order_by(Asset.next_service_on, Asset.id)
    )
    return [Waiting(row[0], row[1] or "", *row[2:]) for row in rows]


def _people() -> dict[int, tuple[Person, list[str]]]:
    """Return who is told, with the paths of the units they work for."""
    root = aliased(Unit)
    rows = db.session.execute(
        select(Person, root.path)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .join(
            root,
            or_(
                root.id == RoleGrant.unit_id,
                RoleGrant.unit_id.is_(None) & root.parent_id.is_(None),
            ),
        )
        .where(RoleGrant.role.in_(TOLD), Person.left_on.is_(None))
        .order_by(Person.id)
    )
    found: dict[int, tuple[Person, list[str]]] = {}
    for person, path in rows:
        found.setdefault(person.id, (person, []))[1].append(path)
    return found


def _tell_person(person: Person, items: list[Waiting], today: date) -> None:
    with speaking(person.language):
        lines = [_line(item) for item in items[:MOST_LISTED]]
        more = len(items) - len(lines)
        if more:
            lines.append(ngettext("and %(number)s more item", "and %(number)s more items", more))
        bookkeeping.send(
            kind="service_due",
            subject=ngettext(
                "%(number)s item is due for service",
                "%(number)s items are due for service",
                len(items),
            ),
            body="\n\n".join([_("Please plan the service of this equipment:"), *lines]),
            language=person.language,
            person_id=person.id,
            link=f"/items/{items[0].asset_id}" if len(items) == 1 else "",
            dedupe_key=f"service_due:{person.id}:{today.isoformat()}",
        )


def _line(item: Waiting) -> str:
    said = {
        NEAR: _("service on %(date)s"),
        DUE: _("service due since %(date)s"),
        PASSED: _("service overdue since %(date)s"),
    }[item.step]
    when = said % {"date": thai.format_date(item.service_on, language=language(), style="short")}
    unit = item.unit_en if language() == "en" and item.unit_en else item.unit_th
    return " · ".join(part for part in (item.asset_no, item.name, unit, when) if part)
