"""Taking personal data out of a text before it becomes an article that everybody may read (R-PD2).

What is known (names of the people of a ticket) is found by the words themselves; telephone numbers,
mail addresses, chat names and names after a title are found by how they look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

GAP = "…"
SHORTEST_NAME = 3
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![0-9๐-๙])(?:\+66|[0๐])[\s.-]?(?:[0-9๐-๙][\s.-]?){7,9}(?![0-9๐-๙])")
_CITIZEN = re.compile(r"(?<![0-9๐-๙])[0-9๐-๙](?:[\s-]?[0-9๐-๙]){12}(?![0-9๐-๙])")
_CHAT = re.compile(
    r"(?:\bline(?:\s*id)?|ไลน์(?:ไอดี)?|ไอดีไลน์)\s*[:：]?\s*@?[a-z0-9._-]{3,30}", re.IGNORECASE
)
_TITLED = re.compile(
    r"(?:นางสาว|น\.ส\.|นาง|นาย|ครู|คุณครู|คุณ|อาจารย์|อ\.|ผอ\.|ดร\.|Mrs?\.|Ms\.|Dr\.)\s?"
    r"[ก-ฮเ-ไA-Z][ก-๎A-Za-z]{2,24}(?:\s[ก-ฮเ-ไA-Z][ก-๎A-Za-z]{2,30}(?=\s|$|[,.)]))?"
)
# Words that begin with a title but name nobody.
_NOBODY = re.compile(
    r"^(?:ครู(?:ผู้|ที่|ใน|และ|ทุก|ใช้|แจ้ง|ไม่|ได้|จะ|ใหญ่|พัสดุ|เปิด|กด|สอน|เวร|ประจำ|คอม|ภัณฑ์)|"
    r"คุณ(?:สมบัติ|ภาพ|ลักษณะ|ค่า|ต้อง|จะ|ไม่)|นาย(?:ช่าง|จ้าง)|นาง(?:แบบ|ฟ้า)|อาจารย์(?:ผู้|ที่|ใน|แจ้ง))"
)


def without_people(text: str, names: Iterable[str] = ()) -> tuple[str, list[str]]:
    """Return a text without personal data, and what was taken out, each once, in order.

    Args:
        text: what people wrote.
        names: names and contacts that are known to stand behind it.
    """
    removed: list[str] = []

    def take(found: re.Match[str]) -> str:
        removed.append(found[0].strip())
        return GAP

    def take_name(found: re.Match[str]) -> str:
        return found[0] if _NOBODY.match(found[0]) else take(found)

    for pattern in (_MAIL, _CHAT, _CITIZEN, _PHONE):
        text = pattern.sub(take, text)
    for name in _parts(names):
        text = re.sub(re.escape(name), take, text, flags=re.IGNORECASE)
    text = _TITLED.sub(take_name, text)
    return re.sub(f"(?:{GAP}\\s?){{2,}}", f"{GAP} ", text), list(dict.fromkeys(removed))


def _parts(names: Iterable[str]) -> list[str]:
    """Return whole names first, then their words, so that the longest is taken out first."""
    whole = {" ".join(name.split()) for name in names}
    found = whole | {word for name in whole for word in name.split()}
    return sorted((one for one in found if len(one) >= SHORTEST_NAME), key=len, reverse=True)
