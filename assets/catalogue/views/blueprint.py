"""The blueprint of the catalogue's pages."""

from flask import Blueprint

blueprint = Blueprint("catalogue", __name__)
