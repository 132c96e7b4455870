"""The lists of the paper set: who stands on which, in files of any length, and last year beside."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import delete

from assets.counts import listings, papers
from assets.counts.models import Proposal, Round
from assets.counts.papers import Volume
from assets.counts.queries import receipts, rounds
from assets.counts.queries import report as figures
from assets.counts.queries.report import Sums
from assets.counts.rules import closing, reviewing
from assets.register.models import Asset
from assets.register.states import Lifecycle
from kernel.db import db
from kernel.work import work
from office.people.access import Role
from office.places.models import Unit
from tests.assets.counts.test_papers import OFFICE
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.counts import make_round, open_round, room_in, scan, sent, store_officer
from tests.factories.office import make_person, make_room, make_unit, sign_in, viewer_for
from tests.office.papers.paper_reading import bare, texts


@pytest.fixture
def school(app: Flask, clock: Clock) -> Unit:
    return make_unit(name_th="โรงเรียนตัวอย่าง")


def counted(one: Round) -> Round:
    with work():
        reviewing.end_counting(db.session.get_one(Round, one.id), by=store_officer())
    return db.session.get_one(Round, one.id)


def names(one: Round, name: str) -> list[str]:
    found = listings.rows_of(store_officer(), one, name)
    return [row.asset.name if hasattr(row, "asset") else row.expected.name for row in found]


def printed(one: Round, name: str) -> list[str]:
    reader = store_officer()
    total = listings.sizes(reader, one, (name,))[name]
    rows = papers.in_thai(lambda: list(listings.rows_of(reader, one, name)))
    made = Volume(rows, total)
    return texts(papers.listing(one, rounds.members_of(one), name, made, office=OFFICE))


def test_every_item_stands_on_the_lists_of_its_result(school: Unit) -> None:
    room, other = make_room(school), make_room(school, "ห้องพักครู")
    kept = make_asset(school, name="ดี", room_id=room.id, price=Decimal("100.25"))
    broken = make_asset(school, name="พัง", room_id=room.id, price=Decimal(50))
    make_asset(school, name="หาย", room_id=room.id)
    moved = make_asset(school, name="ย้าย", room_id=room.id)
    one = open_round(school)
    scan(one, sent(kept.asset_no or "", room_in(one, room)))
    scan(one, sent(broken.asset_no or "", room_in(one, room), condition="damaged"))
    scan(one, sent(moved.asset_no or "", room_in(one, other)))
    assert names(one, "uncounted") == ["หาย"]
    counted(one)
    assert names(one, "damaged") == ["พัง"]
    assert names(one, "missing") == ["หาย"]
    assert sorted(names(one, "mismatch")) == ["ย้าย", "หาย"]
    assert sorted(names(one, "remaining")) == ["ดี", "พัง", "ย้าย"]
    sizes = listings.sizes(store_officer(), one)
    assert {name: sum_.items for name, sum_ in sizes.items()} == {
        name: len(names(one, name)) for name in listings.LISTS
    }
    assert sizes["damaged"] == Sums(1, 1, Decimal(50))


def test_the_count_ticks_present_and_condition_and_none_for_what_nobody_scanned(
    school: Unit,
) -> None:
    chairs = make_class(name_th="เก้าอี้")
    seen = make_asset(school, name="เก้าอี้ขาหัก", class_id=chairs.id)
    make_asset(school, name="เก้าอี้ที่ไม่มีใครดู", class_id=chairs.id)
    one = open_round(school)
    scan(one, sent(seen.asset_no or "", condition="damaged"))
    rows = list(listings.rows_of(store_officer(), one, "count"))
    made = papers.in_thai(lambda: listings.for_paper("count", rows))
    ticks = {str(row["cells"][2]): row["cells"][5:11] for row in made["rows"]}
    assert ticks["เก้าอี้ขาหัก"] == [True, False, False, True, False, False]
    assert ticks["เก้าอี้ที่ไม่มีใครดู"] == [False] * 6
    assert [row["group"] for row in made["rows"]] == ["เก้าอี้", ""]
    (page,) = printed(one, "count")
    assert bare("ยังไม่ตรวจ") in page


def test_receipts_are_those_of_the_fiscal_year_with_what_the_register_says(school: Unit) -> None:
    make_asset(
        school,
        name="ครบ",
        acquired_on=date(2025, 10, 1),
        room_id=make_room(school).id,
        class_id=make_class().id,
        brand="ตัวอย่าง",
        fund_type="budget",
        acquire_method="specific",
        useful_life_years=5,
    )
    bare_card = make_asset(school, name="ขาด", asset_no=None, acquired_on=date(2026, 9, 30))
    make_asset(school, name="ก่อน", acquired_on=date(2025, 9, 30))
    make_asset(school, name="หลัง", acquired_on=date(2026, 10, 1))
    gone = make_asset(school, name="จำหน่ายแล้ว", acquired_on=date(2025, 12, 1))
    with work():
        db.session.get_one(Asset, gone.id).lifecycle = Lifecycle.DISPOSED
        db.session.get_one(Asset, bare_card.id).class_text = ""
    one = open_round(school)
    found = {row.asset.name: row.written for row in receipts.receipts(store_officer(), one)}
    assert list(found) == ["ครบ", "จำหน่ายแล้ว", "ขาด"]
    assert found["ครบ"] == (True,) * len(receipts.FIELDS)
    said = dict(zip(receipts.FIELDS, found["ขาด"], strict=True))
    assert (said["item"], said["number"], said["place"]) == (True, False, False)
    (page,) = printed(one, "receipts")
    assert bare("จำหน่ายแล้ว") in page


def test_a_coordinator_reads_the_lists_of_the_own_school_only(school: Unit) -> None:
    other = make_unit()
    make_asset(school, name="ของเรา", acquired_on=date(2026, 1, 1))
    make_asset(other, name="ของเขา", acquired_on=date(2026, 1, 1))
    foreign = make_asset(make_unit(), name="ของที่สาม")
    room = make_room(other)
    one = open_round(school, make_person(), unit_ids=(school.id, other.id))
    scan(one, sent(foreign.asset_no or "", room_in(one, room)))
    reader = viewer_for(make_person(Role.COORDINATOR, unit=school, over=school))
    assert [r.expected.name for r in listings.rows_of(reader, one, "uncounted")] == ["ของเรา"]
    assert [r.asset.name for r in listings.rows_of(reader, one, "receipts")] == ["ของเรา"]
    assert list(listings.rows_of(reader, one, "strangers")) == []
    assert listings.sizes(reader, one)["receipts"].items == 1
    assert listings.sizes(store_officer(), one)["strangers"].items == 1


def test_a_list_longer_than_a_volume_is_printed_in_volumes_without_a_gap(
    client: FlaskClient, school: Unit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listings, "VOLUME", 2)
    for number in range(5):
        make_asset(school, name=f"เครื่องที่ {number}", asset_no=f"A-{number}")
    one = open_round(school)
    sign_in(client, make_person(Role.STOREKEEPER))
    at = f"/counts/{one.id}/papers"
    page = client.get(at).get_data(as_text=True)
    assert [n for n in range(1, 5) if f"{at}/uncounted.pdf?volume={n}" in page] == [1, 2, 3]
    seen: list[str] = []
    for number in (1, 2, 3):
        pdf = client.get(f"{at}/uncounted.pdf?volume={number}").data
        text = "".join(texts(pdf))
        seen += [f"A-{n}" for n in range(5) if f"A-{n}" in text]
        assert (bare("รวม ๕ รายการ") in text) == (number == 3)
    assert seen == [f"A-{n}" for n in range(5)]
    assert client.get(f"{at}/uncounted.pdf?volume=4").status_code == 404
    report = "".join(texts(client.get(f"/counts/{one.id}/report.pdf").data))
    assert "A-0" not in report
    assert bare("ครุภัณฑ์ที่ยังไม่ตรวจ ๕ รายการ ๓ เล่ม") in report


@pytest.mark.parametrize("name", listings.LISTS)
@pytest.mark.parametrize("language", ["th", "en"])
def test_every_list_comes_as_a_workbook_in_both_languages(
    client: FlaskClient, school: Unit, name: str, language: str
) -> None:
    make_asset(school, name="=เครื่อง", acquired_on=date(2026, 1, 1))
    stranger = make_asset(make_unit(), name="ของอื่น")
    one = open_round(school)
    scan(one, sent(stranger.asset_no or ""))
    sign_in(client, make_person(Role.STOREKEEPER, language=language))
    answer = client.get(f"/counts/{one.id}/papers/{name}.xlsx")
    sheet = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    assert len(list(sheet.rows)) == 1 + len(names(one, name))
    assert sheet["A1"].value == {"th": "หน่วยงาน", "en": "Unit"}[language]


def test_there_is_no_other_list_and_none_before_the_opening(
    client: FlaskClient, school: Unit
) -> None:
    make_asset(school)
    one = open_round(school)
    sign_in(client, make_person(Role.STOREKEEPER))
    assert client.get(f"/counts/{one.id}/papers/all.pdf").status_code == 404
    assert client.get(f"/counts/{one.id}/papers/count.exe").status_code == 404
    assert client.get(f"/counts/{one.id}/letter-audit.pdf").status_code == 422
    counted(one)
    assert client.get(f"/counts/{one.id}/letter-audit.pdf").status_code == 200
    assert client.get(f"/counts/{one.id}/letter-king.pdf").status_code == 404


def closed_last_year(*units: Unit) -> Round:
    """Return the closed round of the year before."""
    made = open_round(
        units[0],
        unit_ids=tuple(unit.id for unit in units),
        fiscal_year=2568,
        ordered_on=date(2025, 9, 15),
    )
    one = counted(made)
    with work():
        one = db.session.get_one(Round, one.id)
        db.session.execute(delete(Proposal).where(Proposal.round_id == one.id))
        day = date(2026, 10, 5)
        closing.note_papers(
            one, reported_on=day, auditor_copy_on=day, parent_copy_on=day, by=store_officer()
        )
        closing.close(one, by=store_officer())
    return db.session.get_one(Round, one.id)


def test_last_year_is_compared_for_the_units_of_this_round_only(school: Unit) -> None:
    other, third = make_unit(), make_unit()
    for unit, items in ((school, 1), (other, 3), (third, 2)):
        for _n in range(items):
            make_asset(unit, acquired_on=date(2024, 1, 1))
    closed_last_year(school, other)
    one = open_round(school, make_person(), unit_ids=(school.id, third.id))
    made = figures.report(store_officer(), one)
    assert (made.total.total, made.total.last_total) == (3, 1)
    assert (made.compared, made.units, made.is_partial) == (1, 2, True)
    assert sorted((row.total, row.has_last, row.last_total) for row in made.rows) == [
        (1, True, 1),
        (2, False, 0),
    ]


def test_the_next_round_begins_with_the_way_of_counting_days_that_the_last_one_had(
    client: FlaskClient, school: Unit
) -> None:
    sign_in(client, make_person(Role.STOREKEEPER))
    box = 'name="first_day_counts"'

    def is_ticked() -> bool:
        page = client.get("/counts/new").get_data(as_text=True)
        tag = next(part for part in page.split("<input") if box in part)
        return "checked" in tag.split(">")[0]

    assert is_ticked()
    make_asset(school)
    open_round(school, first_day_counts=False)
    assert not is_ticked()


def test_the_letters_name_who_they_go_to(school: Unit) -> None:
    make_asset(school)
    one = counted(open_round(school))
    (audit,) = texts(papers.letter(one, "audit", office=OFFICE, parent="สพป.ตัวอย่าง"))
    (parent,) = texts(papers.letter(one, "parent", office=OFFICE, parent="สพป.ตัวอย่าง"))
    assert bare("สำนักงานการตรวจเงินแผ่นดิน ๑ ชุด") in audit
    assert bare("ผู้อำนวยการสพป.ตัวอย่าง") in parent
    assert bare("ข้อ ๒๑๓") in audit


def test_the_proposal_names_the_inspectors_or_leaves_lines(school: Unit) -> None:
    one = make_round(school)
    (page,) = texts(papers.proposal(one, [], office=OFFICE))
    assert bare("ขออนุมัติแต่งตั้ง") in page
    (named,) = texts(papers.proposal(one, rounds.members_of(one), office=OFFICE))
    assert bare(rounds.members_of(one)[0].name) in named
