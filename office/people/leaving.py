"""What keeps a person from leaving: the rooms above say it here, people know none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from office.people.models import Person


@dataclass(frozen=True)
class Standing:
    """One thing that stands in the way, for whoever wants to let the person go.

    Attributes:
        sentence: what it is, and what to do first.
        things: what it is about, by name; not necessarily all.
        href: the page on which it can be done, from the root of the service.
        action: the verb that leads there.
    """

    sentence: str
    things: tuple[str, ...] = ()
    href: str = ""
    action: str = ""


Obstacle = Callable[[Person], Standing | None]

_obstacles: dict[str, Obstacle] = {}


def ask(room: str, obstacle: Obstacle) -> None:
    """Let a room above say why somebody cannot leave now.

    Args:
        room: its name; asking a second time takes the place of the first.
        obstacle: returns what stands in the way, or None where nothing does.
    """
    _obstacles[room] = obstacle


def standing(person: Person) -> list[Standing]:
    """Return everything that keeps a person from leaving now."""
    said = (obstacle(person) for obstacle in _obstacles.values())
    return [one for one in said if one is not None]


def why_not(person: Person) -> str | None:
    """Return the first reason why a person cannot leave now, with the first things it is about."""
    first = next(iter(standing(person)), None)
    if first is None:
        return None
    return " ".join([first.sentence, "; ".join(first.things)]).strip()
