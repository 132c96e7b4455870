"""The places of the service a person may go to, in the order of the rail."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from flask import render_template, request
from markupsafe import Markup

from assets.catalogue import access as catalogue
from assets.counts import access as counts
from assets.labels import access as labels
from assets.loans import access as loans
from assets.register import access as register
from assets.transfers import access as transfers
from helpdesk.tickets import access as tickets
from kernel.access import Permission, Viewer
from kernel.i18n import language
from kernel.i18n import lazy_gettext as _l
from office.approvals import access as approvals
from office.bookkeeping import access as bookkeeping
from office.calendar import access as calendar
from office.notifications import access as notifications
from office.people import access as people
from office.places import access as places


@dataclass(frozen=True, eq=False)
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
        if request.endpoint == self.endpoint:
            return True
        in_room = request.blueprint == self.endpoint.split(".")[0] != "desk"
        return in_room and not self.exact and request.endpoint not in lines_of_their_own()


@cache
def lines_of_their_own() -> frozenset[str]:
    """Return the endpoints that have a line beside the line of their room."""
    return frozenset(one.endpoint for one in destinations() if one.exact)


@cache
def destinations() -> tuple[Destination, ...]:
    """Return every destination of the service."""
    return (
        Destination("desk.home", _l("Home"), "house", None, phone=True),
        Destination(
            "tickets.queue", _l("Repair queue"), "tools", tickets.SEE, _l("Repairs"), phone=True
        ),
        Destination(
            "tickets.mine", _l("My reports"), "chat-left-text", None, exact=True, phone=True
        ),
        Destination("approvals.waiting", _l("Approvals"), "check-square", approvals.SIGN),
        Destination("notifications.inbox", _l("Inbox"), "inbox", None),
        Destination("loans.mine", _l("My loans"), "person-badge", None, exact=True),
        Destination("transfers.mine", _l("My equipment"), "person-check", None, exact=True),
        Destination(
            "register.item_list",
            _l("Register"),
            "box-seam",
            register.SEE,
            _l("Equipment"),
            phone=True,
        ),
        Destination(
            "register.expected",
            _l("Expected items"),
            "hourglass",
            register.SEE,
            _l("Equipment"),
            exact=True,
        ),
        Destination("catalogue.tree", _l("Catalogue"), "diagram-3", catalogue.SEE, _l("Equipment")),
        Destination(
            "lending.desk", _l("Lending desk"), "upc-scan", loans.LEND, _l("Equipment"), phone=True
        ),
        Destination("labels.overview", _l("Labels"), "tags", labels.PRINT, _l("Equipment")),
        Destination("loans.out_now", _l("Loans"), "arrow-left-right", loans.SEE, _l("Equipment")),
        Destination(
            "transfers.moves",
            _l("Move things to a room"),
            "geo-alt",
            register.MOVE,
            _l("Equipment"),
            exact=True,
        ),
        Destination(
            "transfers.handovers",
            _l("Handovers"),
            "person-lines-fill",
            transfers.SEE_HANDOVER,
            _l("Equipment"),
            exact=True,
        ),
        Destination(
            "transfers.transfers",
            _l("Transfers"),
            "truck",
            transfers.SEE,
            _l("Equipment"),
            exact=True,
        ),
        Destination(
            "transfers.movements",
            _l("Movements"),
            "signpost-split",
            transfers.SEE_MOVEMENT,
            _l("Equipment"),
            exact=True,
        ),
        Destination(
            "counts.rounds",
            _l("Annual inspection"),
            "clipboard-check",
            counts.SEE,
            _l("Equipment"),
        ),
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


def navigation_for(viewer: Viewer) -> tuple[Destination, ...]:
    """Return the destinations that are open to a viewer."""
    if viewer.is_guest:
        return ()
    return tuple(d for d in destinations() if d.right is None or viewer.may(d.right))


def drawn(part: str, entries: tuple[Destination, ...]) -> Markup:
    """Return the rail or the bottom bar; the same for all who may go to the same places.

    Args:
        part: ``rail`` or ``bottom_bar``, the name of its template.
        entries: what ``navigation_for`` returned.
    """
    active = tuple(entry.active for entry in entries)
    return _drawn(part, entries, active, language(), request.script_root)


@lru_cache(2048)
def _drawn(
    part: str,
    entries: tuple[Destination, ...],
    active: tuple[bool, ...],
    _language: str,
    _root: str,
) -> Markup:
    shown = list(zip(entries, active, strict=True))
    return Markup(render_template(f"_layout/{part}.html", shown=shown))  # noqa: S704 - a template
