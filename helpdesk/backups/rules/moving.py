"""Takes the whole database over to another engine: from SQLite to PostgreSQL, or back.

The tables are made anew by the migrations, then every row is copied in the order in which tables
name each other, all in one transaction: it happens or it does not. What was there stays untouched.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Engine, Integer, Table, func, inspect, select, text, update

from helpdesk.backups.rules.making import counted
from kernel import schema
from kernel.db import Model
from kernel.errors import Refusal
from kernel.i18n import gettext as _

AT_ONCE = 1000
Row = dict[str, Any]


def copy(source: Connection, target: Engine) -> int:
    """Copy every row into an empty database and return how many there were.

    Args:
        source: a connection that sees one moment; nobody should write meanwhile.
        target: where the tables are made.

    Refuses a database that holds tables already, and one in which rows are missing afterwards.
    """
    with target.begin() as connection:
        if inspect(connection).get_table_names():
            raise Refusal(_("The other database is not empty. Please make a new one."))
        schema.make_tables(connection)
        for table in Model.metadata.sorted_tables:
            _copy_table(table, source, connection)
        there, here = counted(connection), counted(source)
        if there != here:
            raise Refusal(_("Not every row has arrived, so nothing was copied."))
    return sum(there.values())


def _copy_table(table: Table, source: Connection, target: Connection) -> None:
    """Copy a table; a row that names a later one of its own table is told of it at the end."""
    own = [
        column.name
        for column in table.columns
        if any(key.column.table is table for key in column.foreign_keys)
    ]
    later: list[tuple[Any, Row]] = []
    for rows in _portions(table, source):
        for row in rows if own else ():
            ahead = {name: row[name] for name in own if row[name] and row[name] >= row["id"]}
            if ahead:
                later.append((row["id"], ahead))
                row.update(dict.fromkeys(ahead))
        target.execute(table.insert(), rows)
    for number, ahead in later:
        target.execute(update(table).where(table.c.id == number).values(ahead))
    _count_on(table, target)


def _portions(table: Table, source: Connection) -> Iterator[list[Row]]:
    found = source.execution_options(yield_per=AT_ONCE).execute(
        select(table).order_by(*table.primary_key.columns)
    )
    for rows in found.mappings().partitions():
        yield [dict(row) for row in rows]


def _count_on(table: Table, target: Connection) -> None:
    """Let PostgreSQL give the next row a number that is not taken; SQLite does so by itself."""
    key = table.autoincrement_column
    if target.dialect.name != "postgresql" or key is None or not isinstance(key.type, Integer):
        return
    highest = target.scalar(select(func.max(key)))
    sequence = target.scalar(
        text("SELECT pg_get_serial_sequence(:name, :column)"),
        {"name": table.name, "column": key.name},
    )
    if highest is not None and sequence is not None:
        target.execute(text("SELECT setval(:sequence, :n)"), {"sequence": sequence, "n": highest})
