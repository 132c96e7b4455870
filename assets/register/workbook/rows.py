"""What a row below the headings is, before its cells are read: an item's row or furniture."""

import re
from collections.abc import Mapping
from enum import StrEnum

from assets.register.workbook.headings import header_score
from assets.register.workbook.synonyms import recognise
from assets.register.workbook.vocabulary import is_person, section_meaning
from kernel.thai import arabic_digits


class Kind(StrEnum):
    """What a row of the file is."""

    ITEM = "item"
    MATCH = "match"
    REFUSE = "refuse"
    TITLE = "title"
    HEADER = "header"
    SECTION = "section"
    TOTAL = "total"
    SIGNATURE = "signature"
    BLANK = "blank"
    LEFT_OUT = "left_out"


FURNITURE = frozenset(Kind) - {Kind.ITEM, Kind.MATCH, Kind.REFUSE}

_TOTAL = re.compile(
    r"^\W*(?:รวม|ยอดรวม|ยอดยกมา|ยอดยกไป|ยกมา|ยกไป|(?:grand\s+|sub\s*-?)?total(?!\s+[a-zก-ฮ])|sum(?!\s+[a-zก-ฮ]))"
    r"(?=$|[\s:.\d(]|ทั้ง|เงิน|เป็น|จำนวน|ราคา|มูลค่า|ประเภท|หมวด|หน้า|แผ่น|ยอด|ครุภัณฑ์|ทุก|จาก|ปี|เดือน|งบ|แหล่ง|อาคาร|ห้อง|ชั้น|\W)",
    re.IGNORECASE,
)
_GRAND_TOTAL = re.compile(r"^\W*(?:รวมทั้งสิ้น|รวมทั้งหมด|ยอดรวม|รวมเป็นเงิน|grand total)", re.IGNORECASE)
_TOTAL_WORDS = re.compile(
    r"^(?:ราคา|มูลค่า|จำนวน|เงิน|ยอด)*รวม(?:ราคา|มูลค่า|เงิน|เป็นเงิน|สุทธิ|ทั้งสิ้น|ทั้งหมด|ยอด|ทุก|หมวด|ประเภท|ทั้ง)*$"
)
_IN_WORDS = re.compile(r"บาท(?:ถ้วน|.*สตางค์)\s*\)?$")
_WRITTEN_OFF = re.compile(r"^\W*(?:คิด|หัก)?\s*ค่าเสื่อม")
_COUNTED = frozenset({"quantity", "price", "total_price"})
_SIGNATURE = re.compile(
    r"ลงชื่อ|ลงนาม|ลายมือชื่อ|\.{6,}|…{3,}|_{5,}|^หน้า(?:ที่)?\s*\d+|^page\s*\d+|^แผ่นที่\s*\d+|"
    r"ผู้ตรวจนับ|ผู้ตรวจสอบ|ผู้จัดทำ|ผู้รายงาน|ผู้สำรวจ|ประธานกรรมการ|^\W*(?:กรรมการ|เจ้าหน้าที่พัสดุ|หัวหน้าเจ้าหน้าที่)|"
    r"^\W*(?:ตำแหน่ง|ผู้อำนวยการ|ผอ\.|รองผู้อำนวยการ)|^\(.{3,60}\)$|"
    r"^วันที่\W*(?:\d+\s*)?[/.… _]|^(?:พิมพ์|ข้อมูล)\s*(?:เมื่อ|ณ)|^\W*หมายเหตุ|signature|signed",
    re.IGNORECASE,
)
_COUNTING = re.compile(r"^(?:จำนวน\s*)?[\d๐-๙,.]+\s*(?:รายการ|เครื่อง|ชิ้น|หน่วย|ตัว|ชุด|บาท)?$")
_LABELS = frozenset({"ประเภท", "หมวด", "ชนิด", "ประเภทครุภัณฑ์"})
_UNSIGNED = re.compile(r"^\W*ลงชื่อ|\.{6,}|…{3,}|_{5,}")
_MEANT = re.compile(r"[^\W_]|[\"'“”〃″✓✔√#?]")
_SPACES = re.compile(r"[\s:.]+")
_NUMBER = re.compile(r"\d{3,4}\s*[-‐-―−]\s*\d{2,4}|\d{2,}[-/]\d{2,}")
_MOSTLY = 4


def _is_repeated_header(filled: Mapping[int, str]) -> bool:
    """Whether a row repeats the headings, as it does on top of each printed page."""
    texts = [text for text in filled.values() if len(text) <= 60]
    if len(texts) < 2 or len(texts) < len(filled):
        return False
    if any(_NUMBER.search(arabic_digits(text)) for text in texts):
        return False
    exact = sum(1 for text in texts if recognise(text)[1] > 0.9)
    if exact < 2 or exact < 0.6 * len(texts):
        return False
    return header_score(filled) > 0 or exact == len(texts)


def _is_total(filled: Mapping[int, str], texts: list[str], columns: Mapping[int, str]) -> bool:
    """Whether a row sums up: it says so, or holds nothing but sums under counted columns."""
    if len(texts) <= _MOSTLY + 2 and (
        any(_TOTAL.match(text) for text in texts[:2])
        or any(map(_GRAND_TOTAL.match, texts))
        or any(_TOTAL_WORDS.match(_SPACES.sub("", text)) for text in texts)
        or (len(texts) == 1 and _IN_WORDS.search(texts[0]))
    ):
        return True
    return all(
        columns.get(column) in _COUNTED and _COUNTING.match(text) for column, text in filled.items()
    )


def classify(
    filled: Mapping[int, str], columns: Mapping[int, str], number_text: str, name_text: str
) -> Kind:
    """Return what a row is, from its own cells; `ITEM` means: read it as an item's row.

    `number_text` and `name_text` are the cells in the columns of those fields ("" if blank).
    """
    if not filled:
        return Kind.BLANK
    own = [text for column, text in filled.items() if columns.get(column) != "_sequence"]
    if not any(map(_MEANT.search, own)):
        only = next(iter(filled.values()))
        bare = bool(own) or re.fullmatch(r"[\d๐-๙.\-()]+", only)
        return Kind.BLANK if bare else _single(only)
    texts = list(dict.fromkeys(filled.values()))
    has_number = bool(_NUMBER.search(arabic_digits(number_text)))
    if not has_number:
        if _is_total(filled, texts, columns) or _WRITTEN_OFF.match(name_text):
            return Kind.TOTAL
        if all(map(is_person, texts)):
            return Kind.SIGNATURE
        if len(texts) <= _MOSTLY and any(_SIGNATURE.search(text) for text in texts):
            counted = any(columns.get(column) == "_sequence" for column in filled)
            named = bool(name_text and (number_text or counted) and len(texts) > 2)
            return Kind.ITEM if named and not _UNSIGNED.search(name_text) else Kind.SIGNATURE
    if len(texts) == 1:
        return Kind.ITEM if has_number else _single(texts[0])
    if _is_repeated_header(filled):
        return Kind.HEADER
    return Kind.SECTION if not has_number and section_text(filled, columns) else Kind.ITEM


def section_text(filled: Mapping[int, str], columns: Mapping[int, str]) -> str:
    """Return the heading of a section that stands beside a number or a count, else ""."""
    texts = [text for column, text in filled.items() if columns.get(column) != "_sequence"]
    words = [text for text in texts if not _COUNTING.match(text)]
    if len(words) == 2 and words[0].strip(" :") in _LABELS:
        words = [words[0].strip(" :") + words[1]]
    if len(words) != 1 or len(filled) > 3:
        return ""
    meaning = section_meaning(words[0]).keys() & {"class_text", "below_threshold"}
    return words[0] if meaning else ""


def _single(text: str) -> Kind:
    """Return what a row with one text is; words above and between tables head what follows."""
    if re.fullmatch(r"[\d๐-๙.,\s]+", text) or _TOTAL.match(text) or _IN_WORDS.search(text):
        return Kind.TOTAL
    if section_meaning(text):
        return Kind.SECTION
    return Kind.SIGNATURE if _SIGNATURE.search(text) else Kind.SECTION
