"""The database: one base class for tables, the column types, and what each engine needs.

SQLite and PostgreSQL serve the same models. Differences live here and in ``kernel.search`` only:
SQLite gets its pragmas, Thai collation and explicit BEGIN; a writing transaction on SQLite begins
IMMEDIATE so that two writers wait for each other instead of failing half-way.
"""

from __future__ import annotations

import sqlite3
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, Connection, DateTime, Dialect, Integer, MetaData, String, event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ColumnElement
from sqlalchemy.types import TypeDecorator

from kernel import thai

BUSY_SECONDS = 30
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

BigId = BigInteger().with_variant(Integer, "sqlite")
writing: ContextVar[bool] = ContextVar("writing", default=False)


class Model(DeclarativeBase):
    """Base of every table."""

    metadata = MetaData(naming_convention=NAMES)


db = SQLAlchemy(model_class=Model)


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored in UTC on both engines."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments; give SQLite, which knows no zones, the UTC wall clock."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Money(TypeDecorator[Decimal]):
    """An amount in baht as ``Decimal``; stored as whole satang, so that sums are exact."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Return satang; an amount finer than a satang is a mistake of the caller."""
        if value is None:
            return None
        satang = Decimal(value) * 100
        if satang != satang.to_integral_value():
            raise ValueError(f"{value}: finer than a satang")
        return int(satang)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002, ANN401
        """Return baht."""
        return None if value is None else (Decimal(int(value)) / 100).quantize(Decimal("0.01"))


def sort_text(length: int) -> String:
    """Return the type of a key column that sorts by code point on both engines."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


class ThaiOrder(ColumnElement[str]):
    """A text column in the order of a Thai dictionary; made by ``thai_order``."""

    inherit_cache = True

    def __init__(self, column: ColumnElement[str]) -> None:
        self.column = column
        self.type = column.type

    @property
    def _from_objects(self) -> list[Any]:
        return list(self.column._from_objects)  # noqa: SLF001 - SQLAlchemy asks the wrapper


@compiles(ThaiOrder)
def _compile_thai_order(
    element: ThaiOrder,
    compiler: SQLCompiler,
    **how: Any,  # noqa: ANN401 - SQLAlchemy passes anything on
) -> str:
    name = "thai" if compiler.dialect.name == "sqlite" else '"th-x-icu"'
    return f"{compiler.process(element.column, **how)} COLLATE {name}"


def thai_order(column: Any) -> ThaiOrder:  # noqa: ANN401 - any text column
    """Return an ORDER BY term that sorts a text column as a Thai dictionary does."""
    plain = column.__clause_element__() if hasattr(column, "__clause_element__") else column
    return ThaiOrder(plain)


def violates(error: IntegrityError, *names: str) -> bool:
    """Tell whether a refused write broke one of these constraints or unique columns.

    Args:
        error: what the database said.
        names: constraint names (PostgreSQL says them) and ``table.column`` (SQLite says those).
    """
    said = str(error.orig)
    return any(name in said for name in names)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:  # noqa: ANN401 - a driver's connection
    if not isinstance(connection, sqlite3.Connection):
        return
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA cache_size = -32000")
    cursor.execute("PRAGMA mmap_size = 268435456")
    cursor.close()
    connection.create_collation("thai", thai.collate)


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")
