"""Makes the tables of a test database the way an office's are made: by the migrations."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from config import BASE_DIR
from kernel.db import Model

MIGRATIONS = BASE_DIR / "migrations"


def make(engine: Engine) -> None:
    """Build the newest schema in an empty database.

    Until the first migration is written the models themselves say what the tables are.
    """
    if not any((MIGRATIONS / "versions").glob("*.py")):
        Model.metadata.create_all(engine)
        return
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")
