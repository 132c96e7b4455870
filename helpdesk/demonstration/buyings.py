"""Buying in the demonstration: notebooks specified, offers compared, and bought last year."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from assets.catalogue.models import AssetClass
from assets.vendors import rules as vendors
from helpdesk.demonstration import script
from helpdesk.demonstration.borrowings import acting, asked
from helpdesk.demonstration.cast import STORE, Cast
from helpdesk.demonstration.diary import Diary
from helpdesk.demonstration.purchasing import INSPECTOR, Purchasing, kept_budget
from helpdesk.purchases.models import Purchase, PurchaseMember
from helpdesk.purchases.rules import drafting as purchases
from helpdesk.purchases.rules import shopping
from helpdesk.specifications.comparison_models import Comparison
from helpdesk.specifications.models import Specification
from helpdesk.specifications.rules import comparing, criteria, drafting, flow, library
from helpdesk.specifications.rules.comparing import Cell, OfferDraft
from helpdesk.specifications.rules.sorts import COMPARISON, SPECIFICATION
from helpdesk.specifications.states import Result
from kernel import clock, thai
from kernel.db import db
from office.approvals.models import Approval
from office.approvals.rules import moving, signing

WRITER, MEMBERS = "technician", ("wit", "admin")
TEMPLATE, NOTEBOOKS = "notebook", "7440-004"
SOON, WEEK = timedelta(minutes=1), timedelta(days=7)


@dataclass
class Buyings:
    """Plans what is specified, compared and bought."""

    cast: Cast
    diary: Diary
    _data: dict[str, Any] = field(default_factory=dict)
    _specification: int = 0

    def plan(self, start: datetime) -> None:
        """Write a specification at a moment; compare offers a week later, then buy."""
        text = (script.DATA / "buyings.json").read_text(encoding="utf-8")
        self._data = json.loads(text)
        self.diary.plan(start, self._specify)
        for after, act in ((SOON, self._sign_specification), (WEEK, self._compare)):
            self.diary.plan(start + after, act)
        self.diary.plan(start + WEEK + SOON, self._sign_comparison)
        self.diary.plan(start + 2 * WEEK, self._buy)
        Purchasing(self.cast, self.diary, self._data).plan(start + WEEK + 3 * SOON)

    def _specify(self) -> None:
        by = self.cast.viewer(WRITER)
        criteria.take_over_samples(by=self.cast.viewer("admin"))
        template = next(one for one in library.templates() if one.key == TEMPLATE)
        draft = library.draft_of(template)
        item = replace(draft.items[0], quantity=Decimal(self._data["quantity"]))
        cost = item.unit_price * self._data["quantity"] if item.unit_price else None
        whole = replace(
            draft,
            texts={**draft.texts, **self._data["texts"]},
            items=(item,),
            members=tuple(self.cast.ids[name] for name in MEMBERS),
            median_price=cost,
            budget=cost,
        )
        made = drafting.begin(whole, by=by)
        flow.send(SPECIFICATION, made, by=by)
        self._specification = made.id

    def _sign_specification(self) -> None:
        self._sign(db.session.get_one(Specification, self._specification).approval_id)

    def _compare(self) -> None:
        by, keeper = self.cast.viewer(WRITER), self.cast.viewer(STORE)
        specification = db.session.get_one(Specification, self._specification)
        one = comparing.begin(specification, by=by)
        db.session.flush()  # the offers name the comparison
        chosen = 0
        for shop in self._data["shops"]:
            vendor = vendors.add({"name": shop["name"]}, by=keeper)
            draft = OfferDraft(
                vendor=vendor,
                product=shop["product"],
                offered_on=clock.today(),
                prices={item.id: Decimal(shop["price"]) for item in specification.items},
                cells={each.id: Cell(Result.COMPLY) for each in specification.requirements},
            )
            chosen = comparing.write_offer(one, None, draft, by=by).id
        comparing.conclude(
            one,
            members=tuple(member.person_id for member in one.members),
            chosen_id=chosen,
            recommendation=self._data["recommendation"],
            by=by,
        )
        flow.send(COMPARISON, one, by=by)

    def _sign_comparison(self) -> None:
        of = Comparison.specification_id == self._specification
        self._sign(db.session.scalars(select(Comparison).where(of)).one().approval_id)

    def _sign(self, approval_id: int | None) -> None:
        """Let the working group sign, then the director."""
        approval = db.session.get_one(Approval, approval_id)
        for name in MEMBERS:
            step = moving.open_step(approval)
            signing.approve(approval, by=self.cast.viewer(name), step_id=step.id)
        last = moving.open_step(approval)
        signing.approve(approval, by=acting(asked(approval)), step_id=last.id)

    def _buy(self) -> None:
        """Write the budget down, and ask for what was specified at the price that was chosen."""
        by = self.cast.viewer(WRITER)
        year = thai.fiscal_year(clock.today())
        money = kept_budget(self.cast, self._data["budget"], year)
        specification = db.session.get_one(Specification, self._specification)
        made = shopping.from_specification(specification, by=by)
        kind = db.session.scalars(select(AssetClass).where(AssetClass.code == NOTEBOOKS)).one()
        for line in made.lines:
            line.class_id = kind.id
        self._complete(made, money.id)
        purchases.send(made, by=by)
        end = Purchasing(self.cast, self.diary, self._data)
        end.carry_out(made.id, {"fate": "registered"})

    def _complete(self, made: Purchase, budget_id: int) -> None:
        """Fill in what the form asks beside the specification."""
        made.budget_id = budget_id
        made.due_on = clock.today() + 8 * WEEK
        made.method_reason = self._data["method_reason"]
        members = [PurchaseMember(person_id=self.cast.ids[INSPECTOR], position=1)]
        made.members.extend(members)
        db.session.flush()  # the budget and the inspector are read from their rows
