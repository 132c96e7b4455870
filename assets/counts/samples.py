"""Samples of the papers of an annual inspection, with a fictitious committee and invented items."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from assets.counts import listings, papers
from assets.counts.models import Expected, Member, Result, Round
from assets.counts.papers import Volume
from assets.counts.queries.report import Figures, Line, Report, Sums
from assets.counts.states import Duty, Outcome, RoundState
from assets.register.states import Condition
from kernel.i18n import lazy_gettext as _l
from office.papers import specimen
from office.papers.specimen import AT, DIRECTOR, HEAD, OFFICE, TEACHER, TECHNICIAN

UNIT, CLASS = "โรงเรียนตัวอย่างวิทยา", "คอมพิวเตอร์"
THINGS = (
    ("7440-001-0031/64", "เครื่องคอมพิวเตอร์ตั้งโต๊ะ", "damaged", "จอไม่ติด รอซ่อม"),
    ("7440-001-0032/64", "เครื่องคอมพิวเตอร์ตั้งโต๊ะ", "damaged", "เปิดไม่ติด"),
)


def _round() -> Round:
    return specimen.row(
        Round,
        unit=specimen.school(),
        fiscal_year=2569,
        order_no="1/2569",
        ordered_on=date(2026, 9, 15),
        appointer_name=DIRECTOR.name,
        appointer_position=DIRECTOR.position,
        starts_on=date(2026, 10, 1),
        due_on=date(2026, 11, 13),
        state=RoundState.CLOSED,
        opened_at=AT,
        counted_at=AT,
        closed_at=AT,
        reported_on=date(2026, 11, 10),
        auditor_copy_on=date(2026, 11, 16),
        parent_copy_on=date(2026, 11, 16),
        created_at=AT,
    )


def _members() -> list[Member]:
    duties = ((HEAD, Duty.CHAIR), (TEACHER, Duty.MEMBER), (TECHNICIAN, Duty.SECRETARY))
    return [
        specimen.row(Member, name=one.name, position=one.position, duty=duty)
        for one, duty in duties
    ]


def _figures() -> Report:
    counts = dict.fromkeys(("good", "damaged", "worn_out", "missing", "not_needed", "uncounted"), 0)
    now = counts | {"good": 118, "damaged": 2, "worn_out": 4}
    last = counts | {"good": 112, "damaged": 3}
    row = Figures(UNIT, CLASS, has_last=True, counts=now, last=last)
    total = Figures(has_last=True, counts=now, last=last)
    return Report([row], total, compared=1, units=1)


def _lines() -> list[Line]:
    found = []
    for number, name, group, remark in THINGS:
        expected = specimen.row(
            Expected,
            asset_no=number,
            name=name,
            condition=Condition.GOOD,
            quantity=1,
            unit_word="เครื่อง",
            price=Decimal("23000.00"),
            acquired_on=date(2021, 3, 1),
            acquire_method="specific",
            fund_type="budget",
        )
        result = specimen.row(
            Result,
            outcome=Outcome.FOUND,
            condition=Condition.DAMAGED,
            quantity=1,
            remark=remark,
            at=AT,
        )
        room = "ห้องปฏิบัติการคอมพิวเตอร์ ๑"
        found.append(Line(expected, result, group, room, room, UNIT, CLASS))
    return found


SUMS = Sums(2, 2, Decimal("46000.00"))


def _proposal(_variant: str) -> bytes:
    return papers.proposal(_round(), _members(), office=OFFICE)


def _order(_variant: str) -> bytes:
    return papers.order(_round(), _members(), [specimen.school()], office=OFFICE)


def _memo(_variant: str) -> bytes:
    return papers.memo(_round(), _members(), _figures(), office=OFFICE)


def _letter(to: str) -> Callable[[str], bytes]:
    return lambda _variant: papers.letter(_round(), to, office=UNIT, parent=OFFICE)


def _report(_variant: str) -> bytes:
    sizes = dict.fromkeys(listings.REPORTED, Sums()) | {"damaged": SUMS}
    lists = {"damaged": _lines()}
    return papers.report(_round(), _members(), _figures(), lists, sizes, office=OFFICE)


def _listing(name: str) -> Callable[[str], bytes]:
    return lambda _variant: papers.listing(
        _round(), _members(), name, Volume(_lines(), SUMS), office=OFFICE
    )


SAMPLES: specimen.Samples = {
    "inspection-proposal": (_l("Memo that proposes the appointment"), _proposal),
    "inspection-order": (_l("Appointment order"), _order),
    "inspection-memo": (_l("Memo with the results"), _memo),
    "inspection-report": (_l("Committee report"), _report),
    "inspection-count": (_l("Count of the equipment by class"), _listing("count")),
    "inspection-damaged": (_l("Ledger of damaged equipment"), _listing("damaged")),
    "inspection-letter-audit": (_l("Letter to the State Audit Office"), _letter("audit")),
    "inspection-letter-parent": (_l("Letter to the parent agency"), _letter("parent")),
}
