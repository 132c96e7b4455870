"""The blueprint that every page of programmes hangs on."""

from flask import Blueprint

blueprint = Blueprint("programmes", __name__, url_prefix="/programmes")
