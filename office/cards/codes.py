"""The code in the QR of a card: a letter that no label's code has, and sixty random bits.

It names a row and nothing else: neither the person nor the number can be told from it.
"""

from __future__ import annotations

import re
import secrets

from kernel import thai

PREFIX = "U"
"""Crockford's base 32 has no U, so no code of a label and none of a paper begins like this."""
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12

_CODE = re.compile(rf"{PREFIX}[{ALPHABET}]{{{LENGTH}}}")
_ADDRESS = re.compile(r"(?:.*/)?Q/([^/?#]+)/?(?:[?#].*)?", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff\-‐-–]+")
_CONFUSED = str.maketrans("OIL", "011")


def new_code() -> str:
    """Draw the code of a new card."""
    return PREFIX + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(text: str) -> str | None:
    """Find a card's code in what a camera, a scanner or a person put into a scan box.

    Takes the address in any case, the bare code with spaces or dashes in it, O for 0 and I or L
    for 1, and Thai digits. None where it is no code of a card.
    """
    plain = _INVISIBLE.sub("", thai.arabic_digits(text))
    address = _ADDRESS.fullmatch(plain)
    code = (address.group(1) if address else plain).upper().translate(_CONFUSED)
    return code if _CODE.fullmatch(code) else None
