"""The blueprint of attachments."""

from flask import Blueprint

blueprint = Blueprint("attachments", __name__)
