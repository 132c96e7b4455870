"""Headings of tables of something else than equipment: people, stock cards, budgets, schools.

Such sheets lie in the same workbook. They are left out by themselves, visibly, and a person may
take them in again on the screen; a table that merely is not understood is never left out.
"""

from collections.abc import Iterable

from assets.register.workbook.synonyms import heading_key, recognise

_PEOPLE = frozenset(
    heading_key(word)
    for word in (
        "ชื่อ-สกุล", "ชื่อ-นามสกุล", "ชื่อ สกุล", "ชื่อและนามสกุล", "ชื่อตัว-ชื่อสกุล", "นามสกุล",
        "สกุล", "รายชื่อ", "คำนำหน้า", "คำนำหน้าชื่อ", "ตำแหน่ง", "เลขที่ตำแหน่ง", "วิทยฐานะ",
        "เงินเดือน", "วันเกิด", "วันเดือนปีเกิด", "เลขประจำตัวประชาชน", "เลขบัตรประชาชน",
        "เลขประจำตัวนักเรียน", "วุฒิการศึกษา", "วิชาเอก", "อีเมล", "เลขประจำตัว",
        "full name", "first name", "last name", "surname", "position", "salary", "birthday",
        "e-mail", "email",
    )
)  # fmt: skip
_STOCK = frozenset(
    heading_key(word)
    for word in (
        "รับ", "จ่าย", "เบิก", "คงเหลือ", "เบิกจ่าย", "จัดสรร", "ใช้ไป", "ยอดยกมา", "รับเข้า",
        "จ่ายออก", "งบจัดสรร", "รายรับ", "รายจ่าย",
    )
)  # fmt: skip
_PLACES = frozenset(
    heading_key(word)
    for word in (
        "parent", "kind", "size", "รหัสโรงเรียน", "รหัสสถานศึกษา", "ชื่อโรงเรียน", "ชื่อสถานศึกษา",
        "ขนาดโรงเรียน", "จำนวนนักเรียน", "ตำบล", "อำเภอ", "จังหวัด", "หน่วยงานต้นสังกัด",
        "school name", "district", "province",
    )
)  # fmt: skip
_ANY_CODE = frozenset(heading_key(word) for word in ("code", "รหัส", "id", "no"))
_OF_A_THING = frozenset(
    {"asset_no", "old_numbers", "serial_no", "brand", "_brand_model", "acquire_method"}
)


def is_foreign(headings: Iterable[str]) -> bool:
    """Whether a row heads people, stock or places: two of its words, none of a thing's."""
    texts = [text for text in headings if len(text) <= 60]
    keys = [heading_key(text) for text in texts]
    lists = (_PEOPLE, _STOCK, _PLACES)
    if max(sum(key in words for key in keys) for words in lists) < 2:
        return False
    telling = (text for text in texts if heading_key(text) not in _ANY_CODE)
    return not any(name in _OF_A_THING and sure > 0.7 for name, sure in map(recognise, telling))
