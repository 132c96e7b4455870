"""The papers of a round, and the messages that remind its committee."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from assets.counts import jobs, listings, papers
from assets.counts.models import Round
from assets.counts.queries import report as figures
from assets.counts.queries import rounds
from assets.counts.rules import reviewing
from kernel.db import db
from kernel.thai import thai_digits
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.counts import open_round, scan, sent, store_officer
from tests.factories.office import make_person, make_unit
from tests.office.papers.paper_reading import bare, texts

OFFICE = "โรงเรียนตัวอย่างวิทยา"


@pytest.fixture
def one(app: Flask, clock: Clock) -> Round:
    school = make_unit()
    broken = make_asset(school, name="เครื่องฉาย", asset_no="7440-009/60")
    make_asset(school, name="ตู้เหล็ก")
    people = make_person(name_th="อนงค์ ตัวอย่าง"), make_person(name_th="บุญมี ตัวอย่าง")
    made = open_round(school, *people)
    scan(made, sent(broken.asset_no or "", condition="damaged", remark="หลอดไหม้"))
    with work():
        reviewing.end_counting(db.session.get_one(Round, made.id), by=store_officer())
    return db.session.get_one(Round, made.id)


def test_the_order_names_the_committee_its_days_and_the_clause(one: Round) -> None:
    pdf = papers.order(one, rounds.members_of(one), rounds.units_of(one), office=OFFICE)
    (page,) = texts(pdf)
    days = ("๑ตุลาคม๒๕๖๙", "๓๐กันยายน๒๕๖๙", "๑๕กันยายน๒๕๖๙")
    for words in ("อนงค์ตัวอย่าง", "ประธานกรรมการ", "ข้อ๒๑๓", thai_digits(one.order_no), *days):
        assert bare(words) in page


def test_the_memo_tells_the_figures_and_the_copies(one: Round) -> None:
    made = papers.in_thai(lambda: figures.report(store_officer(), one))
    (page,) = texts(papers.memo(one, rounds.members_of(one), made, office=OFFICE))
    for words in ("บันทึกข้อความ", "สำนักงานการตรวจเงินแผ่นดิน", "ข้อ๒๑๔", "จำนวน๒รายการ"):
        assert bare(words) in page


def test_the_report_has_a_ledger_for_each_group_that_is_not_empty(one: Round) -> None:
    reader = store_officer()
    sizes = listings.sizes(reader, one, listings.REPORTED)
    lists = {name: list(listings.rows_of(reader, one, name)) for name in papers.fitting(sizes)}
    made = papers.in_thai(lambda: figures.report(reader, one))
    pages = texts(papers.report(one, rounds.members_of(one), made, lists, sizes, office=OFFICE))
    assert len(pages) == 4
    assert bare("บัญชีครุภัณฑ์ชำรุด") in pages[1]
    assert bare("7440-009/60") in pages[1]
    assert bare("หลอดไหม้") in pages[1]
    assert bare("บัญชีครุภัณฑ์สูญไป") in pages[2]


@pytest.mark.parametrize(("day", "told"), [(5, 0), (6, 2), (12, 2), (13, 2), (16, 2), (14, 0)])
def test_the_committee_is_reminded_near_the_day_and_once_a_step(
    one: Round, clock: Clock, day: int, told: int
) -> None:
    with work():
        db.session.get_one(Round, one.id).due_on = datetime(2026, 11, 13, tzinfo=UTC).date()
    clock.set(datetime(2026, 11, day, 3, 0, tzinfo=UTC))
    for _time in range(2):
        jobs.flag_rounds()
    reminders = select(func.count()).where(OutgoingMessage.kind == "count_due")
    assert db.session.scalar(reminders) == told
