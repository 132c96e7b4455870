"""Every page of the room, gathered on its blueprint."""

from __future__ import annotations

from assets.counts.views import papers, report, reviewing, rounds, walking
from assets.counts.views.blueprint import blueprint

__all__ = ["blueprint", "papers", "report", "reviewing", "rounds", "walking"]
