"""The application that the web server loads."""

from config import Settings
from helpdesk.app import create_app

app = create_app(Settings.from_environment())
