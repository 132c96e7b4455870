"""Requests in the demonstration: each kind in several states, systems with who may use them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from assets.stock.models import StockBalance, Store
from helpdesk.access_rights.models import InformationSystem
from helpdesk.access_rights.rules import granting, systems
from helpdesk.access_rights.rules.systems import SystemDraft
from helpdesk.demonstration import script
from helpdesk.demonstration.borrowings import acting, asked
from helpdesk.demonstration.cast import ICT_GROUP, NARRATOR, OFFICE, Cast
from helpdesk.demonstration.diary import Diary
from helpdesk.requests import works
from helpdesk.requests.models import KindEdition, RequestKind, ServiceRequest
from helpdesk.requests.rules import carrying_out, drafting, examples, kinds
from helpdesk.requests.states import State
from helpdesk.tickets.rules import work as tickets
from helpdesk.tickets.states import Cause, Outcome
from kernel import clock, thai
from kernel.db import db
from office.approvals.models import Approval
from office.approvals.rules import moving, signing
from office.approvals.states import State as ApprovalState

TECHNICIAN, KEEPER = "technician", "wit"
SIGNED = ("approved", "done", "granted")
SOON = timedelta(minutes=1)
PIECES = 2


@dataclass
class Askings:
    """Plans the requests, and what becomes of each."""

    cast: Cast
    diary: Diary
    _data: dict[str, Any] = field(default_factory=dict)

    def plan(self, start: datetime) -> None:
        """Prepare the ground at a moment; after it each asks as many days ago as the data says."""
        text = (script.DATA / "askings.json").read_text(encoding="utf-8")
        self._data = json.loads(text)
        self.diary.plan(start, self._prepare)
        for number, row in enumerate(self._data["requests"], start=1):
            at = self.diary.end - timedelta(days=row["days"], hours=2)
            self.diary.plan(max(at, start + number * SOON), partial(self._ask, row))

    def _prepare(self) -> None:
        """Enter the systems, make and open the example kinds, say who carries work out."""
        for row in self._data["systems"]:
            draft = SystemDraft(
                code=row["code"],
                name_th=row["name_th"],
                name_en=row["name_en"],
                purpose=row["purpose"],
                unit_id=self.cast.units[OFFICE],
                review_months=12,
                longest_months=24,
                owners=[self.cast.person(name) for name in row["owners"]],
                keepers=[self.cast.person(name) for name in row["keepers"]],
            )
            systems.enter(draft, by=NARRATOR)
        for kind in examples.take_over(by=NARRATOR):
            kinds.open_kind(kind, by=NARRATOR)
        work = kinds.setting_of(works.KEY)
        kinds.hand_to(work, self.cast.units[ICT_GROUP], by=NARRATOR)

    def _ask(self, row: Mapping[str, Any]) -> None:
        by = self.cast.viewer(row["asker"])
        typed = self._typed(row)
        if typed is None:
            return
        request = drafting.begin(self._key(row["kind"]), typed, by=by)
        drafting.keep(request, typed, by=by)
        if row["fate"] == "draft":
            return
        drafting.send(request, by=by)
        if row["fate"] != "waiting":
            self.diary.plan(clock.now() + SOON, partial(self._decide, request.id, row))

    def _key(self, kind: str) -> str:
        """Return the key of a kind; simple ones are named by their prefix."""
        found = db.session.scalar(
            select(RequestKind.key)
            .join(KindEdition, KindEdition.kind_id == RequestKind.id)
            .where(KindEdition.series == kind)
        )
        return found or kind

    def _typed(self, row: Mapping[str, Any]) -> dict[str, str] | None:
        typed = dict(row["typed"])
        today = clock.today()
        if row["kind"] == works.KEY:
            typed["from"] = _numeric(today + timedelta(days=7))
        if "system" in row:
            system = select(InformationSystem.id).where(InformationSystem.code == row["system"])
            until = clock.local(self.diary.end).date() + timedelta(days=row["until"])
            typed["system"] = str(db.session.scalars(system).one())
            typed |= {"account": row["account"], "until": _numeric(until)}
        if row["kind"] == "materials":
            return self._with_materials(typed)
        return typed

    @staticmethod
    def _with_materials(typed: dict[str, str]) -> dict[str, str] | None:
        """Add the two materials of which the first store has most; None where it has none."""
        rows = db.session.scalars(
            select(StockBalance)
            .join(Store, Store.id == StockBalance.store_id)
            .where(Store.closed_on.is_(None), StockBalance.quantity >= PIECES)
            .order_by(StockBalance.store_id, StockBalance.quantity.desc(), StockBalance.id)
        ).all()
        if not rows:
            return None
        typed["store"] = str(rows[0].store_id)
        chosen = [one for one in rows if one.store_id == rows[0].store_id][:2]
        return typed | {f"add_{one.item_id}": str(PIECES) for one in chosen}

    def _decide(self, request_id: int, row: Mapping[str, Any]) -> None:
        request = db.session.get_one(ServiceRequest, request_id)
        approval = db.session.get_one(Approval, request.approval_id)
        by = acting(asked(approval))
        step = moving.open_step(approval)
        why = script.phrases("request_words")
        if row["fate"] == "rejected":
            signing.reject(approval, why[0], by=by, step_id=step.id)
        elif row["fate"] == "sent_back":
            signing.send_back(approval, why[1], by=by, step_id=step.id)
        else:
            signing.approve(approval, by=by, step_id=step.id)
        if row["fate"] in SIGNED and approval.state == ApprovalState.WAITING:
            self.diary.plan(clock.now() + SOON, partial(self._decide, request_id, row))
        elif row["fate"] in ("done", "granted"):
            self.diary.plan(clock.now() + SOON, partial(self._carry_out, request_id, row))

    def _carry_out(self, request_id: int, row: Mapping[str, Any]) -> None:
        request = db.session.get_one(ServiceRequest, request_id)
        if row["fate"] == "granted":
            code = InformationSystem.code == row["system"]
            system = db.session.scalars(select(InformationSystem).where(code)).one()
            by = self.cast.viewer(KEEPER if row["system"] != "MAIL" else TECHNICIAN)
            granting.grant(request, system, row["account"], "", by=by)
        else:
            by = self.cast.viewer(TECHNICIAN)
            result = tickets.Result(
                Outcome.FIXED, Cause.HARDWARE, script.phrases("request_words")[2]
            )
            for link in works.tickets_of(request_id):
                tickets.take(link.ticket, by=by)
                tickets.start(link.ticket, by=by)
                tickets.resolve(link.ticket, result, by=by)
        if request.state == State.DONE and row["days"] > carrying_out.CONFIRM_DAYS:
            carrying_out.confirm(request, by=self.cast.viewer(row["asker"]))


def _numeric(day: Any) -> str:  # noqa: ANN401 - a day
    return thai.format_date(day, language="th", style="numeric")
