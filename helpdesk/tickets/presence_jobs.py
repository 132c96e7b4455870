"""What happens to presence because time passed."""

from __future__ import annotations

from helpdesk.tickets.rules import presence as rules
from kernel.work import work


def forget_presence() -> int:
    """Forget who had which ticket open; return how many rows."""
    with work():
        return rules.forget_old()
