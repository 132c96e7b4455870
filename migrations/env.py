"""How Alembic reaches the database: over a connection that it is given."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy import Connection

from kernel.db import Model, Moment, Money
from migrations.tables import import_all

import_all()


def include_object(thing: Any, name: str | None, kind: str, reflected: bool, _other: Any) -> bool:  # noqa: FBT001, ARG001, ANN401
    """Leave out the tables and indexes that the search keeps beside the models."""
    aside = "_fts" if kind == "table" else "_trgm"
    return aside not in (name or "")


def render_item(kind: str, thing: Any, _autogen: Any) -> str | bool:  # noqa: ANN401 - Alembic's signature
    """Write the house's column types as the plain types that they are stored in."""
    if kind == "type" and isinstance(thing, Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(thing, Money):
        return "sa.BigInteger()"
    return False


def run(connection: Connection) -> None:
    """Run the migrations on one connection."""
    context.configure(
        connection=connection,
        target_metadata=Model.metadata,
        include_object=include_object,
        render_item=render_item,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is None:
    raise SystemExit("Use: flask database upgrade")
run(given)
