"""The blueprint that every page of the room hangs on."""

from flask import Blueprint

blueprint = Blueprint("privacy", __name__)
