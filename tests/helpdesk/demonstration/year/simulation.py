"""The demonstration's year: the jobs at their times of each day, and people at ten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from sqlalchemy import or_, select

from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import RUNNING
from helpdesk.tickets.targets import in_force
from helpdesk.timetable import table
from helpdesk.timetable.rhythm import Daily
from kernel import clock as kernel_clock
from kernel.db import db
from office.calendar import queries as calendar
from tests.conftest import Clock
from tests.helpdesk.demonstration.filling import NOW
from tests.helpdesk.demonstration.year import people_at_work as people
from tests.helpdesk.demonstration.year.slow_year import FIRST, ONE_DAY
from tests.helpdesk.demonstration.year.visits_at_work import TEN, Story

DAILY = (
    *("close_tickets", "follow_plans", "flag_loans", "flag_licences"),
    *("flag_warranties", "watch_backups", "flag_cards", "watch_rights", "flag_rounds"),
    *("flag_disposals", "flag_short_stock", "flag_service", "expire_loan_requests"),
)
NOON, LOOK = time(12, 0), time(16, 45)
# Jobs of every few minutes run at these times; deadlines are reckoned anew before they are told of.
OFTEN = {
    "remind_repairs": (time(9, 0),),
    "renew_deadlines": (time(11, 0),),
    "escalate_tickets": (LOOK,),
}
Colour = tuple[date, str, str]


class Simulation:
    """The demonstration's year: what the jobs do at their times and what people do at ten."""

    def __init__(self, clock: Clock, last: date) -> None:
        clock.set(NOW)
        self.clock, self.last = clock, last
        self.story = Story()
        self.acts: dict[date, list[Callable[[], object]]] = {}
        self.colours: list[Colour] = []

    def on(self, day: date, act: Callable[[], object]) -> None:
        self.acts.setdefault(day, []).append(act)

    def live_through(self) -> None:
        named = {job.name: job for job in table.JOBS}
        todo: list[tuple[time, int, Callable[[], object]]] = [(TEN, 0, self._people)]
        for name in DAILY:
            rhythm = named[name].rhythm
            assert isinstance(rhythm, Daily)
            todo.append((rhythm.at, 1, named[name].function))
        for name, times in OFTEN.items():
            todo += [(at, 2, named[name].function) for at in times]
        todo.append((NOON, 9, self._look_at_the_queue))
        todo.sort(key=lambda one: one[:2])
        self.day = FIRST
        while self.day <= self.last:
            for at, _order, function in todo:
                if self.day in people.DOWN and function is named["follow_plans"].function:
                    continue
                self.clock.set(kernel_clock.at(self.day, at))
                function()
            self.day += ONE_DAY

    def _people(self) -> None:
        for act in self.acts.get(self.day, ()):
            act()
        self.story.visit(self.day)

    def _look_at_the_queue(self) -> None:
        """Write down on open days which colour the next deadline of each running ticket has."""
        if not calendar.is_open_day(self.day):
            return
        hold, now = in_force(), kernel_clock.now()
        rows = db.session.execute(
            select(Ticket).where(
                Ticket.state.in_(RUNNING), or_(Ticket.begins_at.is_(None), Ticket.begins_at <= now)
            )
        ).scalars()
        for one in rows:
            target = hold.of(one.priority, one.category)
            answer = one.first_response_at is None and one.next_due_at == one.response_due_at
            whole = target.response if answer else target.resolution
            left = calendar.calendar_for(one.unit_id).seconds_between(now, one.next_due_at or now)
            self.colours.append((self.day, one.number, hold.tone(left, whole)))
        db.session.rollback()
