"""The setting of the room: from which amount a repair by a company needs approval."""

from __future__ import annotations

from decimal import Decimal

from flask import current_app

from config import Settings


def approval_baht() -> Decimal:
    """Return the amount in baht above which a repair outside the office is approved first."""
    settings: Settings = current_app.extensions["settings"]
    return Decimal(settings.repair_approval_baht)
