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


def unindexed() -> list[str]:
    """Tables whose searched column has no index."""
    here = inspect(db.engine)
    if db.engine.dialect.name == "sqlite":
        tables = here.get_table_names()
        return [table for table in SEARCHED if f"{table}_fts" not in tables]
    return [
        table
        for table, column in SEARCHED.items()
        if f"ix_{table}_{column}_trgm" not in {i["name"] for i in here.get_indexes(table)}
    ]


def test_the_way_up_gives_the_tables_of_the_models_and_the_way_down_leaves_nothing(
    bare: Flask,
) -> None:
    for _again in range(2):
        schema.move("head")
        assert schema.is_newest()
        assert differences() == []
        assert (bool(SEARCHED), unindexed()) == (True, [])
        schema.move("base")
        assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}


def test_the_migrations_are_one_line_without_branches() -> None:
    assert len(ScriptDirectory.from_config(schema.configuration()).get_heads()) == 1


def test_every_migration_is_named_by_its_date() -> None:
    names = [path.stem for path in sorted((schema.FOLDER / "versions").glob("*.py"))]
    assert [name for name in names if not re.match(DATED, name)] == []
