"""What the phone takes along of a visit and brings back: results that may be sent again."""

from __future__ import annotations

from io import BytesIO
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from assets.maintenance import jobs
from assets.maintenance.models import Answer, MeterReading, Occurrence, PlanItem, Visit, WorkPhoto
from assets.maintenance.rules import receiving, visiting
from assets.maintenance.rules.planning import PartDraft, StepDraft
from assets.maintenance.rules.receiving import Sent, SentAnswer
from assets.maintenance.states import Every, State, StepKind, VisitState
from kernel.db import db
from kernel.errors import Busy, Refusal
from kernel.work import work
from tests.assets.maintenance.page_steps import asked_of, one, visit_at
from tests.cast import Cast
from tests.factories.assets import make_asset
from tests.factories.maintenance import class_of_things, make_plan
from tests.factories.office import in_work, sign_in, viewer_for
from tests.factories.pictures import picture
from tests.factories.tickets import make_tag

pytestmark = pytest.mark.usefixtures("clock")
STEPS = (
    StepDraft("ทำความสะอาดพัดลม", text_en="Clean the fan"),
    StepDraft("แรงดันไฟ", kind=StepKind.READING, unit_word="V"),
    StepDraft("ภาพหน้าจอ", kind=StepKind.PHOTO),
)


@pytest.fixture
def school(cast: Cast) -> Cast:
    """An item of the school with a label, a checklist and a meter, on a visit."""
    with in_work():
        kind = class_of_things()
        asset = make_asset(cast.school, class_id=kind.id)
        make_plan(kind, steps=STEPS, parts=(PartDraft("ผ้าไมโครไฟเบอร์", 2, "ผืน"),))
        make_plan(asset_id=asset.id, counts=Every.METER, every=500, meter="หน้า")
    make_tag(asset, code="AAAA2222")
    jobs.follow_plans()
    db.session.rollback()
    return cast


@pytest.fixture
def phone(client: FlaskClient, school: Cast) -> FlaskClient:
    sign_in(client, school.thep)
    return client


def token(phone: FlaskClient) -> str:
    return str(phone.get("/maintenance/offline/visits.json").json["token"])  # type: ignore[index]


def post(phone: FlaskClient, body: object, said: str | None = None) -> Any:
    headers = {
        "X-CSRFToken": token(phone) if said is None else said,
        "Accept": "application/json",
    }
    return phone.post("/maintenance/offline/results", json=body, headers=headers)


def send_photo(phone: FlaskClient, number: str = "photo-00001") -> Any:
    data = {
        "id": number,
        "occurrence": str(one(Occurrence).id),
        "photo": (BytesIO(picture()), "p.jpg"),
        "csrf_token": token(phone),
    }
    headers = {"Accept": "application/json"}
    return phone.post("/maintenance/offline/photos", data=data, headers=headers)


def result(**more: Any) -> dict[str, Any]:
    found = one(Occurrence)
    fan, mains, screen = (step.id for step in found.item.plan.asked_steps)
    return {
        "id": "result-0001",
        "occurrence": found.id,
        "answers": [
            {"step": fan, "good": True},
            {"step": mains, "good": False, "reading": "๑๙๘.๕", "note": "ไฟตก"},
            {"step": screen, "good": True, "photo": "photo-00001"},
        ],
        "readings": [{"meter": "หน้า", "value": "1,200"}],
        "minutes": "25",
        "cost": "40",
        "at": "2026-11-23T09:00:00+07:00",
        **more,
    }


def number_of(table: type[object]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_visit_comes_with_all_that_is_needed_off_the_network(phone: FlaskClient) -> None:
    visits = phone.get("/maintenance/offline/visits.json").json["visits"]  # type: ignore[index]
    assert [visit["items"] for visit in visits] == [1]
    lines = phone.get(f"/maintenance/offline/{visits[0]['id']}/list.json").json["lines"]  # type: ignore[index]
    line = lines[0]
    assert [step["kind"] for step in line["steps"]] == ["tick", "reading", "photo"]
    assert (line["tags"], line["parts"]) == (["AAAA2222"], ["ผ้าไมโครไฟเบอร์ 2 ผืน"])
    assert line["meters"] == [{"meter": "หน้า", "last": None}]


def test_a_result_sent_again_is_one_with_one_repair(phone: FlaskClient) -> None:
    assert send_photo(phone).json["again"] is False
    assert send_photo(phone).json["again"] is True
    first, again = post(phone, result()).json, post(phone, result()).json
    assert (first["again"], again["again"]) == (False, True)
    assert first["repair"] == again["repair"] != ""
    assert (number_of(Answer), number_of(MeterReading), number_of(WorkPhoto)) == (3, 1, 1)
    done = one(Occurrence)
    assert (done.state, done.minutes, str(done.done_on)) == (State.DONE, 25, "2026-11-23")
    assert one(Answer, Answer.photo_key != "").good is True
    assert one(Visit).state == VisitState.UNDER_WAY


def test_a_result_that_lacks_something_leaves_nothing_behind(phone: FlaskClient) -> None:
    answer = post(phone, result())
    assert answer.status_code == 422
    assert "ภาพถ่าย" in answer.json["message"]
    assert (number_of(Answer), number_of(MeterReading)) == (0, 0)
    assert one(Visit).state == VisitState.PLANNED


def test_an_item_is_left_out_with_its_reason(phone: FlaskClient) -> None:
    sent = {"id": "result-0002", "occurrence": one(Occurrence).id, "leftOut": "ห้องปิด"}
    assert [post(phone, sent).json["again"] for _time in range(2)] == [False, True]
    assert (one(Occurrence).state, one(Occurrence).reason) == (State.SKIPPED, "ห้องปิด")


def test_a_result_outlives_the_end_of_its_visit(phone: FlaskClient, school: Cast) -> None:
    send_photo(phone)
    with work():
        visiting.finish(visit_at(school), by=viewer_for(school.thep))
    assert post(phone, result()).status_code == 200
    assert one(Occurrence).state == State.DONE


def test_what_somebody_else_has_done_is_refused_and_not_done_twice(
    phone: FlaskClient, school: Cast
) -> None:
    send_photo(phone)
    post(phone, result())
    other = post(phone, result(id="result-0009"))
    assert other.status_code == 422
    assert other.json["message"]
    assert number_of(Answer) == 3


def test_nonsense_is_refused_and_breaks_nothing(phone: FlaskClient) -> None:
    fine = result()
    bodies: list[object] = [
        None,
        5,
        [1],
        {},
        {**fine, "id": ""},
        {**fine, "occurrence": "x"},
        {**fine, "occurrence": 10**30},
        {**fine, "answers": 5},
        {**fine, "answers": ["x"]},
        {**fine, "answers": [{"step": "x"}]},
        {**fine, "answers": [{"step": 10**17}]},
        {**fine, "minutes": "many"},
        {**fine, "minutes": "-5"},
        {**fine, "cost": "1e99"},
        {**fine, "readings": [{"meter": "", "value": 5}]},
        {**fine, "readings": [{"meter": "หน้า", "value": None}]},
    ]
    wrong = [body for body in bodies if post(phone, body).status_code not in (404, 422)]
    assert wrong == []
    assert number_of(Answer) == 0


def test_a_token_of_another_session_is_told_apart(phone: FlaskClient) -> None:
    answer = post(phone, result(), "made on another site")
    assert (answer.status_code, answer.json["code"]) == (400, "csrf")


def test_who_does_no_maintenance_takes_nothing_and_sends_nothing(
    client: FlaskClient, school: Cast
) -> None:
    visit = visit_at(school)
    assert client.get("/maintenance/offline/visits.json").status_code == 302
    body = result()
    for person in (school.malee, school.kanda):
        sign_in(client, person)
        for address in ("", "visits.json", f"{visit.id}/list.json"):
            assert client.get(f"/maintenance/offline/{address}").status_code == 403
        assert client.post("/maintenance/offline/results", json=body).status_code == 403
    assert one(Occurrence).state == State.ON_VISIT


def test_the_worker_and_its_files_are_there_for_everybody(client: FlaskClient) -> None:
    assert client.get("/maintenance/offline/worker.js").mimetype == "text/javascript"
    files = client.get("/maintenance/offline/files.json").json
    assert files is not None
    assert [name for name in files["files"] if client.get(name).status_code != 200] == []
    manifest = client.get("/maintenance/offline/app.webmanifest").json
    assert manifest is not None
    assert manifest["scope"] == manifest["start_url"] == "/maintenance/offline/"


def test_the_list_of_a_visit_costs_the_same_at_any_length(
    client: FlaskClient, laid_out: Cast
) -> None:
    sign_in(client, laid_out.thep)
    address = f"/maintenance/offline/{visit_at(laid_out).id}/list.json"

    few = asked_of(client, address)
    with in_work():
        kind = class_of_things()
        for _number in range(4):
            make_asset(laid_out.school, class_id=kind.id)
        make_plan(kind)
    jobs.follow_plans()
    assert asked_of(client, address) == few <= 10


def test_two_phones_that_do_the_same_item_at_once_do_it_once(app: Flask, cast: Cast) -> None:
    with in_work():
        kind = class_of_things()
        make_asset(cast.school, class_id=kind.id)
        make_plan(kind, steps=STEPS[:1])
    jobs.follow_plans()
    occurrence = one(Occurrence)
    number, step_id = occurrence.id, occurrence.item.plan.steps[0].id
    by, barrier = viewer_for(cast.thep), Barrier(3)
    ends: list[str] = []
    db.session.rollback()

    def send(client_id: str) -> None:
        with app.app_context():
            barrier.wait()
            while True:
                try:
                    with work():
                        locked = select(Occurrence).where(Occurrence.id == number)
                        found = db.session.scalars(locked.with_for_update()).one()
                        sent = Sent(client_id, number, (SentAnswer(step_id, good=True),))
                        new = receiving.take(found, sent, by=by)
                except Busy:
                    continue
                except Refusal:
                    ends.append("refused")
                else:
                    ends.append("new" if new else "again")
                return

    threads = [
        Thread(target=send, args=(name,)) for name in ("phone-one", "phone-one", "phone-two")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ends.count("new") == 1
    assert len(ends) == 3
    assert (number_of(Answer), number_of(PlanItem)) == (1, 1)
