"""Who may see and change attachments: who may see and change what they hang on."""

from __future__ import annotations

from typing import TypeAlias

from assets.attachments.models import Attachment
from assets.attachments.states import PRICED
from assets.catalogue import access as catalogue
from assets.catalogue.models import ProductModel
from assets.register import access as register
from assets.register.models import Asset
from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotFound
from kernel.i18n import gettext as _
from office.people.access import Role

Holder: TypeAlias = Asset | ProductModel

SEE = permission(
    "assets:attachment:see",
    roles=(
        Role.TECHNICIAN,
        Role.STOREKEEPER,
        Role.APPROVER,
        Role.COORDINATOR,
        Role.INSPECTOR,
        Role.AUDITOR,
        Role.ADMIN,
    ),
)
CHANGE = permission("assets:attachment:change", roles=(Role.STOREKEEPER, Role.ADMIN))


def may_change(viewer: Viewer, holder: Holder) -> bool:
    """Tell whether a viewer may add, change and remove attachments of an item or model."""
    if isinstance(holder, Asset):
        return viewer.may(register.EDIT, holder.owner_unit_id, holder.holding_unit_id)
    return viewer.may(catalogue.EDIT)


def may_see_prices(viewer: Viewer, holder: Holder) -> bool:
    """Tell whether a viewer may see documents that say what a thing cost."""
    if isinstance(holder, Asset):
        return viewer.may(register.VALUE, holder.owner_unit_id, holder.holding_unit_id)
    return viewer.may(register.VALUE)


def product_changed(viewer: Viewer, product_id: int) -> ProductModel:
    """Return a model whose attachments the viewer may change.

    Raises:
        NotFound: there is none.
        NotAllowed: the viewer may see it only.
    """
    viewer.demand(catalogue.EDIT)
    return catalogue.product_known(product_id)


def attachment_seen_by(viewer: Viewer, attachment_id: int) -> Attachment:
    """Return an attachment of something the viewer may see.

    One that was removed is there for those alone who could put it back; delivery notes and
    contracts for those alone who may see what the thing cost.

    Raises:
        NotFound: there is none, or what it hangs on lies outside the viewer's scope.
    """
    found = db.session.get(Attachment, attachment_id)
    if found is None:
        raise _unknown()
    holder = holder_of(found, viewer)
    if found.removed_at is not None and not may_change(viewer, holder):
        raise _unknown()
    if found.kind in PRICED and not may_see_prices(viewer, holder):
        raise _unknown()
    return found


def attachment_changed_by(viewer: Viewer, attachment_id: int) -> Attachment:
    """Return an attachment that the viewer may change.

    Raises:
        NotFound: there is none, or what it hangs on lies outside the viewer's scope.
        NotAllowed: the viewer may see it only.
    """
    found = attachment_seen_by(viewer, attachment_id)
    if found.asset_id is not None:
        register.asset_edited(viewer, found.asset_id)
    else:
        viewer.demand(catalogue.EDIT)
    return found


def holder_of(one: Attachment, viewer: Viewer) -> Holder:
    """Return what an attachment hangs on.

    Raises:
        NotFound: the viewer may not see it.
    """
    if one.asset_id is not None:
        return register.asset_seen_by(viewer, one.asset_id)
    if not viewer.may(catalogue.SEE) or one.product_id is None:
        raise _unknown()
    return catalogue.product_known(one.product_id)


def _unknown() -> NotFound:
    return NotFound(_("There is no such photo or document, or it belongs to another school."))
