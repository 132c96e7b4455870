"""The blueprint of the pages of knowledge."""

from flask import Blueprint

blueprint = Blueprint("knowledge", __name__)
