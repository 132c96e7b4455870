"""A fiscal year, day by day: what the service says and does is what the slow calculation expects.

The office is the demonstration, filled by its own builder with fewer things; on PostgreSQL it is
the same one, taken over by the command that copies a database. The clock is moved through every
day with its holidays. Each morning the jobs run at their times, at ten people bring things back,
renew, repair, do the visits; deadlines of tickets are looked at before the office closes.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, select

from assets.loans.models import LoanNotice
from assets.maintenance.models import Occurrence, PlanItem, Visit
from assets.maintenance.states import State
from assets.register.models import Asset
from helpdesk.backups.rules import moving
from helpdesk.tickets.deadline_models import TicketEscalation
from helpdesk.tickets.models import Ticket
from kernel import clock as kernel_clock
from kernel import kept
from kernel.db import db
from office.bookkeeping.models import OutgoingMessage
from office.calendar.models import ClosedDay
from office.people.models import Person
from tests.conftest import Clock
from tests.helpdesk.demonstration.filling import NOW
from tests.helpdesk.demonstration.filling import Office as Demonstration
from tests.helpdesk.demonstration.year import facts, slow_watch, slow_work
from tests.helpdesk.demonstration.year import people_at_work as people
from tests.helpdesk.demonstration.year import watched_cases as cases
from tests.helpdesk.demonstration.year import watched_office as watched
from tests.helpdesk.demonstration.year.simulation import LOOK, NOON, Colour, Simulation
from tests.helpdesk.demonstration.year.slow_work import Clocked
from tests.helpdesk.demonstration.year.slow_year import FIRST, LAST, ONE_DAY, Org, Year
from tests.helpdesk.demonstration.year.the_office import Office
from tests.helpdesk.demonstration.year.visits_at_work import TEN, done_on

WATCHED = (
    *("loan_due", "licence_ends", "warranty_ends", "backup_old", "card_ends", "access_ends"),
    *("access_ended", "access_to_switch_off", "count_due", "disposal_due", "stock_low"),
    *("service_due", "loan_request_expired", "ticket_deadline", "ticket_outside_late"),
)
BACKUP_DAYS = 7
# The whole year takes a server three times as long; there it goes on until the new year is over.
LASTS = {"sqlite": LAST, "postgresql": date(2027, 1, 8)}


@dataclass(frozen=True)
class Standing:
    """What the office holds when the year begins, with what was put into it besides."""

    org: Org
    home: int
    warranties: set[tuple[int, date]]
    services: list[tuple[int, int, date]]
    new_services: set[int]
    backups: list[date]
    rights: list[slow_watch.Right]
    asked: list[slow_watch.Reserved]
    plans: list[slow_work.Planned]
    resolved: dict[str, date]


@pytest.fixture
def year(
    office: Demonstration,
    engine_name: str,
    empty_database: Callable[[], str],
    tmp_path: Path,
    clock: Clock,
) -> Iterator[Simulation]:
    """The office on an engine, with everything put into it that the year brings."""
    with _served(office, engine_name, empty_database, tmp_path).app_context():
        kept.forget_all()
        yield Simulation(clock, LASTS[engine_name])
        db.session.remove()
        db.engine.dispose()


def _served(
    office: Demonstration, engine_name: str, empty_database: Callable[[], str], folder: Path
) -> Flask:
    from helpdesk.app import create_app

    address = f"sqlite:///{folder / 'year.sqlite3'}"
    shutil.copy(office.file, folder / "year.sqlite3")
    if engine_name == "postgresql":
        source = create_engine(address)
        address = empty_database()
        target = create_engine(address)
        with source.connect() as connection:
            moving.copy(connection, target)
        source.dispose()
        target.dispose()
    return create_app(replace(office.settings, database_url=address, var_dir=folder))


def test_a_whole_year_brings_what_a_slow_calculation_expects(year: Simulation) -> None:
    office = Office(year.on)
    known = {thing for thing, _unit, _day in facts.services()}
    watched.watch(office)
    found = people.Found(facts.loans(), facts.licences(), list(facts.jobs()), facts.away())
    services = facts.services()
    standing = Standing(
        org=facts.org(),
        home=office.unit("00").id,
        warranties=facts.warranties(),
        services=services,
        new_services={one[0] for one in services} - known,
        backups=facts.backups(),
        rights=facts.rights(),
        asked=facts.requests(),
        plans=list(facts.plans()),
        resolved=facts.resolved(),
    )
    bare = (found.lent, found.jobs, found.away, *(standing.asked, standing.plans, known))
    assert all(bare), "too little is there"
    told = people.plan(office, year.story, found)
    year.live_through()

    closed = select(ClosedDay.day).where(ClosedDay.removed.is_(False))
    slow = Year(frozenset(db.session.scalars(closed)), year.last)
    assert len(slow.holidays) > 20, "a year without holidays proves nothing"
    book = slow_work.follow(slow, [*standing.plans, *told.plans], done_on, people.DOWN)
    clocked = [Clocked.of(one, slow) for one in [*told.all_jobs(), *_visit_jobs(book)]]
    looks = [datetime.combine(day, LOOK) for day in slow.days]
    steps, deadlines = slow_work.steps(clocked, looks, standing.org)
    expected = _expected(slow, standing, told)
    expected.update(deadlines)

    said = _messages(*WATCHED)
    assert said - expected == Counter(), "said too often"
    assert expected - said == Counter(), "never said"
    assert _escalations() == Counter(steps)
    assert Counter(year.colours) == _colours(slow, clocked)
    # Each reminder of a loan is remembered once, on an open day.
    sent = db.session.scalars(select(LoanNotice.sent_on)).all()
    assert all(slow.is_open(day) for day in sent)
    _check_visits(book, standing.plans)
    _check_closed(year, {**standing.resolved, **told.resolved()})
    if year.last == LAST:
        assert {kind for _day, kind, _who in expected} == set(WATCHED), "proves not everything"
        assert {tone for _day, _number, tone in year.colours} == {"neutral", "warn", "danger"}
        assert len(book.missed) > 3


def _expected(slow: Year, standing: Standing, told: people.Told) -> Counter[tuple[Any, ...]]:
    org, store = standing.org, "storekeeper"
    keepers = org.holders((store,), standing.home)
    fresh = standing.new_services
    return Counter(
        [
            *slow.loan_messages(told.lent, org),
            *slow.licence_messages(told.licences, org),
            *slow.warranty_messages(standing.warranties, org),
            *slow.backup_messages([*standing.backups, *people.BACKUPS], BACKUP_DAYS, ["admin"]),
            *slow_watch.card_messages(slow, watched.CARDS),
            *slow_watch.right_messages(slow, watched.acted_upon(standing.rights)),
            *slow_watch.inspection_messages(slow, [*watched.INSPECTIONS, people.HELD]),
            *slow_watch.disposal_messages(slow, cases.CASES, keepers, cases.COMMITTEE),
            *slow_watch.stock_messages(slow, cases.STOCK, store),
            *slow_watch.stock_messages(slow, told.stocked, store),
            *slow_watch.reservation_messages(slow, [*standing.asked, *watched.RESERVED]),
            *slow_watch.service_messages(slow, standing.services, fresh, org),
            *slow_work.outside_messages(slow, told.away),
        ]
    )


def _check_closed(year: Simulation, resolved: dict[str, date]) -> None:
    """Nobody complained, so what was resolved closes itself after seven days."""
    ends = {number: max(day + 8 * ONE_DAY, FIRST) for number, day in resolved.items()}
    ends = {number: day for number, day in ends.items() if day <= year.last}
    rows = db.session.execute(
        select(Ticket.number, Ticket.closed_at).where(
            Ticket.number.in_(resolved), Ticket.closed_at > NOW
        )
    )
    assert {number: kernel_clock.local(at).date() for number, at in rows if at} == ends


def _messages(*kinds: str) -> Counter[tuple[Any, ...]]:
    rows = db.session.execute(
        select(OutgoingMessage.created_at, OutgoingMessage.kind, Person.username)
        .join(Person, Person.id == OutgoingMessage.person_id)
        .where(OutgoingMessage.kind.in_(kinds), OutgoingMessage.created_at > NOW)
    )
    return Counter((kernel_clock.local(at).date(), kind, who) for at, kind, who in rows)


def _visit_jobs(book: slow_work.Book) -> Iterator[slow_work.Job]:
    """Give the ticket of each visit: it runs from the morning of its day until it is done."""
    numbers = {
        (visit.unit_id, visit.day): visit.ticket_number
        for visit in db.session.scalars(select(Visit))
    }
    for (unit, day, who), done in book.visits.items():
        if day < FIRST:
            continue  # one of the demonstration's own tickets
        begins = datetime.combine(day, slow_work.OPENS)
        end = datetime.combine(done, TEN) if done else None
        came_up = datetime.combine(book.came_up[unit, day, who], time(5, 30))
        yield slow_work.Job(
            numbers.get((unit, day), f"{unit} {day}"),
            unit,
            "normal",
            begins,
            ((begins, end),),
            came_up if who else None,
            who,
        )


def _escalations() -> Counter[tuple[Any, ...]]:
    rows = db.session.execute(
        select(Ticket.number, TicketEscalation.deadline, TicketEscalation.step, TicketEscalation.at)
        .join(Ticket, Ticket.id == TicketEscalation.ticket_id)
        .where(TicketEscalation.at > NOW)
    )
    return Counter((n, what, who, kernel_clock.local(at).date()) for n, what, who, at in rows)


def _colours(slow: Year, clocked: list[Clocked]) -> Counter[Colour]:
    noons = [datetime.combine(day, NOON) for day in filter(slow.is_open, slow.days)]
    return Counter(
        (noon.date(), one.job.number, one.tone(noon))
        for one in clocked
        for noon in noons
        if one.asked(noon)
    )


def _check_visits(book: slow_work.Book, before: list[slow_work.Planned]) -> None:
    under_way = {(one.unit, *one.under_way[1:]) for one in before if one.under_way}
    visits = db.session.scalars(select(Visit).where(Visit.created_at > NOW)).all()
    there = {(one.unit_id, one.day) for one in visits}
    assert len(visits) == len(there)
    assert there == {(unit, day) for unit, day, _who in book.visits} - under_way
    made = select(Ticket.number).where(Ticket.source == "maintenance", Ticket.opened_at > NOW)
    assert sorted(db.session.scalars(made)) == sorted(one.ticket_number for one in visits)
    missed = db.session.execute(
        select(Asset.holding_unit_id, Occurrence.due_on)
        .join(PlanItem, PlanItem.id == Occurrence.item_id)
        .join(Asset, Asset.id == PlanItem.asset_id)
        .where(Occurrence.state == State.MISSED)
        .distinct()
    )
    assert sorted(map(tuple, missed)) == sorted(book.missed)
