"""Web push: an encrypted word to a browser's push service, signed with the key of this service."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

from office.notifications.ways.fates import Answer, Fate

if TYPE_CHECKING:
    from pywebpush import WebPushException

SECONDS = 15
KEPT_SECONDS = 24 * 3600
GONE = (403, 404, 410)
TOO_MANY, SERVER_ERRORS = 429, 500
# The order of the curve's group: a key is a number below it.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True)
class Subscription:
    """Where and how one browser can be reached."""

    endpoint: str
    public_key: str
    secret: str


@dataclass(frozen=True)
class Note:
    """What the device shows. One with the same ``tag`` takes the place of the other."""

    title: str
    body: str
    link: str
    tag: str


def push(to: Subscription, note: Note, *, secret_key: str, contact: str) -> Answer:
    """Send one note to one browser.

    Args:
        to: the browser.
        note: what it shows.
        secret_key: the service's; the signing key is made of it.
        contact: an e-mail address at which the push service may complain.
    """
    # It brings a second library for HTTP with it, for which no other process should wait.
    from pywebpush import WebPushException, webpush

    try:
        webpush(
            {"endpoint": to.endpoint, "keys": {"p256dh": to.public_key, "auth": to.secret}},
            json.dumps(note.__dict__, ensure_ascii=False),
            vapid_private_key=_signer(secret_key),
            vapid_claims={"sub": f"mailto:{contact}"},
            ttl=KEPT_SECONDS,
            timeout=SECONDS,
        )
    except WebPushException as error:
        return _answer(error)
    except requests.RequestException as error:
        return Answer(Fate.LATER, f"{type(error).__name__}: {error}")
    except ValueError as error:
        return Answer(Fate.GONE, f"{type(error).__name__}: {error}")
    return Answer(Fate.SENT)


def public_key(secret_key: str) -> str:
    """Return the key that browsers are told when they subscribe, as they want it written."""
    point = _signer(secret_key).public_key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def _answer(error: WebPushException) -> Answer:
    said = error.response
    if said is None:
        return Answer(Fate.LATER, str(error))
    reason = f"{said.status_code} {said.text[:200]}"
    if said.status_code in GONE:
        return Answer(Fate.GONE, reason)
    later = said.status_code == TOO_MANY or said.status_code >= SERVER_ERRORS
    return Answer(Fate.LATER if later else Fate.REFUSED, reason)


@lru_cache(4)
def _signer(secret_key: str) -> Vapid02:
    """Return the signing key: the same on every machine that shares the service's secret."""
    number = int.from_bytes(hashlib.sha512(b"web push\0" + secret_key.encode()).digest(), "big")
    key = ec.derive_private_key(number % (ORDER - 1) + 1, ec.SECP256R1())
    return Vapid02(private_key=key)
