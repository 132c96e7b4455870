"""A browser and its push service on this machine: it checks signatures and opens envelopes."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02


def plain(number: bytes) -> str:
    """Return bytes as browsers write them."""
    return base64.urlsafe_b64encode(number).rstrip(b"=").decode()


@dataclass
class Browser:
    """A browser that has subscribed, and what arrived there."""

    url: str = ""
    key: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = b"sixteen bytes .."
    notes: list[dict[str, str]] = field(default_factory=list)
    signed_by: list[str] = field(default_factory=list)
    trouble: list[int] = field(default_factory=list)

    @property
    def public_key(self) -> str:
        """Its key, as its subscription says it."""
        return plain(
            self.key.public_key().public_bytes(
                serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
            )
        )


class _Handler(BaseHTTPRequestHandler):
    browser: Browser

    def log_message(self, *_words: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.browser.trouble:
            self._answer(self.browser.trouble.pop(0))
            return
        token, key = (part.strip() for part in self.headers["Authorization"].split(","))
        assert token.startswith("vapid t=")
        assert Vapid02.verify(self.headers["Authorization"])
        self.browser.signed_by.append(key.removeprefix("k="))
        opened = http_ece.decrypt(
            body, private_key=self.browser.key, auth_secret=self.browser.secret, version="aes128gcm"
        )
        self.browser.notes.append(json.loads(opened))
        self._answer(201)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()


@contextmanager
def subscribed_browser() -> Iterator[Browser]:
    """Run the push service of one browser for the length of the block."""
    browser = Browser()
    handler = type("Handler", (_Handler,), {"browser": browser})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    browser.url = f"http://127.0.0.1:{server.server_port}/push/1"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield browser
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
