"""The settings of approvals: how much a link may decide, and after how many days people hear."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from flask import current_app

from config import Settings


@dataclass(frozen=True)
class Limits:
    """``by_link``: baht up to which the link of a message decides without signing in.

    ``remind_after`` and ``escalate_after`` are working days since the step opened.
    """

    by_link: Decimal
    link_lives: timedelta
    remind_after: int
    escalate_after: int


def limits() -> Limits:
    """Return the limits of the running application."""
    settings: Settings = current_app.extensions["settings"]
    return Limits(
        by_link=Decimal(settings.approval_link_baht),
        link_lives=timedelta(hours=settings.approval_link_hours),
        remind_after=settings.approval_remind_days,
        escalate_after=settings.approval_escalate_days,
    )
