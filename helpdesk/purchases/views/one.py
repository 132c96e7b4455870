"""The page of one purchase, and the buttons of its asker and of the supply officer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assets.stock.quantities import shown as shown_quantity
from helpdesk.purchases import access, amounts, queries, years
from helpdesk.purchases.earned import Earned, daily_rate, earned
from helpdesk.purchases.forms import ReturnForm, WordsForm
from helpdesk.purchases.models import Purchase
from helpdesk.purchases.order_models import Delivery, PurchaseOrder
from helpdesk.purchases.rules import budgets, deciding, drafting, ordering, receiving
from helpdesk.purchases.states import (
    INTO,
    KINDS,
    METHODS,
    ORDER_FACES,
    PURCHASES,
    SERVICE_FIELDS,
    TO_PAY_FACE,
    VATS,
    Action,
    Kind,
    Method,
    State,
    Vat,
)
from helpdesk.purchases.views.blueprint import blueprint
from helpdesk.purchases.views.faces import face_of, story_of
from kernel import clock
from kernel.access import Viewer, permit, viewer
from kernel.forms import ActionForm
from kernel.i18n import gettext as _
from kernel.i18n import pgettext
from kernel.work import check_version, work
from office.approvals import access as approvals
from office.approvals import queries as approval_queries
from office.approvals.states import State as ApprovalState
from office.bookkeeping import rules as bookkeeping

Loaded = Callable[[Viewer, int], Purchase]


@blueprint.get("/<int:purchase_id>")
@permit(access.ASK)
def show(purchase_id: int) -> ResponseReturnValue:
    """Show one purchase: what is asked, where it stands, what may be done now."""
    return one_page(access.purchase_read(viewer(), purchase_id))


def one_page(one: Purchase, tried: ActionForm | None = None) -> ResponseReturnValue:
    """Return the page of a purchase; ``tried`` is a form that was refused."""
    me = viewer()
    rows = queries.side_by_side(one)
    costs = amounts.total((row.line.cost for row in rows), Vat(one.vat))
    going = one.state not in (State.DRAFT, State.WAITING)
    form = tried if isinstance(tried, WordsForm) else WordsForm(formdata=None)
    form.version.data = str(one.version)
    orders = queries.orders_of(one) if going else []
    deliveries = queries.deliveries_of(one) if going else []
    page = render_template(
        "helpdesk/purchases/purchase.html",
        one=one,
        face=face_of(one),
        own=one.asker_id == me.id,
        rows=rows,
        costs=costs,
        facts=_facts(one),
        into=INTO,
        orders=orders,
        deliveries=deliveries,
        earned=_earned(rows, orders, deliveries),
        order_faces=ORDER_FACES,
        to_pay_face=TO_PAY_FACE,
        acts=_acts(one, rows, me),
        over=_over(one),
        sent_back=drafting.is_sent_back(one),
        waiting_for=_waiting_for(one),
        to_sign=_to_sign(one, me),
        story=story_of(one),
        shown=shown_quantity,
        shown_year=years.shown,
        form=form,
        tried=tried,
    )
    return page, tried.status if tried is not None else 200


def _earned(
    rows: Sequence[queries.SideBySide],
    orders: Sequence[PurchaseOrder],
    deliveries: Sequence[Delivery],
) -> dict[int, list[Earned]]:
    """Return how far the instalments of each order have come, by the order's id."""
    specified = [row.line.spec_item for row in rows if row.line.spec_item is not None]
    rate = daily_rate(item.specification.penalty for item in specified)
    return {
        order.id: earned(
            order, [one for one in deliveries if one.order_id == order.id], rate, clock.today()
        )
        for order in orders
    }


def _over(one: Purchase) -> Decimal:
    """Return by how much it exceeds its budget, as long as that can be mended."""
    waits = one.state in (State.DRAFT, State.WAITING)
    return budgets.excess(one) if waits else Decimal(0)


def _facts(one: Purchase) -> list[tuple[str, str]]:
    members = ", ".join(member.person.name for member in one.members)
    service = [
        (str(label), one.service.get(key, "–"))
        for key, label in SERVICE_FIELDS.get(Kind(one.kind), ())
    ]
    return [
        (_("What is asked for"), str(KINDS[Kind(one.kind)])),
        *service,
        (_("Reason"), one.reason or "–"),
        (_("Scope or specification"), one.scope or "–"),
        (_("Reference price"), one.price_source or "–"),
        (pgettext("purchase", "Method"), str(METHODS[Method(one.method)])),
        (_("Why this method"), one.method_reason or "–"),
        (_("How the offer is chosen"), one.criterion or "–"),
        (_("Other proposals"), one.proposals or "–"),
        (_("Who inspects what comes"), members or "–"),
        (_("Tax"), str(VATS[Vat(one.vat)])),
    ]


def _acts(one: Purchase, rows: list[queries.SideBySide], me: Viewer) -> dict[str, bool]:
    """Return which buttons the page shows; the same table decides as in the rules."""
    own, buys = one.asker_id == me.id, me.may(access.BUY, one.unit_id)
    state = State(one.state)

    def can(action: Action) -> bool:
        return PURCHASES.allows(state, action)

    return {
        "edit": own and drafting.is_editable(one),
        "recall": own and can(Action.RECALL),
        "change": own and can(Action.CHANGE),
        "cancel": can(Action.CANCEL) and (own or (buys and state == State.APPROVED)),
        "order": buys and can(Action.ORDER) and any(row.to_order > 0 for row in rows),
        "accept": buys and state == State.ORDERED,
        "close": buys and state == State.ORDERED and any(row.received for row in rows),
        "give_back": buys and state in (State.ORDERED, State.RECEIVED),
        "register": buys and can(Action.REGISTER),
        "pay": buys,
    }


def _waiting_for(one: Purchase) -> list[str] | None:
    """Return who is asked now; an empty list where nobody can sign, None where nothing waits."""
    approval = one.approval
    if approval is None or approval.state != ApprovalState.WAITING:
        return None
    standing = approval_queries.standings([approval.id]).get(approval.id)
    return list(standing.signers) if standing else []


def _to_sign(one: Purchase, me: Viewer) -> bool:
    approval = one.approval
    if approval is None or approval.state != ApprovalState.WAITING:
        return False
    return approvals.can_sign(me, approval)


def acted(
    purchase_id: int,
    form: ActionForm,
    load: Loaded,
    verb: Callable[[Purchase], object],
    said: str,
) -> ResponseReturnValue:
    """Do one act in one unit of work; show the page again where it is refused."""
    here = url_for("purchases.show", purchase_id=purchase_id)
    if form.accepted():
        with form.refusals():
            with work():
                found = load(viewer(), purchase_id)
                if bookkeeping.spend_key(form.act_key, here) is None:
                    drafting.locked(purchase_id)
                    check_version(found.version, form.seen_version)
                    verb(found)
            flash(said, "ok")
            return redirect(here)
    return one_page(access.purchase_read(viewer(), purchase_id), form)


def _of_either(me: Viewer, purchase_id: int) -> Purchase:
    found = access.purchase_read(me, purchase_id)
    if found.asker_id != me.id:
        me.demand(access.BUY, found.unit_id)
    return found


@blueprint.post("/<int:purchase_id>/recall")
@permit(access.ASK)
def recall(purchase_id: int) -> ResponseReturnValue:
    """Take the own purchase back to change it."""
    said = _("The purchase is a draft again. Nobody is asked until you send it.")
    return acted(
        purchase_id,
        WordsForm(),
        access.purchase_owned,
        lambda one: drafting.recall(one, by=viewer()),
        said,
    )


@blueprint.post("/<int:purchase_id>/change")
@permit(access.ASK)
def change(purchase_id: int) -> ResponseReturnValue:
    """Make the approval void to change what was approved."""
    said = _("The approval is void. Change the purchase and send it again.")
    return acted(
        purchase_id,
        WordsForm(),
        access.purchase_owned,
        lambda one: drafting.change(one, by=viewer()),
        said,
    )


@blueprint.post("/<int:purchase_id>/cancel")
@permit(access.ASK)
def cancel(purchase_id: int) -> ResponseReturnValue:
    """End a purchase that is not ordered."""
    form = WordsForm()
    return acted(
        purchase_id,
        form,
        _of_either,
        lambda one: deciding.cancel(one, form.words.data or "", by=viewer()),
        _("The purchase is cancelled."),
    )


@blueprint.post("/<int:purchase_id>/close")
@permit(access.BUY)
def close(purchase_id: int) -> ResponseReturnValue:
    """Say that nothing more will come."""
    return acted(
        purchase_id,
        WordsForm(),
        access.purchase_bought,
        lambda one: receiving.close_short(one, by=viewer()),
        _("Closed with what has come; the rest of the money is free again."),
    )


@blueprint.post("/<int:purchase_id>/register")
@permit(access.BUY)
def register(purchase_id: int) -> ResponseReturnValue:
    """Say that everything that came stands in the books."""
    return acted(
        purchase_id,
        WordsForm(),
        access.purchase_bought,
        lambda one: receiving.register(one, by=viewer()),
        _("Everything stands in the books. The purchase is finished."),
    )


@blueprint.post("/orders/<int:order_id>/cancel")
@permit(access.BUY)
def cancel_order(order_id: int) -> ResponseReturnValue:
    """Cancel what has not come of an order."""
    from_order = access.order_bought(viewer(), order_id)
    form = WordsForm()

    def verb(_one: Purchase) -> None:
        ordering.cancel(access.order_bought(viewer(), order_id), form.words.data or "", by=viewer())

    said = _("The order is cancelled; what has not come can be ordered anew.")
    return acted(from_order.purchase_id, form, access.purchase_bought, verb, said)


@blueprint.post("/delivered/<int:line_id>/return")
@permit(access.BUY)
def give_back(line_id: int) -> ResponseReturnValue:
    """Send accepted goods back to the vendor."""
    line = access.delivered_bought(viewer(), line_id)
    purchase_id = line.delivery.order.purchase_id
    form = ReturnForm()

    def verb(_one: Purchase) -> None:
        found = access.delivered_bought(viewer(), line_id)
        quantity = form.quantity.data or Decimal(0)
        receiving.give_back(found, quantity, form.words.data or "", by=viewer())

    said = _("Sent back; the goods count as outstanding again.")
    return acted(purchase_id, form, access.purchase_bought, verb, said)
