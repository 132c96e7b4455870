"""Finding pieces of text inside unspaced Thai, on both engines with the same answers.

A searchable table keeps one normalised text column. PostgreSQL finds pieces through a trigram
index; SQLite through an FTS5 trigram table kept in step by triggers, and by scanning the base
table for words of one or two letters, which trigrams cannot find.
"""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import DDL, ColumnElement, Table, and_, event, literal, select, table, true
from sqlalchemy import column as named_column
from sqlalchemy.schema import ExecutableDDLElement
from sqlalchemy.sql.expression import FromClause

from kernel import thai
from kernel.db import db

SHORTEST_TRIGRAM = 3
MOST_WORDS = 8
LONGEST = 200


def words(query: str) -> list[str]:
    """Return the words of a typed query as they stand in a search column."""
    return thai.search_key(query[:LONGEST]).split()[:MOST_WORDS]


def contains(column: Any, query: str) -> ColumnElement[bool]:  # noqa: ANN401 - a mapped column
    """Return a WHERE term: every word of the query stands somewhere in the column.

    Args:
        column: the mapped text column that ``searchable`` was called for.
        query: what the person typed; blank finds everything.
    """
    wanted = words(query)
    if not wanted:
        return true()
    if db.engine.dialect.name != "sqlite":
        return and_(*(column.like(f"%{_escaped(word)}%", escape="\\") for word in wanted))
    long = [word for word in wanted if len(word) >= SHORTEST_TRIGRAM]
    terms: list[ColumnElement[bool]] = [
        column.like(f"%{_escaped(word)}%", escape="\\")
        for word in wanted
        if len(word) < SHORTEST_TRIGRAM
    ]
    if long:
        base = column.property.columns[0].table
        index = table(f"{base.name}_fts", named_column("rowid"))
        match = " ".join('"' + word.replace('"', '""') + '"' for word in long)
        terms.append(
            base.c.id.in_(
                select(index.c.rowid).where(
                    named_column(f"{base.name}_fts").op("MATCH")(literal(match))
                )
            )
        )
    return and_(*terms)


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


POSTGRESQL = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX ix_{table}_{column}_trgm ON {table} USING gin ({column} gin_trgm_ops)",
)
SQLITE = (
    """CREATE VIRTUAL TABLE {table}_fts
    USING fts5({column}, content='{table}', content_rowid='id', tokenize='trigram')""",
    """CREATE TRIGGER {table}_fts_insert AFTER INSERT ON {table} BEGIN
    INSERT INTO {table}_fts(rowid, {column}) VALUES (new.id, new.{column}); END""",
    """CREATE TRIGGER {table}_fts_delete AFTER DELETE ON {table} BEGIN
    INSERT INTO {table}_fts({table}_fts, rowid, {column}) VALUES ('delete', old.id, old.{column});
    END""",
    """CREATE TRIGGER {table}_fts_update AFTER UPDATE OF {column} ON {table}
    WHEN old.{column} IS NOT new.{column} BEGIN
    INSERT INTO {table}_fts({table}_fts, rowid, {column}) VALUES ('delete', old.id, old.{column});
    INSERT INTO {table}_fts(rowid, {column}) VALUES (new.id, new.{column}); END""",
)


def statements(table_name: str, column_name: str, engine: str) -> list[str]:
    """Return the statements that make the search index of a table on an engine."""
    wanted = POSTGRESQL if engine == "postgresql" else SQLITE
    return [statement.format(table=table_name, column=column_name) for statement in wanted]


def searchable(base: FromClause, column_name: str) -> None:
    """Make ``contains`` work on a text column of a table with an integer key ``id``."""
    made = cast("Table", base)
    for engine in ("postgresql", "sqlite"):
        for statement in statements(made.name, column_name, engine):
            event.listen(made, "after_create", _ddl(statement).execute_if(dialect=engine))
    gone = _ddl(f"DROP TABLE IF EXISTS {made.name}_fts")
    event.listen(made, "before_drop", gone.execute_if(dialect="sqlite"))


def _ddl(statement: str) -> ExecutableDDLElement:
    return DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
