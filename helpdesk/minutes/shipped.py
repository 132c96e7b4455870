"""The customary five sections of an agenda; agendas and minutes are Thai documents."""

from __future__ import annotations

SECTIONS = (
    "เรื่องที่ประธานแจ้งให้ที่ประชุมทราบ",
    "เรื่องรับรองรายงานการประชุม",
    "เรื่องสืบเนื่อง",
    "เรื่องเสนอเพื่อพิจารณา",
    "เรื่องอื่น ๆ",
)
ADOPTING, FOLLOWING = 2, 3


def adopting_title(number: str) -> str:
    """Return the item under which the minutes of an earlier meeting are adopted."""
    return f"รับรองรายงานการประชุมครั้งที่ {number}"
