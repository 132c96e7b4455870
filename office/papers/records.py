"""The code on a paper: making one, reading what people type, and its QR as a drawing."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from datetime import datetime

import qrcode

from kernel import thai

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_CONFUSED = str.maketrans("OIL", "011")
_CODE = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")
_BORDER = 4


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
    symbol = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_M, border=_BORDER, mask_pattern=0
    )
    symbol.add_data(text, optimize=0)
    symbol.make(fit=True)
    rows = symbol.get_matrix()
    dark = "".join(
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, on in enumerate(row) if on
    )
    side = len(rows)
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path d="{dark}"/></svg>'
    )
    return drawing.encode()
