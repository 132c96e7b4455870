"""The code in the QR of a bin: a letter and ten more, longer than a tag's, shorter than a card's.

It names a row and nothing else. Letters are Crockford's base 32, so it can be read aloud.
"""

from __future__ import annotations

import re
import secrets

from kernel import thai
from kernel.keyboard import latin_keys

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PREFIX, LENGTH = "B", 10

_CODE = re.compile(rf"{PREFIX}[{ALPHABET}]{{{LENGTH}}}")
_ADDRESS = re.compile(r"(?:.*/)?Q/([^/?#]+)/?(?:[?#].*)?", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff\-‐-–]+")
_CONFUSED = str.maketrans("OIL", "011")


def new_code() -> str:
    """Draw the code of a new bin."""
    return PREFIX + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(text: str) -> str | None:
    """Find a bin's code in what a camera, a scanner or a person put into a scan box.

    Takes the address in any case, the bare code with spaces or dashes in it, O for 0 and I or L
    for 1, Thai digits, and all of it as typed on Thai keys. None where it is no code of a bin.
    """
    plain = _INVISIBLE.sub("", text)
    for typed in (thai.arabic_digits(plain), latin_keys(plain)):
        address = _ADDRESS.fullmatch(typed)
        code = (address.group(1) if address else typed).upper().translate(_CONFUSED)
        if _CODE.fullmatch(code):
            return code
    return None
