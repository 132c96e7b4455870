"""Gives every test the database as it was right after the migrations, quickly.

Tests commit for real, in several threads if they like, so rolling back is no way. SQLite gets its
pristine pages copied back when another connection has changed the file; PostgreSQL gets the tables
that hold rows emptied, with triggers and foreign keys off, because the audit trail refuses DELETE.
"""

from __future__ import annotations

import sqlite3
from typing import Protocol

import psycopg
from psycopg import sql
from sqlalchemy import Engine

LOCK_SECONDS = 10
# What the migrations themselves wrote stays: their version, and the rows kept in this schema.
KEPT = "pristine"
VERSION_TABLE = "alembic_version"


class Cleaner(Protocol):
    """Brings one database back to its pristine state."""

    def clean(self) -> None:
        """Undo what the last test committed; fails when a test left a transaction open."""

    def close(self) -> None:
        """Let go of the database."""


class SqliteCleaner:
    """Keeps a copy of the pristine file in memory and writes it back when the file changed."""

    def __init__(self, path: str) -> None:
        self._pristine = sqlite3.connect(":memory:")
        self._file = sqlite3.connect(path, isolation_level=None, timeout=LOCK_SECONDS)
        self._file.execute("PRAGMA synchronous = OFF")
        self._file.backup(self._pristine)
        self._schema = int(self._file.execute("PRAGMA schema_version").fetchone()[0])
        self._seen = self._version()

    def _version(self) -> int:
        """Return a number that changes when another connection commits."""
        return int(self._file.execute("PRAGMA data_version").fetchone()[0])

    def clean(self) -> None:
        """Copy the pristine pages back unless nobody wrote."""
        if self._version() == self._seen:
            return
        # `backup` would wait for ever for a writer that a test left behind; this one gives up.
        self._file.execute("BEGIN IMMEDIATE")
        self._file.execute("ROLLBACK")
        self._pristine.backup(self._file)
        # A backup counts as a change of the schema, after which each connection would parse the
        # hundreds of tables anew; they are the same.
        self._file.execute(f"PRAGMA schema_version = {self._schema}")
        self._seen = self._version()

    def close(self) -> None:
        """Close both databases."""
        self._file.close()
        self._pristine.close()


class PostgresCleaner:
    """Empties the tables that hold rows and puts back what the migrations had written."""

    def __init__(self, address: str) -> None:
        self._connection = psycopg.connect(address, autocommit=True)
        self._connection.execute("SET session_replication_role = replica")
        self._connection.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'".encode())
        names = self._connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> %s",
            [VERSION_TABLE],
        )
        self._question = sql.SQL(" UNION ALL ").join(
            sql.SQL("SELECT {name} WHERE EXISTS (SELECT 1 FROM {table})").format(
                name=sql.Literal(str(row[0])), table=sql.Identifier("public", str(row[0]))
            )
            for row in names
        )
        self._seeded = self._filled()
        self._columns = {table: self._columns_of(table) for table in self._seeded}
        self._connection.execute(f"CREATE SCHEMA {KEPT}".encode())
        for table in self._seeded:
            self._run("CREATE TABLE {kept} AS TABLE {table}", table)

    def _run(self, statement: str, table: str) -> None:
        self._connection.execute(
            sql.SQL(statement).format(
                kept=sql.Identifier(KEPT, table),
                table=sql.Identifier("public", table),
                columns=self._columns.get(table, sql.SQL("")),
            )
        )

    def _columns_of(self, table: str) -> sql.Composed:
        columns = self._connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND table_name = %s AND is_generated = 'NEVER'",
            [table],
        )
        return sql.SQL(", ").join(sql.Identifier(str(row[0])) for row in columns)

    def _filled(self) -> list[str]:
        """Return the tables that hold rows, by one question to the server."""
        return [str(row[0]) for row in self._connection.execute(self._question, prepare=True)]

    def clean(self) -> None:
        """Empty what is filled, in one transaction."""
        with self._connection.transaction():
            for table in self._filled():
                self._run("DELETE FROM {table}", table)
            for table in self._seeded:
                self._run(
                    "INSERT INTO {table} ({columns}) OVERRIDING SYSTEM VALUE"
                    " SELECT {columns} FROM {kept}",
                    table,
                )

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


def cleaner_for(engine: Engine) -> Cleaner:
    """Return the cleaner for an engine whose database holds the fresh schema."""
    if engine.dialect.name == "sqlite":
        return SqliteCleaner(str(engine.url.database))
    address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return PostgresCleaner(address)
