"""The service as a browser meets it: a threaded server over the test's database."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

HOST = "127.0.0.1"
# Seconds between two looks at whether the server shall end.
POLL = 0.02


class QuietHandler(WSGIRequestHandler):
    """Answers without writing a line for each request."""

    def log_request(self, *args: object) -> None:
        """Write nothing."""


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve the application inside the block and tell its address.

    It runs in threads of this process, so the clock that a test moves is the server's clock too.
    Private links and labels carry the address for as long as the block lasts.
    """
    server = make_server(HOST, 0, app, threaded=True, request_handler=QuietHandler)
    server.daemon_threads = False
    address = f"http://{HOST}:{server.server_port}"
    known = app.extensions["settings"]
    app.extensions["settings"] = dataclasses.replace(known, base_url=address)
    thread = threading.Thread(target=server.serve_forever, args=(POLL,))
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        app.extensions["settings"] = known
