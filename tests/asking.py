"""How many questions a page asks the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask.testing import FlaskClient
from sqlalchemy import event

from kernel.db import db


@contextmanager
def listening() -> Iterator[list[str]]:
    """Hand out a list that fills with the questions of what is done meanwhile."""
    seen: list[str] = []

    def note(*about: object) -> None:
        statement = str(about[2])
        if statement.lstrip().upper().startswith("SELECT"):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def asked_by(client: FlaskClient, path: str) -> int:
    """Return how many questions one look at a page asks; the page has to be there."""
    with listening() as seen:
        assert client.get(path).status_code == 200
    return len(seen)
