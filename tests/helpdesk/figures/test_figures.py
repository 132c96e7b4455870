"""Figures are never wrong: what the rows give is what a slow walk over the tickets gives."""

from __future__ import annotations

import statistics
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from helpdesk.figures import jobs, month_queries, queries
from helpdesk.figures.models import TicketFigure
from helpdesk.figures.periods import Period, this_year
from helpdesk.figures.queries import Asked, By
from helpdesk.tickets.models import Ticket, TicketInterval
from helpdesk.tickets.rating_models import Rating
from helpdesk.tickets.rules import work as rules
from helpdesk.tickets.states import RUNNING, Action, Priority, State
from kernel import clock as kernel_clock
from kernel.access import Viewer
from kernel.db import db
from kernel.work import work
from office.calendar.queries import calendar_for
from office.people.access import Role
from tests.cast import Cast, make_cast
from tests.conftest import Clock
from tests.factories.assets import make_asset, make_class
from tests.factories.counting import counted
from tests.factories.office import sign_in, viewer_for
from tests.factories.tickets import RESULT, make_symptom, make_ticket


@pytest.fixture
def cast(app: Flask, clock: Clock) -> Cast:
    return make_cast()


def a_busy_quarter(cast: Cast, clock: Clock) -> None:
    """Tickets of every fate, over three months and two schools."""
    thep = viewer_for(cast.thep)
    chips = [make_symptom(), make_symptom(text_th="จอดำ", text_en="Dark")]
    assets = [make_asset(cast.school, class_id=make_class().id), None]
    fates = [State.NEW, State.CLOSED, State.RESOLVED, State.WAITING_PARTS, State.CANCELLED]
    for number in range(15):
        asset = assets[number % 2]
        ticket = make_ticket(
            asset,
            unit=cast.other_school,
            symptoms=chips[: number % 3],
            priority=list(Priority)[number % 4],
        )
        clock.forward(hours=3 * number + 1)
        with work():
            found = db.session.get_one(Ticket, ticket.id)
            _lead(found, fates[number % 5], thep, clock, number)
        clock.forward(days=5)


def _lead(ticket: Ticket, fate: State, by: Viewer, clock: Clock, number: int) -> None:
    if fate == State.NEW:
        return
    if fate == State.CANCELLED:
        rules.cancel(ticket, "ซ้ำ", by=by)
        return
    rules.take(ticket, by=by)
    clock.forward(hours=number)
    rules.start(ticket, by=by)
    clock.forward(hours=2)
    rules.wait(ticket, Action.AWAIT_PARTS, "รอ", by=by, look_again=kernel_clock.today())
    if fate == State.WAITING_PARTS:
        return
    clock.forward(days=number)
    rules.resume(ticket, by=by)
    clock.forward(minutes=17 * number)
    rules.resolve(ticket, RESULT, by=by)
    if fate == State.CLOSED:
        clock.forward(days=1)
        rules.close(ticket, by=by)
        level = number % 5 + 1
        db.session.add(Rating(ticket_id=ticket.id, level=level, at=kernel_clock.now()))


def month(moment: datetime | None) -> int:
    day = kernel_clock.local(moment) if moment else None
    return day.year * 100 + day.month if day else 0


def slow(period: Period, unit_id: int | None = None) -> dict[str, Any]:
    """What a patient clerk would count from the tickets themselves."""
    tickets = db.session.scalars(select(Ticket)).all()
    tickets = [one for one in tickets if unit_id in (None, one.unit_id)]
    ends = {one.id: None if one.is_open else one.resolved_at or one.closed_at for one in tickets}
    came = [one for one in tickets if month(one.opened_at) in period.months]
    ended = [one for one in tickets if month(ends[one.id]) in period.months]
    answers = [
        calendar_for(one.unit_id).seconds_between(one.opened_at, one.first_response_at) // 60
        for one in came
        if one.first_response_at
    ]
    spent = []
    for one in ended:
        if one.resolved_at is not None:
            runs = db.session.scalars(
                select(TicketInterval).where(
                    TicketInterval.ticket_id == one.id, TicketInterval.state.in_(RUNNING)
                )
            )
            seconds = [
                calendar_for(one.unit_id).seconds_between(run.started_at, run.ended_at)
                for run in runs
            ]
            spent.append(sum(seconds) // 60)
    met = [
        one.resolved_at <= one.resolution_due_at
        for one in ended
        if one.resolved_at and one.resolution_due_at
    ]
    levels = db.session.scalars(
        select(Rating.level).where(Rating.ticket_id.in_([one.id for one in ended]))
    ).all()
    return {
        "came": len(came),
        "ended": len(ended),
        "answer": statistics.median(answers) if answers else None,
        "spent": statistics.median(spent) if spent else None,
        "met": (sum(met), len(met)),
        "levels": sorted(levels),
        "cost": sum((one.repair_cost or Decimal(0) for one in ended), Decimal(0)),
    }


def quick(line: queries.Line) -> dict[str, Any]:
    answer, spent = line.response.median, line.resolution.median
    return {
        "came": line.came,
        "ended": line.ended,
        "answer": None if answer is None else float(answer),
        "spent": None if spent is None else float(spent),
        "met": (line.resolution_met, line.resolution_of),
        "levels": sorted(v for v, n in line.ratings.counts.items() for _one in range(n)),
        "cost": line.cost,
    }


SUMMED = ("came", "ended", "met", "levels", "cost")


def without_times(line: queries.Line) -> tuple[Any, ...]:
    told = quick(line)
    return (line.key, line.still_open, *(told[one] for one in SUMMED))


def test_every_month_and_school_is_as_a_slow_count_finds_it(cast: Cast, clock: Clock) -> None:
    a_busy_quarter(cast, clock)
    jobs.gather()
    orn = viewer_for(cast.orn)
    year = this_year()
    for asked_period in (year, *(Period(year.year, m % 100) for m in year.months)):
        lines = queries.by_month(orn, Asked(asked_period))
        sums = month_queries.months(orn, asked_period)[asked_period]
        assert [without_times(one) for one in sums] == [without_times(one) for one in lines]
        assert quick(queries.total(lines)) == slow(asked_period), asked_period
    schools = {one.key: one for one in queries.by(orn, Asked(year), By.SCHOOL)}
    assert set(schools) == {cast.school.id, cast.other_school.id}
    for unit_id, line in schools.items():
        assert quick(line) == slow(year, unit_id)
    open_now = sum(one.is_open for one in db.session.scalars(select(Ticket)))
    assert sum(queries.backlog(orn, Asked(year))) == open_now
    assert queries.by_month(orn, Asked(year))[-1].still_open == open_now


def test_what_changes_is_taken_in_by_the_next_run(cast: Cast, clock: Clock) -> None:
    ticket = make_ticket(unit=cast.school)
    jobs.gather()
    orn, year = viewer_for(cast.orn), Asked(this_year())
    assert queries.total(queries.by_month(orn, year)).ended == 0
    with work():
        found = db.session.get_one(Ticket, ticket.id)
        rules.take(found, by=viewer_for(cast.thep))
        rules.resolve(found, RESULT, by=viewer_for(cast.thep))
    jobs.gather()
    assert queries.total(queries.by_month(orn, year)).ended == 1
    with work():
        rules.reopen(db.session.get_one(Ticket, ticket.id), "ยังเสีย", by=viewer_for(cast.thep))
    jobs.gather()
    assert queries.total(queries.by_month(orn, year)).ended == 0


def test_a_second_run_finds_nothing_to_do(cast: Cast, clock: Clock) -> None:
    make_ticket(unit=cast.school)
    assert jobs.gather() > 0
    assert jobs.gather() == 0
    clock.forward(minutes=5)
    jobs.gather()
    assert queries.gathered() == (kernel_clock.now(), False)


def test_the_nightly_walk_mends_what_changed_without_a_word(cast: Cast, clock: Clock) -> None:
    ticket = make_ticket(unit=cast.school)
    jobs.gather()
    with work():
        change = {"priority": "urgent", "version": Ticket.version + 1}
        db.session.execute(update(Ticket).where(Ticket.id == ticket.id).values(**change))
    assert jobs.check_figures() == 1
    assert jobs.check_figures() == 0
    assert db.session.scalar(select(TicketFigure.priority)) == "urgent"


def test_a_coordinator_counts_the_own_school_and_no_technicians(
    client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    make_ticket(unit=cast.school)
    make_ticket(unit=cast.other_school)
    jobs.gather()
    kanda, year = viewer_for(cast.kanda), Asked(this_year())
    assert [one.key for one in queries.by(kanda, year, By.SCHOOL)] == [cast.school.id]
    assert queries.total(queries.by_month(kanda, year)).came == 1
    assert sum(queries.backlog(kanda, year)) == 1
    elsewhere = Asked(this_year(), unit_id=cast.other_school.id)
    assert queries.total(queries.by_month(kanda, elsewhere)).came == 0
    sign_in(client, cast.kanda)
    assert client.get("/figures/by/technician").status_code == 404
    assert client.get("/figures/by/school").status_code == 200


SEE = {Role.TECHNICIAN, Role.APPROVER, Role.COORDINATOR, Role.AUDITOR, Role.ADMIN}
PATHS = ("/figures", "/figures/months.xlsx", "/figures/by/category", "/figures/by/class.csv")


def test_who_sees_figures(client: FlaskClient, cast: Cast) -> None:
    wrong = []
    for role, person in cast.by_role().items():
        sign_in(client, person)
        got = {client.get(path).status_code for path in PATHS}
        if got != {200 if role in SEE else 403}:
            wrong.append((role, got))
    assert wrong == []


def test_the_pages_ask_the_same_however_many_tickets_there_are(
    client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    sign_in(client, cast.thep)
    for path, most in (
        ("/figures", 8),
        ("/figures/by/symptom", 8),
        ("/figures/by/school", 8),
        ("/figures/summary", 12),
    ):
        lengths = []
        for _round in range(2):
            make_ticket(unit=cast.school, symptoms=[make_symptom()])
            jobs.gather()
            with counted() as asked:
                assert client.get(path).status_code == 200
            lengths.append(len(asked))
        assert lengths[0] >= lengths[1], path
        assert lengths[1] <= most, (path, lengths)


def test_the_page_says_each_figure_in_thai_and_english(
    client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    make_ticket(unit=cast.school)
    jobs.gather()
    sign_in(client, cast.thep)
    thai = client.get("/figures").text
    assert "พฤศจิกายน 2569" in thai
    assert "<svg" in thai
    with work():
        db.session.merge(cast.thep).language = "en"
    english = client.get("/figures?year=2570&month=11").text
    assert "November 2026" in english
    assert "Came in" in english


def test_before_the_first_run_the_page_says_so(client: FlaskClient, cast: Cast) -> None:
    sign_in(client, cast.thep)
    with work():
        db.session.merge(cast.thep).language = "en"
    assert "being gathered for the first time" in client.get("/figures").text
