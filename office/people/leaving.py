"""What keeps a person from leaving: the rooms above say it here, people know none of them."""

from __future__ import annotations

from collections.abc import Callable

from office.people.models import Person

Obstacle = Callable[[Person], str | None]

_obstacles: dict[str, Obstacle] = {}


def ask(room: str, obstacle: Obstacle) -> None:
    """Let a room above say why somebody cannot leave now.

    Args:
        room: its name; asking a second time takes the place of the first.
        obstacle: returns the sentence, or None where nothing stands in the way.
    """
    _obstacles[room] = obstacle


def why_not(person: Person) -> str | None:
    """Return the first reason why a person cannot leave now."""
    said = (obstacle(person) for obstacle in _obstacles.values())
    return next((sentence for sentence in said if sentence), None)
