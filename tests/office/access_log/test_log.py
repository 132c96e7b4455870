"""The access log: what is written (R-C2), sealed (R-C3) and how long it is kept (R-C1)."""

from __future__ import annotations

import os
import signal
import threading
import time
from datetime import timedelta
from multiprocessing import Process
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

from config import BadSetting, Settings
from kernel import clock as kernel_clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import Refusal
from kernel.work import work
from office.access_log import jobs, queries, rules, spool
from office.access_log.models import AccessAbout, AccessEntry, AccessHead, HandOut, LegalHold, Purge
from office.access_log.states import ACTIONS, LOOKING, Action
from office.access_log.witness import device_words, spool_here
from office.people import passwords
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import sign_in, viewer_for

ME = Viewer(name="timetable")
PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/125.0 Mobile Safari/537.36"


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def line(number: int, **more: Any) -> dict[str, Any]:
    return {
        "key": f"{number:032}",
        "at": kernel_clock.now().isoformat(),
        "person_id": None,
        "address": "192.0.2.7",
        "device": "Chrome, Android",
        "action": "read",
        "subject_kind": "ticket",
        "subject_id": None,
        "path": "/people",
        "request_id": "r",
        **more,
    }


def take_in(*numbers: int) -> None:
    with work():
        rules.take_in([line(number) for number in numbers])


def written() -> list[AccessEntry]:
    jobs.seal_access_log()
    return list(db.session.scalars(select(AccessEntry).order_by(AccessEntry.id)))


def test_r_c2_signing_in_failing_and_signing_out_are_logged(
    client: FlaskClient, cast: Cast
) -> None:
    with work():
        cast.malee.password_hash = passwords.hashed("a long sentence to know")
    name = {"login": cast.malee.username}
    client.post("/sign-in", data={**name, "password": "wrong"}, headers={"User-Agent": PHONE})
    client.post("/sign-in", data={**name, "password": "a long sentence to know"})
    client.post("/sign-out")
    rows = written()
    assert [row.action for row in rows] == ["sign_in_failed", "signed_in", "signed_out"]
    assert [row.person_id for row in rows] == [None, cast.malee.id, cast.malee.id]
    assert rows[0].subject_id == cast.malee.id
    assert (rows[0].address, rows[0].device) == ("127.0.0.1", "Chrome, Android")


def test_what_was_typed_as_a_name_is_not_kept(client: FlaskClient, cast: Cast) -> None:
    client.post("/sign-in", data={"login": "my-secret-password", "password": "x"})
    kept = "".join(path.read_text() for path in spool_here().take())
    assert "sign_in_failed" in kept
    assert "my-secret-password" not in kept


def test_r_c2_a_change_of_rights_an_export_and_a_removal_are_logged(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.admin)
    client.post(f"/people/{cast.malee.id}/grant", data={"role": "technician", "unit_id": ""})
    client.get("/cards/table.xlsx")
    client.post("/views/1/delete")
    told = [(row.action, row.subject_kind, row.subject_id) for row in written()]
    assert ("rights", "person", cast.malee.id) in told
    assert ("exported", "cards.table", None) in told
    assert not [one for one in told if one[0] == "removed"], "nothing was removed: 404"


def test_looking_at_a_person_is_logged_and_told_to_that_person(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.admin)
    client.get(f"/people/{cast.malee.id}")
    client.get(f"/people/{cast.admin.id}")
    assert [row.subject_id for row in written()] == [cast.malee.id]
    sign_in(client, cast.malee)
    page = client.get("/profile/looks").text
    assert cast.admin.name_th in page
    assert "127.0.0.1" in page


def test_a_page_that_is_refused_shows_nothing_and_leaves_no_line(
    client: FlaskClient, cast: Cast
) -> None:
    sign_in(client, cast.malee)
    assert client.get(f"/people/{cast.thep.id}").status_code in (403, 404)
    assert written() == []


def test_the_log_opens_for_auditors_and_administrators_of_the_office_only(
    client: FlaskClient, cast: Cast
) -> None:
    wrong: list[tuple[str, str]] = []
    for role, person in cast.by_role().items():
        sign_in(client, person)
        opened = role in {"auditor", "admin"}
        paths = ("/access-log", "/access-log/hand-out", f"/people/{cast.malee.id}/looks")
        wrong += [(role, one) for one in paths if (client.get(one).status_code == 200) != opened]
    assert wrong == []


def test_r_c3_a_line_is_taken_in_once(cast: Cast) -> None:
    take_in(1, 2)
    take_in(2, 3)
    assert db.session.scalar(select(func.count(AccessEntry.id))) == 3
    assert queries.verify() == queries.Verdict(3)


@pytest.mark.parametrize("act", [update(AccessEntry).values(path="/"), delete(AccessEntry)])
def test_r_c3_the_database_refuses_to_touch_an_entry(cast: Cast, act: Any) -> None:
    take_in(1)
    with pytest.raises(DBAPIError, match="append-only"), work():
        db.session.execute(act)


def test_r_c3_an_edit_behind_the_service_is_found(cast: Cast) -> None:
    take_in(1, 2, 3)
    found = db.session.execute(select(*AccessEntry.__table__.columns))
    rows = [row._asdict() for row in found]
    forged = {**rows[1], "path": "/elsewhere"}
    assert queries.seal(rows[1]) == rows[1]["hash"]
    assert queries.seal(forged) != rows[1]["hash"]
    with work():
        head = {"last_id": 2, "last_hash": rows[1]["hash"]}
        db.session.execute(update(AccessHead).values(**head))
    assert queries.verify().reason == "cut off"


def test_r_c1_a_shorter_time_than_90_days_is_refused(cast: Cast, tmp_path: Path) -> None:
    for days in (0, 89, 731):
        with pytest.raises(Refusal), work():
            rules.purge(days, by=ME)
        with pytest.raises(BadSetting, match="ACCESS_LOG_DAYS"):
            Settings.from_environment(
                {"HELPDESK_ACCESS_LOG_DAYS": str(days), "HELPDESK_VAR_DIR": str(tmp_path)}
            )


def test_r_c1_only_what_is_older_is_removed_and_the_chain_goes_on(cast: Cast, clock: Clock) -> None:
    take_in(1, 2)
    clock.forward(days=89)
    take_in(3)
    assert jobs.purge_access_log() == 0
    clock.forward(days=2)
    assert jobs.purge_access_log() == 2
    take_in(4)
    assert [row.id for row in written()] == [3, 4]
    assert queries.verify() == queries.Verdict(2)


def test_r_c1_a_legal_hold_keeps_entries_up_to_two_years(cast: Cast, clock: Clock) -> None:
    take_in(1)
    me = viewer_for(cast.admin)
    last = kernel_clock.today() + timedelta(days=730)
    with work():
        rules.hold(last, "ordered by an official", "ตช 1/2569", by=me)
    with pytest.raises(Refusal), work():
        rules.hold(last + timedelta(days=1), "ordered by an official", "", by=me)
    clock.forward(days=400)
    assert jobs.purge_access_log() == 0
    with work():
        rules.lift(db.session.scalars(select(LegalHold)).one(), by=me)
    assert jobs.purge_access_log() == 1
    assert db.session.scalars(select(Purge)).one().through_id == 1


def test_giving_entries_out_asks_for_the_reason_and_keeps_it(
    client: FlaskClient, cast: Cast
) -> None:
    take_in(1)
    sign_in(client, cast.orn)
    bare = client.post("/access-log/hand-out", data={"receiver": "x", "reason": "short"})
    assert "อย่างน้อย 10" in bare.text
    assert db.session.scalar(select(HandOut)) is None
    given = client.post(
        "/access-log/hand-out", data={"receiver": "สถานีตำรวจ", "reason": "ตามหนังสือที่ ตช 12/2569"}
    )
    assert given.data.startswith(b"PK")
    assert db.session.scalars(select(HandOut)).one().receiver == "สถานีตำรวจ"
    assert "exported" in [row.action for row in written()]


def _fill(folder: str) -> None:
    here = spool.Spool(Path(folder))
    while True:
        here.write(line(0))


def test_a_killed_process_leaves_whole_lines(tmp_path: Path) -> None:
    writer = Process(target=_fill, args=(str(tmp_path),))
    writer.start()
    here = spool.Spool(tmp_path)
    deadline = time.monotonic() + 20
    waiting = tmp_path / spool.WAITING
    while time.monotonic() < deadline and not (waiting.exists() and waiting.stat().st_size):
        pass
    os.kill(int(writer.pid or 0), signal.SIGKILL)
    writer.join()
    found = [one for path in here.take() for one in spool.lines_of(path)]
    assert found
    assert all(one == {**line(0), "at": one["at"]} for one in found)


def test_writers_and_the_taker_lose_no_line(tmp_path: Path) -> None:
    here, found = spool.Spool(tmp_path), []

    def write(start: int) -> None:
        for number in range(start, start + 200):
            here.write(line(number))

    writers = [threading.Thread(target=write, args=(n * 1000,)) for n in range(4)]
    for one in writers:
        one.start()
    while any(one.is_alive() for one in writers):
        for path in here.take():
            found += spool.lines_of(path)
            path.unlink()
    for path in here.take():
        found += spool.lines_of(path)
    assert len({one["key"] for one in found}) == 800


def test_a_torn_line_spoils_no_other(tmp_path: Path) -> None:
    here = spool.Spool(tmp_path)
    (tmp_path / spool.WAITING).write_bytes(b'\n{"key": "to')
    here.write(line(1))
    assert [one["key"] for one in spool.lines_of(here.take()[0])] == [f"{1:032}"]


def test_the_looks_of_a_thing_are_those_of_its_person(cast: Cast) -> None:
    with work():
        rules.take_in([line(1, subject_kind="person", subject_id=cast.malee.id)])
    assert db.session.scalars(select(AccessAbout.person_id)).all() == [cast.malee.id]


def test_every_action_has_its_word_and_devices_read_as_people_say() -> None:
    assert set(ACTIONS) == set(Action) > set(LOOKING)
    iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Safari/604.1"
    assert device_words(iphone) == "Safari, iPhone"
    assert device_words("curl/8.5.0") == "curl/8.5.0"
