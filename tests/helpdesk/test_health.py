"""What whoever watches over the service is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, event
from sqlalchemy.exc import OperationalError

from helpdesk.timetable import scheduler
from kernel.db import db
from kernel.files import FolderStore
from kernel.work import work
from office.bookkeeping import lease
from tests.conftest import Clock


@pytest.fixture
def on(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The timetable is wanted in this process."""
    wanted = replace(app.extensions["settings"], timetable=True)
    monkeypatch.setitem(app.extensions, "settings", wanted)


def held_for(seconds: int) -> None:
    with work():
        lease.take(scheduler.LEASE, "a process", seconds=seconds)


def test_a_process_that_answers_is_alive_and_asks_nobody(app: Flask, client: FlaskClient) -> None:
    asked: list[str] = []
    with app.app_context():

        def listen(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
            asked.append(statement)

        event.listen(db.engine, "before_cursor_execute", listen)
        answer = client.get("/healthz")
        event.remove(db.engine, "before_cursor_execute", listen)
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})
    assert asked == []


def test_a_service_without_a_timetable_is_ready(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {
        "status": "ok",
        "database": "ok",
        "migrations": "ok",
        "storage": "ok",
        "timetable": "off",
        "jobs": "off",
    }


@pytest.mark.usefixtures("on")
def test_a_service_whose_timetable_runs_is_ready(client: FlaskClient, clock: Clock) -> None:
    held_for(30)
    assert client.get("/readyz").json["timetable"] == "ok"  # type: ignore[index]


@pytest.mark.usefixtures("on")
def test_a_timetable_that_is_being_taken_over_is_no_alarm(
    client: FlaskClient, clock: Clock
) -> None:
    held_for(30)
    clock.forward(seconds=80)
    assert client.get("/readyz").status_code == 200


@pytest.mark.usefixtures("on")
def test_a_timetable_that_nobody_runs_is_an_alarm(client: FlaskClient, clock: Clock) -> None:
    assert client.get("/readyz").status_code == 503
    held_for(30)
    clock.forward(seconds=91)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["timetable"]) == (503, "failed")  # type: ignore[index]


def test_a_folder_that_takes_no_files_is_an_alarm(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = app.extensions["settings"].var_dir / "a file"
    blocked.touch()
    monkeypatch.setitem(app.extensions, "file_store", FolderStore(blocked / "below it"))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["storage"]) == (503, "failed")  # type: ignore[index]


def test_a_database_that_does_not_answer_is_an_alarm(app: Flask, client: FlaskClient) -> None:
    def refuse(*_anything: object) -> None:
        raise OperationalError("connect", {}, Exception("the server has gone"))

    event.listen(db.engine, "before_cursor_execute", refuse)
    try:
        answer = client.get("/readyz")
    finally:
        event.remove(db.engine, "before_cursor_execute", refuse)
    assert answer.status_code == 503
    assert answer.json["database"] == answer.json["migrations"] == "failed"  # type: ignore[index]


def test_a_database_behind_its_migrations_is_an_alarm(
    app: Flask, client: FlaskClient, tmp_path: object
) -> None:
    empty = create_engine(f"sqlite:///{tmp_path}/empty.sqlite3")
    good, db.engines[None] = db.engines[None], empty
    try:
        answer = client.get("/readyz")
    finally:
        db.engines[None] = good
        empty.dispose()
    assert answer.json["database"] == "ok"  # type: ignore[index]
