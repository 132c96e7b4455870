"""Samples of the papers of maintenance, with a fictitious school and invented items."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from assets.maintenance import papers
from assets.maintenance.costs import Figures, Line
from assets.maintenance.models import Answer, Occurrence, Part, Plan, PlanItem, Step, Visit
from assets.maintenance.plan_of_year import Row
from assets.maintenance.states import Every, State, StepKind
from assets.register.models import Asset
from kernel.i18n import lazy_gettext as _l
from office.papers import specimen
from office.papers.specimen import AT, LATER, OFFICE, TECHNICIAN, YEAR
from office.places.models import Room, Unit

THINGS = (
    ("7440-001-0031/64", "เครื่องคอมพิวเตอร์ตั้งโต๊ะ"),
    ("7440-001-0032/64", "เครื่องคอมพิวเตอร์ตั้งโต๊ะ"),
    ("7430-005-0003/64", "เครื่องพิมพ์เลเซอร์ ขาวดำ"),
)
QUARTERS = (date(2026, 12, 1), date(2027, 3, 1), date(2027, 6, 1), date(2027, 9, 1))


def _plan() -> Plan:
    return specimen.row(
        Plan,
        name_th="บำรุงรักษาเครื่องคอมพิวเตอร์ประจำไตรมาส",
        counts=Every.MONTHS,
        every=3,
        starts_on=QUARTERS[0],
        minutes=25,
        cost=Decimal(80),
        caretaker=specimen.person(TECHNICIAN),
        created_at=AT,
        steps=[
            specimen.row(Step, id=1, text_th="ทำความสะอาดพัดลมและช่องระบายอากาศ"),
            specimen.row(
                Step,
                id=2,
                text_th="วัดแรงดันไฟฟ้า",
                kind=StepKind.READING,
                unit_word="โวลต์",
                least=Decimal(210),
                most=Decimal(240),
            ),
            specimen.row(Step, id=3, text_th="ถ่ายภาพหน้าจอ", kind=StepKind.PHOTO, required=False),
        ],
        parts=[specimen.row(Part, what="ผ้าทำความสะอาด", quantity=2, unit_word="ผืน")],
    )


def _assets(school: Unit) -> list[Asset]:
    room = specimen.row(Room, name="ห้องคอมพิวเตอร์ 1")
    return [
        specimen.row(Asset, name=name, asset_no=number, room=room, holding_unit=school)
        for number, name in THINGS
    ]


def _year(*, by_item: bool) -> bytes:
    school, plan = specimen.school(), _plan()
    months = dict.fromkeys(QUARTERS, 1 if by_item else len(THINGS))
    things = _assets(school) if by_item else [None]
    rows = [Row(school, plan, thing, months) for thing in things]
    books_of = school.name_th if by_item else OFFICE
    return papers.plan_of_year(YEAR, rows, books_of=books_of, by_item=by_item)


def _work_list(*, done: bool) -> bytes:
    school, plan = specimen.school(), _plan()
    visit = specimen.row(
        Visit,
        unit=school,
        day=LATER,
        person=specimen.person(TECHNICIAN),
        ticket_number="ซ.12/2570",
        created_at=AT,
    )
    items = [specimen.row(PlanItem, plan=plan, asset=asset) for asset in _assets(school)]
    work = [
        specimen.row(
            Occurrence,
            id=number,
            item=item,
            due_on=LATER,
            planned_on=LATER,
            state=State.DONE if done and number == 1 else State.ON_VISIT,
            created_at=AT,
        )
        for number, item in enumerate(items, 1)
    ]
    answers = {
        (1, 1): specimen.row(Answer, good=True, at=AT),
        (1, 2): specimen.row(Answer, good=False, reading=Decimal("198.5"), at=AT),
    }
    return papers.work_list(visit, work, answers if done else {})


def _costs() -> bytes:
    figures = Figures(
        planned=4,
        done=3,
        skipped=1,
        planned_minutes=100,
        minutes=85,
        planned_cost=Decimal(320),
        cost=Decimal(410),
        repairs=1,
        repair_cost=Decimal(1200),
        days_out=Decimal("6.5"),
    )
    lines = [Line(asset, figures) for asset in _assets(specimen.school())]
    total = Figures()
    for line in lines:
        total.add(line.figures)
    return papers.cost_list(YEAR, lines, total, books_of=OFFICE)


SAMPLES: specimen.Samples = {
    "maintenance-year": (
        _l("Plan of maintenance of a year"),
        lambda _variant: _year(by_item=False),
    ),
    "maintenance-year-items": (
        _l("Plan of maintenance of a year, item by item"),
        lambda _variant: _year(by_item=True),
    ),
    "maintenance-visit": (
        _l("Work list of a visit"),
        lambda _variant: _work_list(done=False),
    ),
    "maintenance-visit-done": (
        _l("Work list of a visit, begun"),
        lambda _variant: _work_list(done=True),
    ),
    "maintenance-costs": (
        _l("Cost and downtime against plan"),
        lambda _variant: _costs(),
    ),
}
