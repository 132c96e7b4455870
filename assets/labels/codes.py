"""Tag codes: eight random letters that name a label, and reading them back.

A code says nothing about the item: it is not its number, not its row, not its owner. Letters are
Crockford's base 32 (no I, L, O, U), so that a code can be read aloud. At least one letter is in it,
so that eight digits of an asset number are never taken for a code.
"""

import re
import secrets

from kernel import thai
from kernel.keyboard import latin_keys

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8

_CODE = re.compile(rf"(?=.*[A-Z])[{ALPHABET}]{{{LENGTH}}}")
_ADDRESS = re.compile(r"(?:.*/)?Q/([^/?#]+)/?(?:[?#].*)?", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_DASHES = re.compile("[-‐‑‒–—−]")
_CONFUSED = str.maketrans("OIL", "011")


def new_code() -> str:
    """Draw a code of eight letters; whoever stores it checks that it is new."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if _CODE.fullmatch(code):
            return code


def read_code(text: str) -> str | None:
    """Find the tag code in what a camera, a wedge scanner or a person put into a scan box.

    Takes the address of a label in any case (with a slash, a query or a fragment behind it), the
    bare code with spaces or dashes in it, O for 0 and I or L for 1, Thai digits, and all of these
    as a scanner types them while the keyboard is set to Thai. Give it the text as it was typed:
    reordering Thai marks first would lose keystrokes. None means "this is no code", and a code
    may still belong to no label of ours.
    """
    plain = _INVISIBLE.sub("", text)
    typed = _code_part(thai.arabic_digits(plain)).upper().translate(_CONFUSED)
    if _CODE.fullmatch(typed):
        return typed
    return _read_keystrokes(_code_part(latin_keys(plain)))


def _code_part(text: str) -> str:
    address = _ADDRESS.fullmatch(text)
    return _DASHES.sub("", address.group(1) if address else text)


def _read_keystrokes(code: str) -> str | None:
    """Read a code typed on Thai keys; a scanner confuses no letters and mixes no cases.

    Being strict here keeps ordinary Thai words of eight letters from looking like codes.
    """
    same_case = code in (code.upper(), code.lower())
    return code.upper() if same_case and _CODE.fullmatch(code.upper()) else None
