"""Places of a ticket that the rooms above fill: its page, its story, and what an end asks first.

Tickets know nothing of time, costs or companies. ``helpdesk.rooms`` brings in the rooms that
do; the page shows what they draw, and a ticket is resolved only where none of them objects.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from helpdesk.tickets.models import Ticket, TicketEntry
from kernel.access import Viewer


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
_asked: dict[str, Asked] = {}
_ended: dict[str, Ended] = {}
_told: dict[str, Told] = {}
_spends: list[Spends] = []


def fill(
    name: str,
    *,
    parts: Parts | None = None,
    before_resolving: Asked | None = None,
    moved: Ended | None = None,
    told: Mapping[str, Told] | None = None,
) -> None:
    """Let a room take part in tickets; a second call under the same name replaces the first.

    Args:
        parts: what the room draws on a ticket's page.
        before_resolving: raises ``Refusal`` where something is still to be done.
        moved: is called after every change of state, in the same unit of work.
        told: how the acts are told that the room writes into the story.
    """
    if parts is not None:
        _parts[name] = parts
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


def parts_of(ticket: Ticket, viewer: Viewer) -> dict[str, list[str]]:
    """Return the finished markup of the other rooms by its place on the page."""
    found: dict[str, list[str]] = {"top": [], "main": [], "side": []}
    for filler in _parts.values():
        for part in filler(ticket, viewer):
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
