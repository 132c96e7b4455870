"""Bringing the tables of a database to the newest form, and telling whether they are."""

from __future__ import annotations

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from kernel.db import db, writing
from kernel.i18n import mark

logging.getLogger("alembic").setLevel(logging.WARNING)

NOT_NEWEST = mark("The tables are not up to date: run `flask database upgrade`.")
FOLDER = Path(__file__).resolve().parent.parent / "migrations"
NAME = "%%(year)d%%(month).2d%%(day).2d_%%(hour).2d%%(minute).2d_%%(rev)s_%%(slug)s"


def configuration() -> Config:
    """Return where Alembic finds the steps and how it names a new one."""
    settings = Config()
    settings.set_main_option("script_location", str(FOLDER))
    settings.set_main_option("file_template", NAME)
    return settings


def move(revision: str) -> None:
    """Bring the tables to a revision: up to ``head``, or down to an earlier one.

    The whole move is one transaction on both engines: it happens or it does not.
    """
    settings = configuration()
    token = writing.set(True)
    try:
        with db.engine.begin() as connection:
            settings.attributes["connection"] = connection
            current = MigrationContext.configure(connection).get_current_revision()
            steps = ScriptDirectory.from_config(settings)
            if revision == "head" or revision not in _below(steps, current):
                command.upgrade(settings, revision)
            else:
                command.downgrade(settings, revision)
    finally:
        writing.reset(token)


def make_tables(connection: Connection) -> None:
    """Make the tables of the newest step in another, empty database."""
    settings = configuration()
    settings.attributes["connection"] = connection
    command.upgrade(settings, "head")


def _below(steps: ScriptDirectory, current: str | None) -> set[str]:
    if current is None:
        return set()
    return {"base", *(step.revision for step in steps.iterate_revisions(current, "base"))}


def is_newest() -> bool:
    """Tell whether the database stands at the newest step."""
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current == ScriptDirectory.from_config(configuration()).get_current_head()


def is_empty() -> bool:
    """Tell whether the database has no table at all: the service was never started on it."""
    return not inspect(db.engine).get_table_names()
