"""What the phone asks and brings back: batches that may be sent again at any time."""

from __future__ import annotations

import io
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from assets.counts.models import Result, RoundRoom, Scan, ScanPhoto
from assets.counts.rules import scanning
from kernel.db import db
from kernel.errors import Busy
from kernel.work import work
from office.people.models import Person
from tests.conftest import Clock
from tests.factories.assets import make_asset
from tests.factories.counts import chair_of, open_round, room_in, scan, sent
from tests.factories.office import make_person, make_room, make_unit, sign_in
from tests.factories.pictures import picture
from tests.factories.tickets import make_tag


class Round:
    """An open round with five things in a room."""

    def __init__(self) -> None:
        school = make_unit()
        room = make_room(school)
        self.chair: Person = make_person()
        self.assets = [make_asset(school, room_id=room.id) for _n in range(5)]
        self.one = open_round(school, self.chair)
        self.room: RoundRoom = room_in(self.one, room)

    def scans(self) -> list[dict[str, Any]]:
        return [
            {
                "id": f"phone-scan-{n}",
                "code": asset.asset_no,
                "room": self.room.id,
                "at": "2026-11-23T09:00:00+07:00",
            }
            for n, asset in enumerate(self.assets)
        ]


@pytest.fixture
def round_(app: Flask, clock: Clock) -> Round:
    return Round()


@pytest.fixture
def phone(client: FlaskClient, round_: Round) -> FlaskClient:
    sign_in(client, round_.chair)
    return client


def token(phone: FlaskClient) -> str:
    answer = phone.get("/counts/offline/rounds.json")
    assert answer.json is not None
    return str(answer.json["token"])


def post(phone: FlaskClient, round_: Round, scans: object, said: str | None = None) -> Any:
    return phone.post(
        f"/counts/offline/{round_.one.id}/scans",
        json={"scans": scans, "device": "a phone"},
        headers={
            "X-CSRFToken": token(phone) if said is None else said,
            "Accept": "application/json",
        },
    )


def number_of(table: type[object]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_batch_sent_again_is_answered_alike_and_kept_once(
    phone: FlaskClient, round_: Round
) -> None:
    first, again = (post(phone, round_, round_.scans()).json["scans"] for _time in range(2))
    assert [one["outcome"] for one in first] == [one["outcome"] for one in again] == ["found"] * 5
    assert [one["again"] for one in again] == [True] * 5
    assert number_of(Scan) == 5
    kept = db.session.scalars(select(Scan)).first()
    assert kept is not None
    assert (kept.device, kept.offline, kept.device_at.hour) == ("a phone", True, 2)


def test_a_refused_scan_is_told_with_its_reason(phone: FlaskClient, round_: Round) -> None:
    bad = {"id": "phone-scan-x", "code": "", "room": round_.room.id}
    answers = post(phone, round_, [*round_.scans(), bad]).json["scans"]
    assert answers[-1]["kept"] is False
    assert answers[-1]["reason"]
    assert number_of(Scan) == 5


@pytest.mark.parametrize("body", [None, 5, [1, 2], "x", {"a": 1}])
def test_nonsense_is_refused_and_breaks_nothing(
    phone: FlaskClient, round_: Round, body: object
) -> None:
    assert post(phone, round_, body).status_code == 422
    assert number_of(Scan) == 0


@pytest.mark.parametrize(
    "field",
    [{"room": "x"}, {"room": 10**30}, {"quantity": "many"}, {"at": "yesterday"}, {"at": 5}],
)
def test_strange_fields_are_refused_or_left_out(
    phone: FlaskClient, round_: Round, field: dict[str, object]
) -> None:
    assert post(phone, round_, [{**round_.scans()[0], **field}]).status_code == 200


def test_a_token_of_another_session_is_told_apart(phone: FlaskClient, round_: Round) -> None:
    answer = post(phone, round_, round_.scans(), "made on another site")
    assert (answer.status_code, answer.json["code"]) == (400, "csrf")
    assert number_of(Scan) == 0


def test_a_guest_is_led_to_the_sign_in_page(client: FlaskClient, round_: Round) -> None:
    answer = client.post(f"/counts/offline/{round_.one.id}/scans", json={"scans": []})
    assert answer.status_code == 302
    assert client.get("/counts/offline/rounds.json").status_code == 302


def test_who_is_not_a_member_takes_no_list_and_sends_nothing(
    client: FlaskClient, round_: Round
) -> None:
    sign_in(client, make_person())
    assert client.get(f"/counts/offline/{round_.one.id}/list.json").status_code == 404
    assert post(client, round_, round_.scans()).status_code == 404
    rounds = client.get("/counts/offline/rounds.json").json
    assert rounds is not None
    assert rounds["rounds"] == []


def test_a_list_holds_the_chosen_rooms(phone: FlaskClient, round_: Round) -> None:
    at = f"/counts/offline/{round_.one.id}/list.json"
    lines = phone.get(f"{at}?room={round_.room.id}").json["lines"]  # type: ignore[index]
    assert {line["no"] for line in lines} == {asset.asset_no for asset in round_.assets}
    assert phone.get(f"{at}?room=x").json["lines"] == []  # type: ignore[index]


def photo(phone: FlaskClient, round_: Round, scan_id: str, number: str = "phone-photo-1") -> Any:
    form = {
        "id": number,
        "scan": scan_id,
        "photo": (io.BytesIO(picture()), "p.jpg"),
        "csrf_token": token(phone),
    }
    return phone.post(
        f"/counts/offline/{round_.one.id}/photos", data=form, content_type="multipart/form-data"
    )


def test_the_rooms_come_with_the_codes_on_their_labels(phone: FlaskClient, round_: Round) -> None:
    make_tag(code="R00M2310", room_id=round_.room.room_id)
    said = phone.get("/counts/offline/rounds.json").json
    assert said is not None
    tags = {room["id"]: room["tag"] for room in said["rounds"][0]["rooms"]}
    assert tags[round_.room.id] == "R00M2310"


def test_a_photo_sent_again_is_one_photo(phone: FlaskClient, round_: Round) -> None:
    post(phone, round_, round_.scans())
    answers = [photo(phone, round_, "phone-scan-0").json for _time in range(2)]
    assert [one["again"] for one in answers] == [False, True]
    assert number_of(ScanPhoto) == 1


def test_a_photo_waits_for_its_scan(phone: FlaskClient, round_: Round) -> None:
    assert photo(phone, round_, "phone-scan-0").status_code == 404


def test_the_worker_reaches_no_further_than_its_page(client: FlaskClient) -> None:
    answer = client.get("/counts/offline/worker.js")
    assert answer.mimetype == "text/javascript"
    assert "Service-Worker-Allowed" not in answer.headers
    files = client.get("/counts/offline/files.json").json
    assert files is not None
    assert all(client.get(address).status_code == 200 for address in files["files"])
    manifest = client.get("/counts/offline/app.webmanifest").json
    assert manifest is not None
    assert manifest["scope"] == manifest["start_url"] == "/counts/offline/"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(st.lists(st.integers(0, 4), max_size=8), min_size=1, max_size=6))
def test_however_scans_are_batched_and_repeated_each_counts_once(
    round_: Round, batches: list[list[int]]
) -> None:
    with work():
        for table in (ScanPhoto, Result, Scan):
            db.session.execute(delete(table))
        db.session.get_one(RoundRoom, round_.room.id).counted = 0
    made = [
        sent(a.asset_no or "", round_.room, client_id=f"repeated-{n}")
        for n, a in enumerate(round_.assets)
    ]
    for batch in batches:
        scan(round_.one, *(made[n] for n in batch))
    distinct = len({n for batch in batches for n in batch})
    counted = db.session.get_one(RoundRoom, round_.room.id, populate_existing=True).counted
    assert (number_of(Scan), number_of(Result), counted) == (distinct,) * 3


def test_two_phones_that_send_the_same_at_once_count_once(app: Flask, round_: Round) -> None:
    made = [
        sent(asset.asset_no or "", round_.room, client_id=f"from-both-{n}")
        for n, asset in enumerate(round_.assets)
    ]
    who, one_id, barrier = chair_of(round_.one), round_.one.id, Barrier(4)
    faults: list[BaseException] = []

    def send(order: list[scanning.Sent]) -> None:
        from assets.counts.models import Round as Table

        with app.app_context():
            barrier.wait()
            for _try in range(5):
                try:
                    with work():
                        scanning.receive(db.session.get_one(Table, one_id), order, by=who)
                except Busy:
                    continue
                except BaseException as fault:  # noqa: BLE001 - told by the test's own thread
                    faults.append(fault)
                break

    db.session.rollback()
    orders = [made, made[::-1], made[2:] + made[:2], made]
    threads = [Thread(target=send, args=(order,)) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    counted = db.session.get_one(RoundRoom, round_.room.id, populate_existing=True).counted
    assert (number_of(Scan), number_of(Result), counted) == (5, 5, 5)
