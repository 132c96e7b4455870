"""The blueprint that the pages of the desk share."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("lending", __name__)
