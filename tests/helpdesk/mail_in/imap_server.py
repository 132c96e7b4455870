"""A real IMAP server on this machine, in a process of its own, with one mailbox."""

from __future__ import annotations

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

NAME, PASSWORD = "desk@office.test", "a pass word"
PROGRAM = Path(sys.executable).with_name("pymap")
LONGEST_START = 30.0


class Server:
    """The address of the server, and a hand that puts mails into its mailbox."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.url = f"imap://desk%40office.test:a%20pass%20word@127.0.0.1:{port}/INBOX"

    def put(self, *mails: bytes) -> None:
        """Put mails into the mailbox, as a mail server delivers them."""
        with imaplib.IMAP4("127.0.0.1", self.port) as line:
            line.login(NAME, PASSWORD)
            for mail in mails:
                answer, said = line.append("INBOX", "", '"01-Jan-2026 00:00:00 +0000"', mail)
                assert answer == "OK", said

    def empty(self) -> None:
        """Throw every mail away."""
        with imaplib.IMAP4("127.0.0.1", self.port) as line:
            line.login(NAME, PASSWORD)
            line.select("INBOX")
            line.store("1:*", "+FLAGS", r"(\Deleted)")
            line.expunge()

    def flags(self) -> list[bytes]:
        """Return the flags of every mail, to see that fetching left none."""
        with imaplib.IMAP4("127.0.0.1", self.port) as line:
            line.login(NAME, PASSWORD)
            line.select("INBOX", readonly=True)
            _answer, found = line.uid("FETCH", "1:*", "(FLAGS)")
        return [one for one in found if isinstance(one, bytes)]


@contextmanager
def running() -> Iterator[Server]:
    """Start the server; stop it at the end."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [str(PROGRAM), "--host", "127.0.0.1", "--port", str(port), "--no-tls", "dict"]
    process = subprocess.Popen(
        [*command, "--demo-user", NAME, "--demo-password", PASSWORD],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port, process)
        yield Server(port)
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + LONGEST_START
    while time.monotonic() < until:
        assert process.poll() is None, "the IMAP server ended at once"
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise AssertionError("the IMAP server did not start")
