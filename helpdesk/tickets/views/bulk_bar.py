"""What can be done to several tickets at once, as the bar under the queue offers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from helpdesk.tickets import access
from helpdesk.tickets.states import PRIORITIES, TICKET, WAITS
from helpdesk.tickets.views import queue_narrowing
from kernel.access import Viewer
from kernel.i18n import language


@dataclass(frozen=True)
class Bar:
    """The acts that are open to a viewer, with what there is to choose; empty: not open."""

    may_take: bool
    people: list[tuple[int, str]]
    priorities: list[tuple[str, Any]]
    waits: list[tuple[str, Any]]
    may_close: bool
    may_note: bool

    def __bool__(self) -> bool:
        return self.may_take or self.may_close or self.may_note or bool(self.people)


def offered(me: Viewer) -> Bar:
    """Return what a viewer may do to several tickets at once."""
    english = language() == "en"
    people = queue_narrowing.technicians() if me.may(access.ASSIGN) else ()
    return Bar(
        may_take=me.may(access.TAKE),
        people=[
            (one.id, one.name_en if english and one.name_en else one.name_th) for one in people
        ],
        priorities=[(str(one), face.label) for one, face in PRIORITIES.items()]
        if me.may(access.PRIORITIZE)
        else [],
        waits=[(str(act), TICKET.acts[act]) for act in WAITS] if me.may(access.WORK) else [],
        may_close=me.may(access.CLOSE),
        may_note=me.may(access.NOTE),
    )
