"""When a job is due: pure arithmetic over moments.

A slot is computed from the clock alone, so every process agrees on it and nothing needs to be
remembered between two starts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Protocol

from kernel import clock
from kernel.i18n import gettext as _
from kernel.i18n import language, ngettext


class Rhythm(Protocol):
    """How often a job is due."""

    @property
    def text(self) -> str:
        """Say it for programs: ``daily 06:30``, ``every 60 s``."""

    @property
    def words(self) -> str:
        """Say it for a person."""

    def last(self, now: datetime) -> datetime:
        """Return the newest slot that is not later than ``now``."""

    def following(self, now: datetime) -> datetime:
        """Return the first slot later than ``now``."""


@dataclass(frozen=True)
class Daily:
    """Once a day, at a time by Bangkok's clock."""

    at: time

    @property
    def text(self) -> str:
        """``daily 06:30``."""
        return f"daily {self.at:%H:%M}"

    @property
    def words(self) -> str:
        """The same for a person."""
        shown = f"{self.at:%H.%M}" if language() == "th" else f"{self.at:%H:%M}"
        return _("Every day at %(time)s", time=shown)

    def last(self, now: datetime) -> datetime:
        """Return today's slot once it has come, else yesterday's."""
        today = clock.local(now).date()
        slot = clock.at(today, self.at)
        return slot if slot <= now else clock.at(today - timedelta(days=1), self.at)

    def following(self, now: datetime) -> datetime:
        """Return the slot after the last one."""
        return clock.at(clock.local(self.last(now)).date() + timedelta(days=1), self.at)


@dataclass(frozen=True)
class Every:
    """Again and again after a number of seconds, counted from midnight UTC of 1 January 1970."""

    seconds: int

    @property
    def text(self) -> str:
        """``every 60 s``."""
        return f"every {self.seconds} s"

    @property
    def words(self) -> str:
        """The same for a person; minutes where they are whole."""
        if self.seconds % 60:
            return ngettext("Every second", "Every %(number)s seconds", self.seconds)
        return ngettext("Every minute", "Every %(number)s minutes", self.seconds // 60)

    def last(self, now: datetime) -> datetime:
        """Return the newest multiple of the rhythm."""
        whole = int(now.timestamp()) // self.seconds * self.seconds
        return datetime.fromtimestamp(whole, UTC)

    def following(self, now: datetime) -> datetime:
        """Return the multiple after it."""
        return self.last(now) + timedelta(seconds=self.seconds)
