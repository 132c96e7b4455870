"""A sample of the summary of operations, with invented figures."""

from __future__ import annotations

from decimal import Decimal

from helpdesk.figures import summary_paper
from helpdesk.figures.periods import Period
from helpdesk.figures.queries import Line
from helpdesk.figures.spread import Spread
from helpdesk.figures.summing import Summary, TopicLine
from kernel.i18n import lazy_gettext as _l
from office.papers import specimen


def _line(label: str, came: int, ended: int) -> Line:
    return Line(
        key=label,
        label=label,
        came=came,
        ended=ended,
        still_open=came - ended,
        response=Spread({35: came}),
        resolution=Spread({240: ended - 2, 900: 2}),
        response_met=came - 1,
        response_of=came,
        resolution_met=ended - 2,
        resolution_of=ended,
        ratings=Spread({5: 18, 4: 9, 3: 1}),
        cost=Decimal("12450.00"),
    )


def _summary(_variant: str) -> bytes:
    summary = Summary(
        whole=_line("", 64, 58),
        repairs=_line("", 42, 37),
        advice=_line("", 22, 21),
        categories=[
            _line("คอมพิวเตอร์", 21, 19),
            _line("เครื่องพิมพ์", 17, 15),
            _line("ระบบเครือข่าย", 9, 8),
        ],
        schools=[_line("โรงเรียนตัวอย่างวิทยา", 31, 28), _line("โรงเรียนสมมุติพิทยาคม", 19, 17)],
        symptoms=[
            _line("กระดาษติด", 9, 9),
            _line("เปิดไม่ติด", 7, 6),
            _line("ใช้อินเทอร์เน็ตไม่ได้", 6, 6),
        ],
        topics=[TopicLine("การใช้ระบบสารบรรณ", (8, 3, 1, 0, 0), 12, 240)],
    )
    return summary_paper.paper_of(
        summary,
        Period(specimen.YEAR, 11),
        office=specimen.OFFICE,
        unit="",
        problems="อะไหล่เครื่องพิมพ์รุ่นเก่าหาซื้อได้ยาก ทำให้ใช้เวลาซ่อมนานกว่าที่กำหนด",
        suggestions="จัดทำแผนทดแทนเครื่องพิมพ์ที่ใช้งานเกินห้าปี",
    )


SAMPLES: specimen.Samples = {"F09": (_l("Summary of operations"), _summary)}
