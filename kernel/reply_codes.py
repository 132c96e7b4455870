"""Codes that stand in the answer address of a mail and say what an answer belongs to.

A code is a reference (``t12``) and the first 80 bits of its signature, in letters that survive
mail servers which change the case. Whoever holds one got our mail, or had it forwarded.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from email.utils import formataddr, parseaddr

# ASCII alone: without that, the long s of old prints counts as a letter when case is ignored.
CODE = re.compile(
    r"(?<![a-z0-9])([a-z]\d{1,15})-([a-z2-7]{16})(?![a-z0-9])", re.IGNORECASE | re.ASCII
)


def code_of(reference: str, secret: str) -> str:
    """Return the code of a reference: ``t12-`` and sixteen letters."""
    return f"{reference}-{_sign(reference, secret)}"


def references_in(text: str, secret: str) -> list[str]:
    """Return the references of all true codes in a text, in their order, each once."""
    found = (
        reference.lower()
        for reference, sign in CODE.findall(text)
        if hmac.compare_digest(sign.lower(), _sign(reference.lower(), secret))
    )
    return list(dict.fromkeys(found))


def with_code(address: str, code: str) -> str:
    """Return a mail address with a code behind a plus: ``desk+t12-…@office.go.th``."""
    name, bare = parseaddr(address)
    local, _at, host = bare.rpartition("@")
    return formataddr((name, f"{local}+{code}@{host}"))


def _sign(reference: str, secret: str) -> str:
    mac = hmac.new(secret.encode(), b"reply:" + reference.encode(), hashlib.sha256).digest()
    return base64.b32encode(mac[:10]).decode("ascii").lower()
