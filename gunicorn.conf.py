"""How gunicorn serves: address, processes and threads come from the settings."""

import gc
from typing import Any

from config import Settings, environment_of
from helpdesk.timetable import scheduler

_settings = Settings.from_environment(environment_of())
bind = f"{_settings.host}:{_settings.port}"
workers = _settings.web_processes
threads = _settings.web_threads
timeout = 120
graceful_timeout = 20
max_requests = 20_000
max_requests_jitter = 2_000
# Nobody steers the server through a socket, and two services of one person would share it.
control_socket_disable = True
# Whom to believe about address and scheme is said by HELPDESK_TRUSTED_PROXIES alone; without this
# gunicorn would believe whoever stands on the same machine.
forwarded_allow_ips = ""
wsgi_app = "wsgi:app"
# New objects before the collector looks; Python's 700 are less than one page makes.
COLLECTED_AFTER = (25_000, 20, 20)


def post_worker_init(worker: Any) -> None:  # noqa: ANN401 - gunicorn's worker
    """Start the timetable in each web process; the lease lets one of them run the jobs."""
    scheduler.start_beside(worker.wsgi)
    # Models, templates and addresses stay for good: the collector need not look through them.
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


def worker_exit(_server: Any, worker: Any) -> None:  # noqa: ANN401 - gunicorn's own
    """Give the lease back, so that the next process need not wait for it to run out."""
    if hasattr(worker, "wsgi"):
        scheduler.stop_beside(worker.wsgi)
