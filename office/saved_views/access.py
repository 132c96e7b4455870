"""Who may keep views of lists, and who may share them with others."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotAllowed, NotFound
from kernel.i18n import gettext as _
from office.people.access import EVERYONE, Role
from office.places.models import Unit
from office.saved_views.models import SavedView
from office.saved_views.states import Reach

KEEP = permission("office:saved_view:keep", roles=EVERYONE)
SHARE = permission(
    "office:saved_view:share", roles=(Role.STOREKEEPER, Role.COORDINATOR, Role.ADMIN)
)


def found_by(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the views a person finds: own, of a unit above, of the office."""
    return found_by_one(viewer.id, viewer.unit_id)


def found_by_one(person_id: Any, unit_id: Any) -> ColumnElement[bool]:  # noqa: ANN401 - values or parameters
    """Return the same term for a person of a unit, given by ids or by parameters."""
    above = select(Unit.path).where(Unit.id == unit_id).scalar_subquery()
    shared = select(Unit.id).where(above.startswith(Unit.path)).scalar_subquery()
    return or_(
        SavedView.owner_id == person_id,
        SavedView.reach == Reach.OFFICE,
        and_(SavedView.reach == Reach.UNIT, SavedView.unit_id.in_(shared)),
    )


def view_found_by(viewer: Viewer, view_id: int) -> SavedView:
    """Return a view that a person finds in a list.

    Raises:
        NotFound: there is none, or it is somebody else's own.
    """
    view = db.session.scalar(select(SavedView).where(SavedView.id == view_id, found_by(viewer)))
    if view is None:
        raise NotFound(_("There is no such view, or it is somebody else's."))
    return view


def may_change(viewer: Viewer, view: SavedView) -> bool:
    """Tell whether a person may change a view: an own one, or by right a shared one."""
    if view.owner_id == viewer.id:
        return True
    return view.reach != Reach.OWN and may_share(viewer, view.reach, view.unit_id)


def may_share(viewer: Viewer, reach: Reach, unit_id: int | None) -> bool:
    """Tell whether a person may let others find a view; for the office needs the whole office."""
    scope = viewer.scope(SHARE)
    if reach == Reach.OFFICE:
        return scope.units is None
    return reach == Reach.OWN or scope.covers(unit_id)


def view_changed_by(viewer: Viewer, view_id: int) -> SavedView:
    """Return a view that a person may rename, share or delete.

    Raises:
        NotFound: there is none for this person.
        NotAllowed: it is somebody else's, and the person has no right over it.
    """
    view = view_found_by(viewer, view_id)
    if not may_change(viewer, view):
        raise NotAllowed(_("Only its owner may change this view."))
    return view
