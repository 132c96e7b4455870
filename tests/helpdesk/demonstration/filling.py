"""Fills a small demonstration office in a folder of its own."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from config import Settings
from helpdesk.app import create_app
from helpdesk.demonstration import cli, ground
from helpdesk.demonstration.story import Size
from kernel import clock
from tests import schema

SMALL = Size(tickets=24, loans=18, rows=300, span=timedelta(days=30))
# Half past midnight in Bangkok, on the first day of a fiscal year.
NOW = datetime(2026, 9, 30, 17, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Office:
    """A filled demonstration: its settings, its file, its password."""

    settings: Settings
    file: Path
    password: str


def settings_in(folder: Path, **more: str) -> Settings:
    return Settings.from_environment(
        {
            "HELPDESK_ENVIRONMENT": "test",
            "HELPDESK_VAR_DIR": str(folder),
            "HELPDESK_SECRET_KEY": "a secret that only the tests know, long enough",
            "HELPDESK_BASE_URL": "http://localhost",
            **more,
        }
    )


def fill(folder: Path) -> Office:
    settings = settings_in(folder)
    file = ground.database_file(settings)
    create_app(settings)  # as the command finds it: every room has filled its slots
    with clock.frozen(NOW):
        password = cli.fill_once(file, settings, size=SMALL, make_tables=schema.make)
    return Office(settings, file, password)


def counts_in(file: Path) -> dict[str, int]:
    tables = ("asset", "tag", "ticket", "ticket_entry", "loan", "loan_line", "person", "unit")
    with closing(sqlite3.connect(file)) as connection:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in tables
        }
