"""The commands as a person meets them on a machine where nothing has been set up yet."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from assets.register.models import Asset
from config import Settings
from helpdesk.app import create_app
from kernel import schema
from kernel.db import db

WORKBOOK = Path(__file__).parents[1] / "data" / "register_office.xlsx"


@pytest.fixture
def bare(settings: Settings, empty_database: Callable[[], str]) -> Iterator[Flask]:
    """The application over a database without a single table."""
    application = create_app(replace(settings, database_url=empty_database()))
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()


def test_a_workbook_can_be_tried_before_anything_is_set_up(bare: Flask) -> None:
    done = bare.test_cli_runner().invoke(
        args=["register", "import", str(WORKBOOK), "--dry-run", "--json"]
    )
    outcomes = [json.loads(line)["outcome"] for line in done.stdout.splitlines()]
    assert (done.exit_code, outcomes.count("new") > 3000) == (0, True)
    assert db.session.scalar(select(func.count()).select_from(Asset)) == 0


def test_a_real_import_without_a_unit_says_what_is_missing(bare: Flask) -> None:
    done = bare.test_cli_runner().invoke(args=["register", "import", str(WORKBOOK)])
    assert (done.exit_code, bool(done.stderr.strip())) == (2, True)


def test_a_command_on_tables_of_another_step_says_what_to_run(bare: Flask) -> None:
    schema.move("head")
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    done = bare.test_cli_runner().invoke(args=["audit", "verify"])
    assert (done.exit_code, "flask database upgrade" in done.output) == (1, True)
