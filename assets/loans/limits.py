"""The settings of loans: for how long an approved request is kept ready."""

from __future__ import annotations

from flask import current_app

from config import Settings


def kept_days() -> int:
    """Return for how many open days after its first day an approved request is kept ready."""
    settings: Settings = current_app.extensions["settings"]
    return settings.loan_kept_days
