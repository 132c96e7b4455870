"""Telling another system of an act: one signed POST.

The receiver checks ``X-Helpdesk-Signature``: ``sha256=`` and the HMAC-SHA256, in hexadecimal, of
the timestamp header, a point and the raw body, made with the secret that both know. The id in the
body is the same each time an act is told, so that a second one can be recognised.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

import requests

from office.notifications.ways.fates import Answer, Fate

SECONDS = 10


def tell(url: str, secret: str, event: dict[str, Any], *, timestamp: int) -> Answer:
    """Send one act; any answer of the 200s means that it was taken.

    Args:
        url: where the other system listens.
        secret: what both know.
        event: ``id``, ``event``, ``at``, ``subject`` and what else there is.
        timestamp: of this try, in seconds since 1970.
    """
    body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "X-Helpdesk-Event": str(event["event"]),
        "X-Helpdesk-Timestamp": str(timestamp),
        "X-Helpdesk-Signature": f"sha256={signature(secret, timestamp, body)}",
    }
    try:
        with requests.post(
            url, data=body, headers=headers, timeout=SECONDS, allow_redirects=False, stream=True
        ) as said:
            if said.ok and not said.is_redirect:
                return Answer(Fate.SENT)
            return Answer(Fate.LATER, f"{said.status_code} {said.reason}")
    except requests.RequestException as error:
        return Answer(Fate.LATER, f"{type(error).__name__}: {error}")


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """Return what a receiver compares the signature header with."""
    signed = str(timestamp).encode() + b"." + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
