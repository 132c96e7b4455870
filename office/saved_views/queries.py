"""Reading saved views: what a list offers a person, and all that a person may look after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, and_, bindparam, select
from sqlalchemy.orm import joinedload

from kernel.access import Viewer
from kernel.db import db, fixed
from office.people.models import Person
from office.saved_views import access
from office.saved_views.models import ListChoice, SavedView

MOST = 100


@dataclass(frozen=True)
class Kept:
    """What a person has kept for a list: its columns, the views to offer, the one to begin with."""

    columns: str
    views: Sequence[SavedView]
    default: SavedView | None


def kept_for(viewer: Viewer, list_key: str) -> Kept:
    """Return what a person has kept for a list, in one query."""
    asked = {"list_key": list_key, "person_id": viewer.id, "unit_id": viewer.unit_id}
    rows = db.session.execute(_kept(), asked).all()
    views = [row.SavedView for row in rows if row.SavedView is not None]
    first = rows[0].view_id if rows else None
    default = next((view for view in views if view.id == first), None)
    return Kept((rows[0].columns if rows else "") or "", views, default)


@cache
def _kept() -> Select[*tuple[Any, ...]]:
    list_key: BindParameter[str] = bindparam("list_key")
    person_id: BindParameter[int] = bindparam("person_id")
    mine = and_(ListChoice.person_id == Person.id, ListChoice.list_key == list_key)
    found = access.found_by_one(person_id, bindparam("unit_id"))
    return (
        select(ListChoice.columns, ListChoice.view_id, SavedView)
        .select_from(Person)
        .outerjoin(ListChoice, mine)
        .outerjoin(SavedView, and_(SavedView.list_key == list_key, found))
        .where(Person.id == person_id)
        .order_by(SavedView.name_th, SavedView.id)
        .limit(fixed(MOST))
    )


def views_of(viewer: Viewer, list_key: str) -> Sequence[SavedView]:
    """Return the views of a list that a person finds, with owner and unit, own ones first."""
    return db.session.scalars(
        select(SavedView)
        .where(SavedView.list_key == list_key, access.found_by(viewer))
        .options(joinedload(SavedView.owner), joinedload(SavedView.unit))
        .order_by(SavedView.owner_id != viewer.id, SavedView.name_th, SavedView.id)
        .limit(MOST)
    ).all()
