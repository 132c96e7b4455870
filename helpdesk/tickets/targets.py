"""How soon a ticket wants an answer and an end: the shipped targets and those the office has set.

Requests keep what they read for a minute; jobs and commands always read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from helpdesk.tickets.deadline_models import DeadlineChoice, TicketTarget
from helpdesk.tickets.states import HOUR, TARGETS, Priority
from kernel import kept
from kernel.db import db

CACHE = "ticket targets"
EVERY = ""
AMBER_PERCENT, RED_PERCENT = 75, 90


@dataclass(frozen=True)
class Target:
    """Working seconds from the report to the first answer, and of work to the end."""

    response: int
    resolution: int


RESPONSES = {
    Priority.LOW: 14 * HOUR,
    Priority.NORMAL: 7 * HOUR,
    Priority.HIGH: 2 * HOUR,
    Priority.URGENT: HOUR // 2,
}
SHIPPED = {str(one): Target(RESPONSES[one], TARGETS[one]) for one in Priority}


@dataclass(frozen=True)
class Targets:
    """All that holds now: targets by priority and category, and when a deadline is near.

    ``version`` is that of the office's own row, 0 where it has set nothing.
    """

    own: Mapping[tuple[str, str], Target] = field(default_factory=dict)
    amber_percent: int = AMBER_PERCENT
    red_percent: int = RED_PERCENT
    version: int = 0

    def of(self, priority: str, category: str = EVERY) -> Target:
        """Return the target of a priority in a category: the nearest that was set."""
        own = self.own.get((str(priority), str(category)))
        return own or self.fallback(priority, category)

    def fallback(self, priority: str, category: str) -> Target:
        """Return what holds where a category has no target of its own."""
        every = self.own.get((str(priority), EVERY)) if category else None
        return every or SHIPPED[str(priority)]

    def tone(self, left: int, whole: int) -> str:
        """Return how near a deadline is: ``neutral``, ``warn`` (amber) or ``danger`` (red).

        Args:
            left: working seconds to it, negative when it has passed.
            whole: the working seconds of the target.
        """
        used = 100 * (whole - left)
        if left < 0 or used >= self.red_percent * whole:
            return "danger"
        return "warn" if used >= self.amber_percent * whole else "neutral"


def targets() -> Targets:
    """Return what holds now; a request may see a change a minute late."""
    return kept.kept(CACHE, "all", in_force) if kept.in_request() else in_force()


def in_force() -> Targets:
    """Return what stands in the database at this moment."""
    rows = db.session.execute(
        select(
            TicketTarget.priority,
            TicketTarget.category,
            TicketTarget.response_seconds,
            TicketTarget.resolution_seconds,
        )
    )
    own = {(row[0], row[1]): Target(row[2], row[3]) for row in rows}
    choice = db.session.execute(
        select(DeadlineChoice.amber_percent, DeadlineChoice.red_percent, DeadlineChoice.version)
    ).first()
    return Targets(own, *choice) if choice else Targets(own)


def forget() -> None:
    """Let this process read anew; the door calls this when it has changed them."""
    kept.forget(CACHE)
