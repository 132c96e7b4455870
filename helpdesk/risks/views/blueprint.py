"""The blueprint that every page of the room hangs on."""

from flask import Blueprint

blueprint = Blueprint("risks", __name__, url_prefix="/risks")
