"""What several test files of this room do and look at."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import event, select

from assets.maintenance.models import Visit
from kernel.db import db
from tests.cast import Cast


def one(kind: Any, *terms: Any) -> Any:
    db.session.rollback()
    return db.session.scalars(select(kind).where(*terms).order_by(kind.id)).first()


def visit_at(cast: Cast) -> Visit:
    found: Visit = one(Visit, Visit.unit_id == cast.school.id)
    return found


def asked_of(client: FlaskClient, page: str) -> int:
    """Return how many questions a page asks of the database, once what is kept is kept."""
    asked: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    client.get(page)
    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        assert client.get(page).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)
    return len(asked)
