"""Filling the demonstration: once, repeatably, and never over other data."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from helpdesk.demonstration import cli, ground
from helpdesk.demonstration.ground import Standing
from kernel.errors import Refusal
from tests import schema
from tests.helpdesk.demonstration.filling import SMALL, Office, counts_in, fill, settings_in


def test_the_file_is_marked_and_nothing_of_the_draft_is_left(office: Office) -> None:
    assert ground.standing_of(office.file) is Standing.FILLED
    assert [path.name for path in office.file.parent.glob("*filling*")] == []


def test_a_second_fill_changes_nothing_and_tells_the_same_password(office: Office) -> None:
    before = office.file.read_bytes()
    again = cli.fill_once(office.file, office.settings, size=SMALL, make_tables=schema.make)
    assert (again, office.file.read_bytes() == before) == (office.password, True)


def test_two_fills_of_one_day_tell_the_same_story(office: Office, tmp_path: Path) -> None:
    assert counts_in(fill(tmp_path).file) == counts_in(office.file)


def test_a_database_with_other_data_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    file = ground.database_file(settings)
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE unit (name TEXT)")
        connection.execute("INSERT INTO unit VALUES ('a real office')")
    before = file.read_bytes()
    with pytest.raises(Refusal):
        cli.fill_once(file, settings, size=SMALL, make_tables=schema.make)
    assert file.read_bytes() == before


def test_a_database_with_empty_tables_counts_as_fresh(tmp_path: Path) -> None:
    file = tmp_path / "fresh.sqlite3"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE unit (name TEXT)")
        connection.execute("CREATE TABLE job_run (job TEXT)")
        connection.execute("INSERT INTO job_run VALUES ('tidy')")
    assert ground.standing_of(file) is Standing.FRESH


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "notes.sqlite3"
    file.write_text("shopping list " * 100, encoding="ascii")
    assert ground.standing_of(file) is Standing.REAL


def test_a_server_database_is_refused(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, HELPDESK_DATABASE_URL="postgresql://office@localhost/real")
    with pytest.raises(Refusal):
        ground.database_file(settings)


def test_whoever_is_stopped_in_the_middle_leaves_no_database(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    file = ground.database_file(settings)

    def stop() -> None:
        schema.make()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cli.fill_once(file, settings, size=SMALL, make_tables=stop)
    assert ground.standing_of(file) is Standing.FRESH
    assert not file.exists()


def test_a_lost_password_is_told_instead_of_guessed(office: Office, tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    file = ground.database_file(settings)
    file.write_bytes(office.file.read_bytes())
    with pytest.raises(Refusal):
        cli.fill_once(file, settings, size=SMALL, make_tables=schema.make)
