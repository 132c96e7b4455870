"""Purchases for tests: the people, a budget, a vendor, a class, drafts and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from assets.catalogue.models import AssetClass
from assets.stock.models import StockItem, Store
from assets.vendors import rules as vendors
from assets.vendors.models import Vendor
from helpdesk.purchases.models import Budget, Purchase
from helpdesk.purchases.order_models import Delivery, PurchaseOrder
from helpdesk.purchases.rules import budgets, drafting, ordering, receiving
from helpdesk.purchases.rules.drafting import Draft, LineDraft
from helpdesk.purchases.rules.ordering import OrderDraft
from helpdesk.purchases.rules.receiving import DeliveryDraft
from helpdesk.purchases.states import Into, Kind
from kernel import clock, thai
from kernel.db import db
from office.approvals.models import Approval
from office.approvals.rules import moving, signing
from office.people.models import Person
from tests.factories.assets import make_class
from tests.factories.office import TESTER, in_work, make_person, viewer_for
from tests.factories.requests import Ground, make_ground, make_material, make_store


@dataclass
class Shop:
    """Who buys for whom, with what, from whom."""

    ground: Ground
    inspectors: list[Person]
    budget: Budget
    vendor: Vendor
    notebook: AssetClass
    store: Store
    paper: StockItem

    @property
    def signers(self) -> tuple[Person, ...]:
        """Who signs a small purchase, in order."""
        return self.ground.head, self.ground.sri, self.ground.director


def make_budget(ground: Ground, amount: int = 500_000, **overrides: Any) -> Budget:
    """Return a budget of the office for this fiscal year."""
    fields = {
        "unit_id": ground.office.id,
        "fiscal_year": thai.fiscal_year(clock.today()),
        "source": "budget",
        "project": "พัฒนาระบบไอซีที",
        "amount": Decimal(amount),
        "refuses": True,
        **overrides,
    }
    with in_work():
        return budgets.add(fields, by=TESTER)


def make_shop(amount: int = 500_000) -> Shop:
    """Make everything a purchase needs."""
    ground = make_ground()
    store = make_store(ground)
    with in_work():
        vendor = vendors.add({"name": "ร้านตัวอย่างคอมพิวเตอร์", "phone": "02 000 0000"}, by=TESTER)
    return Shop(
        ground=ground,
        inspectors=[make_person(position="ครู") for _number in range(3)],
        budget=make_budget(ground, amount),
        vendor=vendor,
        notebook=make_class(),
        store=store,
        paper=make_material(ground, store, 0),
    )


def notebooks(shop: Shop, quantity: Any = 3, price: Any = "3333.33") -> LineDraft:
    """Return a line of equipment."""
    return LineDraft(
        what="โน้ตบุ๊กสำหรับงานสำนักงาน",
        goes_into=Into.REGISTER,
        quantity=Decimal(quantity),
        unit_word="เครื่อง",
        unit_price=Decimal(price),
        class_id=shop.notebook.id,
    )


def reams(shop: Shop, quantity: Any = 20, price: Any = 100) -> LineDraft:
    """Return a line of a material of the store."""
    return LineDraft(
        what="",
        goes_into=Into.STOCK,
        quantity=Decimal(quantity),
        unit_word="",
        unit_price=Decimal(price),
        item_id=shop.paper.id,
    )


def draft_of(shop: Shop, *lines: LineDraft, **overrides: Any) -> Draft:
    """Return what somebody types about a purchase."""
    values: dict[str, Any] = {
        "kind": Kind.GOODS,
        "title": "โน้ตบุ๊กและกระดาษ",
        "reason": "ของเดิมชำรุด",
        "price_source": "ราคาท้องตลาดจากร้าน 3 แห่ง",
        "budget_id": shop.budget.id,
        "due_on": date(2026, 12, 31),
        "method_reason": "วงเงินไม่เกิน 500,000 บาท",
        "criterion": "เกณฑ์ราคา",
        "members": tuple(one.id for one in shop.inspectors),
        "lines": lines or (notebooks(shop), reams(shop)),
        **overrides,
    }
    return Draft(**values)


def make_purchase(shop: Shop, *lines: LineDraft, **overrides: Any) -> Purchase:
    """Return a draft of the asker."""
    with in_work():
        by = viewer_for(shop.ground.asker)
        return drafting.begin(draft_of(shop, *lines, **overrides), by=by)


def sent(purchase: Purchase) -> Purchase:
    """Send a draft."""
    with in_work():
        found = db.session.get_one(Purchase, purchase.id)
        drafting.send(found, by=viewer_for(found.asker))
    return found


def signed(purchase: Purchase, *signers: Person) -> Purchase:
    """Let people sign the open steps, one after the other."""
    for signer in signers:
        with in_work():
            found = db.session.get_one(Purchase, purchase.id)
            approval = db.session.get_one(Approval, found.approval_id)
            step = moving.open_step(approval)
            signing.approve(approval, by=viewer_for(signer), step_id=step.id)
    return db.session.get_one(Purchase, purchase.id)


def approved(shop: Shop, *lines: LineDraft, **overrides: Any) -> Purchase:
    """Return a purchase that everybody signed."""
    one = sent(make_purchase(shop, *lines, **overrides))
    signers = list(shop.signers)
    if one.total > Decimal(10_000):
        signers.insert(2, shop.ground.director)
    return signed(one, *signers)


def ordered(shop: Shop, purchase: Purchase, *quantities: Any) -> PurchaseOrder:
    """Order lines of a purchase, all where no quantities are given."""
    with in_work():
        found = db.session.get_one(Purchase, purchase.id)
        many = quantities or tuple(line.quantity for line in found.lines)
        lines = {
            line.id: (Decimal(quantity), line.unit_price)
            for line, quantity in zip(found.lines, many, strict=False)
        }
        vendor = db.session.get_one(Vendor, shop.vendor.id)
        draft = OrderDraft(vendor, "ใบสั่งซื้อ 1/2570", clock.today(), None, lines)
        return ordering.order(found, draft, by=viewer_for(shop.ground.sri))


def accepted(shop: Shop, order: PurchaseOrder, *quantities: Any, **overrides: Any) -> Delivery:
    """Accept what came of an order, all that is outstanding where no quantities are given."""
    with in_work():
        found = db.session.get_one(PurchaseOrder, order.id)
        many = quantities or tuple(line.left for line in found.lines)
        values: dict[str, Any] = {
            "document": "ใบส่งของ 7",
            "delivered_on": clock.today(),
            "accepted_on": clock.today(),
            "quantities": {
                line.id: Decimal(quantity)
                for line, quantity in zip(found.lines, many, strict=False)
            },
            "store": db.session.get_one(Store, shop.store.id),
            "warranty_until": date(2029, 9, 30),
            **overrides,
        }
        return receiving.accept(found, DeliveryDraft(**values), by=viewer_for(shop.ground.sri))
