"""What the home page warns of in red; each source is put in once by the room that watches it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from helpdesk.desk.queries import Target
from kernel.access import Viewer
from kernel.i18n import language
from kernel.kept import kept

ROOM = "alarms"


@dataclass(frozen=True)
class Alarm:
    """One sentence in red, and where to look."""

    text: str
    target: Target


Source = Callable[[Viewer], "Alarm | None"]
_sources: dict[str, Source] = {}


def fill(name: str, source: Source) -> None:
    """Let a room add an alarm; a second call under the same name replaces the first."""
    _sources[name] = source


def alarms_for(viewer: Viewer) -> list[Alarm]:
    """Return what the viewer is warned of, as it stood at most a minute ago."""
    key = (language(), tuple(sorted(viewer.grants.items(), key=lambda one: one[0])))
    return kept(ROOM, key, lambda: _all(viewer))


def _all(viewer: Viewer) -> list[Alarm]:
    return [found for source in _sources.values() if (found := source(viewer)) is not None]
