"""The blueprint that the pages of loans share."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("loans", __name__)
