"""Reading purchases: mine, all that one may see, the money of budgets, and one side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import joinedload, selectinload

from helpdesk.purchases import access, payment_queries
from helpdesk.purchases.models import Budget, Purchase, PurchaseLine, PurchaseMoment
from helpdesk.purchases.order_models import (
    Delivery,
    DeliveryLine,
    OrderInstalment,
    OrderLine,
    PurchaseOrder,
)
from helpdesk.purchases.states import OPEN, RESERVING, OrderState, State
from helpdesk.specifications.models import SpecItem
from kernel.access import Permission, Viewer
from kernel.db import Money, db
from kernel.search import contains
from office.approvals.models import Approval, ApprovalAct
from office.approvals.queries import WITH_STEP

A_PAGE = 30
CHUNK = 500
ALL_OPEN, TO_PAY = "open", "to_pay"
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to; blanks ask for everything.

    As a state ``open`` is all that goes on, ``to_pay`` what is accepted and not paid.
    """

    words: str = ""
    state: str = ""
    kind: str = ""
    unit_id: int | None = None


def _rows() -> Select[Purchase]:
    return select(Purchase).options(
        joinedload(Purchase.unit),
        joinedload(Purchase.asker),
        joinedload(Purchase.approval),
        joinedload(Purchase.budget),
    )


def _narrowed(wanted: Filter) -> list[ColumnElement[bool]]:
    terms: list[ColumnElement[bool]] = []
    if wanted.words:
        terms.append(contains(Purchase.search_key, wanted.words))
    if wanted.kind:
        terms.append(Purchase.kind == wanted.kind)
    if wanted.unit_id is not None:
        terms.append(Purchase.unit_id == wanted.unit_id)
    if wanted.state == TO_PAY:
        terms.append(payment_queries.to_pay())
    elif wanted.state == ALL_OPEN:
        terms.append(Purchase.state.in_(OPEN))
    elif wanted.state:
        terms.append(Purchase.state == wanted.state)
    return terms


def mine(viewer: Viewer, wanted: Filter, number: int) -> Sequence[Purchase]:
    """Return a page (one more) of the viewer's own purchases, newest first, drafts too."""
    return _page(_rows().where(Purchase.asker_id == viewer.id, *_narrowed(wanted)), number)


def listing(viewer: Viewer, wanted: Filter, number: int) -> Sequence[Purchase]:
    """Return a page (one more) of the purchases that the viewer sees as staff, newest first."""
    return _page(_rows().where(access.visible(viewer), *_narrowed(wanted)), number)


def _page(query: Select[Purchase], number: int) -> Sequence[Purchase]:
    return db.session.scalars(
        query.order_by(Purchase.id.desc()).offset((number - 1) * A_PAGE).limit(A_PAGE + 1)
    ).all()


def all_listed(viewer: Viewer, wanted: Filter) -> Iterator[Purchase]:
    """Yield every purchase of the list, a chunk at a time."""
    query = _rows().where(access.visible(viewer), *_narrowed(wanted))
    ordered = query.order_by(Purchase.id.desc())
    yield from db.session.scalars(ordered.execution_options(yield_per=CHUNK))


def moments(purchase: Purchase) -> Sequence[PurchaseMoment]:
    """Return what happened to a purchase beside its approvals, oldest first."""
    return db.session.scalars(
        select(PurchaseMoment)
        .where(PurchaseMoment.purchase_id == purchase.id)
        .order_by(PurchaseMoment.id)
    ).all()


def approval_acts(purchase: Purchase, kind: str) -> Sequence[ApprovalAct]:
    """Return what was done in every approval the purchase has had, oldest first."""
    return db.session.scalars(
        select(ApprovalAct)
        .options(WITH_STEP)
        .join(Approval, Approval.id == ApprovalAct.approval_id)
        .where(Approval.kind == kind, Approval.subject_id == purchase.id)
        .order_by(ApprovalAct.id)
    ).all()


@dataclass(frozen=True)
class SideBySide:
    """One line with what was asked, approved, ordered and accepted."""

    line: PurchaseLine
    ordered: Decimal
    received: Decimal

    @property
    def approved(self) -> Decimal:
        """What was approved; nothing before that."""
        return self.line.approved or NOTHING

    @property
    def to_order(self) -> Decimal:
        """What is approved and not ordered."""
        return self.approved - self.ordered


def side_by_side(purchase: Purchase) -> list[SideBySide]:
    """Return the lines of a purchase side by side; a cancelled order counts what came."""
    counted = case(
        (PurchaseOrder.state == OrderState.CANCELLED, OrderLine.received),
        else_=OrderLine.quantity,
    )
    rows = db.session.execute(
        select(
            OrderLine.line_id,
            func.sum(counted, type_=Money()),
            func.sum(OrderLine.received, type_=Money()),
        )
        .join(PurchaseOrder, PurchaseOrder.id == OrderLine.order_id)
        .where(PurchaseOrder.purchase_id == purchase.id)
        .group_by(OrderLine.line_id)
    ).all()
    found = {line_id: (ordered, received) for line_id, ordered, received in rows}
    lines = db.session.scalars(
        select(PurchaseLine)
        .options(
            joinedload(PurchaseLine.asset_class),
            joinedload(PurchaseLine.item),
            joinedload(PurchaseLine.spec_item).joinedload(SpecItem.specification),
        )
        .where(PurchaseLine.purchase_id == purchase.id)
        .order_by(PurchaseLine.position)
    ).all()
    return [SideBySide(line, *found.get(line.id, (NOTHING, NOTHING))) for line in lines]


def orders_of(purchase: Purchase) -> Sequence[PurchaseOrder]:
    """Return the orders of a purchase with vendor and lines, oldest first."""
    return db.session.scalars(
        select(PurchaseOrder)
        .options(
            joinedload(PurchaseOrder.vendor),
            selectinload(PurchaseOrder.lines).joinedload(OrderLine.line),
            selectinload(PurchaseOrder.instalments).joinedload(OrderInstalment.payment),
        )
        .where(PurchaseOrder.purchase_id == purchase.id)
        .order_by(PurchaseOrder.id)
    ).all()


def deliveries_on(order: PurchaseOrder) -> Sequence[Delivery]:
    """Return the acceptances of one order with their lines, oldest first."""
    return db.session.scalars(
        select(Delivery)
        .options(selectinload(Delivery.lines))
        .where(Delivery.order_id == order.id)
        .order_by(Delivery.id)
    ).all()


def deliveries_of(purchase: Purchase) -> Sequence[Delivery]:
    """Return the acceptances of a purchase with lines and items, oldest first."""
    lines = selectinload(Delivery.lines)
    return db.session.scalars(
        select(Delivery)
        .join(PurchaseOrder, PurchaseOrder.id == Delivery.order_id)
        .options(
            joinedload(Delivery.order).joinedload(PurchaseOrder.vendor),
            lines.joinedload(DeliveryLine.order_line).joinedload(OrderLine.line),
            lines.selectinload(DeliveryLine.items),
        )
        .where(PurchaseOrder.purchase_id == purchase.id)
        .order_by(Delivery.id)
    ).all()


@dataclass(frozen=True)
class Standing:
    """A budget with what purchases promised of it and what they have spent, in baht."""

    budget: Budget
    reserved: Decimal
    spent: Decimal

    @property
    def left(self) -> Decimal:
        """What may still be promised; negative where more was promised than there is."""
        return self.budget.amount - self.reserved - self.spent


def _sums() -> Any:  # noqa: ANN401 - a SELECT of three columns
    """Return reserved and spent by budget; an approved purchase reserves what has not come."""
    promised = case(
        (
            Purchase.state.in_(RESERVING) & (Purchase.total > Purchase.spent),
            Purchase.total - Purchase.spent,
        ),
        else_=0,
    )
    return (
        select(
            Purchase.budget_id,
            func.sum(promised, type_=Money()),
            func.sum(Purchase.spent, type_=Money()),
        )
        .where(Purchase.budget_id.is_not(None), Purchase.state != State.DRAFT)
        .group_by(Purchase.budget_id)
    )


def money_of(budget: Budget, *, without: int | None = None) -> Standing:
    """Return what is promised and spent of one budget, but for one purchase."""
    query = _sums().where(Purchase.budget_id == budget.id)
    if without is not None:
        query = query.where(Purchase.id != without)
    row = db.session.execute(query).first()
    return Standing(budget, row[1], row[2]) if row else Standing(budget, NOTHING, NOTHING)


def budgets(viewer: Viewer, year: int, *, right: Permission = access.BUDGETS) -> list[Standing]:
    """Return the budgets of a fiscal year that the viewer sees, with their money."""
    found = db.session.scalars(
        select(Budget)
        .options(joinedload(Budget.unit))
        .where(Budget.fiscal_year == year, viewer.scope(right).clause(Budget.unit_id))
        .order_by(Budget.unit_id, Budget.source, Budget.project, Budget.id)
        .limit(CHUNK)
    ).all()
    sums = {
        budget_id: (reserved, spent)
        for budget_id, reserved, spent in db.session.execute(
            _sums().join(Budget, Budget.id == Purchase.budget_id).where(Budget.fiscal_year == year)
        )
    }
    return [Standing(one, *sums.get(one.id, (NOTHING, NOTHING))) for one in found]


def budget_years() -> Sequence[int]:
    """Return the fiscal years that have a budget, newest first."""
    years = select(Budget.fiscal_year).distinct().order_by(Budget.fiscal_year.desc())
    return db.session.scalars(years).all()


def offered_budgets(unit_ids: Sequence[int], years: Sequence[int]) -> Sequence[Budget]:
    """Return the budgets that a purchase of these units may be paid from."""
    return db.session.scalars(
        select(Budget)
        .where(Budget.unit_id.in_(unit_ids), Budget.fiscal_year.in_(years))
        .order_by(Budget.fiscal_year.desc(), Budget.source, Budget.project)
        .limit(CHUNK)
    ).all()
