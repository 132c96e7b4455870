"""A real mail server on this machine, for tests of delivery."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

TAKEN = "250 Message accepted"


class Letterbox:
    """What the server took, and what it is told to answer.

    ``on_rcpt`` and ``on_data`` hold the answers to come, first in first out; then it takes all.
    """

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.secure: list[bool] = []
        self.sign_ins: list[tuple[str, str]] = []
        self.on_rcpt: list[str] = []
        self.on_data: list[str] = []
        self.on_taken: Callable[[], None] | None = None
        self.hang_up_after_taking = False
        self.url = ""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if self.on_rcpt:
            answer = self.on_rcpt.pop(0)
            if not answer.startswith("2"):
                return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.on_data:
            return self.on_data.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        letter = message_from_bytes(content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.recipients += envelope.rcpt_tos
        self.secure.append(session.ssl is not None)
        if self.on_taken:
            self.on_taken()
        if self.hang_up_after_taking:
            assert server.transport is not None
            server.transport.abort()  # type: ignore[attr-defined]
        return TAKEN

    def authenticate(
        self, _server: Any, _session: Any, _envelope: Any, _how: str, data: Any
    ) -> Any:
        assert isinstance(data, LoginPassword)
        self.sign_ins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"right@word", handled=False)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def mail_server(*, sign_in: str = "", tls: ssl.SSLContext | None = None) -> Iterator[Letterbox]:
    """Run a server while the block runs.

    Args:
        sign_in: ``user:password@`` to put into the address.
        tls: what it offers STARTTLS with.
    """
    box = Letterbox()
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=box.authenticate,
        auth_require_tls=False,
        tls_context=tls,
    )
    controller.start()
    box.url = f"smtp://{sign_in}127.0.0.1:{controller.port}"
    try:
        yield box
    finally:
        controller.stop()
