"""Text that came over a keyboard set to another layout than its sender thought.

A wedge scanner presses keys, not letters. While Thai (Kedmanee) is switched on, the keys of a Latin
code type Thai letters; the table below turns them back, key by key.
"""

from __future__ import annotations

import re

LATIN_KEYS = (
    "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"
    '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?'
)
THAI_KEYS = '_ๅ/-ภถุึคตจขชๆไำพะัีรนยบลฃฟหกดเ้่าสวงผปแอิืทมใฝ%+๑๒๓๔ู฿๕๖๗๘๙๐"ฎฑธํ๊ณฯญฐ,ฅฤฆฏโฌ็๋ษศซ.()ฉฮฺ์?ฒฬฦ'
_TYPED_IN_THAI = str.maketrans(THAI_KEYS, LATIN_KEYS)
_THAI = re.compile("[\u0e00-\u0e7f]")


def latin_keys(text: str) -> str:
    """Return what the same keys type with a Latin layout.

    Give it the text exactly as it came: putting Thai marks in order first would lose keystrokes.
    """
    return text.translate(_TYPED_IN_THAI)


def spellings(text: str) -> tuple[str, ...]:
    """Return how a scanned text may be read: as it stands, then as Latin keys where it holds Thai.

    A name typed by a person is in the first; a code scanned with the layout set to Thai is in the
    second, so whoever looks for codes tries both in this order.
    """
    return (text, latin_keys(text)) if _THAI.search(text) else (text,)
