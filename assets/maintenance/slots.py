"""Where rooms above help maintenance: a visit's job in the queue, repairs of what was bad."""

from __future__ import annotations

from collections.abc import Callable

from assets.maintenance.models import Occurrence, Visit
from kernel.access import Viewer

Order = Callable[[Visit], str]
Repair = Callable[[Occurrence, list[str], Viewer], str]
Settle = Callable[[Visit, Viewer], None]
Follow = Callable[[Visit, Viewer], None]

_order: list[Order] = []
_repair: list[Repair] = []
_settle: list[Settle] = []
_follow: list[Follow] = []


def fill(*, order: Order, repair: Repair, settle: Settle, follow: Follow) -> None:
    """Let a room above make jobs of visits and repairs, and follow a visit that ends."""
    _order[:], _repair[:], _settle[:] = [order], [repair], [settle]
    _follow[:] = [follow]


def order(visit: Visit) -> str:
    """Return the number of the job that a visit became, "" where nobody makes one."""
    return _order[0](visit) if _order else ""


def repair(occurrence: Occurrence, faults: list[str], by: Viewer) -> str:
    """Return the number of the repair of what was not in order, "" where nobody makes one."""
    return _repair[0](occurrence, faults, by) if _repair else ""


def follow(visit: Visit, by: Viewer) -> None:
    """Tell whoever keeps the job of a visit that it has another day or another person."""
    for told in _follow:
        told(visit, by)


def settle(visit: Visit, by: Viewer) -> None:
    """Tell whoever keeps the job of a visit that the visit is over."""
    for told in _settle:
        told(visit, by)
