"""One session with the IMAP server. Nothing is deleted there; fetching changes no flag."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from types import TracebackType
from urllib.parse import unquote, urlsplit

from kernel.i18n import gettext as _

ANSWER_SECONDS = 30
IMAP_PORT, IMAPS_PORT = 143, 993
LOOPBACK = ("localhost", "127.0.0.1", "::1")
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
UID = re.compile(rb"UID (\d+)")


class Unreachable(Exception):
    """The mailbox cannot be read; the message says why."""


class Mailbox:
    """An open session; use it as a context."""

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)
        self._line: imaplib.IMAP4 | None = None
        self.epoch = 0

    def __enter__(self) -> Mailbox:
        """Connect, encrypt, sign in and open the folder.

        Raises:
            Unreachable: any of it failed.
        """
        try:
            self._line = self._connect()
            self._open(self._line)
        except Unreachable:
            self._close()
            raise
        except (OSError, imaplib.IMAP4.error, ssl.SSLError, ValueError) as error:
            self._close()
            raise Unreachable(f"{type(error).__name__}: {error}") from error
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._close()

    def waiting(self, after: int | None) -> list[int]:
        """Return the numbers of the mails behind a number, the oldest first.

        Args:
            after: the highest number fetched before; None for a mailbox that is read for the first
                time: then only what nobody has opened yet is taken.
        """
        criterion = "UNSEEN" if after is None else f"UID {after + 1}:*"
        found = self._asked("SEARCH", criterion)
        said = b" ".join(one for one in found if isinstance(one, bytes)).split()
        # "n:*" always names the last mail, even one below n.
        return sorted({int(one) for one in said if one.isdigit() and int(one) > (after or 0)})

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """Return the bytes of mails by their numbers, asked for all at once."""
        if not uids:
            return {}
        sizes: dict[int, int] = {}
        for line in _bytes_of(self._asked("FETCH", ",".join(map(str, uids)), "(RFC822.SIZE)")):
            uid, size = UID.search(line), SIZE.search(line)
            if uid and size:
                sizes[int(uid[1])] = int(size[1])
        return sizes

    def highest(self) -> int:
        """Return the highest number in the mailbox, 0 where it is empty."""
        found = self._asked("SEARCH", "UID *")
        said = b" ".join(one for one in found if isinstance(one, bytes)).split()
        return max((int(one) for one in said if one.isdigit()), default=0)

    def whole(self, uid: int) -> bytes:
        """Return the bytes of a mail."""
        return self._literal(uid, "(BODY.PEEK[])")

    def head(self, uid: int) -> bytes:
        """Return the headers of a mail."""
        return self._literal(uid, "(BODY.PEEK[HEADER])")

    def _literal(self, uid: int, what: str) -> bytes:
        for piece in self._asked("FETCH", str(uid), what):
            if isinstance(piece, tuple) and len(piece) > 1:
                return bytes(piece[1])
        return b""

    def _asked(self, verb: str, *args: str) -> list[object]:
        if self._line is None:
            raise RuntimeError("the session is not open")
        try:
            answer, found = self._line.uid(verb, *args)
        except (OSError, imaplib.IMAP4.error) as error:
            raise Unreachable(f"{type(error).__name__}: {error}") from error
        if answer != "OK":
            raise Unreachable(f"{verb}: {answer}")
        return list(found)

    def _connect(self) -> imaplib.IMAP4:
        host, port = self._parts.hostname or "", self._parts.port
        context = ssl.create_default_context()
        if self._parts.scheme == "imaps":
            return imaplib.IMAP4_SSL(
                host, port or IMAPS_PORT, ssl_context=context, timeout=ANSWER_SECONDS
            )
        line = imaplib.IMAP4(host, port or IMAP_PORT, timeout=ANSWER_SECONDS)
        self._line = line
        if "STARTTLS" in line.capabilities:
            line.starttls(ssl_context=context)
        elif host not in LOOPBACK:
            raise Unreachable(
                _("The mail server offers no encryption, so the password was not sent.")
            )
        return line

    def _open(self, line: imaplib.IMAP4) -> None:
        # The library puts the password into quotes, but not the name.
        line.login(_quoted(self._parts.username or ""), unquote(self._parts.password or ""))
        folder = unquote(self._parts.path.strip("/")) or "INBOX"
        answer, _found = line.select(_quoted(folder), readonly=True)
        if answer != "OK":
            raise Unreachable(_("There is no folder “%(name)s” in the mailbox.", name=folder))
        epoch = line.response("UIDVALIDITY")[1]
        self.epoch = int(epoch[0]) if epoch and epoch[0] else 0

    def _close(self) -> None:
        if self._line is None:
            return
        try:
            self._line.logout()
        except (OSError, imaplib.IMAP4.error):
            self._line.shutdown()
        self._line = None


def _quoted(said: str) -> str:
    plain = unquote(said).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def _bytes_of(found: list[object]) -> Iterator[bytes]:
    for piece in found:
        if isinstance(piece, bytes):
            yield piece
        elif isinstance(piece, tuple):
            yield from (one for one in piece if isinstance(one, bytes))
