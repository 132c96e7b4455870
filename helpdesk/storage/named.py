"""Which columns of the database name files, and which files of the store nothing names.

A column names files when it is called ``key``, ``file_key`` or ``…_key`` and is wide enough for a
key; so a new table is known here without anybody thinking of it. A column too many does no harm:
what stands in it is no key of the store.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Column, String, Table, select

from kernel import clock
from kernel.db import Model, db
from kernel.files import KEY, FileStore, Lying

KEY_LENGTH = 67
CHUNK = 2000


def columns() -> Sequence[tuple[Table, Column[Any]]]:
    """Return every column that may name a file, with its table."""
    return [
        (table, column)
        for table in Model.metadata.sorted_tables
        for column in table.columns
        if _names_files(column)
    ]


def _names_files(column: Column[Any]) -> bool:
    named = column.name == "key" or column.name.endswith("_key")
    wide = isinstance(column.type, String) and (column.type.length or KEY_LENGTH) >= KEY_LENGTH
    return named and wide and not column.primary_key and column.name != "search_key"


def named_keys() -> set[str]:
    """Return every key of a file that some row names."""
    found: set[str] = set()
    for _table, column in columns():
        # A key is 64 signs, a dot and an ending; all else in the column needs no second look.
        query = select(column).where(column.like("_" * 64 + ".%")).distinct()
        rows = db.session.execute(query.execution_options(yield_per=CHUNK))
        found.update(row[0] for row in rows if KEY.match(row[0]))
    return found


def orphans(place: FileStore, days: int) -> Iterator[Lying]:
    """Yield the files that lie in the store for longer than some days and that no row names."""
    before = clock.now() - timedelta(days=days)
    old = [one for one in place.everything() if one.since < before]
    # Names are asked for after the files were listed: what was attached meanwhile is known then.
    named = named_keys() if old else set()
    return (one for one in old if one.key not in named)
