"""Words that mean the same to a searcher: loanwords spelt in many ways, and their short forms.

People write โน๊ตบุ้ค, โนตบุค or notebook for what the card calls โน้ตบุ๊ก. Marks over the letters are
not compared, so that each spelling stands here once; the words of a group find one another.
"""

from __future__ import annotations

import re
from functools import cache

_MARKS = re.compile("[\u0e47-\u0e4c]")
GROUPS: tuple[tuple[str, ...], ...] = (
    ("โน้ตบุ๊ก", "โน้ตบุ๊ค", "โน๊ตบุ๊ค", "โน๊ตบุ้ค", "โนตบุค", "notebook", "laptop", "แล็ปท็อป"),
    ("เครื่องพิมพ์", "ปริ้นเตอร์", "ปริ๊นเตอร์", "พรินเตอร์", "ปริ้นท์เตอร์", "printer"),
    ("คอมพิวเตอร์", "คอม", "computer"),
    ("จอภาพ", "จอ", "มอนิเตอร์", "monitor"),
    ("เครื่องฉาย", "โปรเจคเตอร์", "โปรเจ็คเตอร์", "โปรเจกเตอร์", "มัลติมีเดียโปรเจคเตอร์", "projector"),
    ("อินเทอร์เน็ต", "อินเตอร์เน็ต", "เน็ต", "internet"),
    ("แท็บเล็ต", "แท็ปเล็ต", "แทบเลต", "tablet"),
    ("กล้องถ่ายรูป", "กล้องถ่ายภาพ", "กล้อง", "camera"),
    ("เครื่องปรับอากาศ", "แอร์", "aircon"),
    ("เครื่องสำรองไฟ", "เครื่องสำรองไฟฟ้า", "ups", "ยูพีเอส"),
    ("เราเตอร์", "เร้าเตอร์", "router"),
    ("สแกนเนอร์", "เครื่องสแกน", "สแกนเน่อร์", "scanner"),
    ("เซิร์ฟเวอร์", "เซิฟเวอร์", "เครื่องแม่ข่าย", "server"),
    ("ลำโพง", "speaker"),
    ("ไมโครโฟน", "ไมค์", "microphone"),
    ("โทรทัศน์", "ทีวี", "tv"),
)


def _bare(word: str) -> str:
    return _MARKS.sub("", word)


@cache
def _alike() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for group in GROUPS:
        for word in group:
            others = (one for one in group if one != word)
            found.setdefault(_bare(word), _without_longer((word, *others)))
    return found


def _without_longer(group: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out what a shorter one of the group finds anyway, because it stands inside."""
    return tuple(one for one in group if not any(o != one and o in one for o in group))


def alike(word: str) -> tuple[str, ...]:
    """Return every spelling to look for: the word as typed first, then those that mean the same.

    Args:
        word: one word in the form of `kernel.thai.search_key`.
    """
    others = _alike().get(_bare(word), ())
    return (word, *(one for one in others if one != word))
