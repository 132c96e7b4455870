"""What several test files of this room do and look at."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from assets.disposals.models import Disposal
from assets.register.models import Asset
from kernel.db import db
from kernel.work import work
from office.people.models import Person
from tests.factories.assets import make_asset
from tests.factories.office import viewer_for


def now(row: Any) -> Any:
    """Return a row as the database has it now."""
    db.session.rollback()
    return db.session.get_one(type(row), row.id)


def act(verb: Any, case: Disposal, *args: Any, by: Person, **more: Any) -> Any:
    """Do one act in a unit of work of its own."""
    with work():
        return verb(db.session.get_one(Disposal, case.id), *args, by=viewer_for(by), **more)


def priced(price: str, **fields: Any) -> Asset:
    return make_asset(price=Decimal(price), **fields)
