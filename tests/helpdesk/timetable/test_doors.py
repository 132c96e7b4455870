"""The page and the commands of the timetable."""

from __future__ import annotations

import json
from datetime import time

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from helpdesk.timetable import runner, table
from helpdesk.timetable.rhythm import Daily
from helpdesk.timetable.table import Job
from kernel.access import Viewer
from kernel.db import db
from office.bookkeeping import runs
from office.bookkeeping.models import JobRun
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import in_work, sign_in


def break_down() -> int:
    raise ValueError("the third row is bad\n(Background on this error elsewhere)")


GOOD = Job("good_job", lambda: 4, Daily(time(6, 30)), "counts to four")
BAD = Job("bad_job", break_down, Daily(time(7, 0)), "breaks down")


@pytest.fixture(autouse=True)
def _jobs(app: Flask, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, table.EXTENSION, (GOOD, BAD))


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


def outcomes() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(JobRun.outcome).order_by(JobRun.id)))


def test_the_list_tells_last_and_next_run_as_json(app: Flask) -> None:
    runner.run_by_hand(BAD, by=Viewer(name="Admin Example"))
    answer = app.test_cli_runner().invoke(args=["timetable", "list", "--json"])
    good, bad = json.loads(answer.stdout)
    assert (good["name"], good["rhythm"], good["outcome"]) == ("good_job", "daily 06:30", None)
    assert good["next_run"] == "2026-11-24T06:30:00+07:00"
    assert (bad["outcome"], bad["error"]) == ("failed", "ValueError: the third row is bad")
    assert bad["last_run"] == "2026-11-23T10:00:00+07:00"


def test_the_list_is_readable_without_json(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["timetable", "list"])
    assert [line.split()[0] for line in answer.stdout.splitlines()] == ["good_job", "bad_job"]


def test_a_job_is_run_by_command(app: Flask, client: FlaskClient, cast: Cast) -> None:
    answer = app.test_cli_runner().invoke(args=["job", "run", "good_job"])
    assert (answer.exit_code, outcomes()) == (0, [runs.OK])
    sign_in(client, cast.admin)
    assert "คำสั่งของผู้ดูแลระบบ" in client.get("/timetable/good_job").text


def test_a_job_that_fails_ends_the_command_with_one(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["job", "run", "bad_job"])
    assert answer.exit_code == 1
    assert "the third row is bad" in answer.stderr


def test_an_unknown_job_ends_with_two_and_names_the_others(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["job", "run", "nonsense"])
    assert answer.exit_code == 2
    assert "good_job, bad_job" in answer.stderr
    assert outcomes() == []


SEERS = {"admin", "auditor"}


@pytest.mark.parametrize("path", ["/timetable", "/timetable/good_job"])
def test_the_pages_are_open_to_administrator_and_auditor(
    client: FlaskClient, cast: Cast, path: str
) -> None:
    for role, person in cast.by_role().items():
        sign_in(client, person)
        assert client.get(path).status_code == (200 if role in SEERS else 403), role


def test_only_the_administrator_runs_a_job(client: FlaskClient, cast: Cast) -> None:
    for role, person in cast.by_role().items():
        sign_in(client, person)
        expected = 302 if role == "admin" else 403
        assert client.post("/timetable/good_job/run").status_code == expected, role
    assert outcomes() == [runs.OK]


def test_the_page_shows_the_error_of_a_run(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.admin)
    client.post("/timetable/bad_job/run")
    page = client.get("/timetable/bad_job").text
    assert ">ValueError: the third row is bad</summary>" in page
    assert "ไม่สำเร็จ" in client.get("/timetable").text


def test_the_page_speaks_english_too(client: FlaskClient, cast: Cast) -> None:
    with in_work():
        db.session.get_one(Person, cast.admin.id).language = "en"
    sign_in(client, cast.admin)
    page = client.get("/timetable").text
    assert "Every day at 06:30" in page
    assert "Not run yet" in page


def test_a_job_that_runs_already_is_refused_readably(
    client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    with in_work():
        runs.claim("good_job", clock.now, holder="other")
    sign_in(client, cast.admin)
    answer = client.post("/timetable/good_job/run")
    assert answer.status_code == 422
    assert "งานนี้กำลังทำงานอยู่" in answer.text


def test_an_unknown_job_has_no_page(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.admin)
    assert client.get("/timetable/nonsense").status_code == 404
    assert client.post("/timetable/nonsense/run").status_code == 404


def test_a_forged_form_runs_nothing(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.admin)
    assert client.post("/timetable/good_job/run", forged=True).status_code == 422  # type: ignore[call-arg]
    assert outcomes() == []
