"""Pages of visits: scanning, the work on an item, moving, meters."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from assets.maintenance import jobs
from assets.maintenance.models import Answer, MeterReading, Occurrence, Plan, Visit
from assets.maintenance.rules.planning import StepDraft
from assets.maintenance.states import State, StepKind, VisitState
from assets.register.models import Asset
from helpdesk.tickets.models import Ticket
from kernel.db import db
from tests.assets.maintenance.page_steps import asked_of, one, visit_at
from tests.cast import Cast
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.maintenance import class_of_things, make_plan
from tests.factories.office import in_work, sign_in
from tests.factories.pictures import picture
from tests.factories.tickets import make_tag

pytestmark = pytest.mark.usefixtures("clock")


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
    assert "ไม่อยู่ในการออกบำรุงรักษานี้" in client.get(at, query_string={"code": "no such"}).text


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
    sign_in(client, laid_out.admin)
    few = asked_of(client, page)
    with in_work():
        for _number in range(5):
            kind = class_of_things()
            make_asset(laid_out.school, class_id=kind.id)
            make_asset(laid_out.other_school, class_id=kind.id)
            make_plan(kind)
    jobs.follow_plans()
    assert asked_of(client, page) == few <= 10
