"""Places of a ticket that the rooms above fill: its page, its story, and what an end asks first.

Tickets know nothing of time, costs or companies. ``helpdesk.rooms`` brings in the rooms that
do; the page shows what they draw, and a ticket is resolved only where none of them objects.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from markupsafe import Markup
from sqlalchemy import Select, bindparam, exists, select

from helpdesk.tickets.models import Ticket, TicketEntry
from kernel.access import Viewer
from kernel.db import db


@dataclass(frozen=True)
class Part:
    """Something drawn on the page of a ticket.

    Attributes:
        place: ``top`` (a notice over everything), ``main`` (under the conversation) or ``side``.
        html: the finished markup.
    """

    place: str
    html: str


@dataclass(frozen=True)
class Told:
    """How one kind of moment is told in the story of a ticket.

    Attributes:
        icon, tone: as the timeline component shows them.
        words: gives the line for an entry, in the language spoken.
        body: gives what stands under it; the second argument tells whether money may be told.
    """

    icon: str
    tone: str
    words: Callable[[TicketEntry], str]
    body: Callable[[TicketEntry, bool], str] = lambda entry, _costs: entry.body


Parts = Callable[[Ticket, Viewer], Sequence[Part]]
Asked = Callable[[Ticket], None]
Ended = Callable[[Ticket, Viewer], None]
# The ticket, baht, why it is paid although a warranty holds, and who pays.
Spends = Callable[[Ticket, Decimal, str, Viewer], None]

_parts: dict[str, Parts] = {}
_otherwise: dict[str, Parts] = {}
_hanging: dict[str, Any] = {}
_asked: dict[str, Asked] = {}
_ended: dict[str, Ended] = {}
_told: dict[str, Told] = {}
_spends: list[Spends] = []


def fill(
    name: str,
    *,
    parts: Parts | None = None,
    hanging: Any = None,  # noqa: ANN401 - a mapped column
    otherwise: Parts | None = None,
    before_resolving: Asked | None = None,
    moved: Ended | None = None,
    told: Mapping[str, Told] | None = None,
) -> None:
    """Let a room take part in tickets; a second call under the same name replaces the first.

    Args:
        parts: what the room draws on a ticket's page.
        hanging: a column of ticket ids; ``parts`` is called only where a row names the ticket. All
            rooms are asked in one statement: on most tickets nothing hangs.
        otherwise: what the room draws where nothing hangs.
        before_resolving: raises ``Refusal`` where something is still to be done.
        moved: is called after every change of state, in the same unit of work.
        told: how the acts are told that the room writes into the story.
    """
    if parts is not None:
        _parts[name] = parts
    if hanging is not None:
        _hanging[name] = hanging
        _what_hangs.cache_clear()
    if otherwise is not None:
        _otherwise[name] = otherwise
    if before_resolving is not None:
        _asked[name] = before_resolving
    if moved is not None:
        _ended[name] = moved
    _told.update(told or {})


def fill_costs(spends: Spends) -> None:
    """Let the room of costs write down what was paid; a second call replaces it."""
    _spends[:] = [spends]


def spend(ticket: Ticket, amount: Decimal, cover_why: str, by: Viewer) -> None:
    """Let what was paid be written down; where no room does, it is added to the ticket."""
    for spends in _spends:
        spends(ticket, amount, cover_why, by)
    if not _spends:
        ticket.repair_cost = (ticket.repair_cost or Decimal(0)) + amount


def hanging_on(ticket: Ticket) -> frozenset[str]:
    """Return the names under which rooms have something that hangs on a ticket, in one query."""
    row = db.session.execute(_what_hangs(), {"ticket_id": ticket.id}).one()
    return frozenset(name for name, hangs in row._asdict().items() if hangs)


@cache
def _what_hangs() -> Select[*tuple[Any, ...]]:
    ticket_id: Any = bindparam("ticket_id")
    return select(
        *(exists().where(column == ticket_id).label(name) for name, column in _hanging.items())
    )


def parts_of(ticket: Ticket, viewer: Viewer, there: Collection[str]) -> dict[str, list[str]]:
    """Return the finished markup of the other rooms by its place on the page.

    Args:
        there: what hangs on the ticket (``hanging_on``).
    """
    found: dict[str, list[str]] = {"top": [], "main": [], "side": []}
    for name in dict.fromkeys((*_parts, *_otherwise)):
        fillers = _otherwise if name in _hanging and name not in there else _parts
        if name in fillers:
            for part in fillers[name](ticket, viewer):
                found[part.place].append(Markup(part.html))  # noqa: S704 - a template of the room
    return found


def ask_before_resolving(ticket: Ticket) -> None:
    """Let every room say what is still to be done.

    Raises:
        Refusal: something is.
    """
    for ask in _asked.values():
        ask(ticket)


def tell_moved(ticket: Ticket, by: Viewer) -> None:
    """Tell the other rooms that a ticket has come into another state."""
    for hear in _ended.values():
        hear(ticket, by)


def told(act: str) -> Told | None:
    """Return how an act of another room is told; None where no room knows it."""
    return _told.get(act)
