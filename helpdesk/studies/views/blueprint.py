"""The two blueprints of the room: studies (process 8) and developments (process 9)."""

from flask import Blueprint

blueprint = Blueprint("studies", __name__)
developments_blueprint = Blueprint("developments", __name__)
