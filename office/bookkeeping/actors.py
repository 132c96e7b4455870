"""How those who acted are called on the page: the room of people fills this in from above.

The trail knows people by id and by the name that was written down. ``helpdesk.app`` says once who
tells their names in the language of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from office.bookkeeping.models import AuditEntry

Names = Callable[[Iterable[int | None]], dict[int, str]]
_tellers: list[Names] = []


def fill(names: Names) -> None:
    """Let a room tell the names of people; a second call replaces the first."""
    _tellers[:] = [names]


def called(rows: Iterable[AuditEntry]) -> dict[int, str]:
    """Return how those who acted are called, by the ids of the entries."""
    found = list(rows)
    known = {
        person_id: name
        for tell in _tellers
        for person_id, name in tell(row.actor_id for row in found).items()
    }
    return {row.id: known.get(row.actor_id or 0, row.actor_name) for row in found}
