"""Each test begins with the database as the migrations left it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, create_engine, text

from tests.cleaning import Cleaner, cleaner_for

# An audit trail that refuses DELETE, as the real one does.
SQLITE_TRAIL = [
    "CREATE TRIGGER keep BEFORE DELETE ON trail BEGIN SELECT RAISE(ABORT, 'kept'); END",
]
KEEPER = "LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'kept'; END $$"
POSTGRESQL_TRAIL = [
    f"CREATE FUNCTION keep() RETURNS trigger {KEEPER}",
    "CREATE TRIGGER keep BEFORE DELETE ON trail FOR EACH ROW EXECUTE FUNCTION keep()",
]


@pytest.fixture
def scratch(engine_name: str, empty_database: Callable[[], str]) -> Iterator[Engine]:
    """A database with a seeded table, one that points at it, and a trail that refuses DELETE."""
    engine = create_engine(empty_database())
    with engine.begin() as connection:
        for statement in [
            "CREATE TABLE unit (id INTEGER PRIMARY KEY, name TEXT)",
            "CREATE TABLE person (id INTEGER PRIMARY KEY, unit_id INTEGER REFERENCES unit (id))",
            "CREATE TABLE trail (id INTEGER PRIMARY KEY)",
            *(SQLITE_TRAIL if engine_name == "sqlite" else POSTGRESQL_TRAIL),
            "INSERT INTO unit VALUES (1, 'office')",
        ]:
            connection.execute(text(statement))
    yield engine
    engine.dispose()


@pytest.fixture
def cleaner(scratch: Engine) -> Iterator[Cleaner]:
    """The cleaner of the scratch database."""
    made = cleaner_for(scratch)
    yield made
    made.close()


def write(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def rows(engine: Engine, table: str) -> list[tuple[object, ...]]:
    with engine.begin() as connection:
        return [tuple(row) for row in connection.execute(text(f"SELECT * FROM {table}"))]  # noqa: S608


def test_committed_rows_are_gone(scratch: Engine, cleaner: Cleaner) -> None:
    write(scratch, "INSERT INTO unit VALUES (2, 'school')", "INSERT INTO person VALUES (1, 2)")
    cleaner.clean()
    assert rows(scratch, "person") == []


def test_rows_that_refuse_deletion_are_gone(scratch: Engine, cleaner: Cleaner) -> None:
    write(scratch, "INSERT INTO trail VALUES (1)")
    cleaner.clean()
    assert rows(scratch, "trail") == []


def test_rows_of_the_migrations_come_back_as_they_were(scratch: Engine, cleaner: Cleaner) -> None:
    write(scratch, "UPDATE unit SET name = 'renamed'")
    cleaner.clean()
    assert rows(scratch, "unit") == [(1, "office")]


def test_cleaning_twice_is_as_good_as_once(scratch: Engine, cleaner: Cleaner) -> None:
    write(scratch, "INSERT INTO unit VALUES (2, 'school')")
    cleaner.clean()
    write(scratch, "INSERT INTO unit VALUES (2, 'school')")
    cleaner.clean()
    assert rows(scratch, "unit") == [(1, "office")]
