"""Purchases in the demonstration from the signatures to the books; the budget of this year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import select

from assets.catalogue.models import AssetClass
from assets.register.models import Asset
from assets.register.rules import drafts
from assets.register.states import Lifecycle
from assets.vendors.models import Vendor
from helpdesk.demonstration.borrowings import acting, asked
from helpdesk.demonstration.cast import OFFICE, STORE, Cast
from helpdesk.demonstration.diary import Diary
from helpdesk.purchases.approving import PATH
from helpdesk.purchases.models import Budget, Purchase
from helpdesk.purchases.order_models import (
    DeliveredItem,
    Delivery,
    DeliveryLine,
    OrderInstalment,
    PurchaseOrder,
)
from helpdesk.purchases.rules import budgets, drafting, ordering, paying, receiving
from helpdesk.purchases.rules.drafting import Draft, LineDraft
from helpdesk.purchases.rules.instalments import InstalmentDraft
from helpdesk.purchases.rules.ordering import OrderDraft
from helpdesk.purchases.rules.paying import PaymentDraft
from helpdesk.purchases.rules.receiving import DeliveryDraft
from helpdesk.purchases.states import Into, Kind
from kernel import clock, thai
from kernel.db import db
from office.approvals.models import Approval
from office.approvals.queries import signer_ids
from office.approvals.rules import moving, signing
from office.approvals.states import State

ASKER, INSPECTOR, DIRECTOR = "technician", "fon", "director"
SOON, DAY, HALF = timedelta(minutes=1), timedelta(days=1), Decimal("0.5")
# From the wish to the order, to the goods, and into the books: in days.
TO_ORDER, TO_GOODS, TO_BOOKS = 3, 15, 17
DELIVERED = ("registered", "half")


def kept_budget(cast: Cast, row: Mapping[str, Any], year: int) -> Budget:
    """Write the budget of the office for a Buddhist fiscal year down."""
    fields = {**row, "amount": Decimal(row["amount"]), "fiscal_year": year}
    fields |= {"unit_id": cast.units[OFFICE]}
    return budgets.add(fields, by=cast.viewer(STORE))


@dataclass
class Purchasing:
    """Plans the purchases of this fiscal year, and what follows the signatures of any."""

    cast: Cast
    diary: Diary
    data: Mapping[str, Any]

    def plan(self, after: datetime) -> None:
        """Plan the budget and each purchase as many days before the end as the data says.

        Args:
            after: nothing comes earlier; by then the vendors are known.
        """
        rows = self.data["this_year"]["purchases"]
        first = self.diary.end - max(row["days"] for row in rows) * DAY
        opening = self.diary.calendar.opening
        self.diary.plan(opening(max(first, after) - SOON), self._keep_budget)
        for number, row in enumerate(rows):
            at = self.diary.end - row["days"] * DAY
            self.diary.plan(opening(max(at, after + number * SOON)), partial(self._ask, row))

    def _keep_budget(self) -> None:
        kept_budget(self.cast, self.data["this_year"]["budget"], self._year())

    def _year(self) -> int:
        return thai.fiscal_year(clock.local(self.diary.end).date())

    def _ask(self, row: Mapping[str, Any]) -> None:
        """Write down what is wanted and send it; then it goes as far as its fate says."""
        told, line = self.data["this_year"], row["line"]
        code = AssetClass.code == line.get("class", "")
        class_id = db.session.scalar(select(AssetClass.id).where(code))
        money = select(Budget.id).where(Budget.project == told["budget"]["project"])
        wanted = LineDraft(
            what=line["what"],
            goes_into=Into(line["into"]),
            quantity=Decimal(line["quantity"]),
            unit_word=line["unit"],
            unit_price=Decimal(line["price"]),
            market_price=Decimal(line["price"]),
            class_id=class_id,
        )
        draft = Draft(
            kind=Kind(row["kind"]),
            title=row["title"],
            reason=told["reason"],
            price_source=told["price_source"],
            budget_id=db.session.scalars(money).one(),
            due_on=clock.today() + timedelta(days=60),
            method_reason=self.data["method_reason"],
            criterion=told["criterion"],
            members=(self.cast.ids[INSPECTOR],),
            lines=(wanted,),
        )
        by = self.cast.viewer(ASKER)
        made = drafting.begin(draft, by=by)
        drafting.send(made, by=by)
        if row["fate"] != "waiting":
            self.carry_out(made.id, row)

    def carry_out(self, purchase_id: int, row: Mapping[str, Any]) -> None:
        """Let everybody sign; then order, accept, and enter in the books as the fate says."""
        self.diary.plan(self.diary.next_open(1), partial(self._sign, purchase_id))
        if row["fate"] not in DELIVERED:
            return
        acts = [(TO_ORDER, partial(self._order, purchase_id, row))]
        acts.append((TO_GOODS, partial(self._accept, purchase_id, row)))
        if row["fate"] == "registered":
            acts.append((TO_BOOKS, partial(self._enter, purchase_id)))
        for days, act in acts:
            self.diary.plan(self.diary.next_open(days), act)

    def _sign(self, purchase_id: int) -> None:
        purchase = db.session.get_one(Purchase, purchase_id)
        approval = db.session.get_one(Approval, purchase.approval_id)
        while approval.state == State.WAITING:
            step, chief = moving.open_step(approval), self.cast.ids[DIRECTOR]
            last = step.plan.name_th == PATH[-1].name_th
            chosen = chief if last and chief in signer_ids(step.id) else asked(approval)
            signing.approve(approval, by=acting(chosen), step_id=step.id)

    def _order(self, purchase_id: int, row: Mapping[str, Any]) -> None:
        purchase = db.session.get_one(Purchase, purchase_id)
        vendor = db.session.scalars(
            select(Vendor).where(Vendor.name == self.data["shops"][-1]["name"])
        ).one()
        today, rows = clock.today(), row.get("instalments", ())
        instalments = [
            InstalmentDraft(Decimal(100) / len(rows), None, delivers, today + timedelta(days=days))
            for delivers, days in rows
        ]
        draft = OrderDraft(
            vendor=vendor,
            document=f"{self.data['delivery'][purchase.kind]} {purchase.number}",
            ordered_on=today,
            due_on=today + timedelta(days=45),
            lines={line.id: (line.quantity, line.unit_price) for line in purchase.lines},
            instalments=instalments,
        )
        ordering.order(purchase, draft, by=self.cast.viewer(STORE))

    def _accept(self, purchase_id: int, row: Mapping[str, Any]) -> None:
        of = PurchaseOrder.purchase_id == purchase_id
        order = db.session.scalars(select(PurchaseOrder).where(of)).one()
        share = HALF if row["fate"] == "half" else Decimal(1)
        draft = DeliveryDraft(
            document=f"{self.data['delivery']['slip']} {order.id}",
            delivered_on=clock.today(),
            accepted_on=clock.today(),
            quantities={line.id: line.quantity * share for line in order.lines},
            warranty_until=clock.today() + timedelta(days=365),
        )
        receiving.accept(order, draft, by=self.cast.viewer(STORE))

    def _enter(self, purchase_id: int) -> None:
        """Put what came into service, and say that all stands in the books."""
        by = self.cast.viewer(STORE)
        purchase = db.session.get_one(Purchase, purchase_id)
        expected = db.session.scalars(
            select(Asset)
            .join(DeliveredItem, DeliveredItem.asset_id == Asset.id)
            .join(DeliveryLine, DeliveryLine.id == DeliveredItem.delivery_line_id)
            .join(Delivery, Delivery.id == DeliveryLine.delivery_id)
            .join(PurchaseOrder, PurchaseOrder.id == Delivery.order_id)
            .where(PurchaseOrder.purchase_id == purchase_id, Asset.lifecycle == Lifecycle.DRAFT)
            .order_by(Asset.id)
        ).all()
        drafts.receive(expected, {}, serials={}, total=None, by=by)
        receiving.register(purchase, by=by)
        self._pay(purchase_id)

    def _pay(self, purchase_id: int) -> None:
        """Write down that every instalment that came was paid."""
        rows = db.session.scalars(
            select(OrderInstalment)
            .join(PurchaseOrder, PurchaseOrder.id == OrderInstalment.order_id)
            .where(PurchaseOrder.purchase_id == purchase_id)
            .order_by(OrderInstalment.id)
        ).all()
        for row in rows:
            voucher = f"{self.data['delivery']['voucher']} {row.id}"
            paid = PaymentDraft(clock.today(), paying.standing(row).owed, voucher)
            paying.pay(row, paid, by=self.cast.viewer(STORE))
