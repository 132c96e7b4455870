"""The words of a saved view: who finds it."""

from __future__ import annotations

from enum import StrEnum

from kernel.i18n import lazy_pgettext as _lp


class Reach(StrEnum):
    """Who finds a saved view in the list."""

    OWN = "own"
    UNIT = "unit"
    OFFICE = "office"


REACHES = {
    Reach.OWN: _lp("saved view", "Only me"),
    Reach.UNIT: _lp("saved view", "Everybody of my unit"),
    Reach.OFFICE: _lp("saved view", "Everybody in the office and its schools"),
}
