"""What people of the demonstration do in the simulated year, each thing at ten on its day.

They lend and bring back, renew and give up, report, wait and repair, and do the visits of plans.
``plan`` leaves all of it to its days and returns what the slow calculation has to know of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import partial

from sqlalchemy import select

from assets.counts.models import Round
from assets.licences.models import Licence
from assets.licences.rules import keeping
from assets.loans.rules import returning
from assets.loans.rules.returning import Return
from assets.loans.states import Outcome
from assets.maintenance.models import Visit
from assets.maintenance.states import VisitState
from assets.register.models import Asset
from helpdesk.backups.models import Backup
from helpdesk.repairs.models import OutsideRepair
from helpdesk.repairs.rules import outside
from kernel import clock
from kernel.db import db
from kernel.work import work
from office.calendar import rules as calendar
from office.places.models import Unit
from tests.factories.assets import make_asset
from tests.factories.loans import make_loan
from tests.factories.office import viewer_for
from tests.helpdesk.demonstration.year import reports_at_work as reports
from tests.helpdesk.demonstration.year import things_at_work as things
from tests.helpdesk.demonstration.year.slow_watch import Inspection, Stocked
from tests.helpdesk.demonstration.year.slow_work import Away, Job, Planned
from tests.helpdesk.demonstration.year.slow_year import FIRST, ONE_DAY, Kept, Lent
from tests.helpdesk.demonstration.year.the_office import Office, person
from tests.helpdesk.demonstration.year.visits_at_work import TEN, Story, done_on

LENT = (
    Lent("teacher", date(2026, 11, 2), date(2026, 11, 6), date(2026, 11, 6)),
    Lent("teacher", date(2026, 11, 30), date(2026, 12, 4), date(2026, 12, 8)),
    Lent("teacher", date(2027, 1, 11), date(2027, 1, 15), date(2027, 1, 25)),
    # The seventh day of one, and the day after another, lie in the holidays of Songkran.
    Lent("chit02", date(2027, 4, 1), date(2027, 4, 8), date(2027, 4, 21)),
    Lent("teacher", date(2027, 4, 5), date(2027, 4, 9), date(2027, 5, 17)),
    Lent("technician", date(2026, 12, 21), date(2026, 12, 30), date(2027, 1, 29)),
    Lent("technician", date(2027, 6, 1), date(2027, 6, 30), None),
)
# What is renewed and given up; the first is one of the demonstration's own.
RENEWED = {
    "โดเมน example-area.test": (date(2026, 10, 30), date(2027, 11, 8)),
    "domain": (date(2027, 1, 20), date(2027, 8, 15)),
}
GIVEN_UP = {"given up": date(2027, 3, 10)}
BACKUPS = [date(2026, 10, 5), date(2026, 10, 20), date(2027, 2, 1), date(2027, 2, 8)]
BACKUPS += [date(2027, 2, 15) + timedelta(days=7 * n) for n in range(34)]
HELD = Inspection(("inspector", "nok"), reported=date(2026, 11, 13))
# A day that the cabinet closes when some deadlines have been reckoned without it.
CLOSED, ANNOUNCED = date(2027, 4, 12), date(2027, 4, 8)
# Things come back from vendors weeks after the day on which they were expected.
BACK_AFTER = timedelta(days=65)
# The timetable of the plans stands still, as after a fault, and is started again.
DOWN = {date(2027, 6, 1) + n * ONE_DAY for n in range(50)}


@dataclass
class Found:
    """What the demonstration holds of what people will act on."""

    lent: list[Lent]
    licences: dict[str, Kept]
    jobs: list[Job]
    away: dict[str, tuple[str, Away]]


@dataclass
class Told:
    """What the slow calculation has to know of what people do."""

    lent: list[Lent]
    licences: list[Kept]
    jobs: list[Job]
    away: list[Away]
    stocked: list[Stocked]
    plans: list[Planned]
    home: int
    story: Story

    def all_jobs(self) -> list[Job]:
        """Return the tickets of the demonstration and, when it is over, those of the year."""
        numbers = self.story.numbers
        made = [one.job(numbers[one], self.home) for one in reports.REPORTS if one in numbers]
        return [*self.jobs, *made]

    def resolved(self) -> dict[str, date]:
        """Return which tickets were resolved on which day and left alone."""
        ends: dict[reports.Reported | date, date | None] = {day: day for day in reports.RESOLVED}
        ends |= {one: one.resolved for one in reports.REPORTS}
        return {
            self.story.numbers[one]: day
            for one, day in ends.items()
            if day and one in self.story.numbers
        }


def plan(office: Office, story: Story, found: Found) -> Told:
    """Leave everything that people do to its day."""
    home = office.unit("02").id
    office.on(HELD.reported or FIRST, partial(report_round, _open_round()))
    for day in BACKUPS:
        office.on(day, partial(_back_up, day))
    for day in reports.RESOLVED:
        office.on(day, partial(reports.resolve_at_once, story, day, home))
    for one in reports.REPORTS:
        reports.plan_report(office, story, one, home)
    office.on(ANNOUNCED, _close_a_day)
    return Told(
        lent=[*_take_back(office, found.lent), *(_lend(office, one) for one in LENT)],
        licences=_renew(office, found.licences),
        jobs=_begun(_go_on(found)),
        away=[_take_in(office, number, one) for number, (_n, one) in found.away.items()],
        stocked=[things.run_short(office)],
        plans=things.plan_maintenance(office),
        home=home,
        story=story,
    )


def _open_round() -> int:
    """Return the id of the round that the demonstration has opened."""
    unit = select(Unit.id).where(Unit.code == "01").scalar_subquery()
    query = select(Round.id).where(Round.unit_id == unit, Round.reported_on.is_(None))
    return db.session.execute(query).scalar_one()


def report_round(round_id: int) -> None:
    """Let the committee of a round report today."""
    with work():
        db.session.get_one(Round, round_id).reported_on = clock.today()


def _lend(office: Office, lent: Lent) -> Lent:
    asset = make_asset(office.unit("00")).id

    def hand_over() -> None:
        make_loan(
            db.session.get_one(Asset, asset),
            borrower=person(lent.who),
            officer=person("fon"),
            due_on=lent.due,
        )

    office.on(lent.on, hand_over)
    if lent.back is not None:
        office.on(lent.back, partial(_return, asset))
    return replace(lent, unit=person(lent.who).unit_id, asset=asset)


def _return(asset_id: int) -> None:
    with work():
        returning.take_back([Return(asset_id, Outcome.GOOD)], by=viewer_for(person("fon")))


def _take_back(office: Office, lent: list[Lent]) -> list[Lent]:
    """Let two of three things that are out come back, one every eight days."""
    told = []
    for number, one in enumerate(lent, 1):
        back = FIRST + timedelta(days=8 * number) if number % 3 else None
        if back is not None:
            office.on(back, partial(_return, one.asset))
        told.append(replace(one, back=back))
    return told


def _renew(office: Office, licences: dict[str, Kept]) -> list[Kept]:
    def found(name: str) -> Licence:
        return db.session.execute(select(Licence).filter_by(name=name)).scalar_one()

    def renew(name: str, until: date) -> None:
        with work():
            one = found(name)
            begins = (one.ends_on or until) + ONE_DAY
            by = viewer_for(person("fon"))
            keeping.renew(one, begins, until, cost=None, contract_no="", by=by)

    def give_up(name: str) -> None:
        with work():
            keeping.give_up(found(name), "เลิกใช้", by=viewer_for(person("fon")))

    told = dict(licences)
    for name, (on, until) in RENEWED.items():
        office.on(on, partial(renew, name, until))
        told[name] = replace(told[name], renewed=on, until=until)
    for name, on in GIVEN_UP.items():
        office.on(on, partial(give_up, name))
        told[name] = replace(told[name], given_up=on)
    return list(told.values())


def _back_up(day: date) -> None:
    with work():
        made_at = clock.at(day, time(15, 0))
        db.session.add(Backup(name=f"b{day}", made_at=made_at, size=1, rows=1, files=0))


def _close_a_day() -> None:
    with work():
        calendar.close_day(
            CLOSED,
            "วันหยุดพิเศษ",
            reason="มติคณะรัฐมนตรี",
            by=viewer_for(person("admin")),
            source="special",
        )


def _take_in(office: Office, number: str, away: Away) -> Away:
    """Let a thing come back from its vendor, weeks late."""
    if away.stuck:
        return away
    back = away.expected + BACK_AFTER

    def take_in() -> None:
        with work():
            one = db.session.execute(select(OutsideRepair).filter_by(number=number)).scalar_one()
            outside.take_back(one, outside.Return(works=True), by=viewer_for(person("technician")))

    office.on(back, take_in)
    return replace(away, back=back)


def _go_on(found: Found) -> list[Job]:
    """Return the tickets of the demonstration; what was at a vendor goes on when it is back."""
    home = [(ticket, one) for ticket, one in found.away.values() if not one.stuck]
    back = {ticket: one.expected + BACK_AFTER for ticket, one in home}
    return [
        replace(one, spans=(*one.spans, (datetime.combine(back[one.number], TEN), None)))
        if one.number in back
        else one
        for one in found.jobs
    ]


def _begun(jobs: list[Job]) -> list[Job]:
    """Let the ticket of the visit that has begun already end with it."""
    visit = db.session.execute(select(Visit).filter_by(state=VisitState.UNDER_WAY)).scalar_one()
    end = datetime.combine(done_on(visit.day), TEN)
    return [
        replace(one, spans=(*one.spans[:-1], (one.spans[-1][0], end)))
        if one.number == visit.ticket_number
        else one
        for one in jobs
    ]
