"""The chapters of what the office owns and pays: register, inspection, disposals, purchases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from assets.counts import access as counts_access
from assets.counts.models import Round
from assets.counts.queries import report as counted
from assets.counts.queries.report import GROUPS
from assets.counts.states import ROUNDS, RoundState
from assets.counts.words import GROUP_WORDS
from assets.disposals import queries as disposals
from assets.disposals.queries import Filters
from assets.disposals.states import CASES, METHODS, Method
from assets.disposals.states import State as Case
from assets.register import valuation
from assets.values.queries import changes, summary
from assets.values.queries.books import Figures, Wanted
from assets.values.queries.changes import Change, Way
from assets.values.queries.summary import By
from assets.values.words import WAYS
from helpdesk.annual.chapters import Chapter, Column, Section, Table, table
from helpdesk.annual.words import day, money, number, numbered
from helpdesk.annual.work import AMOUNT, NO
from helpdesk.figures.periods import Period
from helpdesk.purchases import queries as purchases
from helpdesk.purchases.queries import Filter
from helpdesk.purchases.states import KINDS, PURCHASES, Kind, State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.thai import thai_digits

LONG_HEAD = 7
BAHT = tuple(Column(label, 28, right=True) for label in ("ราคาทุน (บาท)", "ค่าเสื่อมสะสม", "มูลค่าสุทธิ"))


def equipment(viewer: Viewer, period: Period) -> Chapter:
    """Return the value of the register on the last day of the year, and what came and went."""
    on = min(period.last_day, clock.today())
    wanted = Wanted(on, valuation.in_force())
    sections = []
    for by, head, english, first in (
        (By.CLASS, "มูลค่าครุภัณฑ์ตามประเภท", "Value by class", "ประเภท"),
        (By.UNIT, "มูลค่าครุภัณฑ์ตามหน่วยงาน", "Value by unit", "หน่วยงาน"),
    ):
        rows, total = summary.summary(viewer, wanted, by)
        cells = [(_named(row.code, row.name), *_sums(row.figures)) for row in rows]
        columns = (Column(first), Column("จำนวน (รายการ)", 28, right=True), *BAHT)
        shown = [*cells, ("รวม", *_sums(total))]
        said = [f"ณ วันที่ {day(on)}"]
        sections.append(Section(head, said, table(columns, shown), english=english))
    year = changes.changes(viewer, wanted, period.year)
    sections += [
        Section("ครุภัณฑ์ที่เพิ่มในปี", tables=_changes(year.came), english="Came in the year"),
        Section("ครุภัณฑ์ที่ลดในปี", tables=_changes(year.went), english="Went in the year"),
    ]
    return Chapter("ทะเบียนครุภัณฑ์", "Equipment register", sections)


def _named(code: str, name: str) -> str:
    """Return a name behind its code, which keeps its figures as they are on labels."""
    return f"{code} {thai_digits(name)}".strip()


def _sums(figures: Figures) -> tuple[str, ...]:
    return (
        number(figures.items),
        money(figures.cost),
        money(figures.accumulated),
        money(figures.net),
    )


def _changes(found: Sequence[Change]) -> tuple[Table, ...]:
    columns = (NO, Column("วันที่", 22), Column("รายการ"), Column("หมายเลขครุภัณฑ์", 34),
               Column("หน่วยงาน", 36), Column("ราคาทุน (บาท)", 24, right=True))  # fmt: skip
    rows = [
        (
            day(one.on),
            one.card.name
            if one.way == Way.ACQUIRED
            else f"{one.card.name} ({WAYS[one.way].label})",
            one.card.asset_no or "–",
            one.card.unit_name_th,
            money(one.worth.cost),
        )
        for one in found
    ]
    return table(columns, numbered(rows))


def inspection(viewer: Viewer, period: Period) -> Chapter:
    """Return the rounds that check the year, each with its figures by unit and class (R-I6)."""
    rounds = db.session.scalars(
        select(Round)
        .options(joinedload(Round.unit))
        .where(
            Round.fiscal_year == period.year,
            Round.state != RoundState.CANCELLED,
            counts_access.reached(viewer, counts_access.SEE),
        )
        .order_by(Round.id)
    ).all()
    return Chapter(
        "การตรวจสอบพัสดุประจำปี", "Annual inspection", [_round(viewer, one) for one in rounds]
    )


def _round(viewer: Viewer, one: Round) -> Section:
    state = ROUNDS.faces[RoundState(one.state)].label
    words = (
        f"ตามคำสั่งที่ {thai_digits(one.order_no)} ลงวันที่ {day(one.ordered_on)} "
        f"เริ่มตรวจสอบวันที่ {day(one.starts_on)} สถานะ: {state}"
    )
    found = counted.report(viewer, one) if one.opened_at else None
    columns = (
        Column("หน่วยงาน"),
        Column("ประเภทครุภัณฑ์", 30),
        *(Column(str(word), _room_for(str(word)), right=True) for word in GROUP_WORDS.values()),
    )
    rows = [
        (row.unit, row.class_name or "–", *(number(row.counts[group]) for group in GROUPS))
        for row in (found.rows if found else ())
    ]
    return Section(
        thai_digits(one.unit.name_th), [words], table(columns, rows), english=one.unit.name_en
    )


def _room_for(head: str) -> int:
    """Return the millimetres in which the longest word of a head is not torn apart."""
    return 19 if len(head) > LONG_HEAD else 14


def disposed(viewer: Viewer, period: Period) -> Chapter:
    """Return the cases of disposal of the year."""
    columns = (Column("เลขที่", 26), Column("หน่วยงาน"), Column("วิธีจำหน่าย", 40),
               Column("สถานะ", 30), Column("จำนวน", 16, right=True),
               Column("ราคาทุน (บาท)", 28, right=True))  # fmt: skip
    filters = Filters(state="all", fiscal_year=period.year)
    rows = [
        (
            thai_digits(case.number),
            case.unit.name_th,
            str(METHODS[Method(case.method)]) if case.method else "–",
            str(CASES.faces[Case(case.state)].label),
            number(things),
            money(cost),
        )
        for case, things, cost in disposals.exported(viewer, filters)
    ]
    return Chapter("การจำหน่ายพัสดุ", "Disposals", tables=table(columns, rows))


def money_spent(viewer: Viewer, period: Period) -> Chapter:
    """Return the budgets of the year with what was promised and spent, and its purchases."""
    standing = purchases.budgets(viewer, period.year)
    columns = (Column("โครงการ"), Column("หน่วยงาน", 40), AMOUNT,
               Column("ผูกพัน (บาท)", 26, right=True), Column("ใช้จริง (บาท)", 26, right=True),
               Column("คงเหลือ (บาท)", 26, right=True))  # fmt: skip
    rows = [
        (
            thai_digits(one.budget.project),
            one.budget.unit.name_th,
            money(one.budget.amount),
            money(one.reserved),
            money(one.spent),
            money(one.left),
        )
        for one in standing
    ]
    total = (
        "รวม",
        "",
        money(sum((one.budget.amount for one in standing), Decimal(0))),
        money(sum((one.reserved for one in standing), Decimal(0))),
        money(sum((one.spent for one in standing), Decimal(0))),
        money(sum((one.left for one in standing), Decimal(0))),
    )
    budgets = table(columns, [*rows, total] if rows else [])
    return Chapter(
        "งบประมาณและการจัดซื้อจัดจ้าง",
        "Budget and purchases",
        [
            Section("งบประมาณ", tables=budgets, english="Budget"),
            Section("การจัดซื้อจัดจ้าง", tables=_purchases(viewer, period), english="Purchases"),
        ],
    )


def _purchases(viewer: Viewer, period: Period) -> tuple[Table, ...]:
    def inside(moment: date) -> bool:
        return period.first_day <= moment <= period.last_day

    columns = (Column("เลขที่", 26), Column("เรื่อง"), Column("ประเภท", 40),
               Column("สถานะ", 28), Column("จำนวนเงิน (บาท)", 30, right=True))  # fmt: skip
    rows = [
        (
            thai_digits(one.number or "–"),
            thai_digits(one.title),
            str(KINDS[Kind(one.kind)]),
            str(PURCHASES.faces[State(one.state)].label),
            money(one.total),
        )
        for one in purchases.all_listed(viewer, Filter())
        if one.sent_at is not None and inside(clock.local(one.sent_at).date())
    ]
    return table(columns, rows)
