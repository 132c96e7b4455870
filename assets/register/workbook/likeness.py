"""Whether two rows with the same number speak of the same thing.

A room list writes `ตู้เหล็กเก็บเอกสาร 2 บาน Elite` where the register has the name and the brand in
two columns, so names are compared by what they share, not by equality. Words that half of all
equipment begins with (เครื่อง, ชุด, อุปกรณ์) prove nothing and are left out.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from kernel.thai import code_key, search_key

ENOUGH = 0.45

_EMPTY_WORDS = re.compile(
    r"เครื่อง|ชุด|อุปกรณ์|ครุภัณฑ์|ระบบ|แบบที่|แบบ|ขนาด|สำหรับ|พร้อม|ชนิด|ระดับ|ประเภท|จำนวน|เก็บ|งาน|ระดับ"
)
_MARKS = re.compile(r"[\s\W_]+")


@lru_cache(maxsize=8192)
def _pieces(name: str) -> frozenset[str]:
    plain = _MARKS.sub("", _EMPTY_WORDS.sub(" ", search_key(name))) or _MARKS.sub("", name)
    return frozenset(plain[index : index + 2] for index in range(max(len(plain) - 1, 1)))


def names_alike(first: str, second: str) -> bool:
    """Whether two names can be of one thing: the shorter shares enough with the longer."""
    left, right = _pieces(first[:400]), _pieces(second[:400])
    shared = len(left & right)
    return shared >= ENOUGH * min(len(left), len(right))


def alike(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """Whether two rows can be one thing: serials do not contradict, names are alike.

    What is missing on one side contradicts nothing.
    """
    serials = [code_key(fields.get("serial_no") or "") for fields in (first, second)]
    if all(serials):
        return serials[0] == serials[1]
    names = [
        " ".join(str(fields[part]) for part in ("name", "brand", "model") if fields.get(part))
        for fields in (first, second)
    ]
    if not (first.get("name") and second.get("name")):
        return True
    return names_alike(names[0], names[1])
