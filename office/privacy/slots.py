"""What rooms say of the personal data they hold, for copies and for erasing.

Every table with a column of people is known by itself; a room says here only what cannot be seen:
which of its tables the law keeps as they are, what else belongs into a copy, what else is to be
done when somebody's data are erased. ``helpdesk.app`` puts the fillers in once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Subject:
    """Whose data are meant.

    Attributes:
        person_id: a person of the office; None for a guest.
        names: how they are called, in full.
        contacts: telephone numbers and e-mail addresses.
        logins: user name and card, which stand in the person's own row alone.
    """

    person_id: int | None
    names: tuple[str, ...]
    contacts: tuple[str, ...]
    logins: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """Rows of one kind for a copy: what they are called, the rows, and the files they name.

    ``files`` are pairs of a name in the copy and a key of the store.
    """

    kind: str
    rows: Sequence[Mapping[str, Any]]
    files: Sequence[tuple[str, str]] = ()


Copies = Callable[[Subject], Iterable[Part]]
Erases = Callable[[Subject], int]

_kept: dict[str, Any] = {}
_copies: dict[str, Copies] = {}
_erases: dict[str, Erases] = {}


def keep(ground: Any, *tables: str) -> None:  # noqa: ANN401 - a lazy text
    """Say that the law keeps tables as they are, and on what ground."""
    _kept.update(dict.fromkeys(tables, ground))


def fill(name: str, *, copies: Copies | None = None, erases: Erases | None = None) -> None:
    """Let a room take part; a second call under the same name replaces the first.

    Args:
        name: of the room.
        copies: what else belongs into the copy of somebody's data.
        erases: what else is erased, before names are replaced; returns how many rows.
    """
    if copies is not None:
        _copies[name] = copies
    if erases is not None:
        _erases[name] = erases


def kept() -> Mapping[str, Any]:
    """Return by table the ground on which it is kept as it is."""
    return _kept


def parts(subject: Subject) -> list[Part]:
    """Return what the rooms add to a copy."""
    return [part for ask in _copies.values() for part in ask(subject)]


def erase(subject: Subject) -> int:
    """Let the rooms erase; return how many rows were changed or removed."""
    return sum(erases(subject) for erases in _erases.values())
