"""Makes the tables of a test database the way an office's are made: by the migrations."""

from __future__ import annotations

from kernel import schema
from kernel.db import Model, db
from migrations.tables import import_all


def make() -> None:
    """Build the newest schema in the empty database of the present application.

    Until the first migration is written the models themselves say what the tables are.
    """
    if any((schema.FOLDER / "versions").glob("*.py")):
        schema.move("head")
        return
    import_all()
    Model.metadata.create_all(db.engine)
