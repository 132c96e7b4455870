"""What several migrations need: columns added in place on both engines, and the search of a column.

SQLite adds a column with its constraints in one sentence; rebuilding the table would take its
triggers and references away. PostgreSQL adds the column first and its constraints after it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def on_sqlite() -> bool:
    """Tell which of the two engines is being changed."""
    return op.get_bind().dialect.name == "sqlite"


def add_reference(table: str, name: str, target: str, check: str = "", term: str = "") -> None:
    """Add a column that names a row of another table, empty in the rows that stand there.

    Args:
        table: that gets the column.
        name: of the column.
        target: the table whose rows it names.
        check: the name of a condition on it, "" where there is none.
        term: the condition.
    """
    if on_sqlite():
        told = f" CONSTRAINT ck_{table}_{check} CHECK ({term})" if check else ""
        written = f"INTEGER{told} CONSTRAINT fk_{table}_{name} REFERENCES {target} (id)"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {name} {written}")
        return
    op.add_column(table, sa.Column(name, ID))
    op.create_foreign_key(f"fk_{table}_{name}", table, target, [name], ["id"])
    if check:
        op.create_check_constraint(op.f(f"ck_{table}_{check}"), table, term)


def drop_reference(table: str, name: str, check: str = "") -> None:
    """Take such a column away; SQLite takes its condition along."""
    if check and not on_sqlite():
        op.drop_constraint(op.f(f"ck_{table}_{check}"), table)
    op.drop_column(table, name)


def where(term: str) -> dict[str, sa.TextClause]:
    """Return the term of a partial index for both engines."""
    return {"sqlite_where": sa.text(term), "postgresql_where": sa.text(term)}


def make_search(table: str, column: str = "search_key") -> None:
    """Make what ``kernel.search`` reads: a table of three-letter pieces, or an index of them."""
    if not on_sqlite():
        op.execute(
            f"CREATE INDEX ix_{table}_{column}_trgm ON {table} USING gin ({column} gin_trgm_ops)"
        )
        return
    fts, old = f"{table}_fts", f"VALUES ('delete', old.id, old.{column})"
    new = f"INSERT INTO {fts}(rowid, {column}) VALUES (new.id, new.{column})"  # noqa: S608 - our tables
    gone = f"INSERT INTO {fts}({fts}, rowid, {column}) {old}"
    op.execute(
        f"CREATE VIRTUAL TABLE {fts} USING fts5({column}, content='{table}', "
        "content_rowid='id', tokenize='trigram')"
    )
    op.execute(f"CREATE TRIGGER {fts}_insert AFTER INSERT ON {table} BEGIN {new}; END")
    op.execute(f"CREATE TRIGGER {fts}_delete AFTER DELETE ON {table} BEGIN {gone}; END")
    op.execute(
        f"CREATE TRIGGER {fts}_update AFTER UPDATE OF {column} ON {table} "
        f"WHEN old.{column} IS NOT new.{column} BEGIN {gone}; {new}; END"
    )


def drop_search(*tables: str) -> None:
    """Take the search of tables away before the tables go; PostgreSQL drops it with them."""
    if on_sqlite():
        for table in tables:
            op.execute(f"DROP TABLE {table}_fts")
