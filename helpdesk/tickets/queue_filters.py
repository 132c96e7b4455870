"""What the queue is narrowed to and how it is ordered: read from an address, made SQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import ColumnElement, select

from assets.register.models import Asset
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.queue_views import VIEWS
from helpdesk.tickets.states import TICKET, WAITING, Kind, Priority
from kernel import clock, search

LATE, TODAY, WEEK = "late", "today", "week"
DUES = (LATE, TODAY, WEEK)
AGES = ("1", "3", "7", "30", "90")
ANY_WAIT = "waiting"
NOBODY = 0
LONGEST_ID, LONGEST_QUERY, LONGEST_CODE = 12, 200, 20


@dataclass(frozen=True)
class Filters:
    """What the address of the queue asks for; empty means all.

    ``view`` is a key of ``VIEWS``. ``state`` is a state, or ``waiting`` for all of waiting.
    ``assignee_id`` 0 is nobody. ``due`` is ``late``, ``today`` or ``week``; ``age`` a number of
    days since the report. ``sort`` is the key of a column, led by ``-`` for the other direction.
    """

    view: str = "open"
    state: str = ""
    unit_id: int | None = None
    room_id: int | None = None
    class_id: int | None = None
    assignee_id: int | None = None
    category: str = ""
    priority: str = ""
    kind: str = ""
    due: str = ""
    age: str = ""
    text: str = ""
    sort: str = ""

    @property
    def narrows(self) -> bool:
        """Something of the view is left out."""
        return replace(self, view="open", sort="") != Filters()

    @property
    def is_open(self) -> bool:
        """The view holds open tickets only."""
        return VIEWS[self.view].is_open


def filters_from(args: Mapping[str, str]) -> Filters:
    """Read what the queue is narrowed to from an address; nonsense narrows nothing.

    Older addresses name the view ``view``, which is where the number of a saved view stands now.
    """

    def whole(name: str) -> int | None:
        raw = args.get(name, "")
        return int(raw) if raw.isdecimal() and len(raw) < LONGEST_ID else None

    def choice(name: str, known: Collection[str]) -> str:
        raw = args.get(name, "")
        return raw if raw in known else ""

    return Filters(
        view=choice("show", VIEWS) or choice("view", VIEWS) or "open",
        state=choice("state", {ANY_WAIT, *(str(one) for one in TICKET.faces)}),
        unit_id=whole("unit"),
        room_id=whole("room"),
        class_id=whole("class"),
        assignee_id=whole("who"),
        category=args.get("category", "")[:LONGEST_CODE],
        priority=choice("priority", {str(one) for one in Priority}),
        kind=choice("kind", {str(one) for one in Kind}),
        due=choice("due", DUES),
        age=choice("age", AGES),
        text=args.get("q", "").strip()[:LONGEST_QUERY],
        sort=args.get("sort", "")[:LONGEST_CODE],
    )


def narrowed(filters: Filters) -> list[ColumnElement[bool]]:
    """Return the WHERE terms of the filters beside the view."""
    terms: list[ColumnElement[bool]] = [
        column == wanted
        for column, wanted in (
            (Ticket.unit_id, filters.unit_id),
            (Ticket.room_id, filters.room_id),
            (Ticket.category, filters.category),
            (Ticket.priority, filters.priority),
            (Ticket.kind, filters.kind),
        )
        if wanted
    ]
    if filters.state:
        states = WAITING if filters.state == ANY_WAIT else (filters.state,)
        terms.append(Ticket.state.in_(states))
    if filters.assignee_id is not None:
        wanted = filters.assignee_id or None
        terms.append(Ticket.assignee_id == wanted if wanted else Ticket.assignee_id.is_(None))
    if filters.class_id:
        of_class = select(Asset.id).where(Asset.class_id == filters.class_id)
        terms.append(Ticket.asset_id.in_(of_class))
    return [*terms, *_by_time(filters), *_by_words(filters)]


def _by_time(filters: Filters) -> list[ColumnElement[bool]]:
    now = clock.now()
    terms: list[ColumnElement[bool]] = []
    if filters.due == LATE:
        terms.append(Ticket.next_due_at < now)
    elif filters.due:
        days = 1 if filters.due == TODAY else 7
        midnight = clock.local(now).replace(hour=0, minute=0, second=0, microsecond=0)
        terms.append(Ticket.next_due_at.between(now, midnight + timedelta(days=days)))
    if filters.age:
        terms.append(Ticket.opened_at < now - timedelta(days=int(filters.age)))
    return terms


def _by_words(filters: Filters) -> list[ColumnElement[bool]]:
    if not filters.is_open:
        return [search.contains(Ticket.search_key, filters.text)] if filters.text else []
    # Few tickets are open, however many there are: reading them beats the search index.
    return [search.holds(Ticket.search_key, word) for word in search.words(filters.text)]
