"""Samples of the papers of a programme, with a fictitious working group and plan."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from helpdesk.programmes import papers
from helpdesk.programmes.models import Activity, Indicator, Programme, ProgrammeMember
from helpdesk.programmes.papers import Letterhead
from helpdesk.programmes.report_models import ProgrammeReport
from helpdesk.programmes.shipped import process_of
from helpdesk.programmes.states import ActivityState, Duty, State, StepKind, StepState
from kernel.i18n import lazy_gettext as _l
from office.papers import specimen
from office.papers.specimen import AT, DIRECTOR, HEAD, TEACHER, TECHNICIAN

FIRST, LAST = date(2026, 10, 1), date(2027, 9, 30)
PLAN = (
    ("สำรวจสภาพเครื่องคอมพิวเตอร์และระบบเครือข่ายของสถานศึกษา", date(2026, 10, 5), "12000.00"),
    ("ออกบำรุงรักษาเชิงป้องกันตามแผนรายโรงเรียน", date(2026, 11, 2), "45000.00"),
    ("จัดหาอะไหล่และวัสดุสำรอง", date(2026, 12, 1), "68000.00"),
)


def _programme() -> Programme:
    return specimen.row(
        Programme,
        process_no=2,
        fiscal_year=specimen.YEAR,
        name="โครงการติดตั้ง ดูแล และบำรุงรักษาระบบคอมพิวเตอร์ของสถานศึกษา",
        objective="เพื่อให้ระบบคอมพิวเตอร์และเครือข่ายของสถานศึกษาพร้อมใช้งานอย่างต่อเนื่อง",
        targets="สถานศึกษาในสังกัดทุกแห่งได้รับการบำรุงรักษาอย่างน้อยปีละสองครั้ง",
        unit=specimen.group(),
        owner=specimen.person(HEAD),
        starts_on=FIRST,
        ends_on=LAST,
        budget=Decimal("125000.00"),
        state=State.RUNNING,
        order_no="1/2570",
        ordered_on=FIRST,
    )


def _order(_variant: str) -> bytes:
    duties = (
        (DIRECTOR, Duty.CHAIR, ""),
        (HEAD, Duty.DEPUTY, ""),
        (TEACHER, Duty.MEMBER, "เจ้าหน้าที่กลุ่มตัวอย่าง"),
        (TECHNICIAN, Duty.SECRETARY, ""),
    )
    members = [
        specimen.row(
            ProgrammeMember, name=one.name, position=one.position, duty=duty, acting=acting
        )
        for one, duty, acting in duties
    ]
    return papers.order(_programme(), members, office=specimen.OFFICE)


def _head(title: str) -> Letterhead:
    issued = specimen.issued(title, "1/2570")
    return Letterhead(
        specimen.OFFICE, specimen.BASE_URL, specimen.places(), issued, "18/2570", specimen.DAY
    )


def _proposal(_variant: str) -> bytes:
    plan = [
        specimen.row(
            Activity,
            title=title,
            starts_on=start,
            ends_on=LAST,
            responsible=specimen.person(TECHNICIAN),
            budget=Decimal(budget),
        )
        for title, start, budget in PLAN
    ]
    indicator = specimen.row(
        Indicator, name="ร้อยละของเครื่องที่ได้รับการบำรุงรักษาตามแผน", unit_word="ร้อยละ", target=Decimal(90)
    )
    return papers.proposal(_programme(), plan, [indicator], _head("บันทึกข้อความ"))


def _report(_variant: str) -> bytes:
    report = specimen.row(
        ProgrammeReport,
        programme=_programme(),
        edition=1,
        summary="ดำเนินการบำรุงรักษาครบทุกสถานศึกษา เครื่องที่ชำรุดได้รับการซ่อมและกลับมาใช้งานได้",
        problems="สถานศึกษาบางแห่งใช้เครื่องที่มีอายุเกินห้าปี อะไหล่หายาก",
        suggestions="ควรจัดทำแผนทดแทนเครื่องคอมพิวเตอร์ระยะสามปี",
        made_at=AT,
    )
    figures = {
        "steps": _steps(),
        "planned": 3,
        "done": 3,
        "budget": "125000.00",
        "spent": "118400.00",
        "activities": [
            {"title": title, "state": ActivityState.DONE.value, "budget": budget, "spent": budget}
            for title, _start, budget in PLAN
        ],
        "indicators": [
            {
                "name": "ร้อยละของเครื่องที่ได้รับการบำรุงรักษาตามแผน",
                "unit": "ร้อยละ",
                "target": "90",
                "result": "96.5",
                "met": True,
                "evidence": "รายงานการบำรุงรักษาประจำปี",
            }
        ],
        "counted": [["งานซ่อมที่เสร็จสิ้น", 148], ["การออกบำรุงรักษา", 62]],
    }
    return papers.report(report, figures, _head("รายงานผลการดำเนินงาน"))


def _steps() -> list[dict[str, object]]:
    """Return the steps of the process as a report freezes them, one of them left out."""
    rows: list[dict[str, object]] = []
    for number, one in enumerate(process_of(_programme().process_no).steps[:-1], start=1):
        left_out = one.kind == StepKind.INFORM
        rows.append(
            {
                "number": number,
                "title_th": one.title_th,
                "title_en": one.title_en,
                "state": (StepState.SKIPPED if left_out else StepState.DONE).value,
                "done_on": "" if left_out else specimen.DAY.isoformat(),
                "doc_no": "",
                "remark": "แจ้งในที่ประชุมผู้บริหารสถานศึกษาแล้ว" if left_out else "",
            }
        )
    return rows


SAMPLES: specimen.Samples = {
    "programme-order": (_l("Order of a working group"), _order),
    "programme-proposal": (_l("Memo that proposes a programme"), _proposal),
    "programme-report": (_l("Summary report of a programme"), _report),
}
