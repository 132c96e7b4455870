"""Jobs that are late, failing or paused, and who is told of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from flask import Flask
from flask.testing import FlaskClient

from helpdesk.timetable import runner, scheduler, table, watch
from helpdesk.timetable.rhythm import Daily, Every
from helpdesk.timetable.table import Job
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from office.bookkeeping import lease, runs
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.office import sign_in

pytestmark = pytest.mark.usefixtures("app", "clock")
ADMIN = Viewer(name="Admin Example")


def break_down() -> int:
    raise ValueError("the third row is bad")


OFTEN = Job("often", lambda: 1, Every(60), "runs often")
DAILY = Job("daily", lambda: 1, Daily(time(6, 30)), "runs each day")
BAD = Job("bad", break_down, Daily(time(7, 0)), "breaks down")


@pytest.fixture
def cast(app: Flask) -> Cast:
    return make_cast()


@pytest.fixture
def _jobs(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, table.EXTENSION, (OFTEN, DAILY))


@pytest.fixture
def _bad_job(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.extensions, table.EXTENSION, (BAD,))


def round_() -> int:
    return runner.run_due(table.jobs(), holder="a process", may_go_on=lambda: True)


def wrong() -> dict[str, str]:
    db.session.rollback()
    return {one.job.name: str(one.kind) for one in watch.troubles()}


@pytest.mark.usefixtures("_jobs")
def test_jobs_that_ran_when_they_should_are_no_trouble(clock: Clock) -> None:
    round_()
    assert wrong() == {}
    clock.forward(minutes=14)
    assert wrong() == {}


@pytest.mark.usefixtures("_jobs")
def test_a_job_that_has_not_begun_for_a_quarter_of_an_hour_is_late(clock: Clock) -> None:
    round_()
    clock.forward(minutes=17)
    assert wrong() == {"often": "late"}
    clock.forward(days=1)
    assert wrong() == {"often": "late", "daily": "late"}


@pytest.mark.usefixtures("_jobs")
def test_a_service_that_has_just_begun_has_missed_nothing() -> None:
    assert wrong() == {}


@pytest.mark.usefixtures("_bad_job")
def test_a_job_whose_last_run_failed_is_failing() -> None:
    round_()
    assert wrong() == {"bad": "failing"}


@pytest.mark.usefixtures("_jobs")
def test_a_paused_job_does_not_run_and_is_no_trouble_for_a_week(clock: Clock) -> None:
    with work():
        runs.pause("often", "the mail server moves", by=ADMIN)
    assert round_() == 1
    clock.forward(hours=1)
    assert wrong() == {}
    clock.forward(days=8)
    assert wrong() == {"often": "forgotten", "daily": "late"}
    with work():
        runs.resume("often", by=ADMIN)
    assert round_() == 2


@pytest.mark.usefixtures("_bad_job")
def test_the_home_of_the_administrator_turns_red_and_nobody_elses(
    client: FlaskClient, cast: Cast
) -> None:
    round_()
    for role, person in cast.by_role().items():
        sign_in(client, person)
        shown = "งานตามกำหนดเวลาต้องตรวจดู" in client.get("/").text
        assert shown is (role in ("admin", "auditor")), role


@pytest.mark.usefixtures("_bad_job")
def test_the_health_page_names_the_job_and_still_serves(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = replace(app.extensions["settings"], timetable=True)
    monkeypatch.setitem(app.extensions, "settings", wanted)
    with work():
        lease.take(scheduler.LEASE, "a process", seconds=60)
    round_()
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json is not None
    assert (answer.json["status"], answer.json["jobs"]) == ("degraded", "bad failing")


@pytest.mark.usefixtures("_jobs")
def test_an_administrator_pauses_with_a_reason_and_resumes(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.admin)
    refused = client.post("/timetable/often/pause", data={"reason": " "})
    assert refused.status_code == 422
    client.post("/timetable/often/pause", data={"reason": "ย้ายเซิร์ฟเวอร์อีเมล"})
    assert "ย้ายเซิร์ฟเวอร์อีเมล" in client.get("/timetable/often").text
    assert "พักไว้" in client.get("/timetable").text
    client.post("/timetable/often/resume")
    assert "ย้ายเซิร์ฟเวอร์อีเมล" not in client.get("/timetable/often").text


@pytest.mark.usefixtures("_jobs")
def test_the_auditor_pauses_nothing(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.orn)
    assert client.post("/timetable/often/pause", data={"reason": "x"}).status_code == 403
    assert client.post("/timetable/often/resume").status_code == 403
    assert runs.paused() == {}
