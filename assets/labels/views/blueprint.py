"""The blueprint of the labels' pages."""

from flask import Blueprint

blueprint = Blueprint("labels", __name__, url_prefix="/labels")
