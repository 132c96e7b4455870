"""One session with the mail server, and what each of its answers means for a message.

The steps of SMTP are taken one by one, because they differ in what a broken line means: before
the text was handed over the message certainly did not leave; after it nobody can tell.
"""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from types import TracebackType
from urllib.parse import unquote, urlsplit

from kernel.i18n import gettext as _
from office.notifications.ways.fates import Answer, Fate

ANSWER_SECONDS = 20
SMTP_PORT, SMTPS_PORT = 25, 465
TAKEN = 250
CLOSING = 421
PERMANENT = range(500, 600)
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Unreachable(Exception):
    """The server could not be reached, or does not let us in; the message says why."""


class Post:
    """An open session; use it as a context."""

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)
        self._line: smtplib.SMTP | None = None

    def __enter__(self) -> Post:
        """Connect, encrypt where the server offers it, sign in where the address says so.

        Raises:
            Unreachable: any of it failed.
        """
        try:
            self._line = self._connect()
            self._sign_in(self._line)
        except Unreachable:
            self._close()
            raise
        except (OSError, smtplib.SMTPException, ssl.SSLError) as error:
            self._close()
            raise Unreachable(_said(error)) from error
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._close()

    def send(self, letter: EmailMessage, sender: str, address: str) -> Answer:
        """Hand over one e-mail."""
        if self._line is None:
            raise RuntimeError("the session is not open")
        line = self._line
        try:
            line.ehlo_or_helo_if_needed()
            for code, words in (line.mail(sender), line.rcpt(address)):
                if code not in (250, 251):
                    return self._refused(code, words)
        except (OSError, smtplib.SMTPException) as error:
            return Answer(Fate.LATER, _said(error), open=False)
        try:
            code, words = line.data(letter.as_bytes())
        except smtplib.SMTPDataError as error:
            return self._refused(error.smtp_code, error.smtp_error)
        except (OSError, smtplib.SMTPException) as error:
            return Answer(Fate.UNSURE, _said(error), open=False)
        return Answer(Fate.SENT) if code == TAKEN else self._refused(code, words)

    def _refused(self, code: int, words: bytes | str) -> Answer:
        reason = _words(code, words)
        if code == CLOSING:
            return Answer(Fate.LATER, reason, open=False)
        fate = Fate.REFUSED if code in PERMANENT else Fate.LATER
        try:
            if self._line is not None:
                self._line.rset()
        except (OSError, smtplib.SMTPException):
            return Answer(fate, reason, open=False)
        return Answer(fate, reason)

    def _connect(self) -> smtplib.SMTP:
        host = self._parts.hostname or ""
        context = ssl.create_default_context()
        if self._parts.scheme == "smtps":
            return smtplib.SMTP_SSL(
                host, self._parts.port or SMTPS_PORT, timeout=ANSWER_SECONDS, context=context
            )
        line = smtplib.SMTP(host, self._parts.port or SMTP_PORT, timeout=ANSWER_SECONDS)
        self._line = line
        line.ehlo_or_helo_if_needed()
        if line.has_extn("starttls"):
            # Without a password to protect, any encryption is better than none: relays inside an
            # office often carry a certificate that nobody signed.
            if not self._parts.username:
                context.check_hostname = False
                context.verify_mode = ssl.CERT_NONE
            line.starttls(context=context)
            line.ehlo()
        return line

    def _sign_in(self, line: smtplib.SMTP) -> None:
        if not self._parts.username:
            return
        encrypted = isinstance(line.sock, ssl.SSLSocket)
        if not encrypted and self._parts.hostname not in LOOPBACK:
            raise Unreachable(
                _("The mail server offers no encryption, so the password was not sent.")
            )
        line.login(unquote(self._parts.username), unquote(self._parts.password or ""))

    def _close(self) -> None:
        if self._line is None:
            return
        try:
            self._line.quit()
        except (OSError, smtplib.SMTPException):
            self._line.close()
        self._line = None


def _said(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _words(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"


def _words(code: int, words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else str(words)
    return f"{code} {' '.join(text.split())}"
