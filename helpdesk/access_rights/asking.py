"""Asking for access to a system (form F13) as a kind of request: its form and its path.

The head of the unit signs first, then an owner of the system; a keeper of it makes the account and
that carries the request out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select

from helpdesk.access_rights import access, queries
from helpdesk.access_rights.models import InformationSystem, SystemPerson, SystemRequest
from helpdesk.access_rights.rules import notices
from helpdesk.access_rights.states import Part, Wish
from helpdesk.requests import answers
from helpdesk.requests.answers import Reading
from helpdesk.requests.approving import HEAD
from helpdesk.requests.fields import Field, Option
from helpdesk.requests.models import ServiceRequest
from helpdesk.requests.sorts import Sort
from helpdesk.requests.states import FieldKind, State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.i18n import gettext as _
from kernel.i18n import lazy_gettext as _l
from office.approvals.kinds import StepPlan
from office.approvals.states import Place

KEY, OWNERS = "access", "owners"
OWNER = StepPlan("เจ้าของระบบ", "Owner of the system", Place.GIVEN, slot=OWNERS)
PLEDGE = (
    "ข้าพเจ้าจะไม่ให้ผู้อื่นใช้บัญชีของข้าพเจ้า จะเก็บรักษารหัสผ่านเป็นความลับ และจะปฏิบัติตาม"
    "พระราชบัญญัติว่าด้วยการกระทำความผิดเกี่ยวกับคอมพิวเตอร์และกฎหมายว่าด้วยการคุ้มครองข้อมูลส่วนบุคคล"
)
WISHES = (
    Option(Wish.NEW.value, "ขอใหม่", "New access"),
    Option(Wish.CHANGE.value, "เปลี่ยนแปลงสิทธิ์หรือต่ออายุ", "Change or prolong"),
    Option(Wish.CANCEL.value, "ยกเลิกสิทธิ์", "End my access"),
    Option(Wish.FORGOTTEN.value, "ลืมรหัสผ่าน", "Forgotten password"),
)
LEVELS = (
    Option("view", "ดูข้อมูล", "View"),
    Option("edit", "บันทึกข้อมูล", "Enter data"),
    Option("approve", "อนุมัติ", "Approve"),
    Option("admin", "ผู้ดูแล", "Administer"),
)
WITH_LEVEL = (Wish.NEW, Wish.CHANGE)


def sort() -> Sort:
    """Return the kind as this room registers it."""
    return Sort(
        key=KEY,
        name_th="ขอเข้าถึงระบบข้อมูลสารสนเทศ",
        name_en="Access to an information system",
        intro_th="สิทธิ์เข้าระบบ บัญชีอีเมล หรือบัญชีใช้อินเทอร์เน็ต",
        intro_en="A role in a system, an e-mail account or an internet identity",
        paper_th="แบบคำร้องขอเข้าถึงระบบข้อมูลสารสนเทศ",
        paper_en="Application for access to an information system",
        form_no="F13",
        series="ขส.",
        icon="key",
        fields=fields,
        first_path=(HEAD, OWNER),
        slots={OWNERS: _l("The owners of the system")},
        by_hand=False,
        title=title,
        check=check,
        taken=taken,
        given=given,
        approved=approved,
        page_part="helpdesk/access_rights/_on_request.html",
        page_context=page_context,
        paper=lambda _request: {"pledge": PLEDGE},
    )


def fields() -> tuple[Field, ...]:
    """Return the fields; the systems are those that can be asked for now."""
    systems = tuple(Option(str(one.id), one.name_th, one.name_en) for one in queries.systems())
    return (
        Field("system", FieldKind.CHOICE, "ระบบ", "System", required=True, options=systems),
        Field("wish", FieldKind.CHOICE, "ความประสงค์", "Wish", required=True, options=WISHES),
        Field("level", FieldKind.CHOICE, "ระดับสิทธิ์", "Level", options=LEVELS),
        Field(
            "account",
            FieldKind.TEXT,
            "ชื่อบัญชีที่ต้องการ",
            "Account wanted",
            most=120,
            hint_th="ไม่ต้องกรอกรหัสผ่าน ระบบนี้ไม่เก็บรหัสผ่าน",
            hint_en="Never write a password here; none is kept",
        ),
        Field("why", FieldKind.LONG, "เหตุผลความจำเป็น", "Reason", required=True, most=2000),
        Field("from", FieldKind.DATE, "ใช้ตั้งแต่วันที่", "From", past=False),
        Field("until", FieldKind.DATE, "ใช้ถึงวันที่", "Until", past=False),
        Field(
            "pledge",
            FieldKind.YES_NO,
            "ข้าพเจ้าจะไม่ให้ผู้อื่นใช้บัญชี และจะปฏิบัติตามกฎหมายคอมพิวเตอร์และข้อมูลส่วนบุคคล",
            "I share the account with nobody and keep the laws on computers and personal data",
            required=True,
        ),
    )


def title(request: ServiceRequest) -> str:
    """Return the wish and the system in one line of Thai, as far as they are typed."""
    typed = request.typed
    wish = next((one.th for one in WISHES if one.value == typed.get("wish")), "")
    said = str(typed.get("system", ""))
    system = db.session.get(InformationSystem, int(said)) if said.isdecimal() else None
    return " ".join(part for part in (wish, system.name_th if system else "") if part)


def wish_of(request: ServiceRequest) -> Wish:
    """Return what a sent request asks for."""
    return Wish(request.answers["wish"]["value"])


def system_of(reading: Reading) -> InformationSystem | None:
    """Return the system of what was read."""
    answer = reading.answers.get("system")
    return db.session.get(InformationSystem, int(answer["value"])) if answer else None


def check(request: ServiceRequest, reading: Reading) -> None:
    """Find what does not fit together: level and days of new access, the right it changes.

    A right is asked for with a last day (R-AC1), for no longer than the system allows.
    """
    wish, system = reading.answers.get("wish"), system_of(reading)
    if wish is None or system is None:
        return
    if reading.answers.get("pledge", {"value": True})["value"] is not True:
        reading.wrong["pledge"] = _("Nobody gets access without this pledge.")
    if wish["value"] in WITH_LEVEL:
        if "level" not in reading.answers:
            reading.wrong.setdefault("level", _("Please choose the level."))
        _check_days(reading, system)
    right = queries.right_in_force(system.id, request.asker_id)
    if wish["value"] == Wish.NEW and right is not None:
        reading.wrong["wish"] = _("You have access to this system already. Ask to change it.")
    if wish["value"] in (Wish.CHANGE, Wish.CANCEL) and right is None:
        reading.wrong["wish"] = _("You have no access to this system. Ask for new access.")


def _check_days(reading: Reading, system: InformationSystem) -> None:
    first = answers.day_of(reading.answers.get("from")) or clock.today()
    last = answers.day_of(reading.answers.get("until"))
    if last is None:
        reading.wrong.setdefault("until", _("Access ends on a day. Please write until when."))
    elif last < first:
        reading.wrong["until"] = _("The last day lies before the first one.")
    elif last > months_on(first, system.longest_months):
        reading.wrong["until"] = _(
            "This system is given for %(months)s months at most; then it is asked for again.",
            months=system.longest_months,
        )


def months_on(day: date, months: int) -> date:
    """Return the same day so many months later; the last of the month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for number in range(day.day, 0, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return day


def taken(request: ServiceRequest) -> None:
    """Write down for which system a request is, as it is sent."""
    db.session.execute(delete(SystemRequest).where(SystemRequest.request_id == request.id))
    db.session.add(
        SystemRequest(request_id=request.id, system_id=int(request.answers["system"]["value"]))
    )


def given(request: ServiceRequest) -> Mapping[str, Sequence[int]]:
    """Return the owners of the system, who are asked to sign."""
    owners = db.session.scalars(
        select(SystemPerson.person_id)
        .where(
            SystemPerson.system_id == int(request.answers["system"]["value"]),
            SystemPerson.part == Part.OWNER,
        )
        .order_by(SystemPerson.person_id)
    ).all()
    return {OWNERS: list(owners)}


def approved(request: ServiceRequest, _by: Viewer) -> None:
    """Tell the keepers of the system that an account waits to be made."""
    notices.tell_keepers_to_grant(request, int(request.answers["system"]["value"]))


def page_context(request: ServiceRequest, viewer: Viewer) -> Mapping[str, Any]:
    """Return the system, its people and the right for the page of a request."""
    link = db.session.get(SystemRequest, request.id)
    if link is None:
        return {"system": None, "owners": [], "keepers": [], "may_grant": False}
    parts = queries.parts_of([link.system_id])
    keepers = parts.get((link.system_id, Part.KEEPER), [])
    keeps = any(one.id == viewer.id for one in keepers) or viewer.may(access.SYSTEMS)
    return {
        "system": link.system,
        "owners": [one.name for one in parts.get((link.system_id, Part.OWNER), [])],
        "keepers": [one.name for one in keepers],
        "may_grant": keeps and request.state == State.APPROVED and viewer.id != request.asker_id,
    }
