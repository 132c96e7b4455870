"""A sample of the request for access to a system, filled in by a fictitious person."""

from __future__ import annotations

from helpdesk.access_rights import asking
from helpdesk.requests import samples as requests
from helpdesk.requests.fields import Field
from helpdesk.requests.states import FieldKind
from kernel.i18n import lazy_gettext as _l
from office.papers import specimen

FIELDS = (
    Field("system", FieldKind.CHOICE, "ระบบ", "System"),
    Field("wish", FieldKind.CHOICE, "ความประสงค์", "Wish"),
    Field("level", FieldKind.CHOICE, "ระดับสิทธิ์", "Level"),
    Field("account", FieldKind.TEXT, "ชื่อบัญชีที่ต้องการ", "Account wanted"),
    Field("why", FieldKind.LONG, "เหตุผลความจำเป็น", "Reason"),
    Field("from", FieldKind.DATE, "ใช้ตั้งแต่วันที่", "From"),
    Field("until", FieldKind.DATE, "ใช้ถึงวันที่", "Until"),
)
SAID = {
    "system": "ระบบสารสนเทศเพื่อการบริหารตัวอย่าง",
    "wish": asking.WISHES[0].th,
    "level": asking.LEVELS[1].th,
    "account": "sommut.j",
    "why": "ได้รับมอบหมายให้บันทึกข้อมูลนักเรียนและครุภัณฑ์ของโรงเรียน",
    "from": "๑๗ พฤศจิกายน ๒๕๖๙",
    "until": "๓๐ กันยายน ๒๕๗๐",
}


def _access(_variant: str) -> bytes:
    shape = requests.form(asking.sort(), FIELDS)
    return requests.printed(shape, SAID, {"pledge": asking.PLEDGE})


SAMPLES: specimen.Samples = {
    "F13": (_l("Application for access to an information system"), _access)
}
