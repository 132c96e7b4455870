"""How gunicorn serves: address, processes and threads come from the settings."""

from config import Settings

_settings = Settings.from_environment()
bind = f"{_settings.host}:{_settings.port}"
workers = _settings.web_processes
threads = _settings.web_threads
timeout = 120
graceful_timeout = 20
max_requests = 20_000
max_requests_jitter = 2_000
wsgi_app = "wsgi:app"
