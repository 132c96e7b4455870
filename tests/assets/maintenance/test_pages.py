"""Pages of maintenance: the year, plans with a look ahead, visits by scanning, meters."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from assets.maintenance.models import Occurrence, Plan
from assets.maintenance.rules.planning import PartDraft
from tests.assets.maintenance.page_steps import one, visit_at
from tests.cast import Cast
from tests.factories.assets import make_asset
from tests.factories.maintenance import make_plan
from tests.factories.office import in_work, make_person, sign_in

pytestmark = pytest.mark.usefixtures("clock")


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


SEERS = {"technician", "storekeeper", "approver", "coordinator", "auditor", "admin"}
DOERS = {"technician", "admin"}
READERS = {"technician", "storekeeper", "coordinator", "admin"}
# Who may open a page, and what stands on it in English.
PAGES = {
    "/maintenance": (SEERS, "Care of computers"),
    "/maintenance/plans": (SEERS, "Care of computers"),
    "/maintenance/plans/{plan}": (SEERS, "Care of computers"),
    "/maintenance/visits": (SEERS, "Visits"),
    "/maintenance/visits/{visit}": (SEERS, "Care of computers"),
    "/maintenance/plans/new": (DOERS, "Make a plan"),
    "/maintenance/work/{work}": (DOERS, "Care of computers"),
    "/maintenance/offline/": (DOERS, "A visit without a network"),
    "/items/{asset}/meter": (READERS, "Read the meter"),
}


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
            if (status == 200) is not (role in PAGES[page][0]) or status >= 500:
                wrong.append((role, page, status))
    sign_in(client, make_person("admin", language="en"))
    for page, (_who, said) in PAGES.items():
        if said not in client.get(page.format(**ids)).text:
            wrong.append(("english", page, 0))
    assert wrong == []


def test_the_form_of_a_plan_holds_each_step_and_part_once(
    client: FlaskClient, laid_out: Cast
) -> None:
    with in_work():
        made = make_plan(parts=(PartDraft("ผ้าไมโครไฟเบอร์", 2, "ผืน"),))
    sign_in(client, laid_out.admin)
    text = client.get(f"/maintenance/plans/{made.id}/edit").text
    said = ["ทำความสะอาดพัดลม", "อัปเดตระบบ", "ผ้าไมโครไฟเบอร์"]
    assert [text.count(f'value="{one}"') for one in said] == [1, 1, 1]
