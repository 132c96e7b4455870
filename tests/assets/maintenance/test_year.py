"""What a year holds, on pages, in workbooks and on paper; cost and downtime against plan."""

from __future__ import annotations

import io
from collections import Counter
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.maintenance import costs, jobs, plan_of_year, year
from assets.maintenance.models import Occurrence, Plan, PlanItem, Visit
from assets.maintenance.plan_of_year import Wanted
from assets.maintenance.rules import doing, enrolling
from assets.maintenance.states import Basis, Every
from assets.register import slots
from assets.register.models import Asset
from assets.register.rules import holds
from assets.register.slots import Repair
from assets.register.states import HoldKind
from kernel.db import db
from kernel.work import work
from tests.assets.maintenance.page_steps import asked_of
from tests.assets.maintenance.steps import ME, do
from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.maintenance import class_of_things, make_plan
from tests.factories.office import in_work, make_person, sign_in, viewer_for

pytestmark = pytest.mark.usefixtures("clock", "_nobody_above")
YEAR = 2570
PAGES = ("/maintenance", "/maintenance/list", "/maintenance/calendar", "/maintenance/costs")
FILES = (
    "/maintenance/year.pdf",
    "/maintenance/year.pdf?by=item",
    "/maintenance/costs.pdf",
    "/maintenance/year.xlsx",
    "/maintenance/year.csv?by=item",
    "/maintenance/costs.xlsx",
)


@pytest.fixture
def office(cast: Cast) -> Cast:
    """Three computers in two schools, each three times a year from December on, at 80 baht."""
    with in_work():
        kind = class_of_things(name_th="เครื่องคอมพิวเตอร์")
        for unit in (cast.school, cast.school, cast.other_school):
            make_asset(unit, class_id=kind.id)
        make_plan(kind, every=4, minutes=20, cost=Decimal(80), name_en="Care of computers")
    jobs.follow_plans()
    db.session.rollback()
    return cast


def first_occurrence() -> Occurrence:
    db.session.rollback()
    return db.session.scalars(select(Occurrence).order_by(Occurrence.id)).first()  # type: ignore[return-value]


def by_day(cast: Cast) -> dict[date, tuple[int, int, int, int]]:
    db.session.rollback()
    plans = {plan.id: plan for plan in db.session.scalars(select(Plan))}
    found = year.days(viewer_for(cast.admin), plans, *year.days_of(YEAR), unit=cast.school)
    return {due.day: (due.items, due.over, due.missed, due.on_visit) for due in found}


def test_what_is_done_stays_in_the_year_and_is_counted_once(office: Cast, clock: Clock) -> None:
    december, april, august = date(2026, 12, 1), date(2027, 4, 1), date(2027, 8, 1)
    ahead = {april: (2, 0, 0, 0), august: (2, 0, 0, 0)}
    assert by_day(office) == {december: (2, 0, 0, 2), **ahead}
    do(first_occurrence())
    assert by_day(office) == {december: (2, 1, 0, 1), **ahead}
    clock.forward(days=(date(2027, 9, 1) - clock.now.date()).days)
    jobs.follow_plans()
    held = by_day(office)
    assert {day: held[day][0] for day in held} == {december: 2, april: 2, august: 2}
    assert held[april][2] == 1


def test_schools_and_items_make_the_same_plan_of_the_year(office: Cast) -> None:
    do(first_occurrence())
    with in_work():
        make_plan(
            asset_id=first_occurrence().item.asset_id,
            counts=Every.DAYS,
            every=90,
            basis=Basis.COMPLETION,
        )
    db.session.rollback()
    me, wanted = viewer_for(office.admin), Wanted(YEAR)
    schools, items = plan_of_year.of_schools(me, wanted), plan_of_year.of_items(me, wanted)

    def sums(rows: list[plan_of_year.Row]) -> Counter[tuple[int, int, date]]:
        found: Counter[tuple[int, int, date]] = Counter()
        for row in rows:
            for month, number in row.months.items():
                found[row.unit.id, row.plan.id, month] += number
        return found

    assert sums(schools) == sums(items)
    assert sum(row.times for row in schools) == 9 + 4
    own = plan_of_year.of_items(viewer_for(office.kanda), wanted)
    assert {row.unit.id for row in own} == {office.school.id}


def test_cost_and_downtime_stand_against_the_plan(
    office: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    occurrence = first_occurrence()
    asset_id = occurrence.item.asset_id
    do(occurrence, minutes=45, cost=Decimal("300.50"))
    # Two repairs whose times overlap keep the item from use from the first day to the last.
    for step, number in ((holds.hold, "ซ.1"), (holds.hold, "ซ.2"), (holds.release, "ซ.1")):
        with work():
            step(db.session.get_one(Asset, asset_id), HoldKind.REPAIR, number)
        clock.forward(days=2)
    with work():
        holds.release(db.session.get_one(Asset, asset_id), HoldKind.REPAIR, "ซ.2")
    repairs = [
        Repair(date(2026, 12, 5), "ซ.1", "", Decimal(1200)),
        Repair(date(2026, 9, 5), "ซ.0", "", Decimal(5000)),
    ]
    monkeypatch.setattr(slots, "_repairs", {"tickets": lambda _ids: {asset_id: repairs}})
    db.session.rollback()
    found = costs.lines(viewer_for(office.admin), Wanted(YEAR))
    assert found[0].asset.id == asset_id
    one = found[0].figures
    assert (one.planned, one.done, one.planned_minutes, one.minutes) == (3, 1, 60, 45)
    assert (one.planned_cost, one.cost) == (Decimal(240), Decimal("300.50"))
    assert one.is_dearer
    assert (one.repairs, one.repair_cost, one.days_out) == (1, Decimal(1200), Decimal(6))
    assert not any(line.figures.is_dearer for line in found[1:])
    assert len(list(costs.every_line(viewer_for(office.kanda), Wanted(YEAR)))) == 2


def test_every_page_and_file_of_the_year_opens_to_whom_it_should(
    client: FlaskClient, office: Cast
) -> None:
    seers = {"technician", "storekeeper", "approver", "coordinator", "auditor", "admin"}
    wrong: list[tuple[str, str, int]] = []
    for role, person in office.by_role().items():
        sign_in(client, person)
        for page in (*PAGES, FILES[-1]):
            status = client.get(page).status_code
            if (status == 200) is not (role in seers) or status >= 500:
                wrong.append((role, page, status))
    sign_in(client, office.kanda)
    pages = (*PAGES, "/maintenance/year.csv")
    wrong += [("other", page, 0) for page in pages if "อื่นตัวอย่าง" in client.get(page).text]
    sign_in(client, make_person("admin", language="en"))
    said = "Cost and downtime"
    wrong += [("english", page, 0) for page in PAGES if said not in client.get(page).text]
    assert wrong == []


def test_papers_and_workbooks_are_made_for_all_a_school_and_nothing(
    client: FlaskClient, office: Cast
) -> None:
    sign_in(client, office.admin)
    unit, plan_id = office.school.id, first_occurrence().item.plan_id
    visit = db.session.scalars(select(Visit.id)).first()
    addresses = [
        f"{file}{'&' if '?' in file else '?'}{part}"
        for file in FILES
        for part in ("", f"unit={unit}", f"plan={plan_id}", "year=2572", "unit=x&ending=x&year=1")
        if ".pdf" not in file or part != "year=2572" or "by" not in file
    ]
    wrong = []
    for address in (*addresses, f"/maintenance/visits/{visit}/work.pdf"):
        answer = client.get(address)
        begins = b"%PDF" if ".pdf" in address else b"PK" if ".xlsx" in address else b"\xef\xbb\xbf"
        if answer.status_code != 200 or not answer.data.startswith(begins):
            wrong.append((address, answer.status_code))
    assert wrong == []
    book = openpyxl.load_workbook(io.BytesIO(client.get("/maintenance/year.xlsx").data))
    rows = list(book.active.values)  # type: ignore[union-attr]
    assert [row[-3:] for row in rows[1:]] == [(6, 120, 480), (3, 60, 240)]


def test_a_month_shows_visits_and_what_has_none_yet(client: FlaskClient, office: Cast) -> None:
    sign_in(client, office.admin)
    december = client.get("/maintenance/calendar?month=2026-12").text
    assert december.count('class="month-visit"') == 2
    assert 'class="month-due"' not in december
    april = client.get("/maintenance/calendar?month=2027-04").text
    assert april.count('class="month-due"') == 2
    for strange in ("2027-13", "x", "0000-01", "9999-12"):
        assert client.get(f"/maintenance/calendar?month={strange}").status_code == 200


def test_a_changed_plan_is_shown_beside_the_one_that_stands(
    client: FlaskClient, office: Cast
) -> None:
    plan = first_occurrence().item.plan
    sign_in(client, office.admin)
    typed = {
        "name_th": plan.name_th,
        "class_code": str(plan.class_id),
        "counts": "months",
        "every": "1",
        "basis": "fixed",
        "catch_up": "once",
        "starts_on": "1/12/2569",
    }
    form = {**typed, "preview": "yes", "version": str(plan.version)}
    whole = client.post(f"/maintenance/plans/{plan.id}/edit", data=form).text
    part = client.get("/maintenance/plans/foreseen", query_string={**typed, "of": plan.id}).text
    for text in (whole, part):
        assert "ตามแผนเดิม: 9 ครั้ง" in text
        assert "รวม 30 ครั้ง" in text
    assert "<html" not in part
    for strange in ({}, {"counts": "x"}, {**typed, "starts_on": "x"}, {**typed, "months": "x"}):
        answer = client.get("/maintenance/plans/foreseen", query_string=strange)
        assert answer.status_code == 200
    db.session.rollback()
    assert db.session.get_one(Plan, plan.id).every == 4


def test_the_year_costs_the_same_queries_at_any_size(client: FlaskClient, office: Cast) -> None:
    sign_in(client, office.admin)
    few = {page: asked_of(client, page) for page in PAGES}
    with in_work():
        kind = class_of_things()
        for unit in (office.school, office.other_school) * 3:
            make_asset(unit, class_id=kind.id)
        for _number in range(4):
            make_plan(kind, every=1)
    assert {page: asked_of(client, page) for page in PAGES} == few
    assert max(few.values()) <= 12


def test_an_item_that_left_keeps_what_was_done(office: Cast) -> None:
    occurrence = first_occurrence()
    do(occurrence)
    with work():
        db.session.get_one(Asset, occurrence.item.asset_id).lifecycle = "lost"
        enrolling.enrol(db.session.get_one(Plan, occurrence.item.plan_id))
    assert by_day(office)[date(2026, 12, 1)] == (2, 1, 0, 1)
    assert by_day(office)[date(2027, 4, 1)] == (1, 0, 0, 0)


def test_a_meter_that_will_run_full_is_in_the_year(office: Cast, clock: Clock) -> None:
    asset_id = first_occurrence().item.asset_id
    with in_work():
        plan = make_plan(asset_id=asset_id, counts=Every.METER, every=3000, meter="หน้า")
    for value in (1000, 2000):
        with work():
            doing.read_meter(db.session.get_one(Asset, asset_id), "หน้า", value, by=ME)
        clock.forward(days=20)
    db.session.rollback()
    item = db.session.scalars(select(PlanItem).where(PlanItem.plan_id == plan.id)).one()
    assert item.next_due_on == clock.now.date()
    wanted = Wanted(YEAR, plan.id)
    assert [row.times for row in plan_of_year.of_schools(viewer_for(office.admin), wanted)] == [1]
