"""The places of the service a person may go to, in the order of the rail, group by group.

First what concerns everybody, then the rooms where things are done all day, then the own things
(for most people they follow at once), then the rest of the office. A page of a room that is
reached from another page of it (a list's imports, a path of approval) has no line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from flask import render_template, request
from markupsafe import Markup

from assets.catalogue import access as catalogue
from assets.counts import access as counts
from assets.disposals import access as disposals
from assets.labels import access as labels
from assets.licences import access as licences
from assets.loans import access as loans
from assets.maintenance import access as maintenance
from assets.register import access as register
from assets.stock import access as stock
from assets.transfers import access as transfers
from assets.values import access as values
from assets.vendors import access as vendors
from helpdesk.access_rights import access as access_rights
from helpdesk.coming import access as coming
from helpdesk.desk import access as desk
from helpdesk.figures import access as figures
from helpdesk.incidents import access as incidents
from helpdesk.mail_in import access as mail_in
from helpdesk.minutes import access as meetings
from helpdesk.privacy_requests import access as privacy_requests
from helpdesk.programmes import access as programmes
from helpdesk.purchases import access as purchases
from helpdesk.repairs import access as repairs
from helpdesk.requests import access as requests
from helpdesk.risks import access as risks
from helpdesk.specifications import access as specifications
from helpdesk.studies import access as studies
from helpdesk.surveys import access as surveys
from helpdesk.tickets import access as tickets
from helpdesk.tickets.categories import access as categories
from helpdesk.trainings import access as trainings
from kernel.access import Permission, Viewer
from kernel.i18n import language
from kernel.i18n import lazy_gettext as _l
from office.access_log import access as access_log
from office.approvals import access as approvals
from office.bookkeeping import access as bookkeeping
from office.calendar import access as calendar
from office.cards import access as cards
from office.letters import access as letters
from office.notifications import access as notifications
from office.papers import access as papers
from office.people import access as people
from office.places import access as places
from office.privacy import access as privacy


@dataclass(frozen=True, eq=False)
class Destination:
    """One line of the navigation.

    ``phone`` is its rank in the bar at the bottom of a phone, 0 where it is not there; the bar
    takes the first five of those that are open to the viewer. ``exact`` marks one page of a room
    that has a line of its own beside the room's; ``below`` names pages of the room under that page.
    """

    endpoint: str
    label: Any
    icon: str
    right: Permission | None
    group: Any = None
    phone: int = 0
    exact: bool = False
    below: tuple[str, ...] = ()

    def holds(self, page: str) -> bool:
        """Tell whether a page belongs to this destination.

        Args:
            page: its endpoint, empty where no page was found.
        """
        room, _dot, name = page.rpartition(".")
        if page == self.endpoint:
            return True
        in_room = room == self.endpoint.split(".")[0] != "desk"
        if in_room and name in self.below:
            return True
        return in_room and not self.exact and page not in lines_of_their_own()


@cache
def lines_of_their_own() -> frozenset[str]:
    """Return the endpoints that have a line beside the line of their room."""
    found: set[str] = set()
    for one in destinations():
        if one.exact:
            room = one.endpoint.split(".")[0]
            found |= {one.endpoint, *(f"{room}.{name}" for name in one.below)}
    return frozenset(found)


@cache
def destinations() -> tuple[Destination, ...]:
    """Return every destination of the service."""
    return (
        *_everybody(),
        *_under(_l("Repairs"), _repairs()),
        *_under(_l("Lending"), _lending()),
        *_under(_l("Equipment"), _equipment()),
        *_under(_l("My own"), _own()),
        *_under(_l("Moving"), _moving()),
        *_under(_l("The nine processes"), _processes()),
        *_under(_l("Office"), (*_office(), *_office_records())),
        *_under(_l("Administration"), _administration()),
    )


def _under(group: Any, lines: tuple[Destination, ...]) -> tuple[Destination, ...]:  # noqa: ANN401 - a lazy text
    return tuple(replace(line, group=group) for line in lines)


def _everybody() -> tuple[Destination, ...]:
    return (
        Destination("desk.home", _l("Home"), "house", None, phone=1),
        Destination("approvals.waiting", _l("Approvals"), "check-square", approvals.SIGN, phone=5),
        Destination("year.overview", _l("Year at a glance"), "graph-up", desk.YEAR),
        Destination("notifications.inbox", _l("Inbox"), "inbox", None),
        Destination("coming.coming", _l("What is coming"), "calendar-check", coming.SEE),
        Destination("knowledge.articles", _l("Knowledge"), "book", None),
    )


def _own() -> tuple[Destination, ...]:
    return (
        Destination("tickets.mine", _l("My reports"), "chat-left-text", None, exact=True, phone=6),
        Destination(
            "transfers.mine", _l("My equipment"), "person-check", None, exact=True, phone=7
        ),
        Destination("loans.things", _l("Borrow"), "calendar-plus", loans.ASK, exact=True),
        Destination("loans.mine", _l("My loans"), "person-badge", None, exact=True, phone=8),
        Destination("requests.mine", _l("My requests"), "send", requests.ASK, phone=9),
        Destination("purchases.mine", _l("My purchases"), "cart", purchases.ASK),
        Destination("access_rights.mine", _l("My access"), "key", None, exact=True),
        Destination("trainings.offered", _l("Trainings"), "mortarboard", trainings.TAKE),
        Destination("surveys.mine", _l("Surveys to answer"), "ui-checks", surveys.MINE, exact=True),
        Destination("cards.mine", _l("My card"), "person-vcard", None, exact=True),
        Destination(
            "incidents.mine",
            _l("Report a security incident"),
            "shield-exclamation",
            incidents.REPORT,
            exact=True,
        ),
    )


def _repairs() -> tuple[Destination, ...]:
    return (
        Destination("tickets.queue", _l("Repair queue"), "tools", tickets.SEE, phone=2),
        Destination("figures.overview", _l("Figures"), "bar-chart", figures.SEE),
        Destination(
            "figures.advice",
            _l("Advice"),
            "chat-dots",
            figures.SEE,
            exact=True,
            below=("note", "topics"),
        ),
        Destination(
            "repairs.outside_list", _l("Repairs outside"), "truck", repairs.SEE, exact=True
        ),
        Destination("vendors.vendors", _l("Vendors"), "shop", vendors.SEE),
        Destination(
            "repairs.saved_replies",
            _l("Saved replies"),
            "chat-quote",
            repairs.REPLY,
            exact=True,
            below=("save_reply", "edit_reply"),
        ),
        Destination(
            "repairs.checklist_list",
            _l("Checklists"),
            "list-check",
            repairs.SET_UP,
            exact=True,
            below=("add_checklist", "edit_checklist"),
        ),
    )


def _lending() -> tuple[Destination, ...]:
    return (
        Destination("lending.desk", _l("Lending desk"), "upc-scan", loans.LEND, phone=4),
        Destination(
            "loans.coming_setups",
            _l("Meetings to set up"),
            "projector",
            loans.SET_OPERATOR,
            exact=True,
        ),
        Destination("loans.out_now", _l("Loans"), "arrow-left-right", loans.SEE),
    )


def _equipment() -> tuple[Destination, ...]:
    return (
        Destination("register.item_list", _l("Register"), "box-seam", register.SEE, phone=3),
        Destination(
            "register.expected", _l("Expected items"), "hourglass", register.SEE, exact=True
        ),
        Destination("catalogue.tree", _l("Catalogue"), "diagram-3", catalogue.SEE),
        Destination("stock.balances", _l("Stock"), "boxes", stock.SEE),
        Destination("labels.overview", _l("Labels"), "tags", labels.PRINT),
        Destination("maintenance.of_year", _l("Maintenance"), "wrench-adjustable", maintenance.SEE),
        Destination("licences.licences", _l("Licences"), "award", licences.SEE),
        Destination("counts.rounds", _l("Annual inspection"), "clipboard-check", counts.SEE),
    )


def _moving() -> tuple[Destination, ...]:
    return (
        Destination(
            "loans.request_list",
            _l("Loan requests"),
            "inboxes",
            loans.SEE,
            exact=True,
        ),
        Destination(
            "transfers.moves", _l("Move things to a room"), "geo-alt", register.MOVE, exact=True
        ),
        Destination(
            "transfers.handovers",
            _l("Handovers"),
            "person-lines-fill",
            transfers.SEE_HANDOVER,
            exact=True,
        ),
        Destination("transfers.transfers", _l("Transfers"), "truck", transfers.SEE, exact=True),
        Destination(
            "transfers.movements",
            _l("Movements"),
            "signpost-split",
            transfers.SEE_MOVEMENT,
            exact=True,
        ),
    )


def _processes() -> tuple[Destination, ...]:
    """Return the runs of the manual's processes, and the rooms that carry one out."""
    return (
        Destination(
            "programmes.process_list", _l("Steps and forms"), "book", programmes.READ, exact=True
        ),
        Destination("programmes.programme_list", _l("Programmes"), "diagram-3", programmes.READ),
        Destination(
            "incidents.incidents",
            _l("Security incidents"),
            "shield-exclamation",
            incidents.SEE,
        ),
        Destination(
            "privacy_requests.requests",
            _l("Requests about own data"),
            "person-lines-fill",
            privacy_requests.SEE,
        ),
        Destination(
            "privacy.processing",
            _l("Records of processing"),
            "journal-text",
            privacy.REVIEW,
            exact=True,
        ),
        Destination(
            "access_rights.system_list",
            _l("Register of systems"),
            "hdd-network",
            access_rights.REGISTER,
            exact=True,
        ),
        Destination("studies.studies", _l("Studies of systems"), "search", studies.SEE),
        Destination("developments.developments", _l("ICT development"), "lightbulb", studies.SEE),
        Destination("surveys.surveys", _l("Surveys"), "clipboard-data", surveys.SEE),
    )


def _office() -> tuple[Destination, ...]:
    return (
        Destination(
            "purchases.overview",
            _l("Purchases"),
            "cart-check",
            purchases.SEE,
            exact=True,
        ),
        Destination(
            "purchases.budgets",
            _l("Budgets"),
            "piggy-bank",
            purchases.BUDGETS,
            exact=True,
        ),
        Destination(
            "specifications.specifications",
            _l("Specifications"),
            "list-check",
            specifications.READ,
            _l("Equipment"),
        ),
        Destination("values.register", _l("Book values"), "bank", values.SEE),
        Destination("disposals.disposals", _l("Disposals"), "recycle", disposals.SEE),
        Destination("places.units", _l("Units and rooms"), "building", places.SEE),
        Destination("staff.people", _l("People"), "people", people.SEE),
        Destination("cards.overview", _l("User cards"), "person-vcard", cards.SEE),
        Destination(
            "access_rights.overview",
            _l("Access rights"),
            "shield-lock",
            access_rights.SEE,
            exact=True,
        ),
    )


def _office_records() -> tuple[Destination, ...]:
    return (
        Destination("meetings.meetings", _l("Meetings"), "people", meetings.BEGIN),
        Destination(
            "gallery.gallery", _l("Forms and papers"), "file-earmark-pdf", papers.SEE, exact=True
        ),
        Destination("risks.tables", _l("Internal control"), "shield-exclamation", risks.SEE),
        Destination("letters.letters", _l("Register of letters"), "envelope", letters.SEE),
        Destination("calendar.year", _l("Calendar"), "calendar-event", calendar.SEE),
        Destination("audit.entries", _l("Audit trail"), "journal-text", bookkeeping.AUDIT),
        Destination("access_log.entries", _l("Access log"), "shield-check", access_log.SEE),
    )


def _administration() -> tuple[Destination, ...]:
    return (
        Destination(
            "tickets.target_list", _l("Deadlines"), "clock", tickets.SET_TARGETS, exact=True
        ),
        Destination("categories.categories", _l("Categories of reports"), "tags", categories.EDIT),
        Destination("mail_in.mails", _l("Mails in"), "envelope-check", mail_in.SEE),
        Destination("messages.outgoing", _l("Messages"), "envelope", notifications.SEE),
        Destination("timetable.overview", _l("Timetable"), "clock-history", bookkeeping.TIMETABLE),
        Destination("backups.overview", _l("Backups"), "archive", bookkeeping.TIMETABLE),
    )


def navigation_for(viewer: Viewer) -> tuple[Destination, ...]:
    """Return the destinations that are open to a viewer."""
    return () if viewer.is_guest else _open_to(frozenset(viewer.grants.items()))


@lru_cache(512)
def _open_to(grants: frozenset[tuple[str, frozenset[int] | None]]) -> tuple[Destination, ...]:
    somebody = Viewer(grants=dict(grants))
    return tuple(d for d in destinations() if d.right is None or somebody.may(d.right))


def drawn(part: str, entries: tuple[Destination, ...]) -> Markup:
    """Return the rail or the bottom bar; the same for all who may go to the same places.

    Args:
        part: ``rail`` or ``bottom_bar``, the name of its template.
        entries: what ``navigation_for`` returned.
    """
    active = _active(entries, request.endpoint or "")
    return _drawn(part, entries, active, language(), request.script_root)


@lru_cache(4096)
def _active(entries: tuple[Destination, ...], page: str) -> tuple[bool, ...]:
    return tuple(entry.holds(page) for entry in entries)


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
