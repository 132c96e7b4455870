"""What a heading that stands in no word list most likely means.

Offices join words (`เลขที่/รหัสครุภัณฑ์`, `ว.ด.ป. ที่รับ`), systems join tokens (`durable_code`,
`ACQ_DATE`). The rules below read the parts; the first that fits wins, so what must not be taken
for something else (a net value, a former number) stands first.
"""

import re
from functools import lru_cache

_THING = r"(?:ครุภัณฑ์|คภ|สินทรัพย์|ทรัพย์สิน|พัสดุ)"
_OTHER_NAMES = "ผู้|ร้าน|บริษัท|ห้าง|ห้อง|อาคาร|โรงเรียน|หน่วย|สกุล|นามสกุล|ตัว|เล่น|เรื่อง|โครงการ|วิชา|ครู|นักเรียน"

_THAI: tuple[tuple[str, str], ...] = (
    (r"(?:มูลค่า|ราคา).*(?:สุทธิ|ตามบัญชี|คงเหลือ|ซาก)", "_extra"),
    (r"^(?:วัน|ปี).*(?:ตรวจสอบ|ตรวจนับ|จำหน่าย|ซ่อม|คืน|ผลิต|สำรวจ)", "_extra"),
    (r"(?:หมด|ถึง|สิ้นสุด).*ประกัน|ประกัน.*(?:หมด|ถึง|สิ้นสุด)", "warranty_until"),
    (r"^(?:เลข|หมายเลข|รหัส).*(?:เดิม|เก่า)$", "old_numbers"),
    (rf"^(?:หมายเลข|เลข|รหัส|ทะเบียน).*(?:{_THING}|บาร์โค้ด|gfmis)", "asset_no"),
    (r"^เลขที่(?:ใบ|บค|สัญญา|เอกสาร)|^ใบ(?:สำคัญ|ส่งของ|สั่ง)|หลักฐาน", "doc_ref"),
    (r"^(?:หมวด|ประเภท|แหล่ง|ชนิด)(?:ของ)?เงิน|^งบที่|^เงินที่", "fund_type"),
    (rf"^(?:ประเภท|หมวด|กลุ่ม)(?:หมู่|ของ)*{_THING}$", "class_text"),
    (rf"^จำนวน(?:{_THING}|สิ่งของ|เครื่อง|คงเหลือ|ทั้งหมด)|^คงเหลือ$", "quantity"),
    (r"^(?:วดป|วัน).*(?:รับ|ได้มา|ซื้อ|จัดหา|ทะเบียน)|^(?:ได้มา|รับ|ซื้อ|จัดซื้อ)(?:เมื่อ|วันที่)", "acquired_on"),
    (r"^(?:ซื้อ|จัดซื้อ|ได้มา)?(?:ปี|พศ).*(?:ได้|รับ|ซื้อ|งบ|งปม|พศ|จัดหา)", "_acquired_year"),
    (r"^รวม(?:มูลค่า|ราคา|เงิน)|^(?:มูลค่า|ราคา)รวม", "total_price"),
    (r"^มูลค่าการได้มา|^(?:มูลค่า|ราคา)(?:ตามทะเบียน|แรกรับ)", "price"),
    (rf"^(?:ที่อยู่|ที่ตั้ง|สถานที่)(?:ของ)?{_THING}|^ห้อง|ใช้ในห้อง|^จุดที่", "room_text"),
    (r"^อยู่ที่|^ใช้ประจำ|^ประจำ(?:อยู่)?(?:ที่|ห้อง)|^ที่ใช้งาน", "room_text"),
    (r"^สภาพ|^ผลการตรวจสภาพ", "condition"),
    (r"^วิธี(?:ที่|การ)?(?:ได้มา|ซื้อ|จัด)|^การจัดหา|โดยวิธี", "acquire_method"),
    (r"^(?:จัด|ซื้อ|จ้าง)+จาก|^(?:ชื่อ)?(?:ร้าน|บริษัท|ห้าง)", "vendor_name"),
    (r"เพิ่มเติม$", "note"),
    (r"ยี่ห้อ.*(?:รุ่น|แบบ)|(?:รุ่น|แบบ).*ยี่ห้อ", "_brand_model"),
    (r"^(?:สี|ขนาด|ลักษณะ)+$", "description"),
    (rf"^ชื่อ(?!{_OTHER_NAMES})|^รายการ(?!ตรวจ)|รายการ$", "name"),
)

_ASSET = {"asset", "durable", "equip", "equipment", "inventory", "inv", "article", "fa", "fixed"}
_TOKENS: tuple[tuple[set[str], set[str], str], ...] = (
    ({"old", "previous", "former"}, {"no", "number", "code", "id", "asset"}, "old_numbers"),
    (
        {
            "old", "previous", "former", "dep", "depreciation", "net", "book", "salvage",
            "residual", "accumulated", "nbv", "scrap", "update", "updated", "create", "created",
            "modified", "inspection", "audit", "photo", "image", "dispose", "disposal", "disposed",
            "expire", "expiry", "return", "birth", "salary", "first", "last",
        },
        set(),
        "_extra",
    ),
    ({"warranty"}, set(), "warranty_until"),
    ({"serial", "sn"}, set(), "serial_no"),
    ({"date", "acquired", "capitalized", "purchased", "received"}, set(), "acquired_on"),
    ({"year", "fy"}, set(), "_acquired_year"),
    ({"total", "amount", "amt"}, set(), "total_price"),
    ({"price", "cost", "apc", "value", "val"}, {"center", "centre"}, "unit_text"),
    ({"price", "cost", "apc", "value", "val"}, set(), "price"),
    ({"qty", "quantity"}, set(), "quantity"),
    ({"fund", "money", "budget"}, set(), "fund_type"),
    ({"vendor", "supplier", "seller", "donor"}, set(), "vendor_name"),
    ({"dept", "department", "division", "org", "organization", "agency", "school"}, set(),
     "unit_text"),
    ({"loc", "location", "room", "place", "building"}, set(), "room_text"),
    ({"user", "holder", "custodian", "owner", "employee", "person"}, set(), "custodian_text"),
    ({"status", "condition", "state"}, set(), "condition"),
    ({"brand", "make", "manufacturer"}, set(), "brand"),
    ({"model"}, set(), "model"),
    ({"class", "category", "type", "group"}, set(), "class_text"),
    ({"remark", "remarks", "note", "notes", "comment"}, set(), "note"),
    ({"code", "no", "number", "id", "tag", "barcode", "assetid", "assetno"},
     _ASSET | {"assetid", "assetno"}, "asset_no"),
    ({"desc", "description", "name"}, _ASSET | {"item"}, "name"),
    ({"desc"}, set(), "name"),
    ({"unit", "uom"}, set(), "unit_word"),
)  # fmt: skip
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=4096)
def guess(text: str, key: str) -> tuple[str, float]:
    """Return the field and how sure it is; `key` is the text's heading key without brackets.

    Tokens of a system's export are nearly as good as a known word (0.95): no item is called
    `dept_name`. Thai words could stand in a remark too, so they weigh less (0.8).
    """
    if text.isascii():
        tokens = set(re.split(r"[^a-z]+", _HUMP.sub("_", text).lower())) - {""}
        for some, others, name in _TOKENS:
            if tokens & some and (not others or tokens & others) and len(tokens) <= 5:
                return name, 0.95
        return "", 0.0
    if 2 < len(key) <= 40:
        for pattern, name in _THAI:
            if re.search(pattern, key):
                return name, 0.8
    return "", 0.0
