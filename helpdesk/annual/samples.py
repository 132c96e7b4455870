"""A sample of the annual report, with invented figures."""

from __future__ import annotations

from helpdesk.annual import papers
from helpdesk.annual.chapters import Chapter, Column, Report, Section, Table
from kernel.i18n import lazy_gettext as _l
from kernel.thai import thai_digits
from office.papers import specimen

FIGURES = (Column("รายการ"), Column("จำนวน", 45, right=True))
PLAN = (
    Column("ที่", 10),
    Column("กิจกรรม"),
    Column("ผล", 28),
    Column("งบประมาณ (บาท)", 28, right=True),
)


def made_up(chapters: int = 3, sections: int = 3, rows: int = 6) -> Report:
    """Return a report of any length.

    Args:
        chapters: how many.
        sections: in each chapter.
        rows: in each table.
    """
    activities = [("๑", "บำรุงรักษาเครื่องคอมพิวเตอร์ของสถานศึกษา", "ดำเนินการแล้ว", "๔๕,๐๐๐.๐๐")] * rows
    figures = [("งานซ่อมที่รับเข้า", "๖๔๒"), ("งานซ่อมที่เสร็จสิ้น", "๖๐๘")] * max(rows // 2, 1)
    told = [
        Section(
            f"ผลการดำเนินงานส่วนที่ {thai_digits(str(place))}",
            ["ดำเนินการครบตามแผน เครื่องที่ชำรุดได้รับการซ่อมและกลับมาใช้งานได้"],
            [Table(PLAN, activities, "กิจกรรมตามแผน"), Table(FIGURES, figures)],
            english=f"Results, part {place}",
        )
        for place in range(1, sections + 1)
    ]
    return Report(
        year=specimen.YEAR,
        office=specimen.OFFICE,
        until="๓๐ ก.ย. ๒๕๗๐",
        chapters=[
            Chapter("ผลการดำเนินงานตามกระบวนงาน", "Results by process", told)
            for _place in range(chapters)
        ],
    )


def _report(_variant: str) -> bytes:
    return papers.report_pdf(made_up())


SAMPLES: specimen.Samples = {"annual-report": (_l("Annual report"), _report)}
