"""The application that the web server loads."""

from config import Settings, environment_of
from helpdesk.app import create_app

app = create_app(Settings.from_environment(environment_of()))
