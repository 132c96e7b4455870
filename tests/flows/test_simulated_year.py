"""A fiscal year, day by day: what the service says and does is what the slow calculation expects.

The clock is moved through every day with its holidays. Each morning the jobs run at their times,
at ten people bring things back, renew, do the visits. The office is a small one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, time, timedelta
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from assets.licences.models import Licence
from assets.licences.rules import keeping
from assets.loans.models import LoanNotice
from assets.loans.rules import returning
from assets.loans.rules.returning import Return
from assets.loans.states import Outcome
from assets.maintenance.models import Occurrence, Visit
from assets.maintenance.rules import doing, visiting
from assets.maintenance.states import State, VisitState
from helpdesk.backups.models import Backup
from helpdesk.tickets.models import Ticket
from helpdesk.tickets.states import State as TicketState
from helpdesk.timetable import table
from helpdesk.timetable.rhythm import Daily
from kernel import clock as kernel_clock
from kernel.db import db
from kernel.work import work
from office.bookkeeping.models import OutgoingMessage
from office.calendar import jobs as calendar_jobs
from office.calendar.models import ClosedDay
from office.people.access import Role
from office.people.models import Person
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.licences import make_licence
from tests.factories.loans import make_loan
from tests.factories.maintenance import make_plan
from tests.factories.office import in_work, make_person, viewer_for
from tests.factories.tickets import make_ticket
from tests.flows import slow_watch
from tests.flows import watched_office as watched
from tests.flows.slow_year import FIRST, LAST, Kept, Lent, Year

JOBS = (
    *("close_tickets", "follow_plans", "flag_loans", "flag_licences"),
    *("flag_warranties", "watch_backups", "flag_cards", "watch_rights", "flag_rounds"),
    *("flag_disposals", "flag_short_stock", "flag_service"),
    "expire_loan_requests",
)
WATCHED = (
    *("loan_due", "licence_ends", "warranty_ends", "backup_old", "card_ends", "access_ends"),
    *("access_ended", "access_to_switch_off", "count_due", "disposal_due", "stock_low"),
    *("service_due", "loan_request_expired"),
)
TEN = time(10, 0)
LENT = (
    Lent("malee", date(2026, 11, 2), date(2026, 11, 6), date(2026, 11, 6)),
    Lent("malee", date(2026, 11, 30), date(2026, 12, 4), date(2026, 12, 8)),
    Lent("malee", date(2027, 1, 11), date(2027, 1, 15), date(2027, 1, 25)),
    # The seventh day of one, and the day after another, lie in the holidays of Songkran.
    Lent("kanda", date(2027, 4, 1), date(2027, 4, 8), date(2027, 4, 21)),
    Lent("malee", date(2027, 4, 5), date(2027, 4, 9), date(2027, 5, 17)),
    Lent("thep", date(2026, 12, 21), date(2026, 12, 30), date(2027, 1, 29)),
    Lent("thep", date(2027, 6, 1), date(2027, 6, 30), None),
)
LICENCES = {
    "domain": Kept(date(2027, 1, 31), renewed=date(2027, 1, 20), until=date(2027, 8, 15)),
    "internet": Kept(date(2026, 12, 5)),
    "given up": Kept(date(2027, 5, 1), given_up=date(2027, 3, 10)),
    "soon": Kept(date(2026, 10, 20)),
}
WARRANTIES = [date(2026, 10, 10), date(2026, 12, 31), date(2027, 5, 4), date(2027, 11, 30)]
BACKUPS = [FIRST, date(2026, 10, 6), date(2026, 10, 20), date(2027, 2, 1), date(2027, 2, 8)]
BACKUPS += [date(2027, 2, 15) + timedelta(days=7 * n) for n in range(34)]
RESOLVED = (date(2026, 12, 29), date(2027, 4, 9))
DAY_OF_MONTH, LEAD, BACKUP_DAYS = 5, 14, 7


def done_on(planned: date) -> date:
    """Most visits are done on their day, the one of February six weeks late."""
    return planned + timedelta(days=40 if planned.month == 2 else 0)


class Simulation:
    """The office of the year: what people do on which day."""

    def __init__(self, clock: Clock) -> None:
        clock.set(kernel_clock.at(FIRST, time(0, 10)))
        self.clock, self.cast = clock, make_cast()
        self.officer = make_person(Role.STOREKEEPER, unit=self.cast.other_school)
        self.head = make_person(Role.APPROVER, unit=self.cast.school, over=self.cast.school)
        self.names = {
            **{who.id: name for name, who in self.people(self.cast).items()},
            self.officer.id: "officer",
            self.head.id: "head",
        }
        self.licences: dict[str, int] = {}
        self.acts: dict[date, list[Callable[[], object]]] = {}
        calendar_jobs.seed_holidays()
        self.names |= watched.watch(watched.Office(self.cast, self.officer, self.head, self.on))
        self._begin()

    @staticmethod
    def people(cast: Cast) -> dict[str, Person]:
        return {name: one for name, one in vars(cast).items() if isinstance(one, Person)}

    def _begin(self) -> None:
        for lent in LENT:
            self._lend(lent)
        for name, kept in LICENCES.items():
            self._keep(name, kept)
        for day in WARRANTIES:
            make_asset(self.cast.school, warranty_until=day)
        for day in BACKUPS:
            self.on(day, partial(self._back_up, day))
        for day in RESOLVED:
            self.on(day, self._resolve)
        printers = make_class()
        for _number in range(2):
            make_asset(self.cast.school, class_id=printers.id)
        make_plan(printers, starts_on=date(2026, 11, DAY_OF_MONTH), lead_days=LEAD, steps=())

    def on(self, day: date, act: Callable[[], object]) -> None:
        self.acts.setdefault(day, []).append(act)

    def _lend(self, lent: Lent) -> None:
        asset = make_asset(self.cast.office)
        who = getattr(self.cast, lent.who)

        def hand_over() -> None:
            make_loan(
                db.session.merge(asset),
                borrower=db.session.merge(who),
                officer=db.session.merge(self.officer),
                due_on=lent.due,
            )

        def take_back() -> None:
            with work():
                returning.take_back([Return(asset.id, Outcome.GOOD)], by=viewer_for(self.officer))

        self.on(lent.on, hand_over)
        if lent.back is not None:
            self.on(lent.back, take_back)

    def _keep(self, name: str, kept: Kept) -> None:
        made = make_licence(self.cast.office, name=name, ends_on=kept.ends)
        by = viewer_for(self.officer)

        def found() -> Licence:
            return db.session.get_one(Licence, made.id)

        def renew() -> None:
            with work():
                begins = kept.ends + timedelta(days=1)
                keeping.renew(found(), begins, kept.until, cost=None, contract_no="", by=by)

        def give_up() -> None:
            with work():
                keeping.give_up(found(), "เลิกใช้", by=by)

        for day, act in ((kept.renewed, renew), (kept.given_up, give_up)):
            if day is not None:
                self.on(day, act)

    def _back_up(self, day: date) -> None:
        with in_work():
            made_at = kernel_clock.at(day, time(20, 0))
            db.session.add(Backup(name=f"b{day}", made_at=made_at, size=1, rows=1, files=0))

    def _resolve(self) -> None:
        thep = viewer_for(self.cast.thep)
        make_ticket(unit=self.cast.school, state=TicketState.RESOLVED, technician=thep)

    def live_through(self) -> None:
        """Let every day of the year pass: the jobs at their times, and at ten what people do."""
        daily = [
            (one.rhythm.at, one.function)
            for one in table.JOBS
            if one.name in JOBS and isinstance(one.rhythm, Daily)
        ]
        assert len(daily) == len(JOBS)
        day = FIRST
        while day <= LAST:
            for at, function in sorted(daily, key=lambda job: job[0]):
                self.clock.set(kernel_clock.at(day, at))
                function()
            self.clock.set(kernel_clock.at(day, TEN))
            for act in self.acts.get(day, ()):
                act()
            self._visit(day)
            day += timedelta(days=1)

    def _visit(self, day: date) -> None:
        technician = viewer_for(self.cast.thep)
        planned = select(Visit.id, Visit.day).where(Visit.state == VisitState.PLANNED)
        for visit_id, on in db.session.execute(planned).all():
            if done_on(on) != day:
                continue
            with work():
                visit = db.session.get_one(Visit, visit_id)
                visiting.begin(visit, by=technician)
                for one in db.session.scalars(select(Occurrence).filter_by(visit_id=visit_id)):
                    doing.finish(one, by=technician)
                visiting.finish(visit, by=technician)

    def messages(self, *kinds: str) -> Counter[tuple[Any, ...]]:
        rows = db.session.execute(
            select(
                OutgoingMessage.created_at, OutgoingMessage.kind, OutgoingMessage.person_id
            ).where(OutgoingMessage.kind.in_(kinds))
        )
        return Counter(
            (kernel_clock.local(at).date(), kind, self.names[who or 0]) for at, kind, who in rows
        )


@pytest.fixture
def year(app: Flask, clock: Clock) -> Simulation:
    return Simulation(clock)


def test_a_whole_year_brings_what_a_slow_calculation_expects(year: Simulation) -> None:
    year.live_through()
    closed = select(ClosedDay.day).where(ClosedDay.removed.is_(False))
    slow = Year(frozenset(db.session.scalars(closed)))
    assert len(slow.holidays) > 20, "a year without holidays proves nothing"

    keepers = ["thep", "sri", "officer"]
    heads = {"malee": "head", "kanda": "head", "thep": "chai"}
    expected = Counter(slow.loan_messages(list(LENT), heads, "chai"))
    expected.update(slow.licence_messages(LICENCES, keepers))
    expected.update(slow.warranty_messages(WARRANTIES, keepers))
    expected.update(slow.backup_messages(BACKUPS, BACKUP_DAYS, "admin"))
    expected.update(slow_watch.card_messages(slow, watched.CARDS))
    expected.update(slow_watch.right_messages(slow, watched.RIGHTS, watched.SYSTEM_KEEPERS))
    expected.update(slow_watch.inspection_messages(slow, watched.INSPECTIONS))
    expected.update(
        slow_watch.disposal_messages(
            slow, watched.CASES, keepers=("sri", "officer"), committee=watched.COMMITTEE
        )
    )
    expected.update(slow_watch.stock_messages(slow, watched.STOCK, "sri"))
    expected.update(slow_watch.reservation_messages(slow, watched.RESERVED))
    expected.update(slow_watch.service_messages(slow, watched.SERVICES, keepers))
    found = year.messages(*WATCHED)
    assert {kind for _day, kind, _who in expected} == set(WATCHED), "a year without it proves none"
    assert found - expected == Counter(), "said too often"
    assert expected - found == Counter(), "never said"

    # Each reminder is remembered once, on an open day.
    sent = db.session.scalars(select(LoanNotice.sent_on)).all()
    assert all(slow.is_open(day) for day in sent)

    planned, missed = slow.visits(DAY_OF_MONTH, LEAD, done_on)
    visits = db.session.execute(select(Visit.day, Visit.ticket_number)).all()
    assert sorted(day for day, _number in visits) == sorted(planned)
    assert missed == {date(2027, 3, DAY_OF_MONTH)}
    lost = select(Occurrence.due_on).where(Occurrence.state == State.MISSED).distinct()
    assert set(db.session.scalars(lost)) == missed
    made = select(Ticket.number).where(Ticket.source == "maintenance")
    assert sorted(db.session.scalars(made)) == sorted(number for _day, number in visits)

    # Nobody complained, so both reports close themselves after seven days.
    ended = select(Ticket.closed_at).where(Ticket.source != "maintenance")
    closed_on = {kernel_clock.local(at).date() for at in db.session.scalars(ended) if at}
    assert closed_on == {day + timedelta(days=8) for day in RESOLVED}
