"""Makes the tables of a test database from the models, so that a room can be tested before the
migration of its wave is written; `tests/architecture/test_migrations.py` holds that the migrations
lead to the same tables.
"""

from __future__ import annotations

from alembic import command
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory

from kernel import schema
from kernel.db import Model, db, writing
from kernel.search import SEARCHED


def make() -> None:
    """Build the tables of the present models in the empty database of the application."""
    settings = schema.configuration()
    first = ScriptDirectory.from_config(settings).get_revision("0001").module
    token = writing.set(True)
    try:
        with db.engine.begin() as connection:
            Model.metadata.create_all(connection)
            with Operations.context(MigrationContext.configure(connection)):
                first.SEARCHED = tuple(SEARCHED)
                first._make_search_and_guard()
            settings.attributes["connection"] = connection
            command.stamp(settings, "head")
    finally:
        writing.reset(token)
