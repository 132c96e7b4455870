"""Disposals in the demonstration: one done to its end, one that waits for the head's approval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from sqlalchemy import exists, select

from assets.disposals.models import Disposal
from assets.disposals.rules import carrying_out, deciding, finding_out, proposing, removing
from assets.disposals.rules.carrying_out import Result
from assets.disposals.rules.proposing import Ground
from assets.disposals.rules.removing import Reports
from assets.disposals.states import Cause, Method, Origin
from assets.register.models import Asset, Hold
from assets.register.rules import items
from assets.register.states import Condition, Lifecycle
from helpdesk.demonstration import script
from helpdesk.demonstration.cast import OFFICE, STORE, Cast
from helpdesk.demonstration.diary import Diary
from kernel import clock
from kernel.db import db
from office.approvals.models import Approval
from office.approvals.rules import signing

HEAD = "approver"
DONE, WAITING = 4, 3
STEP = timedelta(days=2)
PROCEEDS = Decimal(1200)


@dataclass
class Disposings:
    """Plans the two cases."""

    cast: Cast
    diary: Diary

    def plan(self, start: datetime) -> None:
        """Begin the first from a moment on, the second on the last day."""
        self.diary.plan(start, partial(self._propose, DONE, done=True))
        self.diary.plan(self.diary.end - timedelta(hours=1), partial(self._propose, WAITING))

    def _propose(self, number: int, *, done: bool = False) -> None:
        keeper = self.cast.viewer(STORE)
        things = self._worn_out(number)
        if not things:
            return
        for asset in things:
            items.judge(asset, Condition.WORN_OUT, by=keeper)
        reference, reason = script.phrases("disposal_paper")[0], script.phrases("disposal_why")[0]
        ground = Ground(Origin.HAND, reference, reason, Cause.WEAR)
        (case,) = proposing.propose(things, ground, by=keeper)
        finding_out.go_on(case, Cause.WEAR, reference, reason, by=keeper)
        choice = script.phrases("disposal_choice")[0]
        deciding.submit(case, Method.SELL_AUCTION, "", choice, by=keeper)
        db.session.flush()  # the steps that follow know the case by its id
        if done:
            self._later(case, self._approve)

    def _later(self, case: Disposal, act: Callable[[int], None]) -> None:
        self.diary.plan(clock.now() + STEP, partial(act, case.id))

    def _approve(self, case_id: int) -> None:
        case = db.session.get_one(Disposal, case_id)
        approval = db.session.get_one(Approval, case.approval_id)
        signing.approve(approval, by=self.cast.viewer(HEAD))
        self._later(case, self._carry_out)

    def _carry_out(self, case_id: int) -> None:
        case, keeper = db.session.get_one(Disposal, case_id), self.cast.viewer(STORE)
        order, document, receipt = script.phrases("disposal_number")
        carrying_out.order(case, order, clock.today(), by=keeper)
        result = Result(
            on=clock.today(),
            document=document,
            counterparty=script.phrases("disposal_buyer")[0],
            proceeds=PROCEEDS,
            income_ref=receipt,
        )
        carrying_out.carry_out(case, result, by=keeper)
        removing.strike_off(case, by=keeper)
        self._later(case, self._close)

    def _close(self, case_id: int) -> None:
        case, keeper = db.session.get_one(Disposal, case_id), self.cast.viewer(STORE)
        audit_letter, parent_letter = script.phrases("disposal_letter")
        sent = Reports(clock.today(), audit_letter, clock.today(), parent_letter)
        removing.notify(case, sent, by=keeper)
        removing.close(case, by=keeper)

    def _worn_out(self, number: int) -> list[Asset]:
        """Return the oldest things of the office that nothing holds and that are no set or part."""
        held = exists().where(Hold.asset_id == Asset.id, Hold.ended_at.is_(None))
        return list(
            db.session.scalars(
                select(Asset)
                .where(
                    Asset.owner_unit_id == self.cast.units[OFFICE],
                    Asset.lifecycle == Lifecycle.IN_SERVICE,
                    Asset.whole_id.is_(None),
                    Asset.price.is_not(None),
                    Asset.acquired_on.is_not(None),
                    ~held,
                )
                .order_by(Asset.acquired_on, Asset.id)
                .limit(number)
            )
        )
