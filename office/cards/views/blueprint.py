"""The blueprint of the room, and what several of its pages need."""

from __future__ import annotations

from flask import Blueprint, current_app

from config import Settings
from office.cards import queries
from office.cards.papers import Issuer
from office.places.naming import office_name

blueprint = Blueprint("cards", __name__, url_prefix="/cards")


def settings() -> Settings:
    """Return the settings of the running application."""
    found: Settings = current_app.extensions["settings"]
    return found


def issuer() -> Issuer:
    """Return the office as it stands on cards."""
    return Issuer(office_name("th"), office_name("en"), queries.office_phone(), settings().base_url)
