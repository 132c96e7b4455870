"""The emblem of the office, as its memos and orders carry it; papers without one leave its place.

The settings name the file (``HELPDESK_OFFICE_EMBLEM``) and have seen that it is a picture.
"""

from __future__ import annotations

from flask import current_app, has_app_context

from config import Settings


def of_office() -> tuple[str, bytes] | None:
    """Return the name under which papers find the emblem, and the picture; None without one."""
    if not has_app_context():
        return None
    settings: Settings = current_app.extensions["settings"]
    file = settings.office_emblem
    return (f"emblem{file.suffix.lower()}", file.read_bytes()) if file else None
