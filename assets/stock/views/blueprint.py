"""The one blueprint that every page of the room hangs on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("stock", __name__, url_prefix="/stock")
