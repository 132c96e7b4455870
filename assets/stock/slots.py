"""A place that rooms above fill: what a number typed at a bin stands for.

Stock lies below tickets and requests. ``helpdesk.app`` puts their answers in; each looks for a
thing of its own kind that the viewer may hand materials out for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assets.stock.asked import Reference
from kernel.access import Viewer
from office.people.models import Person


@dataclass(frozen=True)
class Purpose:
    """What materials are taken for.

    Attributes:
        reference: the id and number of the ticket or request.
        title: what it is about, for the person who types the number.
        link: its page.
        requester: who asked; None where who takes the materials asks for them (a repair).
        approver: who approved the request; None: the store's orderer orders.
    """

    reference: Reference
    title: str
    link: str
    requester: Person | None = None
    approver: Person | None = None


Find = Callable[[str, Viewer], Purpose | None]
_finders: dict[str, Find] = {}


def fill(room: str, find: Find) -> None:
    """Let a room answer what a number stands for; a second call replaces the first."""
    _finders[room] = find


def find_purpose(number: str, viewer: Viewer) -> Purpose | None:
    """Return what a typed number stands for; None where no room knows it."""
    for find in _finders.values():
        found = find(number, viewer)
        if found is not None:
            return found
    return None
