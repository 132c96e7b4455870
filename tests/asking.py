"""How many questions a page asks the database."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy import event

from kernel.db import db


def asked_by(client: FlaskClient, path: str) -> int:
    """Return how many statements one look at a page takes; the page has to be there."""
    seen: list[str] = []

    def note(*about: object) -> None:
        seen.append(str(about[2]))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert client.get(path).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len([one for one in seen if one.lstrip().upper().startswith("SELECT")])
