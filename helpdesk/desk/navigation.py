"""The places of the service a person may go to, in the order of the rail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request

from assets.loans import access as loans
from assets.register import access as register
from kernel.access import Permission, Viewer
from kernel.i18n import lazy_gettext as _l
from office.bookkeeping import access as bookkeeping
from office.calendar import access as calendar
from office.notifications import access as notifications
from office.people import access as people
from office.places import access as places


@dataclass(frozen=True)
class Destination:
    """One line of the navigation; ``phone`` puts it into the bar at the bottom of a phone.

    ``exact`` marks one page of a room that has a line of its own beside the room's.
    """

    endpoint: str
    label: Any
    icon: str
    right: Permission | None
    group: Any = None
    phone: bool = False
    exact: bool = False

    @property
    def active(self) -> bool:
        """The present page belongs to this destination."""
        return request.endpoint == self.endpoint or (
            not self.exact
            and "." in self.endpoint
            and (request.blueprint == self.endpoint.split(".")[0] != "desk")
        )


def destinations() -> tuple[Destination, ...]:
    """Return every destination of the service."""
    return (
        Destination("desk.home", _l("Home"), "house", None, phone=True),
        Destination("notifications.inbox", _l("Inbox"), "inbox", None),
        Destination("loans.mine", _l("My loans"), "person-badge", None, exact=True),
        Destination(
            "register.item_list",
            _l("Register"),
            "box-seam",
            register.SEE,
            _l("Equipment"),
            phone=True,
        ),
        Destination(
            "lending.desk", _l("Lending desk"), "upc-scan", loans.LEND, _l("Equipment"), phone=True
        ),
        Destination("loans.out_now", _l("Loans"), "arrow-left-right", loans.SEE, _l("Equipment")),
        Destination("places.units", _l("Units and rooms"), "building", places.SEE, _l("Office")),
        Destination("staff.people", _l("People"), "people", people.SEE, _l("Office")),
        Destination("calendar.year", _l("Calendar"), "calendar-event", calendar.SEE, _l("Office")),
        Destination(
            "audit.entries", _l("Audit trail"), "journal-text", bookkeeping.AUDIT, _l("Office")
        ),
        Destination(
            "messages.outgoing", _l("Messages"), "envelope", notifications.SEE, _l("Administration")
        ),
        Destination(
            "timetable.overview",
            _l("Timetable"),
            "clock-history",
            bookkeeping.TIMETABLE,
            _l("Administration"),
        ),
    )


def navigation_for(viewer: Viewer) -> list[Destination]:
    """Return the destinations that are open to a viewer."""
    if viewer.is_guest:
        return []
    return [d for d in destinations() if d.right is None or viewer.may(d.right)]
