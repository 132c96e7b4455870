"""The whole demonstration in order: the office, its people, its register, and a year of work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from random import Random

from sqlalchemy import select

from assets.catalogue.rules import seeding as catalogue
from assets.loans import jobs as loans
from assets.register import jobs as register
from helpdesk.demonstration import cast as people
from helpdesk.demonstration import (
    countings,
    drawings,
    filing,
    furnishing,
    learnings,
    movings,
    paperwork,
    renewings,
    securing,
    things,
)
from helpdesk.demonstration.askings import Askings
from helpdesk.demonstration.borrowings import Borrowings
from helpdesk.demonstration.buyings import Buyings
from helpdesk.demonstration.card_holders import CardHolders
from helpdesk.demonstration.cast import NARRATOR, Cast
from helpdesk.demonstration.developing import Developing
from helpdesk.demonstration.diary import Diary, Step
from helpdesk.demonstration.disposings import Disposings
from helpdesk.demonstration.faults import Faults
from helpdesk.demonstration.lendings import Lendings
from helpdesk.demonstration.mailings import Mailings
from helpdesk.demonstration.maintaining import Maintaining
from helpdesk.demonstration.storing import Storing
from helpdesk.demonstration.studyings import Studyings
from helpdesk.demonstration.workings import Workings
from helpdesk.tickets import jobs as tickets
from helpdesk.tickets.rules.intake import KeptPhoto
from kernel import clock
from kernel.db import db
from kernel.files import store
from kernel.i18n import mark
from kernel.images import Photo
from office.bookkeeping.models import OutgoingMessage
from office.calendar import rules as calendar
from office.calendar.queries import DEFAULT_HOURS, calendar_for
from office.notifications import jobs as notifications
from office.notifications.rules import reading
from office.people.passwords import hashed

SEED = 2569
YEAR = timedelta(days=365)
DAY = timedelta(days=1)
MORNING, OPENING, NIGHT = time(6, 30), time(9, 0), time(20, 0)
JUST_NOW, SOME_HOURS = timedelta(minutes=10), timedelta(hours=2)
UNREAD = timedelta(days=3)


@dataclass(frozen=True)
class Size:
    """How much happens: tickets, loans, rows of the workbook (None: all), how far back."""

    tickets: int = 400
    loans: int = 250
    rows: int | None = None
    span: timedelta = YEAR


@dataclass
class Story:
    """Tells the demonstration step by step; the door opens a unit of work for each step.

    Attributes:
        password: what everybody who signs in uses.
        now: the present moment, the end of the story.
        tell: called with a sentence (a message id) and a number at each chapter.
    """

    password: str
    now: datetime
    tell: Callable[[str, int], None]
    size: Size = Size()

    def steps(self) -> Iterator[Step]:
        """Yield every step in the order of time."""
        cast, first = Cast(), clock.local(self.now - self.size.span).date()
        start = clock.at(first, OPENING)
        chance = Random(SEED)  # noqa: S311 - the same story each time is the point
        hashes = {row["username"]: hashed(self.password) for row in people.sign_ins()}
        yield Step(start, partial(self._found, cast, start))
        yield Step(start, partial(people.hire, cast, hashes))
        self.tell(mark("people"), len(cast.ids))
        yield from self._register(cast, chance, start)
        diary = Diary(self.now, calendar_for())
        stock = things.gather(clock.local(start).date())
        faults = Faults(cast, stock, diary, Random(SEED + 1), self._fault_photos())  # noqa: S311
        lendings = Lendings(cast, stock, diary, Random(SEED + 2), faults.follow)  # noqa: S311
        faults.plan(self.size.tickets, start)
        lendings.plan(self.size.loans, start)
        self._plan_days(diary, start)
        Borrowings(cast, stock, diary).plan(start, self.now - SOME_HOURS)
        CardHolders(cast, diary).plan(start + DAY)
        Disposings(cast, diary).plan(start + DAY)
        Storing(cast, diary, Random(SEED + 6)).plan(start + DAY)  # noqa: S311
        Askings(cast, diary).plan(start + 2 * DAY)
        Buyings(cast, diary).plan(start + 3 * DAY)
        Studyings(cast, diary).plan(start + 3 * DAY)
        Developing(cast, diary).plan()
        learnings.plan(cast, diary, Random(SEED + 4), start + DAY, self.now)  # noqa: S311
        diary.plan(self.now - JUST_NOW, partial(movings.move, cast, chance))
        for act in (furnishing.send_away, renewings.renew, paperwork.file):
            diary.plan(self.now - JUST_NOW, partial(act, cast))
        count = Random(SEED + 3)  # noqa: S311
        diary.plan(start + DAY, partial(countings.close_last_year, cast, count))
        diary.plan(self.now - JUST_NOW, partial(countings.walk_this_year, cast, count))
        Workings(cast, diary, Random(SEED + 5)).plan()  # noqa: S311
        Maintaining(cast, diary).plan()
        Mailings(cast, diary).plan()
        securing.plan(cast, diary, start, self.now)
        yield from self._by_month(diary)

    def _found(self, cast: Cast, start: datetime) -> None:
        people.found_units(cast)
        calendar.set_hours(DEFAULT_HOURS, by=NARRATOR)
        calendar.seed_holidays(range(start.year, self.now.year + 2), by=NARRATOR)
        catalogue.seed_classes(NARRATOR)
        self.tell(mark("schools and groups"), len(cast.units))

    def _register(self, cast: Cast, chance: Random, start: datetime) -> Iterator[Step]:
        store_officer = cast.viewer(people.STORE)
        for act in things.take_in_books(self.size.rows, by=store_officer):
            yield Step(start, act)
        today = clock.local(self.now).date()
        yield Step(start, partial(things.settle, cast, chance, today))
        labelled: list[int] = []
        yield Step(start, lambda: labelled.append(things.label(chance, by=store_officer)))
        self.tell(mark("items with a label"), labelled[0])
        yield Step(start, partial(furnishing.furnish, cast))
        keys = {code: _kept(photo) for code, photo in drawings.item_photos().items()}
        yield Step(start, partial(furnishing.picture_models, keys, by=store_officer))
        yield Step(start, partial(things.picture, keys, 6, by=store_officer))
        yield Step(start, partial(filing.file, chance, by=store_officer))

    @staticmethod
    def _fault_photos() -> list[KeptPhoto]:
        return [KeptPhoto(*_kept(photo)) for photo in drawings.fault_photos()]

    def _plan_days(self, diary: Diary, start: datetime) -> None:
        day = clock.local(start).date()
        while clock.at(day, MORNING) < self.now:
            day += timedelta(days=1)
            diary.plan(clock.at(day, MORNING), _morning, opens_work=True)
            diary.plan(clock.at(day, NIGHT), _read_messages)

    def _by_month(self, diary: Diary) -> Iterator[Step]:
        told, days = 0, self.size.span.days
        for step in diary.steps():
            passed = days - (self.now - step.at).days
            if passed - told >= max(1, days // 4):
                told = passed
                self.tell(mark("days of the year have passed"), passed)
            yield step
        yield Step(self.now, register.keep_worths, opens_work=True)


def _morning() -> None:
    """Do what the timetable does each day."""
    tickets.close_resolved(tickets.tickets_to_close())
    loans.flag_due()
    register.flag_service()
    notifications.deliver()


def _read_messages() -> None:
    """Let people read what has lain in their inbox for some days."""
    old = select(OutgoingMessage).where(
        OutgoingMessage.person_id.is_not(None),
        OutgoingMessage.read_at.is_(None),
        OutgoingMessage.created_at < clock.now() - UNREAD,
    )
    for message in db.session.scalars(old):
        reading.read(message)


def _kept(photo: Photo) -> tuple[str, str]:
    return store().put(photo.jpeg, "jpg"), store().put(photo.thumbnail, "jpg")
