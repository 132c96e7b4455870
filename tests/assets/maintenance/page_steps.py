"""What several test files of this room do and look at."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from assets.maintenance.models import Visit
from kernel.db import db
from tests.cast import Cast


def one(kind: Any, *terms: Any) -> Any:
    db.session.rollback()
    return db.session.scalars(select(kind).where(*terms).order_by(kind.id)).first()


def visit_at(cast: Cast) -> Visit:
    found: Visit = one(Visit, Visit.unit_id == cast.school.id)
    return found
