"""The figures that Prometheus reads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families as read

from helpdesk.timetable import runner, table
from kernel.access import Viewer
from tests.conftest import Clock
from tests.factories.tickets import make_ticket

TOKEN = "what prometheus knows"


@pytest.fixture
def _open(app: Flask, monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    wanted = replace(app.extensions["settings"], metrics_token=TOKEN)
    monkeypatch.setitem(app.extensions, "settings", wanted)


def scrape(client: FlaskClient) -> dict[tuple[str, str], float]:
    answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    return {
        (sample.name, next(iter(sample.labels.values()), "")): sample.value
        for family in read(answer.text)
        for sample in family.samples
    }


@pytest.mark.usefixtures("_open")
def test_the_figures_tell_of_jobs_and_of_what_waits(client: FlaskClient) -> None:
    make_ticket()
    job = next(one for one in table.JOBS if one.name == "tidy_bookkeeping")
    runner.run_by_hand(job, by=Viewer(name="a test"))
    found = scrape(client)
    assert found["helpdesk_tickets", "new"] == 1
    assert found["helpdesk_job_trouble", "tidy_bookkeeping"] == 0
    assert found["helpdesk_job_last_start_seconds", "tidy_bookkeeping"] > 0
    assert found["helpdesk_timetable_held", ""] == 0


@pytest.mark.usefixtures("_open")
@pytest.mark.parametrize("said", ["", "Bearer", "Bearer something else", "Bearer ก"])
def test_without_the_token_there_is_no_such_page(client: FlaskClient, said: str) -> None:
    answer = client.get("/metrics", headers={"Authorization": said.encode().decode("latin-1")})
    assert answer.status_code == 404


def test_an_office_that_set_no_token_has_no_such_page(client: FlaskClient) -> None:
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
