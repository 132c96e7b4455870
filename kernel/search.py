"""Finding pieces of text inside unspaced Thai, on both engines with the same answers.

A searchable table keeps one normalised text column. PostgreSQL finds pieces through a trigram
index; SQLite through an FTS5 trigram table kept in step by triggers, and by scanning the base
table for words of one or two letters, which trigrams cannot find.
"""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Table,
    TableClause,
    and_,
    func,
    literal,
    or_,
    select,
    table,
    true,
)
from sqlalchemy import column as named_column
from sqlalchemy.sql.expression import FromClause

from kernel import thai
from kernel.db import db
from kernel.spellings import alike

SHORTEST_TRIGRAM = 3
COMMON = 1000
MOST_WORDS = 8
LONGEST = 200


def words(query: str) -> list[str]:
    """Return the words of a typed query as they stand in a search column."""
    return thai.search_key(query[:LONGEST]).split()[:MOST_WORDS]


def contains(column: Any, query: str) -> ColumnElement[bool]:  # noqa: ANN401 - a mapped column
    """Return a WHERE term: every word of the query, or one like it, stands in the column.

    On SQLite it asks the index first whether many rows hold the words: those are found sooner by
    walking the list in its own order than by fetching and sorting all of them.

    Args:
        column: the mapped text column that ``searchable`` was called for.
        query: what the person typed; blank finds everything.
    """
    wanted = words(query)
    long = [word for word in wanted if _in_index(word)]
    if not long or db.engine.dialect.name != "sqlite":
        return _like(column, wanted)
    base, index = _index_of(column)
    found = select(index.c.rowid).where(_matches(base, long))
    limited = found.limit(COMMON).subquery()
    common = db.session.scalar(select(func.count()).select_from(limited)) == COMMON
    # The sum keeps SQLite from looking every one of them up to sort them afterwards.
    key = base.c.id + 0 if common else base.c.id
    return and_(key.in_(found), _like(column, [word for word in wanted if word not in long]))


def first(query: Any, column: Any, typed: str, *, newest: bool = False) -> Any:  # noqa: ANN401
    """Narrow a query to rows that hold every word, in the order of their ids.

    With a LIMIT it takes no longer however many rows there are: the index is read in its order.

    Args:
        query: a SELECT of the table, without an order.
        column: the mapped text column that ``searchable`` was called for.
        typed: what the person typed.
        newest: the highest id first.
    """
    wanted = words(typed)
    long = [word for word in wanted if _in_index(word)]
    base, index = _index_of(column)
    key: ColumnElement[int] = base.c.id
    if long and db.engine.dialect.name == "sqlite":
        key = index.c.rowid
        query = query.join(index, key == base.c.id).where(_matches(base, long))
        wanted = [word for word in wanted if word not in long]
    return query.where(_like(column, wanted)).order_by(key.desc() if newest else key)


def _like(column: Any, wanted: list[str]) -> ColumnElement[bool]:  # noqa: ANN401
    terms = (or_(*(_holds(column, one) for one in alike(word))) for word in wanted)
    return and_(true(), *terms)


def _holds(column: Any, word: str) -> ColumnElement[bool]:  # noqa: ANN401
    held: ColumnElement[bool] = column.like(f"%{_escaped(word)}%", escape="\\")
    return held


def _in_index(word: str) -> bool:
    return all(len(one) >= SHORTEST_TRIGRAM for one in alike(word))


def _index_of(column: Any) -> tuple[Table, TableClause]:  # noqa: ANN401
    base = column.property.columns[0].table
    return base, table(f"{base.name}_fts", named_column("rowid"))


def _matches(base: Table, wanted: list[str]) -> ColumnElement[bool]:
    match = " AND ".join(f"({' OR '.join(map(_quoted, alike(word)))})" for word in wanted)
    return named_column(f"{base.name}_fts").op("MATCH")(literal(match))


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


SEARCHED: dict[str, str] = {}


def searchable(base: FromClause, column_name: str) -> None:
    """Declare that ``contains`` is used on a text column; the migrations make its index.

    SQLite: an FTS5 trigram table ``<table>_fts`` kept in step by triggers; PostgreSQL: a trigram
    index ``ix_<table>_<column>_trgm``.
    """
    SEARCHED[cast("Table", base).name] = column_name
