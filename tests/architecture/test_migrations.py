"""The migrations lead to the tables of the models, and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect

from config import Settings
from kernel import schema
from kernel.db import Model, db
from kernel.search import SEARCHED
from migrations.tables import import_all

DATED = r"^\d{8}_\d{4}_[0-9a-f]+_\w+$"


@pytest.fixture
def bare(settings: Settings, empty_database: Callable[[], str]) -> Iterator[Flask]:
    """The application over a database without a single table."""
    from helpdesk.app import create_app

    application = create_app(replace(settings, database_url=empty_database()))
    with application.app_context():
        yield application
        db.engine.dispose()


def include_object(_thing: object, name: str | None, kind: str, *_rest: object) -> bool:
    """Leave out what the search keeps beside the models, as migrations/env.py does."""
    aside = "_fts" if kind == "table" else "_trgm"
    return aside not in (name or "")


def differences() -> list[object]:
    """What a further migration would have to change."""
    import_all()
    with db.engine.connect() as connection:
        options = {"compare_type": True, "include_object": include_object}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, Model.metadata))


def test_upgrading_from_empty_gives_the_tables_of_the_models(bare: Flask) -> None:
    schema.move("head")
    assert differences() == []


def test_every_searched_column_has_its_index(bare: Flask) -> None:
    schema.move("head")
    here = inspect(db.engine)
    if db.engine.dialect.name == "sqlite":
        tables = here.get_table_names()
        missing = [table for table in SEARCHED if f"{table}_fts" not in tables]
    else:
        missing = [
            table
            for table, column in SEARCHED.items()
            if f"ix_{table}_{column}_trgm" not in {i["name"] for i in here.get_indexes(table)}
        ]
    assert (bool(SEARCHED), missing) == (True, [])


def test_an_upgraded_database_is_the_newest(bare: Flask) -> None:
    schema.move("head")
    assert schema.is_newest()


def test_going_down_leaves_nothing(bare: Flask) -> None:
    schema.move("head")
    schema.move("base")
    assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}


def test_going_down_and_up_again_gives_the_tables_of_the_models(bare: Flask) -> None:
    schema.move("head")
    schema.move("base")
    schema.move("head")
    assert differences() == []


def test_the_migrations_are_one_line_without_branches() -> None:
    assert len(ScriptDirectory.from_config(schema.configuration()).get_heads()) == 1


def test_every_migration_is_named_by_its_date() -> None:
    names = [path.stem for path in sorted((schema.FOLDER / "versions").glob("*.py"))]
    assert [name for name in names if not re.match(DATED, name)] == []
