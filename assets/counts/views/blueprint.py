"""The blueprint of the annual inspection."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("counts", __name__, url_prefix="/counts")
