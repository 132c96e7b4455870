"""The pages of meetings: who sees them, both languages, what people do on them, the papers."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpdesk.minutes import queries, samples
from helpdesk.minutes.models import AgendaItem, Meeting, MeetingFile, MeetingTask
from helpdesk.minutes.states import Duty, Reply, State
from kernel import clock as kernel_clock
from kernel.db import db
from tests.asking import asked_by
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.meetings import again, called, circulated, held, make_meeting, rows_of
from tests.factories.office import sign_in
from tests.factories.pictures import picture
from tests.office.papers.paper_reading import bare, texts

KEY = "a key that is long enough"


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def typed(cast: Cast, **overrides: str) -> dict[str, str]:
    return {
        "body": "คณะทำงานระบบเครือข่าย",
        "day": "30/11/2569",
        "begins": "09:30",
        "ends": "12:00",
        "place": "ห้องประชุม 1",
        "unit_id": str(cast.office.id),
        "programme_id": "0",
        "people": "ศรี ตัวอย่าง\nเทพ ตัวอย่าง",
        **overrides,
    }


def test_who_sees_writes_and_begins_meetings(cast: Cast, client: FlaskClient) -> None:
    made = make_meeting(cast.office, cast.sri, cast.thep)
    sees = {"storekeeper", "technician", "approver", "auditor", "admin"}
    begins = {"storekeeper", "technician", "approver", "coordinator", "admin"}
    wrong = []
    for role, person in cast.by_role().items():
        sign_in(client, person)
        may_see = client.get(f"/meetings/{made.id}").status_code == 200
        item = {"section": "4", "title": f"ของ {role}"}
        client.post(f"/meetings/{made.id}/items", data=item)
        may_begin = client.get("/meetings/new").status_code == 200
        if (may_see, may_begin) != (role in sees, role in begins):
            wrong.append((role, may_see, may_begin))
    assert wrong == []
    sign_in(client, cast.sri)
    page = client.get(f"/meetings/{made.id}").text
    assert [role for role in cast.by_role() if f"ของ {role}" in page] == ["storekeeper", "admin"]


def test_a_meeting_goes_from_the_agenda_to_adopted_minutes(
    cast: Cast, client: FlaskClient, clock: Clock
) -> None:
    sign_in(client, cast.sri)
    assert client.post("/meetings/new", data=typed(cast, key=KEY)).status_code == 302
    assert client.post("/meetings/new", data=typed(cast, key=KEY)).status_code == 302
    made = db.session.scalars(select(Meeting)).one()
    at = f"/meetings/{made.id}"
    assert "เรื่องเสนอเพื่อพิจารณา" in client.get(at).text
    item = {"section": "4", "title": "แผนบำรุงรักษา", "detail": "ตามเอกสาร"}
    assert client.post(f"{at}/items", data=item).status_code == 302
    chair = {"person": "ชัย ตัวอย่าง", "duty": "chair"}
    assert client.post(f"{at}/people", data=chair).status_code == 302
    assert client.post(f"{at}/call").status_code == 302
    sign_in(client, cast.thep)
    assert client.post(f"{at}/reply/coming").status_code == 302
    assert client.post(f"{at}/call").status_code == 403
    sign_in(client, cast.sri)
    clock.forward(days=8)
    assert client.post(f"{at}/hold", data={"began": "09:40", "ended": "11:30"}).status_code == 302
    there = {f"presence-{one.id}": "present" for one in rows_of(made)}
    there["version"] = str(again(made).version)
    assert client.post(f"{at}/attendance", data=there).status_code == 302
    row = next(one for one in _items(made) if one.title == "แผนบำรุงรักษา")
    words = {"minutes": "หารือแล้ว", "resolution": "เห็นชอบ", "version": str(again(made).version)}
    assert client.post(f"{at}/items/{row.id}", data=words).status_code == 302
    task = {"what": "ทำปฏิทิน", "person": "เทพ ตัวอย่าง", "due_on": "15/12/2569", "item_id": "0"}
    assert client.post(f"{at}/tasks", data=task).status_code == 302
    assert client.post(f"{at}/circulate").status_code == 302
    assert client.post(f"{at}/adopt", data={"how": "circular"}).status_code == 302
    assert again(made).state == State.ADOPTED
    text = "".join(texts(client.get(f"{at}/minutes.pdf").data))
    wanted = ("มติที่ประชุมเห็นชอบ", "ผู้มาประชุม", "เลิกประชุมเวลา๑๑.๓๐น.", "ทำปฏิทิน", "ชัยตัวอย่าง")
    assert [one for one in wanted if one not in text] == []


def _items(made: Meeting) -> list[AgendaItem]:
    return list(queries.items_of(again(made)))


def test_a_task_stands_on_the_home_of_the_person_until_it_is_done(
    cast: Cast, client: FlaskClient
) -> None:
    made = held(make_meeting(cast.office, cast.sri, cast.malee), cast.sri)
    sign_in(client, cast.sri)
    at = f"/meetings/{made.id}"
    task = {"what": "ส่งรายชื่อครู", "person": "มาลี ตัวอย่าง", "due_on": "30/11/2569", "item_id": "0"}
    assert client.post(f"{at}/tasks", data=task).status_code == 302
    row = db.session.scalars(select(MeetingTask)).one()
    sign_in(client, cast.malee)
    block = "งานที่มอบให้ฉัน"
    assert block in client.get("/").text
    assert client.post(f"{at}/tasks/{row.id}/drop").status_code == 403
    done = client.post(f"{at}/tasks/{row.id}/finish", data={"words": "ส่งแล้ว"})
    assert done.status_code == 302
    assert block not in client.get("/").text


def test_wrong_typing_is_said_beside_the_field(cast: Cast, client: FlaskClient) -> None:
    sign_in(client, cast.sri)
    wrong = {
        "body": "",
        "day": "เมื่อวาน",
        "begins": "สาย",
        "ends": "08:00",
        "people": "ไม่มีใครรู้จัก",
        "booking": "ขย.99/2570",
        "unit_id": "999",
        "programme_id": "999",
        "session_no": "สาม",
    }
    accepted = [
        field
        for field, value in wrong.items()
        if client.post("/meetings/new", data=typed(cast, **{field: value})).status_code != 422
    ]
    assert accepted == []
    assert db.session.scalars(select(Meeting)).all() == []


def test_a_stale_page_keeps_what_was_typed(cast: Cast, client: FlaskClient) -> None:
    made = held(make_meeting(cast.office, cast.sri), cast.sri)
    sign_in(client, cast.sri)
    row = rows_of(made, Duty.SECRETARY)[0]
    data = {f"presence-{row.id}": "deputy", f"deputy-{row.id}": "คนแทน", "version": "99"}
    answer = client.post(f"/meetings/{made.id}/attendance", data=data)
    assert (answer.status_code, "คนแทน" in answer.text) == (409, True)


def test_the_next_meeting_is_begun_from_the_page(cast: Cast, client: FlaskClient) -> None:
    made = circulated(make_meeting(cast.office, cast.sri, cast.thep), cast.sri)
    sign_in(client, cast.sri)
    at = f"/meetings/{made.id}"
    when = {"day": "21/12/2569", "begins": "09:00", "ends": "10:00", "place": "ห้อง 2"}
    assert client.post(f"{at}/next", data=when).status_code == 302
    assert "2/2569" in client.get(at).text
    assert client.post(f"{at}/next", data=when).status_code == 422


def test_the_invitation_is_a_memo_with_the_agenda(cast: Cast, client: FlaskClient) -> None:
    made = called(make_meeting(cast.office, cast.sri, cast.thep), cast.sri)
    sign_in(client, cast.thep)
    text = "".join(texts(client.get(f"/meetings/{made.id}/invitation.pdf").data))
    wanted = ("บันทึกข้อความ", "ระเบียบวาระที่ ๕", "เรื่องสืบเนื่อง", "ห้องประชุม ๑")
    assert [one for one in wanted if bare(one) not in text] == []
    assert client.get(f"/meetings/{made.id}/minutes.pdf").status_code == 404


def test_every_sample_prints(app: Flask) -> None:
    assert app.name
    papers = {code: "".join(texts(make("th"))) for code, (_title, make) in samples.SAMPLES.items()}
    assert [code for code, text in papers.items() if "ที่๓/๒๕๖๙" not in text] == []


def test_the_pages_are_whole_in_english(cast: Cast, client: FlaskClient) -> None:
    made = held(make_meeting(cast.office, cast.sri, cast.thep), cast.sri)
    sign_in(client, cast.sri)
    client.post("/language", data={"language": "en"})
    row = rows_of(made)[0]
    at = f"/meetings/{made.id}"
    item = _items(made)[0]
    paths = ("/meetings/", "/meetings/new", at, f"{at}/attendance", f"{at}/next")
    pages = [client.get(path) for path in (*paths, f"{at}/items/{item.id}")]
    assert [page.status_code for page in pages] == [200] * 6
    assert "Agenda and minutes" in pages[2].text
    assert row.reply == Reply.NONE


def test_pages_ask_the_same_number_of_questions_however_long(
    cast: Cast, client: FlaskClient
) -> None:
    made = make_meeting(cast.office, cast.sri, cast.thep)
    sign_in(client, cast.sri)
    paths = ("/meetings/", f"/meetings/{made.id}")
    for path in paths:
        asked_by(client, path)
    few = [asked_by(client, path) for path in paths]
    later = kernel_clock.now() + timedelta(days=3)
    for number in range(3):
        make_meeting(cast.school, cast.sri, starts_at=later, ends_at=later + timedelta(hours=1))
        client.post(f"{paths[1]}/items", data={"section": "4", "title": f"เรื่อง {number}"})
        guest = {"name": f"ผู้ร่วม {number}", "duty": "guest"}
        client.post(f"{paths[1]}/people", data=guest)
    assert [asked_by(client, path) for path in paths] == few
    assert few[0] <= 8, few
    assert few[1] <= 12, few


def test_papers_and_photos_belong_to_a_meeting_until_its_minutes_go_round(
    cast: Cast, client: FlaskClient
) -> None:
    made = held(make_meeting(cast.office, cast.sri, cast.thep), cast.sri)
    item = db.session.scalars(select(AgendaItem).where(AgendaItem.place == 1)).one()
    here = f"/meetings/{made.id}"
    sign_in(client, cast.sri)
    data = {
        "files": [
            (io.BytesIO(picture()), "ห้องประชุม.jpg"),
            (io.BytesIO("วาระ".encode()), "ระเบียบวาระ.txt"),
        ],
        "caption": "เอกสารประกอบ",
        "item_id": str(item.id),
        "key": KEY,
    }
    assert client.post(f"{here}/files", data=data).status_code == 302
    kept = db.session.scalars(select(MeetingFile).order_by(MeetingFile.id)).all()
    assert [(one.item_id, bool(one.thumbnail_key)) for one in kept] == [
        (item.id, True),
        (item.id, False),
    ]
    first, second = (one.id for one in kept)
    assert client.get(here).text.count(f"{here}/files/{second}") >= 2
    seen = {}
    for role, person in cast.by_role().items():
        sign_in(client, person)
        adds = client.post(f"{here}/files", data={"item_id": "0"}).status_code
        seen[role] = (client.get(f"{here}/files/{first}?small").status_code, adds)
    reads, writes = (200, 403), (200, 422)
    assert seen == {
        **dict.fromkeys(seen, (404, 404)),
        **dict.fromkeys(("technician", "approver", "auditor"), reads),
        **dict.fromkeys(("storekeeper", "admin"), writes),
    }
    sign_in(client, cast.sri)
    assert client.post(f"{here}/files/{first}/drop").status_code == 302
    client.post(f"{here}/circulate", data={"version": str(again(made).version)})
    assert again(made).state == State.CIRCULATED
    assert client.post(f"{here}/files/{second}/drop").status_code == 422
