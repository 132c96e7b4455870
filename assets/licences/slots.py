"""A place that a room above fills: where one asks for the renewal of a licence."""

from __future__ import annotations

from collections.abc import Callable

from assets.licences.models import Licence
from kernel.access import Viewer

# Returns the address of a form that is filled already, "" where the viewer may not ask.
Renewal = Callable[[Licence, Viewer], str]
_renewal: list[Renewal] = []


def fill(renewal: Renewal) -> None:
    """Let a room above take requests for renewals; a second call replaces the first."""
    _renewal[:] = [renewal]


def renewal_at(licence: Licence, viewer: Viewer) -> str:
    """Return where the viewer asks for a renewal, "" where nobody takes it."""
    return _renewal[0](licence, viewer) if _renewal else ""
