"""The one blueprint that every page of the room hangs on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("maintenance", __name__)
