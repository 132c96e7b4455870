"""Who may see and keep risks; the loaders that refuse.

Keepers and readers reach the tables of their units; whoever answers for a treatment sees the table
that it stands in and follows it up.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload

from helpdesk.risks.models import Risk, RiskTable
from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotAllowed, NotFound
from kernel.i18n import gettext as _
from office.people.access import EVERYONE, Role

READ = permission("helpdesk:risk:read", roles=EVERYONE)
SEE = permission(
    "helpdesk:risk:see",
    roles=(Role.TECHNICIAN, Role.APPROVER, Role.COORDINATOR, Role.AUDITOR, Role.ADMIN),
)
KEEP = permission("helpdesk:risk:keep", roles=(Role.TECHNICIAN, Role.COORDINATOR, Role.ADMIN))


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term, over ``RiskTable``, of what the viewer may see."""
    scope = viewer.scope(SEE).clause(RiskTable.unit_id)
    if viewer.id is None:
        return scope
    mine = exists().where(Risk.table_id == RiskTable.id, Risk.responsible_id == viewer.id)
    return or_(scope, mine)


def table_seen(viewer: Viewer, table_id: int) -> RiskTable:
    """Return a table that the viewer may see.

    Raises:
        NotFound: there is none, or it is none of the viewer's business.
    """
    found = db.session.scalar(
        select(RiskTable)
        .options(joinedload(RiskTable.unit))
        .where(RiskTable.id == table_id, visible(viewer))
    )
    if found is None:
        raise NotFound(_("There is no such risk table."))
    return found


def table_kept(viewer: Viewer, table_id: int) -> RiskTable:
    """Return a table that the viewer may change, locked until the unit of work ends.

    Raises:
        NotFound: the viewer may not even see it.
        NotAllowed: the viewer only reads it.
    """
    found = table_seen(viewer, table_id)
    viewer.demand(KEEP, found.unit_id)
    return db.session.scalars(
        select(RiskTable)
        .where(RiskTable.id == table_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def risk_of(table: RiskTable, risk_id: int) -> Risk:
    """Return a risk of a table. Raises NotFound where there is none."""
    found = db.session.scalar(
        select(Risk)
        .options(joinedload(Risk.responsible))
        .where(Risk.id == risk_id, Risk.table_id == table.id)
    )
    if found is None:
        raise NotFound(_("There is no such risk."))
    return found


def may_follow(viewer: Viewer, table: RiskTable, risk: Risk) -> bool:
    """Tell whether the viewer keeps the table or answers for the treatment."""
    mine = risk.responsible_id is not None and risk.responsible_id == viewer.id
    return mine or viewer.may(KEEP, table.unit_id)


def demand_follow(viewer: Viewer, table: RiskTable, risk: Risk) -> None:
    """Refuse whoever may not follow a risk up. Raises NotAllowed."""
    if not may_follow(viewer, table, risk):
        raise NotAllowed(_("Somebody else answers for this."))
