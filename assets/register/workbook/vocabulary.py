"""The words of the sheets for condition, money, method and place, and what each one means."""

import re

from assets.register.workbook.synonyms import heading_key

NOTHING = frozenset(
    heading_key(word)
    for word in (
        "", "-", "--", "ไม่มี", "ไม่มีเลข", "ไม่มีหมายเลข", "ไม่มีเลขครุภัณฑ์",
        "ไม่มีหมายเลขครุภัณฑ์", "ยังไม่มีหมายเลข",
        "ยังไม่มีเลข", "ยังไม่มี", "ไม่มีรหัส", "ไม่ระบุ", "ไม่ทราบ", "ไม่ปรากฏ", "รอเลข",
        "รอหมายเลข", "ไม่พบเลข",
        "ไม่มี sn", "na", "n/a", "none", "null", "nil", "no number", "ไม่มีข้อมูล",
        "ไม่มีหมายเลขเครื่อง",
    )
)  # fmt: skip
"""Ways to write that there is nothing; `heading_key` drops dashes and dots before comparing."""

_CONDITION_EXACT: dict[str, tuple[str | None, str | None]] = {
    heading_key(word): meaning
    for words, meaning in (
        (("ดี", "ใช้งานได้", "ใช้การได้", "พร้อมใช้งาน", "ปกติ", "ใช้งานปกติ", "ใช้ได้",
        "สภาพดี", "ใช้งานอยู่", "ยังใช้งานได้",
          "มีผู้รับผิดชอบ", "ใช้งานได้ปกติ", "ใช้งานได้ดี", "ถูกยืม", "ok", "good", "usable",
          "in use", "ใช้งาน"),
         ("good", None)),
        (("ชำรุด", "เสีย", "ใช้งานไม่ได้", "ใช้การไม่ได้", "ส่งซ่อม", "ซ่อม", "พัง", "แตก",
        "damaged", "broken"),
         ("damaged", None)),
        (("เสื่อมสภาพ", "เสื่อม", "หมดสภาพ", "worn", "worn out"), ("worn_out", None)),
        (("สูญไป", "สูญหาย", "หาย", "หาไม่เจอ", "หาไม่พบ", "ไม่พบ", "lost", "missing",
        "not found"),
         ("missing", None)),
        (("ไม่จำเป็นต้องใช้", "ไม่จำเป็น", "ไม่ใช้งาน", "ไม่ได้ใช้งาน", "เลิกใช้",
        "unneeded", "not needed"),
         ("not_needed", None)),
        (("รอจำหน่าย", "รอการจำหน่าย", "ขออนุมัติจำหน่าย",
        "awaiting disposal"), (None, "pending_disposal")),
        (("จำหน่ายแล้ว", "จำหน่าย", "ตัดจำหน่าย", "จำหน่ายออก", "disposed"), (None, "disposed")),
        (("โอน", "โอนแล้ว", "โอนออก", "transferred"), (None, "transferred_out")),
    )
    for word in words
}  # fmt: skip
_CONDITION_PARTS: tuple[tuple[str, tuple[str | None, str | None]], ...] = (
    ("ไม่จำเป็น", ("not_needed", None)),
    ("รอจำหน่าย", (None, "pending_disposal")),
    ("ไม่ชำรุด", ("good", None)),
    ("ไม่เสื่อม", ("good", None)),
    ("จำหน่ายแล้ว", (None, "disposed")),
    ("ตัดจำหน่าย", (None, "disposed")),
    ("โอนให้", (None, "transferred_out")),
    ("โอนไป", (None, "transferred_out")),
    ("สูญ", ("missing", None)),
    ("หาไม่", ("missing", None)),
    ("เสื่อมสภาพ", ("worn_out", None)),
    ("หมดสภาพ", ("worn_out", None)),
    ("ชำรุด", ("damaged", None)),
    ("ซ่อม", ("damaged", None)),
    ("ใช้งานไม่ได้", ("damaged", None)),
    ("ใช้การไม่ได้", ("damaged", None)),
    ("ไม่ปกติ", ("damaged", None)),
    ("เลิกใช้", ("not_needed", None)),
    ("ไม่ใช้แล้ว", ("not_needed", None)),
    ("ไม่ได้ใช้", ("not_needed", None)),
    ("ใช้งานได้", ("good", None)),
    ("ปกติ", ("good", None)),
    ("ดีมาก", ("good", None)),
    ("พอใช้", ("good", None)),
    ("ใช้การได้", ("good", None)),
)


def condition(text: str, *, exact: bool = False) -> tuple[str | None, str | None] | None:
    """Return (condition, lifecycle) a text speaks of, or None for words not known (section 4.2).

    With `exact` the text must be nothing but such a word: a remark that mentions a repair long
    ago does not make an item damaged.
    """
    key = heading_key(text)
    if key in _CONDITION_EXACT:
        return _CONDITION_EXACT[key]
    if exact:
        return None
    return next((meaning for part, meaning in _CONDITION_PARTS if part in key), None)


_FUNDS = (
    ("นอกงบ", "non_budget"), ("บริจาค", "donation"), ("ช่วยเหลือ", "donation"),
    ("รายได้", "non_budget"),
    ("อุดหนุน", "budget"), ("งบ", "budget"), ("non", "non_budget"), ("donat", "donation"),
    ("budget", "budget"),
)  # fmt: skip
_METHODS = (
    ("ebidding", "e_bidding"), ("อิเล็กทรอนิกส์", "e_bidding"), ("emarket", "e_market"),
    ("ตลาดอิเล็ก", "e_market"), ("เฉพาะเจาะจง", "specific"), ("คัดเลือก", "selection"),
    ("บริจาค", "donated"), ("แลกเปลี่ยน", "exchange"), ("โอน", "transferred"),
    ("ตกลงราคา", "price_agreement"), ("สอบราคา", "price_inquiry"), ("ประกวดราคา", "tender"),
    ("วิธีพิเศษ", "special"), ("พิเศษ", "special"), ("specific", "specific"),
    ("selection", "selection"), ("donat", "donated"), ("transfer", "transferred"),
)  # fmt: skip


def fund_type(text: str) -> str:
    """Return budget, non_budget, donation or other."""
    key = heading_key(text)
    return next((fund for part, fund in _FUNDS if part in key), "other")


def acquire_method(text: str) -> str | None:
    """Return the code of a way to acquire (section 4), or None for words not known."""
    key = heading_key(text)
    if "ตลาดอิเล็ก" in key:
        return "e_market"
    return next((method for part, method in _METHODS if part in key), None)


_UNIT = re.compile(r"^(?:โรงเรียน|ร\.ร\.|รร\.|กลุ่ม|หน่วยตรวจสอบ|สำนักงาน|สพม|สพป|วิทยาลัย|ศูนย์|งาน\s|ฝ่าย)")
_ROOM = re.compile(r"^(?:ห้อง|สถานที่|ชั้น|โรงอาหาร|หอประชุม|โดม|สนาม)")
_BUILDING = re.compile(r"^(?:อาคาร|ตึก)")
_PERSON = re.compile(
    r"^(?:นาย|นาง|น\.ส\.|ว่าที่|ครู(?!ภัณฑ์)|ผอ\.|รองผอ|รอง ผอ|ดร\.|ด\.ต\."
    r"|mr\.?\s|mrs\.?\s|ms\.?\s|miss\s)",
    re.IGNORECASE,
)
_CLASS = re.compile(r"^(?:[\d๐-๙ก-ฮ]{1,3}[.)]\s*)?(?:ประเภท|หมวด|ชนิด)\s*:?\s*(.*)$")
_NUMBERING = re.compile(r"^[\d๐-๙]{1,2}(?:\.[\d๐-๙]+)*[.)]\s*")


def is_unit(text: str) -> bool:
    """Whether a text begins as the name of a school, a group or an office."""
    return bool(_UNIT.match(text))


def is_person(text: str) -> bool:
    """Whether a text begins with a title of a person."""
    return bool(_PERSON.match(text))


def is_building(text: str) -> bool:
    """Whether a text begins as the name of a building."""
    return bool(_BUILDING.match(text))


def section_meaning(text: str) -> dict[str, object]:
    """Return what a section row or a sheet's name says about the rows under it; {} if nothing.

    `ประเภท…` gives `class_text`, `ครุภัณฑ์ต่ำกว่าเกณฑ์` gives `below_threshold`, `รายการชำรุด`
    gives `condition`; rooms, buildings and units give their own fields.
    """
    text = _NUMBERING.sub("", text).strip(" :•*-")
    if "ต่ำกว่าเกณฑ์" in text:
        return {"below_threshold": True}
    match = _CLASS.match(text)
    if match and match[1]:
        return {"class_text": match[1].strip(" :")}
    if _ROOM.match(text):
        return {"room_text": text}
    if _BUILDING.match(text):
        return {"building_text": text}
    if is_unit(text):
        return {"unit_text": text}
    known = condition(text)
    if known:
        names = ("condition", "lifecycle")
        return {name: value for name, value in zip(names, known, strict=True) if value}
    if text.startswith("ครุภัณฑ์") and len(text) > len("ครุภัณฑ์"):
        return {"class_text": text}
    return {}
