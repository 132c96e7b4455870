"""The work on tickets in the demonstration: time, costs, vendors, steps, a merged pair, a card."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import cache, partial
from random import Random
from typing import Any

from sqlalchemy import select

from assets.vendors import rules as vendors
from assets.vendors.models import Vendor
from helpdesk.demonstration import script
from helpdesk.demonstration.cast import Cast
from helpdesk.demonstration.diary import Diary
from helpdesk.repairs.rules import (
    approving,
    checklists,
    costs,
    links,
    outside,
    replies,
    signing,
    times,
)
from helpdesk.repairs.states import CostKind, Outside
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import merging
from helpdesk.tickets.states import Category, Kind, State
from kernel import clock
from kernel.access import Viewer
from kernel.db import db
from office.people.models import Person

TECHNICIAN = "technician"
AT_ONCE = timedelta(seconds=1)
MOST = 12
AMOUNTS = {Outside.SUBMITTED: Decimal(7400), Outside.AGREED: Decimal(2600)}


@cache
def words() -> dict[str, Any]:
    """Return what is said and bought."""
    with (script.DATA / "workings.json").open(encoding="utf-8") as file:
        found: dict[str, Any] = json.load(file)
    return found


@dataclass
class Workings:
    """Plays the work of today on the tickets that are open now."""

    cast: Cast
    diary: Diary
    chance: Random

    def plan(self) -> None:
        """Put it at the end of the story: nothing that was planned before is in its way."""
        self.diary.plan(self.diary.end - AT_ONCE, partial(self._work))

    def _work(self) -> None:
        by = self.cast.viewer(TECHNICIAN)
        shops = [vendors.add(one, by=by) for one in words()["vendors"]]
        self._keep_lists(by)
        db.session.flush()  # letters name the vendors, steps their lists
        tickets = self._at_work()
        for ticket in tickets:
            self._spend_time(ticket, by)
        states = (Outside.SENT, Outside.QUOTED, Outside.SUBMITTED, Outside.AGREED, Outside.BACK)
        with_items = [one for one in tickets if one.asset_id is not None]
        for state, ticket in zip(states, with_items, strict=False):
            self._send_out(ticket, self.chance.choice(shops), state, by)
        for ticket in with_items[len(states) :]:
            self._pay(ticket, by)
        self._put_together(tickets, by)
        self._sign(by)

    def _keep_lists(self, by: Viewer) -> None:
        for one in words()["checklists"]:
            steps = [(thai, english) for thai, english in one["steps"]]
            fields = {name: one[name] for name in ("name_th", "name_en", "category")}
            draft = checklists.Draft(**fields, class_id=None, required=False, steps=steps)
            checklists.add(draft, by=by)
        for name, body in words()["replies"]:
            replies.save(name, body, shared=True, by=by)

    @staticmethod
    def _at_work() -> list[Ticket]:
        at_work = (State.ACCEPTED, State.IN_PROGRESS)
        query = select(Ticket).where(Ticket.state.in_(at_work), Ticket.kind == Kind.REPAIR)
        return list(db.session.scalars(query.order_by(Ticket.id.desc()).limit(MOST)))

    def _spend_time(self, ticket: Ticket, by: Viewer) -> None:
        day = max(clock.local(ticket.opened_at).date(), clock.today() - timedelta(days=30))
        said = self.chance.choice(words()["works"])
        times.write_down(ticket, 5 * self.chance.randint(2, 18), day, said, by=by)
        for checklist in checklists.fit(ticket):
            checklists.put_on(ticket, checklist, by=by)

    def _pay(self, ticket: Ticket, by: Viewer) -> None:
        kind, what, amount = self.chance.choice(words()["costs"])
        spent = costs.Spent(
            CostKind(kind), what, Decimal(amount), clock.today(), cover_why=words()["cover_why"]
        )
        costs.spend(ticket, spent, by=by)

    def _send_out(self, ticket: Ticket, shop: Vendor, state: Outside, by: Viewer) -> None:
        sending = outside.Sending(
            shop,
            clock.today() + timedelta(days=self.chance.randint(3, 10)),
            self.chance.choice(words()["conditions"]),
            self.chance.choice(words()["accessories"]),
        )
        made = outside.send(ticket, sending, by=by)
        db.session.flush()  # what follows knows the repair by its id
        if state in (Outside.QUOTED, Outside.SUBMITTED, Outside.AGREED):
            amount = AMOUNTS.get(state, Decimal(1900))
            number = self.chance.choice(words()["quotations"])
            outside.quote(made, amount, number, words()["cover_why"], by=by)
        if state == Outside.SUBMITTED:
            approving.submit(made, by=by)
        elif state == Outside.AGREED:
            outside.agree(made, by=by)
        elif state == Outside.BACK:
            until = clock.today() + timedelta(days=90)
            back = words()["back"]
            paid = outside.Return(
                works=True,
                note=back,
                paid=Decimal(850),
                warranty_until=until,
                cover_why=words()["cover_why"],
            )
            outside.take_back(made, paid, by=by)

    @staticmethod
    def _put_together(tickets: list[Ticket], by: Viewer) -> None:
        """Link two tickets, make a part of one, and merge two of one school."""
        if len(tickets) > 1:
            links.link(tickets[0], tickets[1], by=by)
        if tickets:
            links.make_part(tickets[0], words()["part"], waits=True, by=by)
        fresh = select(Ticket).where(Ticket.state == State.NEW, Ticket.category != Category.ROOM)
        first: dict[int, Ticket] = {}
        for ticket in db.session.scalars(fresh.order_by(Ticket.id).limit(200)).all():
            if ticket.unit_id in first and ticket.parent_id is None:
                merging.merge(ticket, first[ticket.unit_id], by=by)
                return
            first.setdefault(ticket.unit_id, ticket)

    @staticmethod
    def _sign(by: Viewer) -> None:
        """Let the person served of one finished repair confirm it with the own card."""
        done = select(Ticket).where(Ticket.state == State.RESOLVED, Ticket.reporter_id.is_not(None))
        for ticket in db.session.scalars(done.order_by(Ticket.id.desc()).limit(20)).all():
            if ticket.reporter_id not in (by.id, ticket.assignee_id):
                person = db.session.get_one(Person, ticket.reporter_id)
                signing.sign_by_card(ticket, person, by=by)
                return
