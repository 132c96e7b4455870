"""Telling people from machines: bounces, automatic replies, our own mail coming back.

None of these is ever answered; a service that answers machines talks all night.
"""

from __future__ import annotations

import re

from helpdesk.mail_in.reading import Mail
from helpdesk.mail_in.states import State

DAEMONS = re.compile(
    r"^(mailer-daemon|postmaster|mail-daemon|no-?reply|do-?not-?reply)@", re.IGNORECASE
)
AUTOMATIC = {"bulk", "junk", "list", "auto_reply", "auto-reply"}
FAILED = re.compile(r"^action:\s*failed", re.IGNORECASE | re.MULTILINE)


def machine(mail: Mail, own: frozenset[str], host: str) -> State | None:
    """Return what kind of machine sent a mail; None where a person did, as far as one can tell.

    Args:
        own: the service's own bare addresses.
        host: the service's own name, as it stands in the ids of its mails.
    """
    if mail.sender in own or f"messages.{host}" in mail.header("list-id"):
        return State.LOOP
    if mail.header("message-id").endswith(f".message@{host}>"):
        return State.LOOP
    if _is_bounce(mail):
        return State.BOUNCE
    return State.AUTOMATIC if _is_automatic(mail) else None


def came_back_for_good(mail: Mail) -> bool:
    """Tell whether a bounce says that the mail will never arrive."""
    return bool(FAILED.search(mail.inner))


def _is_bounce(mail: Mail) -> bool:
    if mail.media == "multipart/report":
        return True
    path = mail.header("return-path").replace(" ", "")
    return path == "<>" or mail.sender.startswith(("mailer-daemon@", "postmaster@"))


def _is_automatic(mail: Mail) -> bool:
    said = mail.header("auto-submitted").lower().split(";")[0].strip()
    if said and said != "no":
        return True
    if any(mail.header(one) for one in ("x-auto-response-suppress", "x-autoreply", "list-id")):
        return True
    if mail.header("x-autorespond") or DAEMONS.match(mail.sender):
        return True
    return mail.header("precedence").lower().strip() in AUTOMATIC
