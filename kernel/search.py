"""Finding pieces of text inside unspaced Thai, on both engines with the same answers.

A searchable table keeps one normalised text column. PostgreSQL finds pieces through a trigram
index; SQLite through an FTS5 trigram table kept in step by triggers, and by scanning the base
table for words of one or two letters, which trigrams cannot find.
"""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, literal, select, table, true
from sqlalchemy import column as named_column
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


SEARCHED: dict[str, str] = {}


def searchable(base: FromClause, column_name: str) -> None:
    """Declare that ``contains`` is used on a text column; the migrations make its index.

    SQLite: an FTS5 trigram table ``<table>_fts`` kept in step by triggers; PostgreSQL: a trigram
    index ``ix_<table>_<column>_trgm``.
    """
    SEARCHED[cast("Table", base).name] = column_name
