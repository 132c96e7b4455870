"""Who may hand over, send, accept, and read movements; the loaders that refuse."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload

from assets.register.models import Asset, Movement
from assets.transfers.models import Handover, HandoverLine, Remark, Transfer
from kernel.access import Permission, Viewer, permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.people.access import EVERYONE, Role

MINE = permission("assets:custody:mine", roles=EVERYONE)
PROPOSE = permission("assets:handover:propose", roles=(Role.STOREKEEPER, Role.ADMIN))
SEE_HANDOVER = permission(
    "assets:handover:see", roles=(Role.STOREKEEPER, Role.AUDITOR, Role.ADMIN, Role.COORDINATOR)
)
SETTLE = permission("assets:remark:settle", roles=(Role.STOREKEEPER, Role.ADMIN))
SEE_MOVEMENT = permission(
    "assets:movement:see",
    roles=(Role.STOREKEEPER, Role.COORDINATOR, Role.INSPECTOR, Role.AUDITOR, Role.ADMIN),
)
SEE = permission(
    "assets:transfer:see",
    roles=(Role.STOREKEEPER, Role.APPROVER, Role.COORDINATOR, Role.AUDITOR, Role.ADMIN),
)
PREPARE = permission(
    "assets:transfer:prepare", roles=(Role.STOREKEEPER, Role.COORDINATOR, Role.ADMIN)
)
APPROVE = permission("assets:transfer:approve", roles=(Role.APPROVER, Role.ADMIN))
ACCEPT = permission(
    "assets:transfer:accept", roles=(Role.STOREKEEPER, Role.COORDINATOR, Role.ADMIN)
)


def reached(viewer: Viewer, right: Permission) -> ColumnElement[bool]:
    """Return the WHERE term of the items a right reaches: owned or held in the scope."""
    return viewer.scope(right).clause(Asset.owner_unit_id, Asset.holding_unit_id)


def item_for(viewer: Viewer, asset_id: int, right: Permission) -> Asset:
    """Return an item that a right of the viewer reaches.

    Raises:
        NotFound: there is none, or it lies outside the scope.
    """
    found = db.session.scalar(select(Asset).where(Asset.id == asset_id, reached(viewer, right)))
    if found is None:
        raise NotFound(_("There is no such item, or it belongs to another school."))
    return found


def own_item(viewer: Viewer, asset_id: int) -> Asset:
    """Return an item that is in the viewer's own name.

    Raises:
        NotFound: it is not, or not any more.
    """
    mine = (Asset.id == asset_id, Asset.custodian_id == viewer.id)
    found = db.session.scalar(select(Asset).where(*mine))
    if found is None or viewer.id is None:
        raise NotFound(_("This item is not in your name."))
    return found


def handovers_seen(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the handovers a viewer may see: the own, and those of the scope."""
    own = or_(
        Handover.to_person_id == viewer.id,
        Handover.proposed_by_id == viewer.id,
        exists().where(
            HandoverLine.handover_id == Handover.id, HandoverLine.from_person_id == viewer.id
        ),
    )
    if not viewer.scope(SEE_HANDOVER):
        return own
    inside = exists().where(
        HandoverLine.handover_id == Handover.id,
        HandoverLine.asset_id == Asset.id,
        reached(viewer, SEE_HANDOVER),
    )
    return or_(own, inside)


def handover_seen_by(viewer: Viewer, handover_id: int) -> Handover:
    """Return a handover that the viewer may see.

    Raises:
        NotFound: there is none, or it is of another school.
    """
    found = db.session.scalar(
        select(Handover)
        .options(joinedload(Handover.to_person), joinedload(Handover.proposed_by))
        .where(Handover.id == handover_id, handovers_seen(viewer))
    )
    if found is None or viewer.id is None:
        raise NotFound(_("There is no such handover, or it belongs to another school."))
    return found


def transfers_seen(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the transfers from or to the units of the viewer's scope."""
    return viewer.scope(SEE).clause(Transfer.from_unit_id, Transfer.to_unit_id)


def transfer_seen_by(viewer: Viewer, transfer_id: int) -> Transfer:
    """Return a transfer that the viewer may see.

    Raises:
        NotFound: there is none, or it goes between other units.
    """
    found = db.session.scalar(
        select(Transfer)
        .options(
            joinedload(Transfer.from_unit),
            joinedload(Transfer.to_unit),
            joinedload(Transfer.prepared_by),
            joinedload(Transfer.approved_by),
            joinedload(Transfer.sent_by),
            joinedload(Transfer.answered_by),
        )
        .where(Transfer.id == transfer_id, transfers_seen(viewer))
    )
    if found is None:
        raise NotFound(_("There is no such transfer, or it goes between other units."))
    return found


def movements_seen(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the movements from or to the units of the viewer's scope."""
    return viewer.scope(SEE_MOVEMENT).clause(Movement.from_unit_id, Movement.to_unit_id)


def remark_for(viewer: Viewer, remark_id: int) -> Remark:
    """Return a remark that the viewer may settle.

    Raises:
        NotFound: there is none, or it is about an item outside the scope.
    """
    found = db.session.scalar(
        select(Remark)
        .join(Asset, Asset.id == Remark.asset_id)
        .options(joinedload(Remark.asset), joinedload(Remark.person))
        .where(Remark.id == remark_id, reached(viewer, SETTLE))
    )
    if found is None:
        raise NotFound(_("There is no such remark, or it belongs to another school."))
    return found
