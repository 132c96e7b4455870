"""The chapters of what was done: the year in figures, the nine processes, repairs, lending."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from helpdesk.annual.chapters import Chapter, Column, Section, Table, table
from helpdesk.annual.words import mean, money, number, numbered
from helpdesk.desk.year import Numbers
from helpdesk.desk.year_facts import Fact, areas_of
from helpdesk.figures import queries as figures
from helpdesk.figures.periods import Period, month_name
from helpdesk.figures.queries import Asked, By, Line
from helpdesk.programmes import queries as programmes
from helpdesk.programmes.models import Programme
from helpdesk.programmes.queries import Filter
from helpdesk.programmes.rules import reporting
from helpdesk.programmes.shipped import processes
from helpdesk.programmes.states import ACTIVITIES, PROGRAMMES, ActivityState, State
from kernel.access import Viewer
from kernel.i18n import speaking
from kernel.thai import thai_digits

NO = Column("ที่", 10)
AMOUNT = Column("งบประมาณ (บาท)", 28, right=True)
SPENT = Column("ใช้จริง (บาท)", 28, right=True)
MET = {True: "บรรลุ", False: "ไม่บรรลุ", None: "–"}


def overview(viewer: Viewer, period: Period, numbers: Numbers) -> Chapter:
    """Return the year in figures, area by area, as the page of the year tells it."""
    columns = (Column("รายการ"), Column("จำนวน", 45, right=True))
    with speaking("en"):
        english = [str(area.title) for area in areas_of(numbers, period, viewer)]
    sections = [
        Section(
            thai_digits(area.title),
            tables=table(columns, [_fact(one) for one in area.facts]),
            english=title,
        )
        for area, title in zip(areas_of(numbers, period, viewer), english, strict=True)
    ]
    return Chapter("ภาพรวมของปี", "The year at a glance", sections)


def _fact(fact: Fact) -> tuple[str, str]:
    value = fact.value
    shown = money(value) if isinstance(value, Decimal) and fact.unit == "baht" else fact.shown
    note = f" ({fact.note})" if fact.note else ""
    return fact.label, thai_digits(f"{shown}{note}")


def nine_processes(viewer: Viewer, period: Period) -> Chapter:
    """Return every process with its programmes of the year: plan, indicators, report."""
    found = _programmes(viewer, period.year)
    done = programmes.steps_done([one.id for one in found])
    sections: list[Section] = []
    for process in processes():
        own = [one for one in found if one.process_no == process.number]
        sections.append(
            Section(
                f"กระบวนงานที่ {number(process.number)} {process.name_th}",
                [process.purpose_th] if own else [process.purpose_th, "ไม่มีโครงการในปีนี้"],
                _listed(own, done),
                english=f"Process {process.number}: {process.name_en}",
            )
        )
        sections += [_programme(one) for one in own]
    return Chapter("ผลการดำเนินงานตามกระบวนงาน", "Results by process", sections)


def _programmes(viewer: Viewer, year: int) -> list[Programme]:
    found: list[Programme] = []
    page = 1
    while True:
        some = programmes.programmes(viewer, Filter(year=year), page)
        found += some[: programmes.A_PAGE]
        if len(some) <= programmes.A_PAGE:
            return sorted(found, key=lambda one: (one.process_no, one.id))
        page += 1


def _listed(own: Sequence[Programme], done: dict[int, tuple[int, int]]) -> tuple[Table, ...]:
    columns = (NO, Column("โครงการ"), Column("หน่วยงาน", 44), Column("สถานะ", 26),
               Column("ขั้นตอน", 18), AMOUNT)  # fmt: skip
    rows = [
        (
            one.name,
            one.unit.name_th,
            str(PROGRAMMES.faces[State(one.state)].label),
            "/".join(map(number, done.get(one.id, (0, 0)))),
            money(one.budget),
        )
        for one in own
    ]
    return table(columns, numbered(rows))


def _programme(programme: Programme) -> Section:
    report = reporting.newest(programme)
    told: dict[str, Any] = (report.figures if report else None) or reporting.figures(programme)
    texts = (
        ("ผลการดำเนินงาน", report.summary),
        ("ปัญหาและอุปสรรค", report.problems),
        ("ข้อเสนอแนะ", report.suggestions),
    ) if report else ()  # fmt: skip
    paragraphs = [f"{head}: {words.strip()}" for head, words in texts if words.strip()]
    return Section(
        thai_digits(programme.name),
        [thai_digits(one) for one in (programme.objective, *paragraphs) if one],
        (*_plan(told), *_targets(told), *_counted(told)),
        level=3,
    )


def _plan(told: dict[str, Any]) -> tuple[Table, ...]:
    columns = (NO, Column("กิจกรรม"), Column("ผล", 28), AMOUNT, SPENT)
    rows = [
        (
            thai_digits(one["title"]),
            str(ACTIVITIES[ActivityState(one["state"])].label),
            money(Decimal(one["budget"])),
            money(Decimal(one["spent"])),
        )
        for one in told["activities"]
    ]
    return table(columns, numbered(rows), title="กิจกรรมตามแผน")


def _targets(told: dict[str, Any]) -> tuple[Table, ...]:
    columns = (
        Column("ตัวชี้วัด"),
        Column("เป้าหมาย", 24, right=True),
        Column("ผล", 24, right=True),
        Column("สรุป", 20),
    )
    rows = [
        (
            thai_digits(f"{one['name']} ({one['unit']})" if one["unit"] else one["name"]),
            _plain(one["target"]),
            _plain(one["result"]) if one["result"] else "–",
            MET[one["met"]],
        )
        for one in told["indicators"]
    ]
    return table(columns, rows, title="ผลตามตัวชี้วัด")


def _plain(amount: str) -> str:
    """Return an amount without noughts behind the point that say nothing."""
    return thai_digits(f"{Decimal(amount).normalize():,f}")


def _counted(told: dict[str, Any]) -> tuple[Table, ...]:
    rows = [(thai_digits(label), number(value)) for label, value in told["counted"]]
    columns = (Column("รายการ"), Column("จำนวน", 30, right=True))
    return table(columns, rows, title="ผลงานที่ระบบนับได้")


def service_desk(viewer: Viewer, period: Period, numbers: Numbers) -> Chapter:
    """Return repairs and advice by month, category, school and symptom."""
    kinds = (By.CATEGORY, By.SCHOOL, By.SYMPTOM, By.TECHNICIAN)
    told = figures.by_each(viewer, Asked(period), kinds)
    heads = {
        By.CATEGORY: ("จำแนกตามประเภทเรื่อง", "By category"),
        By.SCHOOL: ("จำแนกตามโรงเรียนและหน่วยงาน", "By school and unit"),
        By.SYMPTOM: ("จำแนกตามอาการ", "By symptom"),
        By.TECHNICIAN: ("จำแนกตามผู้ปฏิบัติงาน", "By technician"),
    }
    months = [(month_name(one.number), *_line(one.repairs)) for one in numbers.months]
    by_month = table(_columns("เดือน"), _digits(months))
    sections = [Section("รายเดือน", tables=by_month, english="Month by month")]
    sections += [
        Section(
            head,
            tables=table(
                _columns("รายการ"), _digits([(one.label, *_line(one)) for one in told[by]])
            ),
            english=english,
        )
        for by, (head, english) in heads.items()
        if told[by]
    ]
    return Chapter("งานซ่อมและให้คำปรึกษา", "Repairs and advice", sections)


def _columns(first: str) -> tuple[Column, ...]:
    return (
        Column(first),
        Column("รับเข้า", 20, right=True),
        Column("เสร็จสิ้น", 20, right=True),
        Column("ทันกำหนด (ร้อยละ)", 32, right=True),
        Column("ความพึงพอใจ", 24, right=True),
        Column("ค่าใช้จ่าย (บาท)", 28, right=True),
    )


def _line(line: Line) -> tuple[str, ...]:
    rating = line.ratings.mean if line.ratings.n else None
    share = line.resolution_share
    return (number(line.came), number(line.ended), number(share), mean(rating), money(line.cost))


def _digits(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [(thai_digits(row[0]), *row[1:]) for row in rows]


def lending(numbers: Numbers) -> Chapter:
    """Return what was lent, month by month, and what is out now."""
    columns = (Column("เดือน"), Column("จำนวนที่ให้ยืม (รายการ)", 45, right=True))
    rows = [(thai_digits(month_name(one.number)), number(one.lent)) for one in numbers.months]
    words = (
        f"ขณะนี้มีพัสดุอยู่ระหว่างการยืม {number(numbers.out)} รายการ "
        f"เกินกำหนดส่งคืน {number(numbers.overdue)} รายการ"
    )
    return Chapter("การให้ยืมพัสดุ", "Lending", paragraphs=[words], tables=table(columns, rows))
