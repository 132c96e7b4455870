"""The blueprint of the pages of figures."""

from flask import Blueprint

blueprint = Blueprint("figures", __name__)
