"""The code on a paper: making one, reading what people type, and its QR as a drawing."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

from kernel import qr, thai

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_CONFUSED = str.maketrans("OIL", "011")
_CODE = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")


@dataclass(frozen=True)
class Signer:
    """Who signed a paper: name and position as printed, in which capacity, and when."""

    step: str
    name: str
    position: str
    capacity: str
    at: datetime


def new_code() -> str:
    """Draw a code of twelve letters: sixty random bits, too many to try out."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(typed: str) -> str | None:
    """Return the code in what somebody typed: any case, with dashes, O for 0; None where none."""
    code = re.sub(r"[\s\-‐-–]", "", thai.arabic_digits(typed)).upper().translate(_CONFUSED)
    return code if _CODE.fullmatch(code) else None


def check_address(base_url: str, code: str) -> str:
    """Return the address of the page that confirms a paper.

    Args:
        base_url: of the service, without a slash at its end.
        code: of the paper.
    """
    return f"{base_url}/papers/check/{code}"


def qr_svg(text: str) -> bytes:
    """Draw the QR of a text as SVG, with its white border."""
    return qr.svg(text).encode()
