"""Finding pieces of text inside unspaced Thai, on both engines with the same answers.

A searchable table keeps one normalised text column. PostgreSQL finds pieces through a trigram
index; SQLite through an FTS5 trigram table kept in step by triggers, and by scanning the base
table for words of one or two letters, which trigrams cannot find.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    String,
    Table,
    TableClause,
    and_,
    bindparam,
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
    if not long or not _on_sqlite():
        return _like(column, wanted)
    base, index = _index_of(column)
    found = select(index.c.rowid).where(_matches(base, long))
    limited = found.limit(COMMON).subquery()
    common = db.session.scalar(select(func.count()).select_from(limited)) == COMMON
    # The sum keeps SQLite from looking every one of them up to sort them afterwards.
    key = base.c.id + 0 if common else base.c.id
    return and_(key.in_(found), _like(column, [word for word in wanted if word not in long]))


@dataclass(frozen=True)
class Sought:
    """Typed words, made ready to be put into a statement that was built before.

    Attributes:
        indexed: the index of SQLite is asked, with the parameter ``match``.
        spelt: of each further word how many spellings are looked for; their parameters are
            ``word_<word>_<spelling>``.
        values: what stands for the parameters.
    """

    indexed: bool
    spelt: tuple[int, ...]
    values: Mapping[str, str] = field(compare=False)


def sought(typed: str) -> Sought:
    """Return what was typed as a statement looks for it; equal ones fit the same statement."""
    wanted = words(typed)
    long = [word for word in wanted if _in_index(word)] if _on_sqlite() else []
    further = [alike(word) for word in wanted if word not in long]
    values = {
        f"word_{number}_{at}": f"%{_escaped(one)}%"
        for number, spellings in enumerate(further)
        for at, one in enumerate(spellings)
    }
    if long:
        values["match"] = _match(long)
    return Sought(bool(long), tuple(map(len, further)), values)


def first(query: Any, column: Any, typed: str, *, newest: bool = False) -> Any:  # noqa: ANN401
    """Narrow a query to rows that hold every word, in the order of their ids.

    With a LIMIT it takes no longer however many rows there are: the index is read in its order.

    Args:
        query: a SELECT of the table, without an order.
        column: the mapped text column that ``searchable`` was called for.
        typed: what the person typed.
        newest: the highest id first.
    """
    looked_for = sought(typed)
    return _first(query, column, looked_for, newest, looked_for.values)


def first_of(query: Any, column: Any, looked_for: Sought, *, newest: bool = False) -> Any:  # noqa: ANN401
    """Narrow a query as ``first`` does, for a statement that is kept and run with other words.

    It is run with the ``values`` of a ``Sought`` that equals the one it was built for.
    """
    return _first(query, column, looked_for, newest, None)


def _first(
    query: Any,  # noqa: ANN401 - a SELECT
    column: Any,  # noqa: ANN401 - a mapped column
    looked_for: Sought,
    newest: bool,  # noqa: FBT001 - the order
    values: Mapping[str, str] | None,
) -> Any:  # noqa: ANN401 - a SELECT
    def said(name: str) -> BindParameter[str]:
        # A word to be LIKE is part of the statement that is run: see ``holds``.
        shown = name != "match"
        if values is None:
            return bindparam(name, type_=String, literal_execute=shown)
        return bindparam(name, values[name], String, unique=True, literal_execute=shown)

    base, index = _index_of(column)
    key: ColumnElement[int] = base.c.id
    if looked_for.indexed:
        key = index.c.rowid
        matches = named_column(index.name).op("MATCH")(said("match"))
        query = query.join(index, key == base.c.id).where(matches)
    for number, spellings in enumerate(looked_for.spelt):
        names = [f"word_{number}_{at}" for at in range(spellings)]
        query = query.where(or_(*(column.like(said(name), escape="\\") for name in names)))
    return query.order_by(key.desc() if newest else key)


def _like(column: Any, wanted: list[str]) -> ColumnElement[bool]:  # noqa: ANN401
    terms = (or_(*(holds(column, one) for one in alike(word))) for word in wanted)
    return and_(true(), *terms)


def holds(column: Any, word: str) -> ColumnElement[bool]:  # noqa: ANN401 - a mapped column
    """Return a WHERE term: one word of ``words`` stands in the column, spelt as it is."""
    # Part of the statement, so that no server keeps a plan of it that does not know the word: a
    # plan for any word walks the whole table for a rare one, and fetches all rows of a common one.
    pattern = bindparam(None, f"%{_escaped(word)}%", type_=column.type, literal_execute=True)
    held: ColumnElement[bool] = column.like(pattern, escape="\\")
    return held


def _on_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"


def _in_index(word: str) -> bool:
    return all(len(one) >= SHORTEST_TRIGRAM for one in alike(word))


def _index_of(column: Any) -> tuple[Table, TableClause]:  # noqa: ANN401
    base = column.property.columns[0].table
    return base, table(f"{base.name}_fts", named_column("rowid"))


def _matches(base: Table, wanted: list[str]) -> ColumnElement[bool]:
    return named_column(f"{base.name}_fts").op("MATCH")(literal(_match(wanted)))


def _match(wanted: list[str]) -> str:
    return " AND ".join(f"({' OR '.join(map(_quoted, alike(word)))})" for word in wanted)


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
