"""Who may plan maintenance, do it and read of it; the loaders that refuse."""

from __future__ import annotations

from sqlalchemy import ColumnElement, or_, select, true

from assets.maintenance.models import Occurrence, Plan, PlanItem, Visit
from assets.register.models import Asset
from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.people.access import Role

SEE = permission(
    "assets:maintenance:see",
    roles=(
        Role.TECHNICIAN,
        Role.STOREKEEPER,
        Role.APPROVER,
        Role.COORDINATOR,
        Role.AUDITOR,
        Role.ADMIN,
    ),
)
PLAN = permission("assets:maintenance:plan", roles=(Role.TECHNICIAN, Role.ADMIN), office_wide=True)
DO = permission("assets:maintenance:do", roles=(Role.TECHNICIAN, Role.ADMIN))
READ_METER = permission(
    "assets:meter:read", roles=(Role.TECHNICIAN, Role.STOREKEEPER, Role.COORDINATOR, Role.ADMIN)
)


def seen_items(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the items whose maintenance a viewer sees: those in their units."""
    return viewer.scope(SEE).clause(Asset.holding_unit_id)


def seen_plans(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the plans a viewer sees: those that reach an item they see."""
    if viewer.scope(SEE).units is None:
        return true()
    reached = (
        select(PlanItem.plan_id)
        .join(Asset, Asset.id == PlanItem.asset_id)
        .where(seen_items(viewer), PlanItem.left_on.is_(None))
    )
    return or_(Plan.id.in_(reached), viewer.scope(SEE).clause(Plan.unit_id))


def plan_seen(viewer: Viewer, plan_id: int) -> Plan:
    """Return a plan that the viewer sees.

    Raises:
        NotFound: there is none, or it is for other schools.
    """
    plan = db.session.scalar(select(Plan).where(Plan.id == plan_id, seen_plans(viewer)))
    if plan is None:
        raise NotFound(_("There is no such plan, or it is for another school."))
    return plan


def plan_edited(viewer: Viewer, plan_id: int) -> Plan:
    """Return a plan that the viewer may change.

    Raises:
        NotAllowed: the viewer plans nothing.
        NotFound: there is no such plan.
    """
    viewer.demand(PLAN)
    return plan_seen(viewer, plan_id)


def visit_seen(viewer: Viewer, visit_id: int) -> Visit:
    """Return a visit of a unit that the viewer sees.

    Raises:
        NotFound: there is none, or it is of another school.
    """
    visit = db.session.scalar(
        select(Visit).where(Visit.id == visit_id, viewer.scope(SEE).clause(Visit.unit_id))
    )
    if visit is None:
        raise NotFound(_("There is no such visit, or it is at another school."))
    return visit


def visit_done(viewer: Viewer, visit_id: int) -> Visit:
    """Return a visit that the viewer may carry out.

    Raises:
        NotAllowed: the viewer does no maintenance there.
        NotFound: there is none.
    """
    visit = visit_seen(viewer, visit_id)
    viewer.demand(DO, visit.unit_id)
    return visit


def occurrence_done(viewer: Viewer, occurrence_id: int, *, locked: bool = False) -> Occurrence:
    """Return an occurrence on an item of a unit where the viewer does maintenance.

    Args:
        viewer: who does it.
        occurrence_id: which one.
        locked: nobody else may end it until this unit of work is over.

    Raises:
        NotFound: there is none.
    """
    query = (
        select(Occurrence)
        .join(PlanItem, PlanItem.id == Occurrence.item_id)
        .join(Asset, Asset.id == PlanItem.asset_id)
        .where(Occurrence.id == occurrence_id, viewer.scope(DO).clause(Asset.holding_unit_id))
    )
    found = db.session.scalar(query.with_for_update(of=Occurrence) if locked else query)
    if found is None:
        raise NotFound(_("There is no such maintenance, or it is at another school."))
    return found
