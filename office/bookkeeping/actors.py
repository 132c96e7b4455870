"""How those who acted are called on the page: the room of people fills this in from above.

The trail knows people by id and by the name that was written down. ``helpdesk.app`` says once who
tells their names in the language of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kernel.i18n import lazy_gettext as _l
from office.bookkeeping.models import AuditEntry

Names = Callable[[Iterable[int | None]], dict[int, str]]
_tellers: list[Names] = []
# Who acts without being a person, by the name that is written down.
MACHINES = {
    "timetable": _l("the timetable"),
    "command line": _l("the command line"),
    "first start": _l("the first start"),
    "photos": _l("the pictures that were taken in"),
}


def fill(names: Names) -> None:
    """Let a room tell the names of people; a second call replaces the first."""
    _tellers[:] = [names]


def machine(name: str) -> str:
    """Return what one that is no person is called on the page; other names stay as they are."""
    return str(MACHINES.get(name, name))


def called(rows: Iterable[AuditEntry]) -> dict[int, str]:
    """Return how those who acted are called, by the ids of the entries."""
    found = list(rows)
    known = {
        person_id: name
        for tell in _tellers
        for person_id, name in tell(row.actor_id for row in found).items()
    }
    return {row.id: known.get(row.actor_id or 0, machine(row.actor_name)) for row in found}
