"""What a process keeps for a minute, because every page asks for it and it hardly ever changes.

Only requests keep and use it; jobs and commands always read. Whoever changes such data forgets it
when the unit of work has committed: the own process knows at once, the others within a minute.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import TypeVar

from flask import current_app, has_request_context

T = TypeVar("T")
SECONDS, MOST = 60.0, 1000
NAME = "kept for a minute"
Room = dict[Hashable, tuple[float, T]]


def in_request() -> bool:
    """Tell whether a request is being answered, so that something may be kept."""
    return has_request_context()


def kept(room: str, key: Hashable, read: Callable[[], T]) -> T:
    """Return what this process keeps under a key, read anew where it is older than a minute.

    Threads share it without a lock: an entry is set at once and never changed, and the worst that
    two of them do is to read twice.

    Args:
        room: what is forgotten together, ``calendar``.
        key: which part of it.
        read: reads it from the database; what it returns must never be changed.
    """
    entries: Room[T] = current_app.extensions.setdefault(NAME, {}).setdefault(room, {})
    entry = entries.get(key)
    if entry is None or entry[0] < time.monotonic():
        if len(entries) >= MOST:
            entries.clear()
        entry = (time.monotonic() + SECONDS, read())
        entries[key] = entry
    return entry[1]


def forget(room: str) -> None:
    """Forget what this process keeps in a room."""
    if current_app:
        current_app.extensions.get(NAME, {}).pop(room, None)


def forget_all() -> None:
    """Forget everything, as a new process would know nothing."""
    current_app.extensions.pop(NAME, None)
