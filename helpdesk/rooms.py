"""Every blueprint of the service on one screen."""

from __future__ import annotations

from flask import Blueprint

from assets.register.views.items import blueprint as register
from config import Settings
from helpdesk.desk.views import blueprint as desk
from office.people.views import blueprint as people


def blueprints(settings: Settings) -> list[Blueprint]:  # noqa: ARG001
    """Return the blueprints to serve."""
    return [desk, people, register]
