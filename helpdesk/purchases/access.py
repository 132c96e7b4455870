"""Who may ask for a purchase, see it, order and take in, and see and keep budgets; the loaders."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload

from helpdesk.purchases.models import Budget, Purchase
from helpdesk.purchases.order_models import Delivery, DeliveryLine, OrderInstalment, PurchaseOrder
from helpdesk.purchases.states import State
from kernel.access import Viewer, permission
from kernel.db import db
from kernel.errors import NotAllowed, NotFound
from kernel.i18n import gettext as _
from office.approvals import access as approvals
from office.approvals.models import Approval
from office.people.access import EVERYONE, Role

ASK = permission("helpdesk:purchase:ask", roles=EVERYONE)
SEE = permission(
    "helpdesk:purchase:see",
    roles=(Role.STOREKEEPER, Role.COORDINATOR, Role.AUDITOR, Role.ADMIN),
)
BUY = permission("helpdesk:purchase:buy", roles=(Role.STOREKEEPER, Role.ADMIN))
BUDGETS = permission(
    "helpdesk:budget:see",
    roles=(Role.STOREKEEPER, Role.APPROVER, Role.AUDITOR, Role.ADMIN),
)
KEEP_BUDGETS = permission("helpdesk:budget:edit", roles=(Role.STOREKEEPER, Role.ADMIN))


def visible(viewer: Viewer) -> ColumnElement[bool]:
    """Return the WHERE term of the purchases that a viewer sees in the list of all; no drafts."""
    return viewer.scope(SEE).clause(Purchase.unit_id) & (Purchase.state != State.DRAFT)


def purchase_read(viewer: Viewer, purchase_id: int) -> Purchase:
    """Return a purchase that the viewer may read: the own, to be signed, or of the own units.

    Raises:
        NotFound: there is none, or it is none of the viewer's business.
    """
    asked = exists().where(Approval.id == Purchase.approval_id, approvals.visible(viewer))
    terms = [Purchase.asker_id == viewer.id, asked]
    if viewer.scope(SEE):
        terms.append(visible(viewer))
    found = db.session.scalar(
        select(Purchase)
        .options(
            joinedload(Purchase.asker),
            joinedload(Purchase.unit),
            joinedload(Purchase.budget),
            joinedload(Purchase.approval),
        )
        .where(Purchase.id == purchase_id, or_(*terms))
    )
    if found is None or viewer.id is None:
        raise NotFound(_("There is no such purchase."))
    return found


def purchase_owned(viewer: Viewer, purchase_id: int) -> Purchase:
    """Return the viewer's own purchase.

    Raises:
        NotFound: there is none, or the viewer may not read it.
        NotAllowed: it is somebody else's.
    """
    found = purchase_read(viewer, purchase_id)
    if found.asker_id != viewer.id:
        raise NotAllowed(_("Only the person who asked may do this."))
    return found


def purchase_bought(viewer: Viewer, purchase_id: int) -> Purchase:
    """Return a purchase that the viewer orders and takes in.

    Raises:
        NotFound: there is none, or the viewer may not read it.
        NotAllowed: the viewer may read it only.
    """
    found = purchase_read(viewer, purchase_id)
    viewer.demand(BUY, found.unit_id)
    return found


def order_bought(viewer: Viewer, order_id: int) -> PurchaseOrder:
    """Return an order of a purchase that the viewer orders and takes in; refuses as above."""
    found = db.session.get(PurchaseOrder, order_id)
    if found is None:
        raise NotFound(_("There is no such order."))
    purchase_bought(viewer, found.purchase_id)
    return found


def instalment_bought(viewer: Viewer, instalment_id: int) -> OrderInstalment:
    """Return an instalment of a purchase that the viewer orders and takes in; refuses as above."""
    found = db.session.get(OrderInstalment, instalment_id)
    if found is None:
        raise NotFound(_("There is no such instalment."))
    purchase_bought(viewer, found.order.purchase_id)
    return found


def order_read(viewer: Viewer, order_id: int) -> PurchaseOrder:
    """Return an order of a purchase that the viewer may read; refuses as above."""
    found = db.session.get(PurchaseOrder, order_id)
    if found is None:
        raise NotFound(_("There is no such order."))
    purchase_read(viewer, found.purchase_id)
    return found


def delivery_read(viewer: Viewer, delivery_id: int) -> Delivery:
    """Return an acceptance of a purchase that the viewer may read; refuses as above."""
    found = db.session.get(Delivery, delivery_id)
    if found is None:
        raise NotFound(_("There is no such delivery."))
    purchase_read(viewer, found.order.purchase_id)
    return found


def delivered_bought(viewer: Viewer, delivery_line_id: int) -> DeliveryLine:
    """Return a delivered line of a purchase that the viewer orders and takes in."""
    found = db.session.get(DeliveryLine, delivery_line_id)
    if found is None:
        raise NotFound(_("There is no such delivery."))
    purchase_bought(viewer, found.delivery.order.purchase_id)
    return found


def budget_kept(viewer: Viewer, budget_id: int) -> Budget:
    """Return a budget that the viewer may edit.

    Raises:
        NotFound: there is none, or it belongs to units the viewer does not see.
    """
    found = db.session.get(Budget, budget_id)
    if found is None or not viewer.may(BUDGETS, found.unit_id):
        raise NotFound(_("There is no such budget."))
    viewer.demand(KEEP_BUDGETS, found.unit_id)
    return found
