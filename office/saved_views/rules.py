"""The verbs of saved views: save, edit, delete; choose columns, choose the view to begin with."""

from __future__ import annotations

from sqlalchemy import delete as deleting
from sqlalchemy import func, select, update

from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from kernel.errors import NotAllowed, Refusal
from kernel.i18n import gettext as _
from office.bookkeeping import audit
from office.bookkeeping.rules import insert_or_skip
from office.saved_views import access
from office.saved_views.models import ListChoice, SavedView
from office.saved_views.states import Reach

MOST_VIEWS = 50


def save(list_key: str, query: str, *, name_th: str, name_en: str = "", by: Viewer) -> SavedView:
    """Keep a way of looking at a list under a name; only its owner finds it at first.

    Args:
        list_key: of a declared list.
        query: what stands behind ``?``; ``lists.lasting`` has taken out what passes.
        name_th: the name; a single one may be in any language.
        name_en: the English name, where there are two.
        by: whose it becomes.

    Refuses a person who has fifty of a list already.
    """
    mine = select(func.count()).where(SavedView.owner_id == by.id, SavedView.list_key == list_key)
    if (db.session.scalar(mine) or 0) >= MOST_VIEWS:
        raise Refusal(_("You have %(most)s views of this list. Delete one first.", most=MOST_VIEWS))
    view = SavedView(
        list_key=list_key,
        owner_id=by.id,
        name_th=name_th,
        name_en=name_en,
        query=query,
        created_at=clock.now(),
    )
    db.session.add(view)
    db.session.flush()  # a person may begin with it at once, which needs its id
    audit.record("saved", view, by=by, after={"name": name_th, "list": list_key, "query": query})
    return view


def edit(
    view: SavedView, *, name_th: str, name_en: str, reach: Reach, unit_id: int | None, by: Viewer
) -> None:
    """Rename a view, and say who finds it.

    Raises:
        NotAllowed: the person may not share it as far.
    """
    unit_id = unit_id if reach == Reach.UNIT else None
    now_further = (reach, unit_id) != (view.reach, view.unit_id)
    if now_further and not access.may_share(by, reach, unit_id):
        raise NotAllowed(_("You may not share views with so many people."))
    audit.record_changes("renamed", view, {"name_th": name_th, "name_en": name_en}, by=by)
    audit.record_changes("shared", view, {"reach": reach, "unit_id": unit_id}, by=by)


def delete(view: SavedView, *, by: Viewer) -> None:
    """Take a view away; lists that began with it begin as they did before."""
    audit.record("deleted", view, by=by, before={"name": view.name_th, "query": view.query})
    db.session.execute(update(ListChoice).where(ListChoice.view_id == view.id).values(view_id=None))
    db.session.execute(deleting(SavedView).where(SavedView.id == view.id))


def choose_columns(list_key: str, columns: str, *, by: Viewer) -> None:
    """Remember which columns a person wants to see in a list; blank means the usual ones."""
    _choice(list_key, by).columns = columns


def begin_with(list_key: str, view: SavedView | None, *, by: Viewer) -> None:
    """Let a list begin with a view for one person, or as it is."""
    _choice(list_key, by).view_id = view.id if view else None


def _choice(list_key: str, by: Viewer) -> ListChoice:
    insert_or_skip(ListChoice, person_id=by.id, list_key=list_key, columns="")
    return db.session.scalars(
        select(ListChoice).where(ListChoice.person_id == by.id, ListChoice.list_key == list_key)
    ).one()
