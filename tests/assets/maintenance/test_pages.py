"""Pages of maintenance: the year, plans with a look ahead, visits by scanning, meters."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from assets.maintenance import jobs
from assets.maintenance.models import Answer, MeterReading, Occurrence, Plan, Visit
from assets.maintenance.rules.planning import StepDraft
from assets.maintenance.states import State, StepKind, VisitState
from assets.register.models import Asset
from helpdesk.tickets.models import Ticket
from kernel.db import db
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.maintenance import class_of_things, make_plan
from tests.factories.office import in_work, make_person, sign_in
from tests.factories.pictures import picture
from tests.factories.tickets import make_tag

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


@pytest.fixture
def laid_out(cast: Cast) -> Cast:
    """Two things at the school and one elsewhere, all with something on a visit."""
    with in_work():
        kind = class_of_things()
        for unit in (cast.school, cast.school, cast.other_school):
            make_asset(unit, class_id=kind.id)
        make_plan(kind, name_en="Care of computers")
    jobs.follow_plans()
    db.session.rollback()
    return cast


def one(kind: Any, *terms: Any) -> Any:
    db.session.rollback()
    return db.session.scalars(select(kind).where(*terms).order_by(kind.id)).first()


def visit_at(cast: Cast) -> Visit:
    found: Visit = one(Visit, Visit.unit_id == cast.school.id)
    return found


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "name_th": "ดูแลเครื่องพิมพ์",
        "class_code": "0",
        "model_id": "0",
        "unit_id": "0",
        "counts": "months",
        "every": "๓",
        "basis": "fixed",
        "catch_up": "once",
        "starts_on": "1 ธ.ค. 2569",
        "lead_days": "14",
        "tolerance_days": "7",
        "minutes": "20",
        "cost": "50",
        "caretaker_id": "0",
        "steps-0-text_th": "ทำความสะอาด",
        "steps-0-kind": "tick",
        "steps-0-required": "y",
        "steps-1-text_th": "",
        "steps-1-kind": "tick",
        "parts-0-what": "ผ้า",
        "parts-0-quantity": "2",
        **changes,
    }


def test_a_plan_is_looked_at_before_it_is_saved(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.thep)
    make_asset(cast.school)
    page = client.post(
        "/maintenance/plans/new", data=typed(unit_id=str(cast.school.id), preview="yes")
    )
    assert page.status_code == 200
    assert "บางตัวอย่างวิทยา" in page.text.split('id="foreseen"')[1]
    assert 'value="ทำความสะอาด"' in page.text
    assert one(Plan) is None


def test_a_plan_is_saved_with_its_lines_and_once(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.thep)
    data = typed(unit_id=str(cast.school.id), key="one key for one plan only")
    first = client.post("/maintenance/plans/new", data=data)
    assert client.post("/maintenance/plans/new", data=data).location == first.location
    plan = one(Plan)
    assert (plan.every, [step.text for step in plan.steps], plan.parts[0].quantity) == (
        3,
        ["ทำความสะอาด"],
        2,
    )
    assert "ทำความสะอาด" in client.get(first.location).text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "บอกว่าบำรุงรักษาอะไร"),
        ({"every": "-1", "unit_id": "1"}, "กรุณาเขียนตัวเลขตั้งแต่ 1"),
        ({"starts_on": "30 ก.พ. 2570", "unit_id": "1"}, "ไม่ใช่วันที่"),
        ({"steps-0-least": "สูง", "unit_id": "1"}, "ไม่ใช่ตัวเลข"),
        ({"steps-0-least": "9", "steps-0-most": "1", "unit_id": "1"}, "ค่าต่ำสุดมากกว่าค่าสูงสุด"),
    ],
)
def test_a_plan_that_cannot_be_is_shown_again_with_what_was_typed(
    client: FlaskClient, cast: Cast, changes: dict[str, str], sentence: str
) -> None:
    if changes.get("unit_id"):
        changes = {**changes, "unit_id": str(cast.office.id)}
    sign_in(client, cast.thep)
    page = client.post("/maintenance/plans/new", data=typed(**changes))
    assert page.status_code == 422
    assert sentence in page.text
    assert 'value="ทำความสะอาด"' in page.text


def test_more_lines_are_given_without_a_script_and_nothing_is_saved(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.thep)
    data = typed(more="yes", **{"steps-1-text_th": "ตรวจสาย", "steps-1-kind": "tick"})
    page = client.post("/maintenance/plans/new", data=data)
    assert "steps-4-text_th" in page.text
    assert one(Plan) is None


def test_two_who_change_a_plan_at_once_do_not_write_over_each_other(
    client: FlaskClient, laid_out: Cast
) -> None:
    sign_in(client, laid_out.thep)
    plan = one(Plan)
    data = typed(class_code=str(plan.class_id), version=str(plan.version))
    address = f"/maintenance/plans/{plan.id}/edit"
    assert 'value="ทำความสะอาดพัดลม"' in client.get(address).text
    assert client.post(address, data=data).status_code == 302
    assert client.post(address, data={**data, "name_th": "อื่น"}).status_code == 409


PAGES = (
    "/maintenance",
    "/maintenance/plans",
    "/maintenance/plans/{plan}",
    "/maintenance/visits",
    "/maintenance/visits/{visit}",
    "/maintenance/plans/new",
    "/maintenance/work/{work}",
    "/items/{asset}/meter",
)
SEERS = {"technician", "storekeeper", "approver", "coordinator", "auditor", "admin"}
DOERS = {"technician", "admin"}
READERS = {"technician", "storekeeper", "coordinator", "admin"}
OPEN_TO = dict(zip(PAGES, [SEERS] * 5 + [DOERS] * 2 + [READERS], strict=True))


def test_every_page_opens_to_whom_it_should_in_both_languages(
    client: FlaskClient, laid_out: Cast
) -> None:
    work = one(Occurrence, Occurrence.visit_id == visit_at(laid_out).id)
    ids = {
        "plan": one(Plan).id,
        "visit": visit_at(laid_out).id,
        "work": work.id,
        "asset": work.item.asset_id,
    }
    wrong = []
    for role, person in laid_out.by_role().items():
        sign_in(client, person)
        for page in PAGES:
            status = client.get(page.format(**ids)).status_code
            if (status == 200) is not (role in OPEN_TO[page]) or status >= 500:
                wrong.append((role, page, status))
    sign_in(client, make_person("admin", language="en"))
    for page in PAGES:
        text = client.get(page.format(**ids)).text
        if "Care of computers" not in text and page not in (PAGES[3], PAGES[5], PAGES[7]):
            wrong.append(("english", page, 0))
    assert wrong == []


def test_a_coordinator_sees_the_own_school_alone(client: FlaskClient, laid_out: Cast) -> None:
    other = one(Visit, Visit.unit_id == laid_out.other_school.id)
    sign_in(client, laid_out.kanda)
    for page in ("/maintenance", "/maintenance/visits"):
        assert "อื่นตัวอย่าง" not in client.get(page).text
    assert client.get(f"/maintenance/visits/{other.id}").status_code == 404
    assert client.post(f"/maintenance/visits/{other.id}/begin").status_code in (403, 404)


def test_a_visit_is_a_job_in_the_queue_that_ends_with_it(
    client: FlaskClient, laid_out: Cast
) -> None:
    visit = visit_at(laid_out)
    sign_in(client, laid_out.thep)
    assert visit.ticket_number in client.get("/tickets").text
    client.post(f"/maintenance/visits/{visit.id}/begin")
    client.post(f"/maintenance/visits/{visit.id}/finish")
    assert visit_at(laid_out).state == VisitState.FINISHED
    assert one(Ticket, Ticket.number == visit.ticket_number).state == "closed"


def test_scanning_leads_from_item_to_item(client: FlaskClient, laid_out: Cast) -> None:
    visit = visit_at(laid_out)
    work = one(Occurrence, Occurrence.visit_id == visit.id)
    asset = db.session.get_one(Asset, work.item.asset_id)
    tag = make_tag(asset)
    sign_in(client, laid_out.thep)
    at = f"/maintenance/visits/{visit.id}"
    for code in (asset.asset_no, asset.serial_no, f"HTTPS://HOST/Q/{tag.code}"):
        assert (
            client.get(at, query_string={"code": code}).location == f"/maintenance/work/{work.id}"
        )
    assert "ไม่อยู่ในการออกตรวจนี้" in client.get(at, query_string={"code": "no such"}).text


def test_an_item_is_done_with_a_reading_and_a_photo_and_a_fault_opens_a_repair(
    client: FlaskClient, cast: Cast
) -> None:
    steps = (
        StepDraft("แรงดันไฟ", kind=StepKind.READING, unit_word="V"),
        StepDraft("ภาพหน้าจอ", kind=StepKind.PHOTO),
    )
    with in_work():
        kind = class_of_things()
        make_asset(class_id=kind.id)
        make_plan(kind, steps=steps)
    jobs.follow_plans()
    work = one(Occurrence)
    first, second = (step.id for step in one(Plan).steps)
    data = {
        f"step_{first}": "bad",
        f"step_{first}_reading": "๑๙๘.๕",
        f"step_{first}_note": "ไฟตก",
        f"step_{second}": "good",
    }
    sign_in(client, cast.thep)
    address = f"/maintenance/work/{work.id}"
    missing = client.post(address, data=data)
    assert missing.status_code == 422
    assert "๑๙๘.๕" in missing.text
    data[f"step_{second}_photo"] = (BytesIO(picture()), "screen.jpg")  # type: ignore[assignment]
    assert client.post(address, data=data).status_code == 302
    done = one(Occurrence)
    assert done.state == State.DONE
    repair = one(Ticket, Ticket.number == done.repair_number)
    assert "แรงดันไฟ: 198.5 V ไฟตก" in repair.detail
    photo = one(Answer, Answer.photo_key != "")
    assert client.get(f"/maintenance/answers/{photo.id}/photo").status_code == 200
    assert "198.5" in client.get(address).text
    sign_in(client, cast.malee)
    assert client.get(f"/maintenance/answers/{photo.id}/photo").status_code == 403


def test_a_visit_is_moved_but_not_into_the_past(
    client: FlaskClient, laid_out: Cast, clock: Clock
) -> None:
    visit = visit_at(laid_out)
    sign_in(client, laid_out.thep)
    address = f"/maintenance/visits/{visit.id}/move"
    data = {"day": "1/1/2569", "person_id": "0", "version": str(visit.version)}
    assert client.post(address, data=data).status_code == 422
    data["day"] = "15/1/2570"
    assert client.post(address, data=data).status_code == 302
    assert str(visit_at(laid_out).day) == "2027-01-15"


def test_a_visit_that_is_given_up_comes_again(client: FlaskClient, laid_out: Cast) -> None:
    visit = visit_at(laid_out)
    sign_in(client, laid_out.thep)
    client.post(f"/maintenance/visits/{visit.id}/cancel", data={"reason": "โรงเรียนปิด"})
    states = db.session.scalars(select(Occurrence.state)).all()
    assert sorted(states) == ["on_visit", "planned", "planned"]


def test_a_meter_is_read_on_the_items_page(client: FlaskClient, cast: Cast) -> None:
    asset = make_asset(cast.school)
    sign_in(client, cast.kanda)
    assert f"/items/{asset.id}/meter" in client.get(f"/items/{asset.id}").text
    data = {"meter": "หน้า", "value": "๑,๒๐๐", "key": "one key for one reading"}
    for _ in range(2):
        client.post(f"/items/{asset.id}/meter", data=data)
    assert [one.value for one in db.session.scalars(select(MeterReading))] == [1200]
    backwards = client.post(f"/items/{asset.id}/meter", data={"meter": "หน้า", "value": "5"})
    assert backwards.status_code == 422
    assert "1200" in backwards.text


@pytest.mark.parametrize("page", ["/maintenance", "/maintenance/plans", "/maintenance/visits"])
def test_queries_do_not_grow_with_the_items(client: FlaskClient, laid_out: Cast, page: str) -> None:
    def count() -> int:
        asked: list[str] = []

        def listen(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            asked.append(statement)

        event.listen(db.engine, "before_cursor_execute", listen)
        assert client.get(page).status_code == 200
        event.remove(db.engine, "before_cursor_execute", listen)
        return len(asked)

    sign_in(client, laid_out.admin)
    count()
    few = count()
    with in_work():
        for _number in range(5):
            kind = class_of_things()
            make_asset(laid_out.school, class_id=kind.id)
            make_asset(laid_out.other_school, class_id=kind.id)
            make_plan(kind)
    jobs.follow_plans()
    assert count() == few <= 10
