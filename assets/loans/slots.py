"""Places that rooms above fill: who sets up a meeting, and what becomes of a thing that is lost.

Loans lie below disposals and the service desk. ``helpdesk.app`` puts their answers in once: the
desk makes a ticket of an approved set-up, and disposals keep a lost thing in the register until
its papers strike it off (clauses 214 and 217).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from assets.loans.request_models import LoanRequest
from assets.register.models import Asset
from kernel.access import Viewer

Opened = Callable[[LoanRequest], str]
_opened: list[Opened] = []


class Heard(Protocol):
    """Hears that a borrower lost a thing, or that it came back after all."""

    def __call__(self, asset: Asset, number: str, why: str, *, by: Viewer) -> None:
        """Take it in; ``number`` is that of the loan, ``why`` what was said at the counter."""


_lost: list[Heard] = []
_found: list[Heard] = []


def fill_setup(opened: Opened) -> None:
    """Let the service desk take orders to set up a meeting; a second call replaces the first."""
    _opened[:] = [opened]


def order_setup(request: LoanRequest) -> str:
    """Order the set-up of an approved request; return the number people know it by."""
    return _opened[0](request) if _opened else ""


def fill_losses(lost: Heard, found: Heard) -> None:
    """Let disposals hear of what is lost and found; a second call replaces the first."""
    _lost[:], _found[:] = [lost], [found]


def lost(asset: Asset, number: str, why: str, *, by: Viewer) -> None:
    """Tell that a borrower lost a thing; its condition says so already."""
    for hear in _lost:
        hear(asset, number, why, by=by)


def found(asset: Asset, number: str, why: str, *, by: Viewer) -> None:
    """Tell that a thing that a borrower had lost is on the counter."""
    for hear in _found:
        hear(asset, number, why, by=by)
