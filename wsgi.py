"""The application that the web server and the commands load."""

import gc

# Modules and models stay for good: looking through them again and again while they are being
# loaded takes a quarter of the time that every start and every command needs.
gc.disable()

from config import Settings, environment_of  # noqa: E402 - after the collector rests
from helpdesk.app import create_app  # noqa: E402 - after the collector rests

app = create_app(Settings.from_environment(environment_of()))
gc.freeze()
gc.enable()
