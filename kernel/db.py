"""The database: one base class for tables, the column types, and what each engine needs.

SQLite and PostgreSQL serve the same models. Differences live here and in ``kernel.search`` only:
SQLite gets its pragmas, Thai collation and explicit BEGIN; a writing transaction on SQLite begins
IMMEDIATE so that two writers wait for each other instead of failing half-way. On PostgreSQL every
word to the server costs a way there and back: pages read without BEGIN and ROLLBACK, and a
connection is asked whether it lives only when there is a reason to doubt it (docs/adr/0007).
"""

from __future__ import annotations

import select
import sqlite3
import time
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import psycopg
from flask import has_request_context
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from psycopg.pq import ExecStatus
from sqlalchemy import (
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    String,
    event,
    literal_column,
    text,
)
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError, InvalidatePoolError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, ORMExecuteState
from sqlalchemy.pool import Pool
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import ColumnElement
from sqlalchemy.sql.visitors import InternalTraversal
from sqlalchemy.types import TypeDecorator

from kernel import thai

BUSY_SECONDS = 30
DOUBT_AFTER_SECONDS = 30.0
# A page asks about eight questions; all pages together ask some hundred different ones.
PREPARED_AFTER, MOST_PREPARED = 2, 500
# Values are written into a statement as the server numbers them. With names the driver reads each
# statement through for every page and writes the numbers itself, a seventh of a millisecond for a
# long one; it keeps what it wrote of 128 short ones only.
NUMBERED = {"paramstyle": "numeric_dollar", "connect_args": {"cursor_factory": psycopg.RawCursor}}
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


class Reading(Session):
    """The session of a request: what stands outside of a unit of work only reads."""

    def get_bind(self, *args: Any, bind: Any = None, **more: Any) -> Any:  # noqa: ANN401, ARG002
        """Return where a statement goes; pages read on PostgreSQL without a transaction.

        Each statement of a transaction sees its own moment there in any case (READ COMMITTED), so
        BEGIN and ROLLBACK would be two ways to the server for nothing.
        """
        if bind is not None:
            return bind
        engine = db.engine
        if writing.get() or engine.dialect.name == "sqlite" or not has_request_context():
            return engine
        return _without_transactions(engine)


@lru_cache(8)
def _without_transactions(engine: Engine) -> Engine:
    return engine.execution_options(isolation_level="AUTOCOMMIT")


db = SQLAlchemy(model_class=Model, session_options={"class_": Reading})


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


class _Wrapped(ColumnElement[Any]):
    """A column that is written otherwise; SQLAlchemy keeps statements with it as any other."""

    inherit_cache = True
    _traverse_internals = [("column", InternalTraversal.dp_clauseelement)]  # noqa: RUF012 - SQLAlchemy's declaration

    def __init__(self, column: ColumnElement[Any]) -> None:
        self.column = column
        self.type = column.type

    @property
    def _from_objects(self) -> list[Any]:
        return list(self.column._from_objects)  # noqa: SLF001 - SQLAlchemy asks the wrapper


class ThaiOrder(_Wrapped):
    """A text column in the order of a Thai dictionary; made by ``thai_order``."""

    inherit_cache = True


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
    return ThaiOrder(_plain(column))


def filled_index(name: str, column: str) -> Index:
    """Return an index of the rows that have something in a column which most leave empty.

    SQLite counts all the empty ones as one value when it learns how rare the values of an index
    are. It then takes every value for as common, and reads the whole table instead.
    """
    filled = text(f"{column} IS NOT NULL")
    return Index(name, column, sqlite_where=filled, postgresql_where=filled)


class Unindexed(_Wrapped):
    """A column or a condition that no index is to be walked for; made by ``unindexed``."""

    inherit_cache = True


@compiles(Unindexed)
def _compile_unindexed(
    element: Unindexed,
    compiler: SQLCompiler,
    **how: Any,  # noqa: ANN401 - SQLAlchemy passes anything on
) -> str:
    sign = "+" if compiler.dialect.name == "sqlite" else ""
    return f"{sign}({compiler.process(element.column, **how)})"


def unindexed(column: Any) -> Unindexed:  # noqa: ANN401 - any column, any condition
    """Return a further ORDER BY term after one that no index can give, for long lists.

    SQLite would walk an index that holds this column and fetch every row by itself, which takes
    twice to four times as long as reading the table from its beginning to its end. A condition
    that most rows meet is kept from leading it away from the index of the order.
    """
    return Unindexed(_plain(column))


def _plain(column: Any) -> Any:  # noqa: ANN401 - any column
    return column.__clause_element__() if hasattr(column, "__clause_element__") else column


def fixed(number: int) -> ColumnElement[int]:
    """Return a number for a LIMIT as part of the statement, not as a value sent along with it.

    PostgreSQL then knows how few rows are wanted and keeps its plan; for a number that it learns
    only later it plans anew every time, which costs more than reading the rows. Not for searches
    by words: there the plan has to be made for the words.
    """
    return literal_column(str(int(number)), Integer)


def fixed_word(word: str) -> ColumnElement[str]:
    """Return a word that stands in the code (a state, a kind) as part of the statement.

    Raises:
        ValueError: it is no plain word.
    """
    if not word.isidentifier():
        raise ValueError(f"{word!r} is no word of the code")
    return literal_column(f"'{word}'", String)


class Unplanned(_Wrapped):
    """A value that PostgreSQL does not plan for; made by ``unplanned``."""

    inherit_cache = True


@compiles(Unplanned)
def _compile_unplanned(
    element: Unplanned,
    compiler: SQLCompiler,
    **how: Any,  # noqa: ANN401 - SQLAlchemy passes anything on
) -> str:
    value = compiler.process(element.column, **how)
    return value if compiler.dialect.name == "sqlite" else f"(SELECT {value})"


def unplanned(value: ColumnElement[Any]) -> Any:  # noqa: ANN401 - compared as the value itself
    """Return a value for which PostgreSQL keeps the plan of the statement, whatever it is.

    For a value that it sees it plans anew each time, where it expects to win by that. A statement
    of many small questions, each through an index, takes longer to plan than to run.
    """
    return Unplanned(value)


def violates(error: IntegrityError, *names: str) -> bool:
    """Tell whether a refused write broke one of these constraints or unique columns.

    Args:
        error: what the database said.
        names: constraint names (PostgreSQL says them) and ``table.column`` (SQLite says those).
    """
    said = str(error.orig)
    return any(name in said for name in names)


@event.listens_for(Reading, "do_orm_execute")
def _read_only(state: ORMExecuteState) -> None:
    if writing.get() or not has_request_context():
        return
    if not state.is_select and (state.is_insert or state.is_update or state.is_delete):
        raise RuntimeError("a request writes outside of a unit of work")
    if "yield_per" in state.execution_options:
        # The server keeps the rows of a long answer for the length of a transaction only.
        state.bind_arguments["bind"] = db.engine


@event.listens_for(Reading, "before_flush")
def _flush_in_work_only(*_about: Any) -> None:  # noqa: ANN401 - session, context, instances
    if has_request_context() and not writing.get():
        raise RuntimeError("a request writes outside of a unit of work")


@event.listens_for(Engine, "connect")
def _prepare(connection: Any, _record: Any) -> None:  # noqa: ANN401 - a driver's connection
    if isinstance(connection, sqlite3.Connection):
        _prepare_sqlite(connection)
    elif isinstance(connection, psycopg.Connection):
        if connection.cursor_factory is psycopg.RawCursor:
            connection.server_cursor_factory = psycopg.RawServerCursor
        connection.prepare_threshold = PREPARED_AFTER
        connection.prepared_max = MOST_PREPARED
        # Compiling a plan takes longer than any page may.
        connection.pgconn.exec_(b"SET jit = off")


def _prepare_sqlite(connection: sqlite3.Connection) -> None:
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


def count_rows_anew() -> None:
    """Let SQLite look again how its tables are filled; call it in a unit of work, once a night.

    Without it the planner guesses, and walks every late loan to find those of one person. A server
    of PostgreSQL does this by itself. A thousand rows of each index are looked at, not all.
    """
    if db.engine.dialect.name == "sqlite":
        connection = db.session.connection()
        connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
        connection.exec_driver_sql("ANALYZE")


def inserting(model: Any, engine: str) -> Any:  # noqa: ANN401 - a table class, its INSERT
    """Return the INSERT of a table in the engine's own words, which know ``ON CONFLICT``."""
    return (sqlite_insert if engine == "sqlite" else postgresql_insert)(model.__table__)


def count_filled(*tables: type[Model]) -> None:
    """Let PostgreSQL look now at tables that were empty and are being filled, in a unit of work.

    It does so by itself, but a minute late: as long as it takes a table for empty, every index that
    holds the id somewhere is as good to it as the primary key, and each look for one row walks it.
    """
    if db.engine.dialect.name == "postgresql":
        for table in tables:
            db.session.connection().exec_driver_sql(f"ANALYZE {table.__tablename__}")


@event.listens_for(Pool, "checkin")
def _note_return(_connection: Any, record: Any) -> None:  # noqa: ANN401 - a driver's connection
    record.info["returned"] = time.monotonic()


@event.listens_for(Pool, "checkout")
def _doubt(connection: Any, record: Any, _proxy: Any) -> None:  # noqa: ANN401 - see above
    """Ask a connection whether it lives, where it has lain idle or its server has said something.

    A server that stops closes the connection; that is seen here without a word to the server. The
    question after an idle time finds what is cut off without a sign (a firewall between the two).

    Raises:
        InvalidatePoolError: it is dead, and with it all that were made before; the pool makes new
            ones.
    """
    if not isinstance(connection, psycopg.Connection):
        return
    returned = record.info.get("returned", time.monotonic())
    if time.monotonic() - returned < DOUBT_AFTER_SECONDS and not _has_spoken(connection):
        return
    if connection.closed or connection.pgconn.exec_(b"").status != ExecStatus.EMPTY_QUERY:
        raise InvalidatePoolError


def _has_spoken(connection: psycopg.Connection[Any]) -> bool:
    """Tell whether the server sent something while nobody asked: in most cases its farewell."""
    if connection.closed:
        return True
    poll = select.poll()
    poll.register(connection.pgconn.socket, select.POLLIN)
    return bool(poll.poll(0))


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")
