"""The tickets of a year: reported, taken on, waiting, resolved, closed, reopened, some open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random

from assets.register.models import Asset
from assets.register.states import Condition
from helpdesk.demonstration import script, served
from helpdesk.demonstration.cast import Cast
from helpdesk.demonstration.diary import Diary
from helpdesk.demonstration.script import Repair
from helpdesk.demonstration.things import Things
from helpdesk.tickets import queries
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.rules import intake, joining, talk, work
from helpdesk.tickets.rules.intake import KeptPhoto, Report
from helpdesk.tickets.rules.work import Result
from helpdesk.tickets.states import (
    DONE,
    WAITING,
    WAITS,
    Action,
    Category,
    Cause,
    Kind,
    Outcome,
    Priority,
    State,
)
from kernel import clock
from kernel.access import GUEST, Viewer
from kernel.db import db
from kernel.i18n import speaking

TECHNICIANS = ("technician", "wit", "nok")
SCHOOL_TECHNICIAN = "somchai17"
ADVICE, BY_GUEST, JOINED = 0.16, 0.5, 0.05
RECENT = timedelta(days=16)
STUCK = 0.55
# How many repairs cost something, and how many of them much: a share of what the thing cost.
PAID_FOR, DEAR, DEAR_SHARE = 0.3, 0.04, Decimal("0.4")
OUTCOMES = {
    Outcome.FIXED: 80,
    Outcome.WORKS_AS_IS: 9,
    Outcome.REPLACED: 5,
    Outcome.BEYOND_REPAIR: 6,
}
PRIORITIES = {Priority.NORMAL: 78, Priority.HIGH: 12, Priority.URGENT: 4, Priority.LOW: 6}


@dataclass
class Case:
    """What one ticket is about and how far it comes.

    Attributes:
        stops: the act it stays before until today; empty where it goes all the way.
        by: user name of who reported; empty for a guest.
    """

    repair: Repair
    stops: str = ""
    by: str = ""
    technician: str = ""
    waited: bool = False
    reopened: bool = False


Move = Callable[[int, Case], None]


@dataclass
class Faults:
    """Plans the reports of the year and plays what follows each."""

    cast: Cast
    things: Things
    diary: Diary
    chance: Random
    photos: list[KeptPhoto] = field(default_factory=list)

    def plan(self, count: int, start: datetime) -> None:
        """Put ``count`` reports into the diary, most of them in opening hours."""
        for number in range(count):
            # A busy fortnight lies just behind, so that the queue of today is worth a look.
            since = self.diary.end - RECENT if number % 20 == 0 else start
            moment = since + (self.diary.end - since) * self.chance.random()
            if self.chance.random() < 0.9:
                into = timedelta(minutes=self.chance.randint(0, 420))
                moment = self.diary.calendar.opening(moment) + into
            asked = self.chance.random() < ADVICE
            self.diary.plan(moment, self._ask if asked else self._report)

    def follow(self, asset_id: int) -> None:
        """Let a ticket that the desk opened take its way."""
        ticket = queries.open_ticket_on(asset_id)
        if ticket is not None:
            self._plan_taking(ticket, self._case(script.repair_of("", self.chance)))

    def _case(self, repair: Repair) -> Case:
        recent = self.diary.end - clock.now() < RECENT
        stops = ""
        if recent and self.chance.random() < STUCK:
            stops = self.chance.choice(("take", "take", "start", "resolve", "resolve", "resume"))
        return Case(repair, stops=stops)

    def _report(self) -> None:
        asset = self._broken_item()
        if asset is None:
            return
        chips = [c for c in queries.chips_for(asset.asset_class) if c.text_th in script.repairs()]
        chosen = [self.chance.choice(chips)] if chips else []
        repair = script.repair_of(chosen[0].text_th if chosen else "", self.chance)
        wordy = not chosen or self.chance.random() < 0.7
        fields = Report(
            asset=asset,
            symptoms=chosen,
            detail=repair.detail if wordy else "",
            source="scan" if self.chance.random() < 0.85 else "phone",
        )
        self.things.away.add(asset.id)
        self._take_in(fields, repair, asset.holding_unit_id)

    def _broken_item(self) -> Asset | None:
        """Return an item that breaks now; what has left the register meanwhile is passed over."""
        whole = [one for one in self.things.breakable if one not in self.things.away]
        self.chance.shuffle(whole)
        found = (db.session.get_one(Asset, one) for one in whole)
        return next((asset for asset in found if asset.is_in_register), None)

    def _ask(self) -> None:
        question = self.chance.choice(script.questions())
        unit_id = self.chance.choice(sorted(self.cast.units.values()))
        kind = Kind.REPAIR if question.cause == Cause.EXTERNAL else Kind.ADVICE
        fields = Report(
            unit_id=unit_id,
            kind=kind,
            category=Category(question.about),
            detail=question.detail,
            answers=served.answered(question.about, f"{question.detail} {unit_id}"),
            source="form",
        )
        self._take_in(fields, question, unit_id)

    def _take_in(self, fields: Report, repair: Repair, unit_id: int) -> None:
        case = self._case(repair)
        by = self._reporter(fields, case, unit_id)
        shown = self.photos and fields.asset is not None and self.chance.random() < 0.15
        photos = [self.chance.choice(self.photos)] if shown else []
        with speaking("en" if self.chance.random() < 0.04 else "th"):
            ticket = intake.report(fields, by=by, photos=photos)
        db.session.flush()  # what happens later knows the ticket by its id
        if fields.asset is not None and self.chance.random() < JOINED:
            self.diary.plan(
                self.diary.after_working(1), partial(self._join, ticket.id, repair.detail)
            )
        self._plan_taking(ticket, case)

    def _reporter(self, fields: Report, case: Case, unit_id: int) -> Viewer:
        members = self.cast.at(unit_id)
        if members and self.chance.random() > BY_GUEST:
            case.by = self.chance.choice(members)
            return self.cast.viewer(case.by)
        number = self.chance.randint(1, 99)
        fields.reporter_name = script.phrase("guest", self.chance)
        fields.reporter_contact = self.chance.choice(
            (f"034-000-9{number:02}", f"guest{number}@example.test", "")
        )
        return GUEST

    def _join(self, ticket_id: int, detail: str) -> None:
        ticket = db.session.get_one(Ticket, ticket_id)
        if ticket.is_open:
            name = script.phrase("guest", self.chance)
            fields = Report(
                asset=ticket.asset,
                detail=detail,
                reporter_name=name,
                reporter_contact=f"guest{ticket_id}@example.test",
            )
            joining.join(ticket, fields, by=GUEST)

    def _plan_taking(self, ticket: Ticket, case: Case) -> None:
        if case.stops == "take":
            return
        at_school = ticket.unit_id == self.cast.units["17"]
        choices = (SCHOOL_TECHNICIAN,) if at_school else TECHNICIANS
        case.technician = self.chance.choice(choices)
        self._then(self.chance.uniform(0.2, 6), self._take, ticket.id, case)

    def _then(self, hours: float, act: Move, ticket_id: int, case: Case) -> None:
        self.diary.plan(self.diary.after_working(hours), partial(act, ticket_id, case))

    def _take(self, ticket_id: int, case: Case) -> None:
        ticket = db.session.get_one(Ticket, ticket_id)
        if ticket.state != State.NEW:
            return
        if self.chance.random() < 0.04:
            work.cancel(ticket, script.phrase("cancel", self.chance), by=self._tech(case))
            self._give_back(ticket)
            return
        if case.technician != "technician" and self.chance.random() < 0.3:
            by = self.cast.viewer("technician")
            work.assign(ticket, self.cast.ids[case.technician], by=by)
        else:
            work.take(ticket, by=self._tech(case))
        work.prioritize(ticket, script.drawn(PRIORITIES, self.chance), by=self._tech(case))
        if self.chance.random() < 0.35:
            public = self.chance.random() < 0.7
            words = script.phrase("answer" if public else "note", self.chance)
            talk.comment(ticket, words, public=public, by=self._tech(case))
        if case.stops != "start":
            self._then(self.chance.uniform(0.3, 8), self._start, ticket_id, case)

    def _tech(self, case: Case) -> Viewer:
        return self.cast.viewer(case.technician)

    def _start(self, ticket_id: int, case: Case) -> None:
        work.start(db.session.get_one(Ticket, ticket_id), by=self._tech(case))
        if case.stops == "resume" or self.chance.random() < 0.25:
            self._then(self.chance.uniform(0.3, 3), self._wait, ticket_id, case)
        elif case.stops != "resolve":
            self._then(self.chance.uniform(0.3, 9), self._resolve, ticket_id, case)

    def _wait(self, ticket_id: int, case: Case) -> None:
        action = self.chance.choice(list(WAITS))
        look_again = clock.local(self.diary.next_open(self.chance.randint(2, 9))).date()
        reason = script.phrase(str(action), self.chance)
        ticket = db.session.get_one(Ticket, ticket_id)
        work.wait(ticket, action, reason, by=self._tech(case), look_again=look_again)
        if case.stops != "resume":
            answers = action == Action.ASK_REQUESTER
            hours = self.chance.uniform(2, 12) if answers else self.chance.uniform(8, 50)
            self._then(hours, self._resume, ticket_id, case)

    def _resume(self, ticket_id: int, case: Case) -> None:
        ticket = db.session.get_one(Ticket, ticket_id)
        if ticket.state == State.WAITING_REQUESTER:
            by = self.cast.viewer(case.by) if case.by else GUEST
            talk.answer(ticket, script.phrase("reply", self.chance), by=by)
        elif ticket.state in WAITING:
            work.resume(ticket, by=self._tech(case))
        if case.stops != "resolve":
            self._then(self.chance.uniform(0.5, 7), self._resolve, ticket_id, case)

    def _resolve(self, ticket_id: int, case: Case) -> None:
        ticket = db.session.get_one(Ticket, ticket_id)
        outcome = script.drawn(OUTCOMES, self.chance) if ticket.asset else Outcome.FIXED
        beyond = outcome == Outcome.BEYOND_REPAIR
        result = Result(
            outcome=outcome,
            cause=Cause(case.repair.cause),
            action_taken=script.phrase("unfit", self.chance) if beyond else case.repair.action,
            to_reporter=script.phrase("unfit" if beyond else "done", self.chance),
            repair_cost=None if beyond else self._cost(ticket.asset),
        )
        work.resolve(ticket, result, by=self._tech(case))
        self._give_back(ticket)
        drawn = self.chance.random()
        if drawn < 0.35:
            self._then(self.chance.uniform(1, 14), self._confirm, ticket_id, case)
        elif drawn < 0.4 and not case.reopened:
            case.reopened = True
            self._then(self.chance.uniform(6, 20), self._reopen, ticket_id, case)

    def _cost(self, asset: Asset | None) -> Decimal | None:
        """Return what a repair cost, now and then more than an old thing is worth."""
        drawn = self.chance.random()
        covered = asset is not None and asset.warranty_until is not None
        if drawn > PAID_FOR or covered:
            return None
        if asset is not None and asset.price and drawn < DEAR:
            return round(asset.price * DEAR_SHARE, 0)
        return Decimal(self.chance.randrange(150, 1800, 50))

    def _give_back(self, ticket: Ticket) -> None:
        if ticket.asset is not None and ticket.asset.condition == Condition.GOOD:
            self.things.away.discard(ticket.asset.id)

    def _confirm(self, ticket_id: int, case: Case) -> None:
        ticket = db.session.get_one(Ticket, ticket_id)
        if ticket.state == State.RESOLVED:
            by = self.cast.viewer(case.by) if case.by else GUEST
            work.close(ticket, by=by, role="reporter")
            served.rate(ticket, by=by)

    def _reopen(self, ticket_id: int, case: Case) -> None:
        ticket = db.session.get_one(Ticket, ticket_id)
        if ticket.state not in DONE or not ticket.may_reopen_at(clock.now()):
            return
        if ticket.asset_id is not None:
            if ticket.asset_id in self.things.away:
                return
            self.things.away.add(ticket.asset_id)
        by = self.cast.viewer(case.by) if case.by else GUEST
        work.reopen(ticket, script.phrase("still", self.chance), by=by, role="reporter")
        self._then(self.chance.uniform(1, 8), self._resolve, ticket_id, case)
