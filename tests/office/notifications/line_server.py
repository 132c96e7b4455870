"""A stand-in for LINE's Messaging API on this machine, as strict as the real one.

It refuses a wrong token, a body that is no push, more than five messages, a text of more than 5,000
units of UTF-16; it knows a retry key again, keeps count of the month, and says so as LINE does.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "a channel access token of no real channel"
LONGEST = 5000


@dataclass
class LineService:
    """What the stand-in was sent, and how it shall behave."""

    url: str = ""
    pushed: list[tuple[str, str]] = field(default_factory=list)
    replied: list[tuple[str, str]] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    month: int | None = None
    used: int = 0
    trouble: list[int] = field(default_factory=list)
    hang_up_after_taking: bool = False


class _Handler(BaseHTTPRequestHandler):
    service: LineService

    def log_message(self, *_words: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        if not self._may_enter():
            return
        if self.path == "/v2/bot/message/quota":
            month = self.service.month
            self._answer(
                200, {"type": "none"} if month is None else {"type": "limited", "value": month}
            )
        elif self.path == "/v2/bot/message/quota/consumption":
            self._answer(200, {"totalUsage": self.service.used})
        else:
            self._answer(404, {"message": "Not found"})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if not self._may_enter():
            return
        if self.service.trouble:
            self._answer(self.service.trouble.pop(0), {"message": "Sorry"})
        elif not _is_good(body.get("messages")):
            self._answer(400, {"message": "The request body has 1 error(s)"})
        elif self.path == "/v2/bot/message/push":
            self._push(body)
        elif self.path == "/v2/bot/message/reply" and body.get("replyToken"):
            self.service.replied.append((body["replyToken"], body["messages"][0]["text"]))
            self._answer(200, {})
        else:
            self._answer(404, {"message": "Not found"})

    def _push(self, body: dict[str, Any]) -> None:
        service, key = self.service, self.headers.get("X-Line-Retry-Key", "")
        if not str(body.get("to", "")).startswith("U"):
            self._answer(400, {"message": "The property, 'to', in the request body is invalid"})
        elif key in service.keys:
            self._answer(409, {"message": "The retry key is already accepted"})
        elif service.month is not None and service.used >= service.month:
            self._answer(429, {"message": "You have reached your monthly limit."})
        else:
            service.keys.add(key)
            service.used += 1
            service.pushed.append((body["to"], body["messages"][0]["text"]))
            if service.hang_up_after_taking:
                self.close_connection = True
                self.connection.close()
                return
            self._answer(200, {"sentMessages": [{"id": "1"}]})

    def _may_enter(self) -> bool:
        if self.headers.get("Authorization") == f"Bearer {TOKEN}":
            return True
        self._answer(401, {"message": "Authentication failed"})
        return False

    def _answer(self, status: int, words: dict[str, Any]) -> None:
        body = json.dumps(words).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _is_good(messages: Any) -> bool:
    return (
        isinstance(messages, list)
        and 1 <= len(messages) <= 5
        and all(
            one.get("type") == "text" and 1 <= len(one["text"].encode("utf-16-le")) // 2 <= LONGEST
            for one in messages
        )
    )


@contextmanager
def line_service() -> Iterator[LineService]:
    """Run the stand-in for the length of the block."""
    service = LineService()
    handler = type("Handler", (_Handler,), {"service": service})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    service.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
